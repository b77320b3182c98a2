"""Which passages of a mail are not the words of who sent it: what they quoted, their signature, footers.

They are marked as spans and never cut: a stripper that is wrong once loses what somebody said. Where it is unclear a
passage stays its author's.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

MOST_SIGNED = 14
"""Lines that a signature has at most."""
LONGEST_SIGNED = 100
"""Characters of its lines at most."""
LONGEST_INTRODUCTION = 600
"""Characters of a line that may say who is quoted; a longer one is somebody's sentence."""
_HEADERS_OF_A_MAIL = 3
"""Different headers in a row by which a mail is known that was copied below another one."""
_SIGN_DASHES = re.compile(r"--\s?")
_RULE = re.compile(r"[_=*-]{20,}")


class MarkKind(StrEnum):
    """Whose words a passage is, if not the sender's."""

    QUOTED = "quoted"
    SIGNATURE = "signature"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """Characters `start` to `end` of a text."""

    kind: MarkKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _MailLine:
    text: str
    start: int
    end: int  # behind its line break


def find_marks(text: str, known: Iterable[MarkedPassage] = (), name: str = "") -> tuple[MarkedPassage, ...]:
    """All passages that are not the sender's, in order, apart from each other.

    known: what markup said already. name: the sender's, with which a signature begins.
    """
    lines = _split(text)
    kinds = _take_known(lines, known)
    _mark_quoted(lines, kinds)
    _mark_armour(lines, kinds)
    _mark_footers(lines, kinds)
    _mark_signature(lines, kinds, name)
    return tuple(_join(lines, kinds))


_Kinds = list[MarkKind | None]


def _split(text: str) -> list[_MailLine]:
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(_MailLine(line.strip(), start, start + len(line)))
        start += len(line)
    return lines


def _take_known(lines: Sequence[_MailLine], known: Iterable[MarkedPassage]) -> _Kinds:
    """A line whose words all stand in a passage that markup names."""
    kinds: _Kinds = [None] * len(lines)
    marks = sorted(known, key=lambda mark: (mark.start, -mark.end))
    for place, line in enumerate(lines):
        last = line.start + len(line.text)
        for mark in marks:
            if line.text and mark.start <= line.start and mark.end >= last:
                kinds[place] = mark.kind
                break
    return kinds


# ---------------------------------------------------------------- what they quoted


def _mark_quoted(lines: Sequence[_MailLine], kinds: _Kinds) -> None:
    for place, line in enumerate(lines):
        if line.text.startswith(">"):
            kinds[place] = MarkKind.QUOTED
    for place, line in enumerate(lines):
        if kinds[place] is None and (begins := _find_copied(lines, place)):
            _fill(kinds, begins, len(lines), MarkKind.QUOTED)
            break
        if kinds[place] is None and line.text and _is_before_quote(kinds, lines, place):
            _fill(kinds, _find_introduction(lines, place), place + 1, MarkKind.QUOTED)  # nothing where it is none


def _is_before_quote(kinds: _Kinds, lines: Sequence[_MailLine], place: int) -> bool:
    following = next((after for after in range(place + 1, len(lines)) if lines[after].text), None)
    return following is not None and kinds[following] is MarkKind.QUOTED


def _find_introduction(lines: Sequence[_MailLine], place: int) -> int:
    """The first line of `On … wrote:`, which ends in line `place` and may be wrapped; `place + 1` where it is none.

    The last line of a wrapped one (`<ada@example.org> wrote:`) is one by itself: it goes on above only to where a day
    and an hour, or an address, begin it, as programs write them, and no sentence ends between.
    """
    pieces: list[str] = []
    found = place + 1
    for begins in range(place, max(-1, place - 4), -1):
        if not lines[begins].text or (begins < place and lines[begins].text.endswith((".", "!", "?", "…"))):
            break
        pieces.insert(0, lines[begins].text[:LONGEST_INTRODUCTION])
        joined = " ".join(pieces)
        if _load()["dated"].fullmatch(joined) and not _load()["sentence"].search(joined):
            return begins
        if found > place and _load()["introduction"].fullmatch(joined):
            found = begins
    return found


def _find_copied(lines: Sequence[_MailLine], place: int) -> int | None:
    """Where a mail begins that was copied below this line or at it, None for nowhere: all below is somebody else's."""
    words = _load()
    text = lines[place].text
    if words["divider"].fullmatch(text):
        return place
    is_rule = bool(_RULE.fullmatch(text))
    first = place + 1 if is_rule else place
    found: set[str] = set()
    for line in lines[first : first + 8]:
        match = words["header"].match(line.text.strip("*> "))
        if match:
            found.add(_name_header(match["name"]))
        elif (line.text and len(line.text) < 2) or (line.text and not found):
            break
    starts_so = first < len(lines) and words["header"].match(lines[first].text.strip("*> "))
    return place if starts_so and len(found) >= _HEADERS_OF_A_MAIL and "from" in found else None


def _name_header(written: str) -> str:
    """`from` of `Von`."""
    return next(name for name, spellings in _read_table()["headers"].items() if written.casefold() in spellings)


# ---------------------------------------------------------------- what programs added


def _mark_armour(lines: Sequence[_MailLine], kinds: _Kinds) -> None:
    """A signature of PGP within the text: its lines are nobody's words (RFC 9580, section 7)."""
    is_signed = False
    for place, line in enumerate(lines):
        if line.text == "-----BEGIN PGP SIGNED MESSAGE-----":
            end = next((after for after in range(place, len(lines)) if not lines[after].text), place)
            _fill(kinds, place, end, MarkKind.FOOTER)
            is_signed = True
        elif line.text == "-----BEGIN PGP SIGNATURE-----" and is_signed:
            ends = (after for after in range(place, len(lines)) if lines[after].text == "-----END PGP SIGNATURE-----")
            _fill(kinds, place, next(ends, len(lines) - 1) + 1, MarkKind.FOOTER)


def _mark_footers(lines: Sequence[_MailLine], kinds: _Kinds) -> None:
    """`Sent from my iPhone`, what a law department adds, how to leave a list: at the end, or above what is quoted."""
    words = _load()
    for place, line in enumerate(lines):
        if kinds[place] is None and words["device"].fullmatch(line.text):
            kinds[place] = MarkKind.FOOTER
    for place, line in enumerate(lines):
        if kinds[place] is None and words["notice"].match(line.text):
            _fill(kinds, place, _find_end(kinds, place), MarkKind.FOOTER)
            break


def _find_end(kinds: _Kinds, place: int) -> int:
    """The line behind what is left before a quotation, or behind the last one."""
    return next((after for after in range(place, len(kinds)) if kinds[after] is MarkKind.QUOTED), len(kinds))


def _list_signed(lines: Sequence[_MailLine], kinds: _Kinds, first: int) -> tuple[int, list[str]]:
    """Where a signature ends that begins at a line, and its lines; more of them than one has where it is none."""
    below: list[str] = []
    place = first
    while place < len(kinds) and kinds[place] is not MarkKind.QUOTED and len(below) <= MOST_SIGNED:
        if _load()["postscript"].match(lines[place].text):
            break
        if lines[place].text and kinds[place] is None:
            below.append(lines[place].text)
        place += 1
    return place, below


# ---------------------------------------------------------------- their signature


def _mark_signature(lines: Sequence[_MailLine], kinds: _Kinds, name: str) -> None:
    """From the dashes on, behind a closing, or from the name on, where all that follows has the shape of a signature.

    A line that is nothing but a telephone number is one wherever it stands.
    """
    words = _load()
    _mark_signed(lines, kinds, name)
    for place, line in enumerate(lines):
        if kinds[place] is None and words["phone"].fullmatch(line.text):
            kinds[place] = MarkKind.SIGNATURE


def _mark_signed(lines: Sequence[_MailLine], kinds: _Kinds, name: str) -> None:
    words = _load()
    for place, line in enumerate(lines):
        if kinds[place] is None and line.text and _SIGN_DASHES.fullmatch(line.text):
            _fill(kinds, place, _find_end(kinds, place), MarkKind.SIGNATURE)
            return
    for place, line in enumerate(lines):
        if kinds[place] is not None:
            continue
        is_name = bool(name) and line.text.casefold() == name.casefold()
        if is_name or words["closing"].fullmatch(line.text):
            first = place if is_name else place + 1
            end, below = _list_signed(lines, kinds, first)
            if below and _is_signature(below):
                _fill(kinds, first, end, MarkKind.SIGNATURE)
                return


def _is_signature(lines: Sequence[str]) -> bool:
    """Short lines, none of them a sentence."""
    return len(lines) <= MOST_SIGNED and all(
        len(line) <= LONGEST_SIGNED and not (line.endswith((".", "!", "?", "…")) and len(line.split()) > 4)
        for line in lines
    )


# ---------------------------------------------------------------- together


def _fill(kinds: _Kinds, start: int, end: int, kind: MarkKind) -> None:
    for place in range(start, end):
        if kinds[place] is None:
            kinds[place] = kind


def _join(lines: Sequence[_MailLine], kinds: _Kinds) -> Iterator[MarkedPassage]:
    """Lines of one kind are one passage, empty ones between them with it."""
    open_: MarkedPassage | None = None
    for line, kind in zip(lines, kinds, strict=True):
        if not line.text:
            continue
        if open_ is not None and kind is open_.kind:
            open_ = MarkedPassage(open_.kind, open_.start, line.end)
            continue
        if open_ is not None:
            yield open_
        open_ = None if kind is None else MarkedPassage(kind, line.start, line.end)
    if open_ is not None:
        yield open_


@cache
def _read_table() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(files(__package__).joinpath("marking.toml").read_text(encoding="utf-8"))


@cache
def _load() -> Mapping[str, re.Pattern[str]]:
    """The patterns of `marking.toml` by name, and `header`: how a line of a mail that was copied begins."""
    table = _read_table()
    spelled = {re.escape(each) for words in table["headers"].values() for each in words}
    names = "|".join(sorted(spelled, key=len, reverse=True))
    compiled = {
        name: re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE)
        for name, patterns in table["lines"].items()
    }
    return compiled | {"header": re.compile(rf"(?P<name>{names})\s?\**\s?:\**\s*\S?", re.IGNORECASE)}
