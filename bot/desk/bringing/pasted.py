"""Comments that were copied from a web page, with what the page prints around them: who, when, Like, Reply.

None of that is the person's words. It is recognised line by line; what is left is shown to an editor, who decides.
Where it cannot be told where the words begin, or where several people speak, nothing is left. The lists: `pasted.toml`.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LONGEST_LINE = 160
"""Letters of a line that may be a page's."""
_HEAD = 7
"""Lines in which who and when may stand above the words."""
_KINDS = ("avatars", "times", "counted", "edited", "degrees", "buttons", "handles", "labels", "emojis")
_BETWEEN = re.compile(r"[\s·•∙⋅|,>→‧◦○●]+")
_NUMBER = re.compile(r"\d[\d.,]{0,8} ?(?:k|m|tsd\.?|mil)?(?!\w)")
DEGREE = re.compile(
    r"[·•∙]\s*(?:1st|2nd|3rd ?\+?|[123]\.|3\. und höher|1er|[23]e(?: et plus| en verder)?|[123][º°]|[123]de)(?!\w)"
)
_CHAT = re.compile(
    r"\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?\]?(?: -)? [^:]{1,60}: ", re.IGNORECASE
)
CUT = re.compile(r"(…|\.\.\.) ?(?:see more|more|mehr(?: anzeigen)?|plus|más|altro|meer|mais)$", re.IGNORECASE)
_NAME = re.compile(r"(?:[^\W\d_][\w.’'-]*)(?: [^\W\d_][\w.’'-]*){1,3}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A copied comment. words: what is left without the page's own lines (signs), None where that cannot be told.

    is_broken: it is none, and its letters are broken; words: as they were.
    """

    words: str | None
    signs: tuple[str, ...]
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and where it stands. kinds: of its pieces, where all of it may be the page's."""

    text: str
    start: int
    end: int
    kinds: frozenset[str] | None

    def has(self, *kinds: str) -> bool:
        return self.kinds is not None and not self.kinds.isdisjoint(kinds)

    def is_only(self, *kinds: str) -> bool:
        return self.kinds is not None and self.kinds <= set(kinds)


def find_pasted(text: str, author: str = "") -> Pasted | None:
    """The signs of a page in a text and what is left without them, or None: it was typed.

    author: who said it, whose name may stand above it.
    """
    lines = _split(text)
    if len(lines) < 2:
        return _find_in_one_line(text.strip()) if lines else None
    end = _find_tail(lines)
    start = _find_head(lines[:end], has_tail=end < len(lines))
    if end == len(lines) and start == 0:
        return _find_chat(text, lines) or _find_buttons(text.strip())
    while start and end - start > 1 and lines[end - 1].is_only("numbers", "emojis", "marks", "times", "edited"):
        end -= 1
    if start == 0 and end - start > 1 and _is_name(lines[0].text, author):
        start = 1
        while end - start > 1 and lines[start].is_only("labels", "marks"):
            start += 1
    signs = [line.text for line in (*lines[:start], *lines[end:])]
    return Pasted(_join(text, lines[start:end]), tuple(signs))


def _split(text: str) -> list[_Line]:
    """The lines that are not empty."""
    return [
        _Line(found[0].strip(), found.start(), found.end(), read_line(found[0]))
        for found in re.finditer(r"[^\n]+", text)
        if found[0].strip()
    ]


def _join(text: str, body: Sequence[_Line]) -> str | None:
    """The words, where they are of one person."""
    if not body or any(line.has("buttons", "degrees", "counted") or DEGREE.search(line.text) for line in body):
        return None
    return CUT.sub(r"\1", text[body[0].start : body[-1].end].strip())


# ---------------------------------------------------------------- below the words


def _find_tail(lines: Sequence[_Line]) -> int:
    """Where the page's lines below the words begin; the number of lines where there are none."""
    end = len(lines)
    while end > 1 and lines[end - 1].kinds is not None:
        end -= 1
    while end < len(lines) and not lines[end].has("buttons", "counted", "times", "edited", "numbers"):
        end += 1  # a label alone is a word
    tail = lines[end:]
    if lines[end - 1].text.endswith(":"):
        return len(lines)  # a list of what the page has, by somebody who writes about it
    if any(line.has("buttons", "counted") for line in tail):
        return end
    return end if sum(line.has("numbers") for line in tail) > 1 else len(lines)


# ---------------------------------------------------------------- above them


def _find_head(lines: Sequence[_Line], *, has_tail: bool) -> int:
    """How many lines above the words are the page's."""
    if has_tail and len(lines) > 2 and lines[1].is_only("handles") and lines[2].kinds is None:
        return 2
    marked = [place for place, line in enumerate(lines[:_HEAD]) if _is_mark(line, place, lines)]
    if not marked:
        return 0
    start = marked[-1] + 1
    has_time = any(_says_when(lines[place]) for place in marked)
    if not has_time and _is_headline(lines[start:]):
        start += 1  # LinkedIn has the profession there
    while (
        start < len(lines) and lines[start].kinds is not None and lines[start].has("times", "edited", "labels", "marks")
    ):
        start += 1
    return start


def _is_mark(line: _Line, place: int, lines: Sequence[_Line]) -> bool:
    """Whether a line says who or when, as a page does; words follow it."""
    if place == len(lines) - 1 or (place and any(ends_sentence(before.text) for before in lines[1:place])):
        return False
    if line.has("avatars", "degrees") or (line.has("handles") and any(other.has("times") for other in lines[:_HEAD])):
        return True
    if len(line.text) <= _LONGEST_LINE and DEGREE.search(line.text):
        return True
    if line.has("times"):
        return place > 0 and not line.has("buttons")
    return place < _HEAD - 1 and says_who_and_when(line.text)


def _says_when(line: _Line) -> bool:
    return line.has("times") or says_who_and_when(line.text)


def _is_headline(rest: Sequence[_Line]) -> bool:
    return len(rest) > 1 and not ends_sentence(rest[0].text)


def ends_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?", "…", "”", '"'))


def says_who_and_when(text: str) -> bool:
    """`Mara Vogel @mara · 3h`, `mara_v • 3 days ago`, `Mara — Today at 9:30 AM`, `[–]mara 12 points 3 days ago`."""
    if len(text) > _LONGEST_LINE:
        return False
    parts = [
        part
        for part in re.split(r"\s*[·•∙|]\s*|\s+[—–]\s*|\s{2,}|\t|\s+(?=@\w)|(?<=\])|\s+(?=\d+ points? )", text)
        if part
    ]
    _, _, when = parts[0].partition(" ") if parts else ("", "", "")
    if len(parts) > 1 and read_line(when) == frozenset({"times"}) and all(map(read_line, parts[1:])):
        return True  # `mara_v 3 days ago | parent | next`
    if len(parts) < 2 or len(parts[0].split()) > 5 or ends_sentence(parts[0]):
        return False
    kinds = [read_line(part) for part in parts[1:]]
    return any(found is not None and "times" in found for found in kinds) and all(
        found is not None or len(part.split()) <= 4 for found, part in zip(kinds, parts[1:], strict=True)
    )


def _is_name(text: str, author: str) -> bool:
    """Whether a first line is the name above a comment: the author's, or two to four words with capitals."""
    if author and text.casefold() == author.casefold():
        return True
    return bool(_NAME.fullmatch(text)) and all(word[0].isupper() for word in text.split())


# ---------------------------------------------------------------- all in one line


def _find_in_one_line(text: str) -> Pasted | None:
    if DEGREE.search(text[:_LONGEST_LINE]):
        return Pasted(None, (text[:_LONGEST_LINE],))
    chat = _CHAT.match(text)
    if chat:
        return Pasted(text[chat.end() :].strip() or None, (chat[0].strip(),))
    return _find_buttons(text)


def _find_buttons(text: str) -> Pasted | None:
    """Two at least behind the last words."""
    tail = _compile_tail().search(text, max(0, len(text) - _LONGEST_LINE))
    if tail is None or not text[: tail.start()].strip():
        return None
    return Pasted(text[: tail.start()].strip(), (tail[0].strip(),))


def _find_chat(text: str, lines: Sequence[_Line]) -> Pasted | None:
    """A line of a messenger: `[20.11.26, 14:05] Mara: We stopped.`"""
    found = [_CHAT.match(line.text) for line in lines]
    if found[0] is None:
        return None
    words = None if any(found[1:]) else text.strip()[found[0].end() :].strip()
    return Pasted(words, tuple(each[0].strip() for each in found if each))


# ---------------------------------------------------------------- the pieces of a line


def read_line(line: str) -> frozenset[str] | None:
    """The kinds of all pieces of a line, or None where one of them is no page's."""
    rest = line.strip().lower().replace("'", "’")
    if not rest or len(rest) > _LONGEST_LINE:
        return None
    found = set()
    while rest:
        between = _BETWEEN.match(rest)
        if between:
            rest = rest[between.end() :]
            continue
        kind, length = _match(rest)
        if not kind:
            return None
        found.add(kind)
        rest = rest[length:]
    return frozenset(found) or frozenset({"marks"})


def find_time(line: str) -> str:
    """What a line of a page says of when, "" for nothing: `3h` of `Mara Vogel @mara · 3h · Edited`."""
    parts = [re.sub(r"@\S+", "", part).strip() for part in re.split(r"\s*[·•∙|]\s*", line)]
    return " ".join(part for part in parts if read_line(part) == frozenset({"times"}))


def _match(rest: str) -> tuple[str, int]:
    """The kind and length of the longest piece at the beginning."""
    best = ("", 0)
    for kind in _KINDS:
        match = _compile(kind).match(rest)
        if match and match.end() > best[1]:
            best = kind, match.end()
    number = _NUMBER.match(rest)
    if number and number.end() > best[1]:
        best = "numbers", number.end()
    return best


@cache
def _load() -> Mapping[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("pasted.toml").read_text(encoding="utf-8"))


@cache
def _compile(kind: str) -> re.Pattern[str]:
    pieces = sorted(_load()[kind], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(pieces)})(?!\w|[.:]\d)")


def is_chrome(line: str) -> bool:
    """Whether a line stands between people, and not with one of them."""
    folded = " ".join(line.lower().replace("'", "’").split())
    return len(folded) <= _LONGEST_LINE and bool(_compile("chrome").fullmatch(folded))


@cache
def _compile_tail() -> re.Pattern[str]:
    """Two buttons or more at the end of a line, the one to reply among them."""
    button, reply = "|".join(_load()["buttons"]), "|".join(_load()["replies"])
    between, more = r"[\s·•|]+(?:\d[\d.,]*[\s·•|]+)?", r"(?:[\s·•|]+\d[\d.,]* ?(?:replies|reply|antworten))?"
    return re.compile(rf"(?<!\S)(?:{button}){between}(?:(?:{button}){between})?(?:{reply}){more}\s*$", re.IGNORECASE)
