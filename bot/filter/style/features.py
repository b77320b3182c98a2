"""How a text is written, as a row of named numbers: none of them says what the text is about.

All are rates or shapes, so that a long text does not differ from a short one by its length alone. Line breaks are read
as spaces, typographic quotes and dashes as plain ones, and a semicolon as a comma: how a network or a collection
stores a text says nothing of who wrote it.
"""

import math
import re
from collections.abc import Sequence
from itertools import chain

from bot.filter.remembered import Remembered
from bot.filter.rules.text import EMOJI_CODE, LINK, MENTION, Prepared, may_hold_code
from bot.filter.style.habits import (
    COMMA_LINKS,
    CONTRACTIONS,
    ENDINGS,
    FUNCTION_WORDS,
    GROUPS,
    MARKS,
    NAMES,
    OPENINGS,
    PATTERNS,
    PLACES,
    SHAPES,
    SHORTEST_WITH_ENDING,
)

SMOOTHING = 12  # words: a rate of a text of few words stays near nothing
LONG, LONGEST = 7, 10  # letters that a long word has more of
FEW = 10  # words of which hardly one comes twice
NO_PLACE = -1

ARTEFACT = re.compile(r"\[img_assist[^\]]*\]|&\w{2,6};|<[^<>]{1,80}>")  # what collections leave in texts
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*|\.{2,}|[!?]+|[^\w\s]")
# The same where every character is of ASCII, in some half of the time.
PLAIN_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|\d+(?:[.,:]\d+)*|\.{2,}|[!?]+|[^\w\s]", re.ASCII)
SENTENCE = re.compile(r"[.!?]")
DOUBLED = re.compile(r"([^\W\d_])\1\1")
SPOKEN = re.compile(r"[^\W_]")
SPOKEN_OR_MARK = re.compile(r"[^\W_]|[.!?]")
LAST_LETTERS = 20  # among which a text ends, before quotes and emoji
DOUBLED_SPACE = re.compile(r"[^\s] {2,3}(?=[^\s])")
_FIRST_EMOJI = "\u2190"


def measure_style(reply: Prepared) -> list[float]:
    """The features of a text in the order of NAMES; all nothing for one without a word."""
    text, links, doubled = _read(reply)
    features = [0.0] * len(NAMES)
    words = _count_marks(_split(text), features)
    if not words:
        return [0.0] * len(NAMES)
    _count_words(words, features)
    for place, pattern in _PATTERNS:
        features[place] = len(pattern.findall(text))
    features[_LINKS] = links
    features[_DOUBLED_SPACES] = doubled
    scale = 1 / (len(words) + SMOOTHING)
    features = [count and count * scale for count in features]
    _measure_shape(text, " ".join(words).lower(), features)
    return features


def count_words(reply: Prepared) -> int:
    return len([token for token in _split(reply.bare) if token[0].isalpha()])


def _split(text: str) -> list[str]:
    found: list[str] = (PLAIN_TOKEN if text.isascii() else TOKEN).findall(text)
    return found


def _read(reply: Prepared) -> tuple[str, int, int]:
    """The words on one line, and how many links and doubled spaces stood among them."""
    text = reply.text
    if "[" in text or "&" in text or "<" in text:
        text = ARTEFACT.sub(" ", text)
    doubled = len(DOUBLED_SPACE.findall(text)) if "  " in text else 0
    links = 0
    if reply.links:
        text, links = LINK.subn(" ", text)
    if "@" in text:
        text = MENTION.sub(" ", text)
    if may_hold_code(text):
        text = EMOJI_CODE.sub(" ", text)
    if "  " in text or not text.isprintable() or not text.isascii():
        text = " ".join(text.split())
    return text.strip(), links, doubled


def _count_words(words: Sequence[str], features: list[float]) -> None:
    for place in chain.from_iterable(map(_READ.__getitem__, words)):
        features[place] += 1
    features[_INNER_CAPITALS] -= words[0][0].isupper()


def _read_word(word: str) -> tuple[int, ...]:
    """Which features count a word as it is typed, one that counts it twice named twice."""
    size = len(word)
    counted = [PLACES["repeated letters"]] * len(DOUBLED.findall(word))
    place = _find_place(word.lower())
    if place != NO_PLACE:
        counted.append(place)
    if word[0].isupper():
        counted.append(PLACES["capitals inside sentences"])
        if size > 1 and word.isupper():
            counted.append(PLACES["words in capitals"])
    elif word == "i":
        counted.append(PLACES["lower case i"])
    if size > LONG:
        counted.append(PLACES["long words"])
    if size > LONGEST:
        counted.append(PLACES["longest words"])
    return tuple(counted)


_READ = Remembered(_read_word)


def _find_place(word: str) -> int:
    """Which feature counts a word in lower case, if one does."""
    if word in _WORDS:
        return _WORDS[word]
    if "'" in word:
        for ending in CONTRACTIONS:
            if word.endswith(ending):
                return PLACES[f"contraction {ending}"]
    if word in _GROUPED:
        return _GROUPED[word]
    if len(word) >= SHORTEST_WITH_ENDING and word.endswith(ENDINGS):
        return next(PLACES[f"ending {ending}"] for ending in ENDINGS if word.endswith(ending))
    return NO_PLACE


_WORDS = {word: PLACES[f"word {word}"] for word in FUNCTION_WORDS}
_GROUPED = {word: PLACES[name] for name, group in reversed(GROUPS.items()) for word in group}


def _count_marks(tokens: Sequence[str], features: list[float]) -> list[str]:
    """Return the tokens that are words."""
    before = ""
    words: list[str] = []
    for each in tokens:
        if each[0].isalpha():
            words.append(each)
            if before == ",":
                _count_after_comma(each.lower(), features)
        else:
            features[_MARKED[each]] += 1
        before = each
    return words


def _find_mark(mark: str) -> int:
    first = mark[0]
    if mark in MARKS:
        return PLACES[MARKS[mark]]
    if first.isdigit():
        return PLACES["numbers"]
    if first == ".":
        return PLACES["dots in a row"]
    if first in "!?":
        kind = "exclamations" if "!" in mark else "questions"
        return PLACES[kind if len(mark) == 1 else f"{kind} doubled"]
    return PLACES["emoji" if first > _FIRST_EMOJI else "other marks"]


_MARKED = Remembered(_find_mark)


def _count_after_comma(word: str, features: list[float]) -> None:
    if word in COMMA_LINKS:
        features[PLACES[f"comma before {word}"]] += 1
    elif word.endswith("ing"):
        features[PLACES["comma before ing"]] += 1


def _measure_shape(text: str, joined: str, features: list[float]) -> None:
    """What is no rate: sentences, openings, lengths. joined: the words in lower case."""
    lowered = joined.split(" ")
    sentences = [part for part in map(str.strip, SENTENCE.split(text)) if SPOKEN.search(part)]
    ends = SPOKEN_OR_MARK.findall(text[-LAST_LETTERS:])
    last = ends[-1] if ends else ""
    lengths = [part.count(" ") + 1 for part in sentences] or [1]
    mean = sum(lengths) / len(lengths)
    shape = {
        "sentence length": math.log1p(mean),
        "spread of sentence lengths": math.log1p(
            math.sqrt(math.fsum([(length - mean) ** 2 for length in lengths]) / len(lengths))
        ),
        "longest sentence": math.log1p(max(lengths)),
        "shortest sentence": math.log1p(min(lengths)),
        "word length": (len(joined) - len(lowered) + 1) / len(lowered),
        "distinct words": len(set(lowered)) / len(lowered) if len(lowered) >= FEW else 0.9,
        "lower case openings of sentences": len([1 for part in sentences[1:] if part[0].islower()]) / len(lengths),
        "begins in lower case": float(text[0].islower()),
        "ends without a mark": float(last.isalnum()),
        "ends in an exclamation": float(last == "!"),
        "ends in a question": float(last == "?"),
        "begins with a quotation": float(text[0] == '"'),
    }
    for place, value in zip(_SHAPES, shape.values(), strict=True):
        features[place] = value
    for place in _OPENED_BY.get(lowered[0], ()):
        features[place] = 1.0


_SHAPES = tuple(PLACES[name] for name in SHAPES)
_PATTERNS = tuple((PLACES[name], pattern) for name, pattern in PATTERNS.items())
_LINKS, _DOUBLED_SPACES, _INNER_CAPITALS = (
    PLACES[name] for name in ("links", "doubled spaces", "capitals inside sentences")
)
_OPENED_BY: dict[str, list[int]] = {}
for _name, _openings in OPENINGS.items():
    for _opening in _openings:
        _OPENED_BY.setdefault(_opening, []).append(PLACES[_name])
