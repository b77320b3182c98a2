"""Whether a column of a form asks for leave to quote, and what its cells answer, in seven languages.

Nothing is guessed: a heading that may ask for leave is `UNCLEAR`, and a cell with a word that is not known says
nothing. Somebody who knows the form has to say then. The words are in `leave.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from bot.quotes import Refusal, find_refusal


class Leave(StrEnum):
    """What a row says about being quoted; the first is the strictest. ASK: they want to be asked again first."""

    NO = "no"
    ASK = "ask first"
    UNASKED = "unasked"
    ANONYMOUS = "anonymous"
    YES = "yes"


class LeaveHeading(StrEnum):
    """What a column asks. NAMING: for the name alone. UNCLEAR: it may ask for leave, or for the opposite of it."""

    QUOTING = "quoting"
    NAMING = "naming"
    UNCLEAR = "unclear"


LONGEST_HEADING = 400
LONGEST_CELL = 300
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_MARKED = {"x": Leave.YES, "✓": Leave.YES, "✔": Leave.YES, "☑": Leave.YES, "✅": Leave.YES, "👍": Leave.YES}
_MARKED |= {"☐": Leave.UNASKED, "❌": Leave.NO, "✗": Leave.NO, "✘": Leave.NO, "👎": Leave.NO}
_REFUSALS = {Refusal.REFUSED: Leave.NO, Refusal.ASK_FIRST: Leave.ASK, Refusal.UNNAMED: Leave.ANONYMOUS}
_NOT = re.compile(r"n['’]t\b", re.IGNORECASE)
_NO_AND_MORE = re.compile(r"\s*(?:no|nope|nein|nee|non|não|nao)\s*[,.;:!–—-]+\s*\w", re.IGNORECASE)


def find_heading(heading: str) -> LeaveHeading | None:
    """What a heading asks about quoting, or None for nothing."""
    words = _load()
    folded = re.sub(words["all"]["both"], " ", fold(heading[:LONGEST_HEADING])).strip()
    folded = " ".join(folded.split())
    asks = _asks(folded)
    if asks is None or re.search(words["all"]["inverted"], folded):
        return None if asks is None else LeaveHeading.UNCLEAR
    return asks


def _asks(folded: str) -> LeaveHeading | None:
    names = any(_compile(language, "naming").search(folded) for language in _LANGUAGES)
    if names and not re.search(_load()["all"]["quote_verbs"], folded):
        return LeaveHeading.NAMING
    for language in _LANGUAGES:
        if _compile(language, "quoting").search(folded) or _compile(language, "nouns").fullmatch(folded):
            return LeaveHeading.QUOTING
    if names or any(_compile(language, "unclear").search(folded) for language in _LANGUAGES):
        return LeaveHeading.UNCLEAR
    return None


def read_cell(cell: object, heading: LeaveHeading, means: Mapping[str, Leave]) -> Leave | None:
    """What a cell says, None where that is not understood.

    means: what an editor said that cells mean, by their folded text; it stands above all that we read. A plain yes or
    no to an unclear heading is not understood.
    """
    if isinstance(cell, bool):
        cell = "yes" if cell else "no"
    written = "" if cell is None else str(cell)
    if (meant := means.get(fold_cell(written))) is not None:
        return meant
    if len(written) > LONGEST_CELL:
        return None
    found, is_plain = _read(written.strip())
    if heading is LeaveHeading.UNCLEAR and is_plain:
        return None
    return found


@lru_cache(maxsize=4096)
def _read(written: str) -> tuple[Leave | None, bool]:
    """What is said, and whether it is a plain yes or no, which means nothing without its question."""
    if written.casefold() in _MARKED:
        found = _MARKED[written.casefold()]
        return found, found is not Leave.UNASKED
    folded = fold(_NOT.sub(" not", written))
    if folded in _load()["cells"]["unasked"] and (folded or not any(map(_is_telling, written))):
        return Leave.UNASKED, False
    if _NO_AND_MORE.match(written) and _says_more(folded):
        return (None, False) if _says_other(folded) else (Leave.NO, True)
    said, is_plain = _say(folded)
    refusal = find_refusal(written)
    wanted = None if refusal is None else _REFUSALS.get(refusal.outcome)
    if wanted is None:  # also of what has the shape of a refusal: here all of its words are known, or nothing is said
        return said, is_plain
    contradicts = wanted is Leave.NO and said not in (None, Leave.NO)
    return (None if contradicts else wanted), False


def _is_telling(letter: str) -> bool:
    """Whether a sign without letters may mean something: an emoji does, a dash does not."""
    return unicodedata.category(letter) in ("So", "Sm", "Sk")


def _says_more(folded: str) -> bool:
    return len(folded.split()) > 1


def _says_other(folded: str) -> bool:
    """Whether what follows a no is more than politeness."""
    rest = _mark(" ".join(folded.split()[1:]))
    return not set(rest) <= {"filler", "only", "no", "not", "rather", "agree"} or "name" in rest


def _say(folded: str) -> tuple[Leave | None, bool]:
    found = set(_mark(folded)) - {"filler"}
    if "role" in found and ("only" in found or "name" not in found):
        return None, False  # the company's name is not theirs
    if "only" in found and not found & {"name", "anonymous", "no", "not", "ask"}:
        return None, False  # a condition
    found -= {"role", "only"}
    refuses = bool(found & {"no", "not"})
    if "rather" in found and found <= {"rather", "no", "not"}:
        return (Leave.NO, True) if refuses else (None, False)
    found -= {"rather"}
    if not found or "unknown" in found or (refuses and found & {"yes", "anonymous"}):
        said = None
    elif "ask" in found:
        said = None if "no" in found else Leave.ASK
    elif "anonymous" in found:
        said = Leave.ANONYMOUS
    else:
        said = _say_no(found) if refuses else Leave.YES
    return said, said is Leave.NO or (said is Leave.YES and "name" not in found)


def _say_no(found: set[str]) -> Leave | None:
    if "name" in found:
        return None if "agree" in found else Leave.ANONYMOUS
    return Leave.NO if found & {"agree", "no"} else None


def _mark(folded: str) -> list[str]:
    """The kind of each word, "unknown" for one that is not in the lists."""
    cells = _load()["cells"]
    for phrase, stands_for in sorted(cells["phrases"].items(), key=lambda pair: -len(pair[0])):
        folded = re.sub(rf"\b{phrase}\b", f" {stands_for} ", folded)
    lists = _lists()
    return [next((kind for kind, words in lists.items() if word in words), "unknown") for word in folded.split()]


def fold(text: str) -> str:
    """Small letters without accents; a blank for each mark."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.sub(r"[^\w]|_", " ", "".join(c for c in plain if not unicodedata.combining(c))).split())


def fold_cell(text: str) -> str:
    """How cells are compared with what an editor typed: as folded, or where nothing is left of them as they are."""
    return fold(text) or text.strip()


@cache
def _load() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("leave.toml").read_text(encoding="utf-8"))


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    cells = _load()["cells"]
    order = ("yes", "no", "not", "ask", "anonymous", "name", "agree", "rather", "role", "only", "filler")
    return {kind: frozenset(cells[kind].split()) for kind in order}


@cache
def _compile(language: str, kind: str) -> re.Pattern[str]:
    table = _load()[language]
    patterns = table[kind] if isinstance(table[kind], list) else [table[kind]]
    return re.compile("|".join(patterns).replace("{words}", f"(?:{'|'.join(table['words'])})"))
