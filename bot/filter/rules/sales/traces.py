"""Traces of a sale: a link, a way to reach the author, a call to act, a pitch.

Patterns are read over the text in lower case; one is tried only where one of its words stands: most replies hold none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.filter.rules.phrases import join, load_phrases
from bot.filter.rules.text import Prepared


@dataclass(frozen=True, slots=True)
class Pitch:
    """kind: contact, call, pitch, or applause, which proves nothing. sells: its words name what is sold or sought.

    needs: of these every match holds one; none: nothing is known of it.
    """

    kind: str
    sells: bool
    triggers: frozenset[str]
    needs: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Trace:
    kind: str
    sells: bool
    start: int
    end: int


def _read_pitches() -> tuple[Pitch, ...]:
    parts = load_phrases("pitches")["parts"]

    def fill(patterns: list[str]) -> str:
        return re.sub(r"<([a-z ]+)>", lambda part: parts.get(part.group(1), part.group()), join(patterns))

    return tuple(
        Pitch(
            row["kind"],
            row["sells"],
            frozenset(row["words"].split()),
            tuple(row.get("needs", ())),
            fill(row["patterns"]),
        )
        for row in load_phrases("pitches")["pitch"]
    )


PITCHES = _read_pitches()
ELSEWHERE = re.compile(join(load_phrases("pitches")["elsewhere"]["patterns"]))
COUNTED_LINK = re.compile(r"[?&](?:utm(?:_|\\_)[a-z]|(?:ref|aff|affiliate|via)=)")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,20}){1,3}")
# A quick look before the slower one.
BROKEN_SIGNS = (". com", " .com", ". net", " .net", ". org", " .org", "/watch?v=", "w w w", "youtu")
# Written apart, so that a filter does not see it.
BROKEN_LINK = re.compile(
    r"\b[a-z0-9-]{2,30}(?: \.|\. | \. )(?:com|net|org)\b|/watch\?v=|\bw w w\b|\byoutu[. ]{1,3}be\b"
)


@lru_cache(maxsize=1)
def _gate() -> dict[str, tuple[int, ...]]:
    """Word → the numbers of the pitches that are tried where it stands."""
    words = {word for pitch in PITCHES for word in pitch.triggers}
    return {word: tuple(n for n, pitch in enumerate(PITCHES) if word in pitch.triggers) for word in words}


@cache
def _compile(number: int) -> re.Pattern[str]:
    return re.compile(PITCHES[number].pattern)


def find_traces(reply: Prepared) -> list[Trace]:
    """Traces in the order of the text."""
    text = reply.lowered
    found = list(_find_pitches(reply))
    for start, end in reply.links:
        counted = COUNTED_LINK.search(text[start:end])
        found.append(Trace("counted_link" if counted else "link", sells=False, start=start, end=end))
    if any(sign in text for sign in BROKEN_SIGNS) and (broken := BROKEN_LINK.search(text)):
        found.append(Trace("broken_link", sells=False, start=broken.start(), end=broken.end()))
    if "@" in text:
        found.extend(Trace("contact", sells=False, start=mail.start(), end=mail.end()) for mail in MAIL.finditer(text))
    if not text.isascii() and (call := ELSEWHERE.search(text)):
        found.append(Trace("call", sells=True, start=call.start(), end=call.end()))
    return sorted(found, key=lambda trace: (trace.start, trace.end, trace.kind))


def _find_pitches(reply: Prepared) -> Iterator[Trace]:
    gate = _gate()
    for number in sorted({number for word in reply.words if word in gate for number in gate[word]}):
        needs = PITCHES[number].needs
        if needs and not any(need in reply.lowered for need in needs):
            continue
        if found := _compile(number).search(reply.lowered):
            head = len(found.group()) - len(found.group().lstrip(" .!?:;,\n¡¿"))
            yield Trace(PITCHES[number].kind, PITCHES[number].sells, found.start() + head, found.end())
