"""The rule for noise: keys pressed at random, tests, placeholders, one character over and over, words of the nursery.

A reply is noise only as a whole: one word that could be a word, and it is none.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from bot.filter.rules.asked import has_word
from bot.filter.rules.courtesies import LAUGHING
from bot.filter.rules.letters import measure_word
from bot.filter.rules.phrases import read_pattern, read_words
from bot.filter.rules.proofs import PROOFS
from bot.filter.rules.text import Prepared, excerpt
from bot.filter.values import JudgedQuestion, Reason

MAX_WORDS = 40  # who presses keys for longer has no spaces, or a word among them
MAX_TEST_WORDS = 8
LONGEST_LOOKED_AT = 40  # letters of a word
ODD = -3.3  # mean likelihood of three letters; of rare words in Latin letters 1 in 2,000 is below
ODD_ELSEWHERE = -4.3  # the same in Cyrillic, where foreign names look odder
ODD_AT_HOME = -3.0  # the same where fingers rest: keys of the middle row
AT_HOME = 0.6  # share of letters
SHORTEST_ODD = 6  # letters; "nginx" and "bspwm" are names
SHORTEST_NUMBER = 12  # digits in a row; shorter ones are telephone numbers and sums
SHORTEST_RUN = 4  # neighbouring keys


_read = partial(read_words, "noise")

TESTS = _read("tests")
AROUND_TESTS = _read("around_tests")
PLACEHOLDERS = _read("placeholders")
SURE_PLACEHOLDERS = _read("sure_placeholders")
NURSERY = _read("nursery")
AROUND_NURSERY = _read("around_nursery")
REAL_RUNS = _read("real_runs")
NAMES = _read("names")
SENTENCES_OF_TESTS = read_pattern("noise", "sentences")
# What Chinese, Japanese and Korean keyboards make of the middle row, and letters of Hangul without a syllable.
PHONETIC_MASH = read_pattern("noise", "phonetic", "{}{3,}")
ROWS = sorted(_read("rows"))
NEIGHBOURS = frozenset(
    pair for row in ROWS for pair in (*map("".join, pairwise(row)), *map("".join, pairwise(row[::-1])))
)
RUNS = frozenset(
    line[start : start + SHORTEST_RUN]
    for row in ROWS
    for line in (row, row[::-1])
    for start in range(len(line) - SHORTEST_RUN + 1)
)
RESTING = frozenset("asdfghjkl")
REPEATED = re.compile(r"(\S{1,6}?)\1{3,}\S{0,5}")
STRETCHED = re.compile(r"(.)\1{2,}")
LONG_NUMBER = re.compile(rf"\d{{{SHORTEST_NUMBER},}}")
TEST_WORD = re.compile(r"\d*(?:test|тест|テスト|测试)+\d*|\d+test|[a-z]{0,4}\d+[a-z]{0,3}\d*[a-z]?")
LOOSE_JAMO = re.compile(r"[\u1100-\u11ff\u3130-\u318f]{3,}")
KANA_AND_LETTERS = re.compile(
    r"(?:[ぁ-ん]{1,3}[a-z]{1,4}){2,}[ぁ-ん]{0,3}|[a-z]{1,3}(?:[ぁ-ん]{1,3}[a-z]{1,4}){1,}[ぁ-ん]{1,3}"
)
# Words that begin with a vowel sign, which must stand on a letter, or heap such signs.
BROKEN_DEVANAGARI = re.compile(
    r"(?:\s*(?:[\u093e-\u094d][\u0900-\u097f]*|[\u0900-\u097f]*[\u093e-\u094c]{2}[\u0900-\u097f]*))+\s*"
)


def find_noise(reply: Prepared, asked: JudgedQuestion) -> Iterator[Reason]:
    """The whole reply is keys pressed at random, a test, a placeholder, a repeated piece or a word of the nursery."""
    words = reply.words
    if not 0 < len(words) <= MAX_WORDS or reply.links:
        return
    if (
        _is_test(words, asked)
        or _is_placeholder(reply, asked)
        or _is_nursery(words, asked)
        or _is_mash(words, asked)
        or _is_broken(reply)
    ):
        yield Reason("noise", PROOFS["noise"].weight, reply.whole(), excerpt(reply.text))


def _is_test(words: list[str], asked: JudgedQuestion) -> bool:
    """A test that somebody wrote to see whether it comes through."""
    if len(words) > MAX_TEST_WORDS or not any(word in TESTS or TEST_WORD.fullmatch(word) for word in words):
        return False
    tested = [word for word in words if "test" in word or word in TESTS]
    if not tested or has_word(asked, TESTS):
        return False
    rest = [word for word in words if word not in tested]
    if any(word in ("tests", "tested", "testen") for word in tested) and len(words) == 1:
        return False  # "Tests." is an answer
    return all(_belongs_to_test(word) for word in rest) and all(_is_test_word(word) for word in tested)


def _is_test_word(word: str) -> bool:
    return word in TESTS or TEST_WORD.fullmatch(word) is not None


def _belongs_to_test(word: str) -> bool:
    return word in AROUND_TESTS or any(letter.isdigit() for letter in word) or looks_mashed(word) or _is_run(word)


def _is_placeholder(reply: Prepared, asked: JudgedQuestion) -> bool:
    words = reply.words
    if SENTENCES_OF_TESTS.fullmatch(" ".join(words)):
        return True
    if not all(word in PLACEHOLDERS for word in words) or has_word(asked, PLACEHOLDERS):
        return False
    return any(word in SURE_PLACEHOLDERS for word in words)


def _is_nursery(words: list[str], asked: JudgedQuestion) -> bool:
    if len(words) > 4 or NURSERY.isdisjoint(words) or has_word(asked, NURSERY):
        return False
    return all(word in NURSERY or word in AROUND_NURSERY for word in words)


def _is_broken(reply: Prepared) -> bool:
    return len(reply.bare) <= LONGEST_LOOKED_AT and BROKEN_DEVANAGARI.fullmatch(reply.bare) is not None


def _is_mash(words: list[str], asked: JudgedQuestion) -> bool:
    """Every word is mashed, or too short to tell and no word of the question; one at least is mashed."""
    if all(word.isdigit() for word in words):
        return len(words) == 1 and LONG_NUMBER.fullmatch(words[0]) is not None
    spelled = [word for word in words if not any(letter.isdigit() for letter in word)]
    sure: list[str] = []
    for word in spelled:
        if looks_mashed(word):
            sure.append(word)
        elif len(word) >= SHORTEST_RUN and not _is_odd(word, SHORTEST_RUN):
            return False  # the first that is a word settles it for most replies
    if not sure:
        return False
    return 2 * sum(map(len, sure)) >= sum(map(len, spelled)) and not has_word(asked, frozenset(words))


def looks_mashed(word: str) -> bool:
    """Whether keys were pressed at random, or one piece over and over. *word*: in lower case."""
    if len(word) < 3 or word.isdigit() or word in NAMES or LAUGHING.fullmatch(word):
        return False
    if _is_repeated(word) or _is_run(word):
        return True
    if word.isascii():
        return _is_odd(word) or KANA_AND_LETTERS.fullmatch(word) is not None
    if LOOSE_JAMO.fullmatch(word) or PHONETIC_MASH.fullmatch(word) or KANA_AND_LETTERS.fullmatch(word):
        return True
    return _is_odd(word)


def _is_repeated(word: str) -> bool:
    return (len(word) >= 4 and len(set(word)) == 1) or (len(word) >= 8 and REPEATED.fullmatch(word) is not None)


def _is_run(word: str) -> bool:
    """Neighbouring keys for most of it."""
    if len(word) < SHORTEST_RUN or word in REAL_RUNS:
        return False
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    near = sum(pair in NEIGHBOURS or pair[0] == pair[1] for pair in pairs)
    if not any(word[start : start + SHORTEST_RUN] in RUNS for start in range(len(word) - SHORTEST_RUN + 1)):
        return False
    return near >= 0.7 * len(pairs)


def _is_odd(word: str, shortest: int = SHORTEST_ODD) -> bool:
    """Stretched letters count once: "yesssss" is a word."""
    letters = STRETCHED.sub(r"\1", "".join(letter for letter in word if not letter.isdigit())[:LONGEST_LOOKED_AT])
    if len(letters) < shortest:
        return False
    likely = measure_word(letters)
    if likely is None:
        return False
    at_home = sum(letter in RESTING for letter in letters) / len(letters)
    return likely < (ODD if letters.isascii() else ODD_ELSEWHERE) or (likely < ODD_AT_HOME and at_home >= AT_HOME)
