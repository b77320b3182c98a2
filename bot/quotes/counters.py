"""Counters of a thread, such as `1/3`: they say where a part of an answer stands, and are no words of it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_COUNT = (
    r"(?:🧵[ \t]*)?(?P<open>[(\[]?)(?P<number>[1-9]\d?)/(?P<of>[1-9]\d?|[nNxX](?!\w)|)(?P<close>[)\]]?)(?:[ \t]*🧵)?"
)
_AT_BEGIN = re.compile(rf"\s*{_COUNT}(?P<mark>:|[ \t]*[–—-](?=\s))?(?:(?=\s)|$)\s*")
_AT_END = re.compile(rf"(?:^|(?<=[\s.!?…,;:)”\"»])|(?<=[^\w\s(\[/.,+<>=*€$£-])){_COUNT}\s*$")
# `1/3 of my clients`: what is counted there stands in the sentence.
_OF = re.compile(
    r"of\b(?! course)|(?:der|des|den|dem|mein\w*|unser\w*|aller?|von|vom|de|du|del|della|dei|degli|van|av)\b|d['’]",
    re.IGNORECASE,
)
_SENTENCE_ENDED = re.compile(r"(?:[.!?…:)”\"»]|[^\w\s,'’]|https?://\S+)[ \t]*$")
_BARE = r"(?:\((?P<round>[1-9]\d?)\)|\[(?P<square>[1-9]\d?)\])"
_BARE_AT_BEGIN = re.compile(rf"\s*(?:{_BARE}|(?P<plain>[1-9]\d?)[.)])(?=\s)\s*")
_BARE_AT_END = re.compile(rf"(?:^|(?<=[\s.!?…”\"»])){_BARE}\s*$")
_MANY = 3
"""So many parts that go on counting leave no doubt, even where one of them was not collected."""


@dataclass(frozen=True, slots=True)
class _Counter:
    """What may be a counter at an edge of the part at `place`. of: None where it does not say how many there are.

    sure: no number in a sentence looks like it; doubtful: one may.
    """

    place: int
    number: int
    of: int | None
    start: int
    end: int
    sure: bool
    doubtful: bool


def find_uncounted(texts: Sequence[str | None]) -> list[tuple[int, int]]:
    """(start, end) of what each part of an answer says between the counters at its begin and its end.

    texts: the parts in reading order. A counter is one where other parts count on with it, or where it stands in
    brackets or on a line of its own and is the number of its part; `(1)`, `[1]` and `1.` are where every part has the
    number of its place, at the same edge. A part that says nothing else stays as it is.
    """
    counters = [each for place, text in enumerate(texts) for each in _find_counters(place, text or "")]
    parts = len(texts) if len(texts) > 1 else 0
    proven = [each for each in counters if parts and _is_proven(each, counters, parts)]
    proven += [each for pattern in (_BARE_AT_BEGIN, _BARE_AT_END) for each in _find_bare(pattern, texts)]
    return [_cut(text or "", [each for each in proven if each.place == place]) for place, text in enumerate(texts)]


def _find_bare(pattern: re.Pattern[str], texts: Sequence[str | None]) -> list[_Counter]:
    """A number without how many there are: all of a row of parts, or none of it."""
    row = []
    for place, text in enumerate(texts):
        found = pattern.match(text or "") if pattern is _BARE_AT_BEGIN else pattern.search(text or "")
        number = next(filter(None, found.groups()), "") if found else ""
        if not found or int(number) != place + 1:
            return []
        row.append(_Counter(place, place + 1, None, *found.span(), sure=True, doubtful=False))
    return row if len(row) > 1 else []


def _find_counters(place: int, text: str) -> Iterator[_Counter]:
    begin, end = _AT_BEGIN.match(text), _AT_END.search(text)
    if begin and not _OF.match(text, begin.end()):
        same_line = "\n" not in begin[0] and begin.end() < len(text)
        yield from _read(place, begin, sure=not same_line or bool(begin["mark"]), doubtful=same_line)
    if end and end.start() > 0:
        line = text[: end.start()].rpartition("\n")[2]
        doubtful = bool(line.strip()) and not _SENTENCE_ENDED.search(line)
        yield from _read(place, end, sure=not line.strip(), doubtful=doubtful)


def _read(place: int, found: re.Match[str], *, sure: bool, doubtful: bool) -> Iterator[_Counter]:
    number, of = int(found["number"]), int(found["of"]) if found["of"].isdigit() else None
    enclosed = (found["open"] + found["close"]) in {"()", "[]"}
    if (found["open"] and not enclosed) or (of is not None and not number <= of > 1):
        return
    sure = enclosed or (sure and not (found["close"] and not found["of"]))
    yield _Counter(place, number, of, *found.span(), sure=sure, doubtful=doubtful and not sure and of is not None)


def _is_proven(counter: _Counter, counters: Sequence[_Counter], parts: int) -> bool:
    others = {each.place: each for each in counters if _counts_on(counter, each)}
    if counter.doubtful:
        row = (counter, *others.values())
        if len(row) > 1 and any(each.number == parts for each in row) and all(map(_is_in_place, row)):
            return counter.of == parts  # no fraction is the whole
        begins = any(each.number == 1 for each in row)
        return begins and len(others) + 1 >= (parts if counter.of == parts else max(parts, _MANY))
    return bool(others) or (counter.sure and _is_in_place(counter) and (counter.of or parts) >= parts)


def _is_in_place(counter: _Counter) -> bool:
    return counter.number == counter.place + 1


def _counts_on(one: _Counter, other: _Counter) -> bool:
    """Whether two counters are of one row."""
    return (one.of is None or other.of in {None, one.of}) and (other.number - one.number) * (
        other.place - one.place
    ) > 0


def _cut(text: str, proven: Sequence[_Counter]) -> tuple[int, int]:
    start = max((each.end for each in proven if not text[: each.start].strip()), default=0)
    end = min((each.start for each in proven if text[: each.start].strip()), default=len(text))
    if (start, end) == (0, len(text)) or not text[start:end].strip():
        return 0, len(text)
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
