"""Whom an article names as the speaker of a quotation."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import regex

from bot.articles.quotation import Quotation
from bot.quotes import find_sentences


class Naming(StrEnum):
    """RIGHT: the author. WRONG: somebody else, or the author otherwise than the profile. UNNAMED: nobody near it."""

    RIGHT = "right"
    WRONG = "wrong"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as they can be named. names: of the profile, and as they asked to be credited."""

    names: tuple[str, ...]
    handle: str = ""


@dataclass(frozen=True, slots=True)
class NamedSpeaker:
    """What was found; `name` as the article writes it."""

    naming: Naming
    name: str = ""


_VERBS = (
    "sa(?:id|ys?)|wrote|writes?|explain(?:s|ed)|add(?:s|ed)|t(?:old|ells)|argue[sd]|note[sd]|recall(?:s|ed)|repli(?:es|ed)|"
    "answer(?:s|ed)|ask(?:s|ed)|puts?|thinks|thought|post(?:s|ed)|claim(?:s|ed)|report(?:s|ed)|agree[sd]|admit(?:s|ted)|"
    "insist(?:s|ed)|warn(?:s|ed)|remember(?:s|ed)|state[sd]|describe[sd]|"
    "sagte?|schreibt|schrieb|erklärte?|meinte?|antwortete?|berichtete?|erzählte?|"
    "dit|explique|écrit|dice|dijo|escribe|scrive|zegt|schrijft"
)
_WORD = r"\p{Lu}[\p{L}\p{M}'’-]*\p{L}"
_PARTICLE = r"(?:v[ao]n|de[nrl]?|d[aiu]|la|le|bin|al|ten?)"
_TITLE = r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.\s*)"
_NAME = rf"(?:@[\w.-]*\w|{_TITLE}*{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}(?:{_WORD}|\p{{Lu}}\.))*)"
_SPEAKERS = (
    regex.compile(rf"(?<!\w)(?i:{_VERBS})\s+(?P<name>{_NAME})"),
    regex.compile(
        rf"(?P<name>{_NAME})(?:,[^,.;:\n]{{1,80}},)?(?:\s+(?:also|later|then|once|has|had|hat))?\s+(?i:{_VERBS})(?!\w)"
    ),
    regex.compile(rf"(?i:according\s+to|in\s+the\s+words\s+of|laut|selon|según)\s+(?P<name>{_NAME})"),
    regex.compile(rf"(?:\A|[\n.,])\s*(?:[—–―]|--?)\s*(?P<name>{_NAME})"),
    regex.compile(rf"(?P<name>{_NAME})(?:\s*\([^()\n]{{1,60}}\))?\s*:\s*\Z"),
)
_SAYS = regex.compile(rf"(?<!\w)(?i:{_VERBS})(?!\w)|:\s*\Z")
_NO_NAME = frozenset({
    "The", "A", "An", "He", "She", "They", "It", "We", "I", "You", "This", "That", "These", "Those", "But", "And", "So",
    "Or", "In", "On", "At", "As", "When", "If", "Not", "One", "Some", "Another", "Others", "Someone", "Somebody",
    "Everyone", "Nobody", "What", "Who", "Here", "There", "Er", "Sie", "Es", "Wir", "Ich", "Der", "Die", "Das", "Ein",
    "Eine", "Und", "Aber",
})  # fmt: skip
_LETTERS = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def find_naming(quotation: Quotation, author: Person, others: Iterable[Person] = ()) -> NamedSpeaker:
    """Whether `author` is the one whom the article names for `quotation`. others: who else answered."""
    others = list(others)
    for segment in _list_segments(quotation):
        speakers = list(_find_speakers(segment))
        right = next((name for name in speakers if matches_name(name, author)), None)
        if right is not None:
            return NamedSpeaker(Naming.RIGHT, right)
        if speakers:
            return NamedSpeaker(Naming.WRONG, speakers[0])
        if _mentions(segment, author):
            return NamedSpeaker(Naming.RIGHT, author.names[0] if author.names else author.handle)
        other = next((person for person in others if _mentions(segment, person)), None)
        if other is not None:
            return NamedSpeaker(Naming.WRONG, other.names[0] if other.names else other.handle)
    if any(_mentions(paragraph, author) for paragraph in quotation.near):
        return NamedSpeaker(Naming.RIGHT)
    return NamedSpeaker(Naming.UNNAMED)


def has_speaker(quotation: Quotation) -> bool:
    """Whether the article gives it as somebody's words."""
    segments = _list_segments(quotation)
    return any(_SAYS.search(segment) or next(_find_speakers(segment), None) for segment in segments)


def _list_segments(quotation: Quotation) -> Iterator[str]:
    """Where the speaker of a quotation stands, the likeliest place first."""
    after = quotation.after
    ends = quotation.text.rstrip()[-1:] in ".!?…" and after[:2].strip()[:1].isupper()
    sentences = find_sentences(after)
    rest = after[: sentences[0][1]] if sentences else ""
    if not ends:
        yield rest
    begun = find_sentences(quotation.before)
    if len(begun) > 1:  # its own sentence before one in which somebody says something else
        yield quotation.before[begun[-1][0] :]
    yield quotation.before
    if ends:
        yield rest
    if not quotation.before and not quotation.after.strip():
        previous = quotation.near[0].rstrip()
        if previous.endswith(":"):
            yield previous
        if re.match(r"\s*(?:[—–―]|--?)", quotation.near[1]):
            yield quotation.near[1]


def _find_speakers(segment: str) -> Iterator[str]:
    for pattern in _SPEAKERS:
        for found in pattern.finditer(segment):
            words = found["name"].split()
            while words and words[0] in _NO_NAME:
                words.pop(0)
            if words:
                yield " ".join(words)


def matches_name(name: str, person: Person) -> bool:
    """Whether `name` is this person: all of a name, a part of it, the handle; behind a title too."""
    handle = person.handle.casefold().lstrip("@")
    if name.startswith("@"):
        wanted = name.casefold().lstrip("@")
        return bool(handle) and wanted in (handle, handle.partition(".")[0])
    words = _list_letters(name.removesuffix("'s").removesuffix("’s"))
    if not words:
        return False
    if "".join(words) == "".join(_list_letters(handle.partition(".")[0])):
        return True
    return any(_is_part(words, _list_letters(own)) for own in person.names)


def _is_part(words: list[str], own: list[str]) -> bool:
    if len(own) == 1:
        return own[0] in words  # a profile that shows only a first name
    return bool(own) and (set(words) <= set(own) or words[-1] == own[-1])


def _mentions(text: str, person: Person) -> bool:
    words = f" {' '.join(_list_letters(text))} "
    if any(f" {' '.join(own)} " in words for name in person.names if (own := _list_letters(name))):
        return True
    handle = person.handle.casefold()
    if handle and re.search(rf"(?<![\w.]){re.escape(handle)}(?!\w)", text.casefold()):
        return True
    own = [part for name in person.names for part in _list_letters(name) if len(part) > 2]
    seen = {word for found in regex.finditer(_NAME, text) for word in _list_letters(found[0])}
    return any(part in seen for part in own)


def _list_letters(text: str) -> list[str]:
    return _LETTERS.findall(text.casefold())
