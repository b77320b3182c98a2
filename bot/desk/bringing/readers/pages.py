"""A page that was copied as a whole (select all, copy, paste): each reply of X, LinkedIn, Facebook or YouTube is a row.

Who speaks stands above the words, in an order that each network has; what the page prints around them is known line
by line (`pasted.toml`) and told. What stands above the first person is nobody's answer.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.desk.answers.import_files import Layout, ReadFile, Row
from bot.desk.bringing.held import BroughtFile, HeldFile, measure
from bot.desk.bringing.pasted import CUT, DEGREE, ends_sentence, find_time, is_chrome, read_line, says_who_and_when
from bot.desk.bringing.readers.encodings import open_letters
from bot.desk.errors import Sentence, refuse
from bot.words.cleaning import clean_line, shorten

LARGEST_PAGE = 5 * 1024 * 1024
LONGEST_NAME = 60
_SHOWN = 12
"""Different lines of the page's own that are told."""
_HEADINGS = ("text", "author", "handle", "role", "at")
_CHROME = frozenset({"chrome"})
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: (?:[^\W\d_][\w.’'-]*|[^\W\d_]\.?)){0,4}")
_PARTICLE = re.compile("von|van|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|zu|y|e")
_VERIFIED = re.compile(r"[\s✓✔☑️]+$")
_HANDLE = re.compile(r"@[\w.-]{1,60}(?:@[\w.-]{3,60})?")


@dataclass(frozen=True, slots=True)
class _PageLine:
    """One that is not empty. kinds: of its pieces, None where it may be somebody's words."""

    number: int
    text: str
    kinds: frozenset[str] | None

    def is_only(self, *kinds: str) -> bool:
        return self.kinds is not None and self.kinds <= {*kinds, "marks"}

    def has(self, *kinds: str) -> bool:
        return self.kinds is not None and not self.kinds.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a person's part begins and where their words do."""

    place: int
    body: int
    author: str
    handle: str = ""
    role: str = ""


_Find = Callable[[Sequence[_PageLine], int], _Start | None]


def read_page(path: BroughtFile, done: ReadFile, _layout: Layout) -> Iterator[Row]:
    """(line, row by our own headings), one a reply. Raises DeskError where nobody is recognised."""
    if (measure(path) or 0) > LARGEST_PAGE:
        raise refuse("page_too_large", path=path, mib=LARGEST_PAGE // 2**20)
    with open_letters(path, done) as file:
        lines = split_lines(file.read())
    network, starts = find_people(lines)
    if not starts:
        raise refuse("nobody_on_page", path=path)
    done.tool = f"a page of {network}"
    done.note_headings({heading: heading for heading in _HEADINGS})
    own: Counter[str] = Counter(line.text for line in lines[: starts[0].place])
    if own:
        done.tell("above_first", lines=_list_lines(own))
    own.clear()
    for start, end in zip(starts, [*(each.place for each in starts[1:]), len(lines)], strict=True):
        words, junk = _take_words(lines[start.body : end], is_last=end == len(lines))
        own.update(junk)
        if not words:
            done.skipped["without words"] += 1
            continue
        yield (
            lines[start.place].number,
            {
                "text": words,
                "author": start.author or None,
                "handle": start.handle or None,
                "role": start.role or None,
                "at": _find_moment([*(line.text for line in lines[start.place : start.body]), *junk]),
            },
        )
    if own:
        done.tell("left_out", lines=_list_lines(own))


def hold_page(text: str) -> HeldFile | None:
    """A pasted page on which two people speak; None for what is none."""
    if len(text) > LARGEST_PAGE or len(find_people(split_lines(text))[1]) < 2:
        return None
    return HeldFile("pasted.txt", text.encode())


def split_lines(text: str) -> list[_PageLine]:
    """Those that are not empty, with their numbers."""
    return [
        _PageLine(number, line.strip(), _CHROME if is_chrome(line) else read_line(line))
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip()
    ]


def find_people(lines: Sequence[_PageLine]) -> tuple[str, list[_Start]]:
    """The network whose order of lines fits most often, and where each person's part begins."""
    best: tuple[str, list[_Start]] = ("", [])
    for network, find in _NETWORKS.items():
        starts: list[_Start] = []
        place = 0
        while place < len(lines):
            start = find(lines, place)
            if start is not None and (not starts or start.place >= starts[-1].body):
                starts.append(start)
                place = max(start.body, place + 1)
            else:
                place += 1
        if len(starts) > len(best[1]):
            best = network, starts
    return best


# ---------------------------------------------------------------- who, by network


def _find_on_x(lines: Sequence[_PageLine], place: int) -> _Start | None:
    """`Mara Vogel`, `@mara_v`, `·`, `3h`; or all of it in one line."""
    line = lines[place]
    if line.kinds is not None or len(line.text) > 2 * LONGEST_NAME:
        return None
    if says_who_and_when(line.text) and (handle := _HANDLE.search(line.text)) and "@" in line.text:
        author = line.text[: handle.start()].strip()
        return _Start(place, _skip(lines, place + 1, "labels"), _clean_name(author), handle[0][1:])
    if (
        place + 2 >= len(lines)
        or not lines[place + 1].is_only("handles", "times", "labels")
        or ends_sentence(line.text)
    ):
        return None
    handle = _HANDLE.search(lines[place + 1].text)
    if handle is None or not any(each.has("times") for each in lines[place + 1 : place + 5]):
        return None
    body = _skip(lines, place + 1, "handles", "times", "labels", "edited")
    return _Start(place, body, _clean_name(line.text), handle[0][1:])


def _find_on_linkedin(lines: Sequence[_PageLine], place: int) -> _Start | None:
    """`View Mara Vogel’s profile`, `Mara Vogel • 2nd`, `Head of Search at Example`, `2h`."""
    degree = place
    while degree < min(place + 4, len(lines)) and not _says_degree(lines[degree]):
        if not (lines[degree].has("avatars", "labels") or _is_name(lines[degree])):
            return None
        degree += 1
    if degree >= min(place + 4, len(lines)):
        return None
    in_line = DEGREE.split(lines[degree].text)[0]
    above = [line.text for line in lines[place:degree] if line.kinds is None]
    author = _clean_name(in_line if in_line.strip(" ·•∙") else above[-1] if above else "")
    if not author:
        return None
    body, role = degree + 1, ""
    body = _skip(lines, body, "labels", "degrees")
    if body + 1 < len(lines) and lines[body].kinds is None and _says_when_soon(lines, body + 1):
        role, body = lines[body].text, body + 1
    return _Start(place, _skip(lines, body, "times", "edited", "labels", "degrees"), author, role=role)


def _find_on_youtube(lines: Sequence[_PageLine], place: int) -> _Start | None:
    """`@mara_v`, `3 days ago`; or both in one line."""
    line = lines[place]
    if not line.is_only("handles", "times", "edited", "labels") or not line.has("handles"):
        return None
    if not line.has("times") and (place + 1 >= len(lines) or not lines[place + 1].is_only("times", "edited")):
        return None
    handle = _HANDLE.search(line.text)
    body = _skip(lines, place + 1, "times", "edited", "labels")
    return None if handle is None else _Start(place, body, handle[0][1:], handle[0][1:])


def _find_on_facebook(lines: Sequence[_PageLine], place: int) -> _Start | None:
    """`Mara Vogel`, the words, `3h`, `Like`, `Reply`: a name that stands below another one's buttons, or first."""
    if not _is_name(lines[place]) or place + 2 >= len(lines):
        return None
    if place and lines[place - 1].kinds is None:
        return None
    body = _skip(lines, place + 1, "labels")
    end = next((each for each in range(body, len(lines)) if lines[each].kinds is not None), None)
    if end is None or end == body:
        return None
    foot = lines[end : end + 5]
    return _Start(place, body, _clean_name(lines[place].text)) if any(each.has("buttons") for each in foot) else None


_NETWORKS: dict[str, _Find] = {
    "X": _find_on_x,
    "YouTube": _find_on_youtube,
    "LinkedIn": _find_on_linkedin,
    "Facebook": _find_on_facebook,
}


def _skip(lines: Sequence[_PageLine], place: int, *kinds: str) -> int:
    """The first line that is none of these, nor tells whom somebody answers."""
    while place < len(lines):
        line = lines[place]
        answers = line.is_only("buttons") and line.text.lower().startswith(_ANSWERING)
        follows = line.is_only("handles") and lines[place - 1].text.lower().startswith(_ANSWERING)
        if not (line.is_only(*kinds) or answers or follows):
            return place
        place += 1
    return place


_ANSWERING = ("replying to", "antwort an", "en réponse à", "en respuesta a", "in risposta a")


def _says_degree(line: _PageLine) -> bool:
    return line.has("degrees") or (len(line.text) <= 2 * LONGEST_NAME and bool(DEGREE.search(line.text)))


def _says_when_soon(lines: Sequence[_PageLine], place: int) -> bool:
    return any(line.has("times") for line in lines[place : place + 2])


def _is_name(line: _PageLine) -> bool:
    """One to five words with capitals."""
    if line.kinds is not None or len(line.text) > LONGEST_NAME or not _NAME.fullmatch(line.text):
        return False
    return all(word[0].isupper() or not word[0].islower() or _PARTICLE.fullmatch(word) for word in line.text.split())


def _clean_name(text: str) -> str:
    return _VERIFIED.sub("", clean_line(text)).strip(" ·•∙|")


# ---------------------------------------------------------------- what they said


def _take_words(lines: Sequence[_PageLine], *, is_last: bool) -> tuple[str, list[str]]:
    """The words of a part, paragraphs as lines, and the lines that are the page's.

    is_last: nobody follows, and what stands below the buttons is the rest of the page.
    """
    ends = ("chrome", "buttons", "counted") if is_last else ("chrome",)
    end = next((place for place, line in enumerate(lines) if line.has(*ends)), len(lines))
    while end and lines[end - 1].kinds is not None:
        end -= 1
    junk = [line.text for line in lines[end:]]
    words = []
    for line in lines[:end]:
        if line.has("buttons", "counted", "avatars"):
            junk.append(line.text)
        else:
            words.append(line.text)
    return CUT.sub(r"\1", "\n".join(words)), junk


def _find_moment(own: Sequence[str]) -> str | None:
    """What the page says of when, as it is written: `2:05 PM Nov 20, 2026`, or `3h`, which is no moment."""
    return next(filter(None, map(find_time, own)), None)


def _list_lines(own: Counter[str]) -> str | Sentence:
    shown = ", ".join(f"“{shorten(clean_line(text), 40)}”" for text, _ in own.most_common(_SHOWN))
    more = len(own) - _SHOWN
    return Sentence("read_as.and_more", {"lines": shown, "number": more}) if more > 0 else shown
