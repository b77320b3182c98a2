"""What somebody states, sentence by sentence, and where one statement says otherwise than another of the same words.

Two sentences are about the same where all their words are, in one order, but for numbers, negations, opposites and the
smallest words: "We cut our list by 30 percent" and "I cut the list by 3 %". Whatever else differs (a year, "no longer",
"to" for "by"), they are left alone: what is told here is to be right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.filter.compare.frames import SENTENCE_END
from bot.filter.compare.prints import hash_text
from bot.filter.hints.vocabulary import DENYING, FIGURES, OPPOSED, SAME, SMALL
from bot.filter.rank.vocabulary import COMMON
from bot.filter.remembered import Remembered
from bot.filter.rules.text import Prepared

MOST = 6  # statements of a text that are found again: those with the smallest hashes, whatever else stands there
MOST_EARLIER = 8  # answers of one author to one question that an answer is put beside, the last ones
SHORTEST = 3  # letters of a word of content
CONTENT = 3  # words of a statement that are neither common nor brief: "I am 30 years old" is everybody's
LONGEST = 40  # words

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|%")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: a hash of what it is about, and what it says of that. start, end: in `Prepared.text`."""

    about: int
    numbers: tuple[str, ...]
    denies: bool
    start: int
    end: int


def find_statements(reply: Prepared) -> list[Statement]:
    """What can be found again of a text, ordered by hash; questions state nothing."""
    known = reply.measured.get("statements")
    if isinstance(known, list):
        return known
    found: dict[int, Statement] = {}
    for start, end in _list_sentences(reply.lowered):
        statement = _read(reply.lowered, start, end)
        if statement is not None:
            found.setdefault(statement.about, statement)
    kept = reply.measured["statements"] = [found[about] for about in sorted(found)[:MOST]]
    return kept


def hash_statements(reply: Prepared) -> list[int]:
    """What the statements of a text are about, as signed numbers of 64 bits."""
    return [each.about for each in find_statements(reply)]


def find_contradiction(later: Prepared, earlier: Prepared) -> tuple[Statement, Statement] | None:
    """The first statement that says otherwise of the same, and the one it differs from."""
    before = {each.about: each for each in find_statements(earlier)}
    pairs = [(each, before[each.about]) for each in find_statements(later) if each.about in before]
    return min(filter(_differ, pairs), key=lambda pair: pair[0].start, default=None)


def _differ(pair: tuple[Statement, Statement]) -> bool:
    """Whether one denies what the other says, or one number stands for another; of several only one may differ."""
    one, other = pair
    if len(one.numbers) != len(other.numbers):
        return False
    changed = sum(here != there for here, there in zip(one.numbers, other.numbers, strict=True))
    return changed == (0 if one.denies != other.denies else 1)


def _list_sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in SENTENCE_END.finditer(text):
        if end.group() != "?":
            yield start, end.start()
        start = end.end()
    if not text.rstrip().endswith("?"):
        yield start, len(text.rstrip())


def _read(text: str, start: int, end: int) -> Statement | None:
    about: list[str] = []
    numbers: list[str] = []
    denies = False
    sentence = text[start:end]
    tokens = _TOKEN.findall(sentence)
    if not CONTENT <= len(tokens) <= LONGEST:
        return None
    content = 0
    for token in tokens:
        word, is_number, is_denied, is_content = _WORDS[token]
        denies ^= is_denied
        content += is_content
        if is_number:
            numbers.append(word)
        elif word:
            about.append(word)
    if content < CONTENT:
        return None
    begin = end - len(sentence.lstrip())
    return Statement(hash_text(" ".join(about)), tuple(numbers), denies, begin, begin + len(sentence.strip()))


def _read_word(word: str) -> tuple[str, bool, bool, bool]:
    """(What it says without its negation, "" for the smallest words; is it a number; was it denied; has it content)."""
    said, is_denied = _undo(SAME.get(word, word))
    if said[:1].isdigit() and not _YEAR.fullmatch(said):
        return _THOUSANDS.sub("", said).replace(",", "."), True, is_denied, False
    if said in SMALL:
        return "", False, is_denied, False
    return said, False, is_denied, len(said) >= SHORTEST and said not in COMMON


_WORDS = Remembered(_read_word)


def _undo(word: str) -> tuple[str, bool]:
    """What a word says without its negation, and whether it had one."""
    if word in DENYING:
        return DENYING[word], True
    if word.endswith("n't"):
        return word[:-3], True
    if word in OPPOSED:
        return OPPOSED[word], True
    return FIGURES.get(word, word), False
