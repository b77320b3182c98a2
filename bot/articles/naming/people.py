"""People who answered, and how an article names them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

LETTERS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_HANDLE = re.compile(r"(?<![\w.])@([\w.-]*\w)")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_MOST_WORDS = 5
_MOST_LETTERS = 8
"""Of a name in a script without spaces."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as they can be named. names: of the profile, and as they asked to be credited."""

    names: tuple[str, ...]
    handle: str = ""

    @property
    def shown(self) -> str:
        """As they are named in a message."""
        return self.names[0] if self.names else self.handle


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody's whole name or handle in a text, from `start` to `end`."""

    start: int
    end: int
    person: Person


class KnownPeople:
    """Any number of people, found by their whole names at the cost of a few look-ups a word."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._names: dict[str, Person] = {}
        self._handles: dict[str, Person] = {}
        self._parts: set[str] = set()
        for person in people:
            self.add(person)

    def add(self, person: Person) -> None:
        """One more."""
        for name in person.names:
            words = list_letters(name)
            if words:
                self._names.setdefault(" ".join(words), person)
                self._parts.update(word for word in words if len(word) > 2)
        handle = person.handle.casefold().lstrip("@")
        if handle:
            self._handles.setdefault(handle, person)
            self._handles.setdefault(handle.partition(".")[0], person)

    def find(self, text: str) -> list[Mention]:
        """Who is mentioned, in order; of names within one another the longest. A name of one word is no name here."""
        words = [(found[0].casefold(), *found.span()) for found in LETTERS.finditer(text)]
        mentions, at = [], 0
        while at < len(words):
            length, person = self._find_longest(words[at : at + _MOST_WORDS])
            if person:
                mentions.append(Mention(words[at][1], words[at + length - 1][2], person))
            elif _UNSPACED.match(words[at][0]):
                mentions += self._find_unspaced(*words[at])
            at += max(1, length)
        for handle in _HANDLE.finditer(text):
            person = self._handles.get(handle[1].casefold())
            if person:
                mentions.append(Mention(*handle.span(), person))
        return sorted(mentions, key=lambda mention: mention.start)

    def find_exact(self, name: str) -> Person | None:
        """Who is called exactly that, be it one word."""
        return self._names.get(" ".join(list_letters(name)))

    def has_part(self, word: str) -> bool:
        """Whether somebody's name has this word."""
        return word.casefold() in self._parts

    def _find_longest(self, words: list[tuple[str, int, int]]) -> tuple[int, Person | None]:
        for length in range(len(words), 1, -1):
            person = self._names.get(" ".join(word for word, _, _ in words[:length]))
            if person:
                return length, person
        return 0, None

    def _find_unspaced(self, word: str, start: int, end: int) -> Iterator[Mention]:
        if end - start != len(word):
            return
        at = 0
        while at < len(word) - 1:
            length = next((n for n in range(_MOST_LETTERS, 1, -1) if word[at : at + n] in self._names), 0)
            if length:
                yield Mention(start + at, start + at + length, self._names[word[at : at + length]])
            at += length or 1


def list_letters(text: str) -> list[str]:
    """The words of a name, in small letters."""
    return LETTERS.findall(text.casefold())


def matches_name(name: str, person: Person) -> bool:
    """Whether `name` is this person: all of a name, a part of it, the handle; behind a title too."""
    handle = person.handle.casefold().lstrip("@")
    if name.startswith("@"):
        wanted = name.casefold().lstrip("@")
        return bool(handle) and wanted in (handle, handle.partition(".")[0])
    words = list_letters(name.removesuffix("'s").removesuffix("’s"))
    if not words:
        return False
    if "".join(words) == "".join(list_letters(handle.partition(".")[0])):
        return True
    return any(_is_part(words, list_letters(own)) for own in person.names)


def _is_part(words: list[str], own: list[str]) -> bool:
    if len(own) == 1:
        return own[0] in words  # a profile that shows only a first name
    return bool(own) and (set(words) <= set(own) or words[-1] == own[-1])
