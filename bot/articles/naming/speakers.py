"""Whom an article names as the speaker of a quotation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from bot.articles.naming.people import KnownPeople, Person, list_letters, matches_name
from bot.articles.naming.places import Bylines, Segment, list_bylines, list_segments
from bot.articles.naming.speech import (
    ACCORDING,
    BYLINE,
    COLON,
    FOR_WHOM,
    LISTENED,
    LISTENERS,
    NAME,
    NAME_VERB,
    NO_NAMES,
    NO_SPEAKERS,
    PLACES,
    SAYS,
    SIGNED,
    SUBJECTS,
    VERB_NAME,
)
from bot.articles.paragraphs import Paragraph
from bot.articles.quotation import Quotation


class Naming(StrEnum):
    """RIGHT: the author. WRONG: somebody else, or the author otherwise than the profile. STRANGER: a name stands beside
    it that nobody has who answered, and it may be no speaker's. UNNAMED: nobody near it.
    """

    RIGHT = "right"
    WRONG = "wrong"
    STRANGER = "stranger"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class NamedSpeaker:
    """What was found; `name` as the article writes it."""

    naming: Naming
    name: str = ""


_WORD_BEFORE = regex.compile(r"(\w+)['’\s]*\Z")
_WORD = re.compile(r"\w")
_NAME_IN_TEXT = regex.compile(NAME)


def find_naming(
    quotation: Quotation,
    author: Person,
    others: Iterable[Person] = (),
    people: KnownPeople | None = None,
    article: Sequence[Paragraph] = (),
) -> NamedSpeaker:
    """Whether `author` is the one whom the article names for `quotation`. others: who else is quoted. people:
    everybody who answered. article: what the quotation is from, for its tables and the lines around it.
    """
    judge = _Judge(author, list(others), people or KnownPeople())
    found = [*judge.judge_bylines(list_bylines(quotation, article)), *judge.judge_segments(quotation)]
    decided = next((speaker for speaker in found if speaker.naming is not Naming.STRANGER), None)
    if decided is not None:
        return decided
    if any(_mentions(paragraph, author) for paragraph in quotation.near):
        return NamedSpeaker(Naming.RIGHT)
    return next(iter(found), NamedSpeaker(Naming.UNNAMED))


def has_speaker(quotation: Quotation) -> bool:
    """Whether the article gives it as somebody's words."""
    segments = list_segments(quotation)
    return any(SAYS.search(segment.text) or next(_find_speakers(segment), None) for segment in segments)


class _Judge:
    """Weighs what stands around one quotation."""

    def __init__(self, author: Person, others: Sequence[Person], people: KnownPeople) -> None:
        self._author = author
        self._others = others
        self._people = people

    # ------------------------------------------------------------ names that stand alone

    def judge_bylines(self, bylines: Iterable[Bylines]) -> Iterator[NamedSpeaker]:
        """Brackets, lines and cells, the nearest first; of those that count together the author counts first."""
        for group in bylines:
            found = [speaker for text in group.texts if (speaker := self._judge_byline(text))]
            best = min(found, key=lambda speaker: list(Naming).index(speaker.naming), default=None)
            if best and (group.tells_strangers or best.naming is not Naming.STRANGER):
                yield best

    def _judge_byline(self, text: str) -> NamedSpeaker | None:
        byline = BYLINE.fullmatch(text)
        if byline:
            name = _strip_name(byline["name"])
            if not name or list_letters(name)[0] in NO_SPEAKERS or list_letters(text)[0] in NO_SPEAKERS:
                return None
            if self._is_author(name):
                return NamedSpeaker(Naming.RIGHT, name)
            if self._is_known(name):
                return NamedSpeaker(Naming.WRONG, name)
        whole = next(iter(self._people.find(text)), None)
        if whole and not _WORD.search(text[: whole.start]) and len(list_letters(text)) <= 12:
            name = text[whole.start : whole.end]
            is_right = whole.person == self._author or matches_name(name, self._author)
            return NamedSpeaker(Naming.RIGHT if is_right else Naming.WRONG, name)
        if byline and len(name.split()) > 1:
            return NamedSpeaker(Naming.STRANGER, name)
        return None

    def _is_author(self, name: str) -> bool:
        return matches_name(name, self._author) or self._has_role(name)

    def _has_role(self, name: str) -> bool:
        """`Ingenieurin Ada`: behind words that are nobody's name."""
        words = name.split()
        first = next((number for number, word in enumerate(words) if self._people.has_part(word)), 0)
        return first > 0 and matches_name(" ".join(words[first:]), self._author)

    def _is_known(self, name: str) -> bool:
        if name.startswith("@") or self._people.find_exact(name) or self._people.find(name):
            return True
        words = list_letters(name)
        others = [person for person in self._others if matches_name(name, person)]
        return bool(others) or (len(words) == 1 and self._people.has_part(words[0]))

    # ------------------------------------------------------------ sentences

    def judge_segments(self, quotation: Quotation) -> Iterator[NamedSpeaker]:
        """What the sentences around it say, the likeliest first."""
        for segment in list_segments(quotation):
            speakers = list(_find_speakers(segment))
            right = next((name for name in speakers if self._is_author(name)), None)
            if right is not None:
                yield NamedSpeaker(Naming.RIGHT, right)
                return
            sure = next((name for name in speakers if segment.is_own or self._is_known(name)), None)
            if sure is not None:
                yield NamedSpeaker(Naming.WRONG, sure)
                return
            if _mentions(segment.text, self._author):
                yield NamedSpeaker(Naming.RIGHT, self._author.shown)
                return
            other = self._find_other(segment)
            if other:
                yield NamedSpeaker(Naming.WRONG, other)
                return

    def _find_other(self, segment: Segment) -> str:
        """Somebody else whom a sentence mentions and who is not spoken to."""
        text = segment.text
        for mention in self._people.find(text) if segment.leads or (segment.is_own and SAYS.search(text)) else ():
            is_owner = segment.leads and text[mention.end : mention.end + 2] in ("'s", "’s")
            if not is_owner and not _is_spoken_to(text, mention.start):
                return text[mention.start : mention.end]
        spoken = [found[0] for found in _NAME_IN_TEXT.finditer(text) if not _is_spoken_to(text, found.start())]
        said = "\n".join(spoken)
        return next((person.shown for person in self._others if _mentions(said, person)), "")


def _find_speakers(segment: Segment) -> Iterator[str]:
    """Names in the place of a speaker."""
    for pattern in (VERB_NAME, NAME_VERB, ACCORDING, SIGNED, COLON):
        for found in pattern.finditer(segment.text):
            is_near = found.start() <= segment.end and found.end() >= segment.begin
            name = _strip_name(found["name"]) if is_near and _names_speaker(pattern, found, segment.text) else ""
            if name:
                yield name


def _names_speaker(pattern: object, found: "regex.Match[str]", segment: str) -> bool:
    """Whether the name is the subject of the verb, and of a line with a colon no heading such as "Question:"."""
    before = _find_word_before(segment, found.start())
    if pattern is VERB_NAME:
        return found["verb"].casefold() not in LISTENED and before not in SUBJECTS
    if pattern is COLON:
        is_heading = list_letters(found["name"])[0] in NO_SPEAKERS or SAYS.search(found["role"] or "")
        return not is_heading and before not in PLACES
    return pattern is not NAME_VERB or not _is_spoken_to(segment, found.start())


def _strip_name(name: str) -> str:
    words = name.split()
    while words and words[0] in NO_NAMES:
        words.pop(0)
    return " ".join(words)


def _is_spoken_to(text: str, at: int) -> bool:
    """Whether the name there is that of a listener, or somebody the speaker is compared with."""
    before = _find_word_before(text, at)
    if before in FOR_WHOM and len(list_letters(text[:at])) == 1:
        return False
    return before in LISTENERS or before in LISTENED


def _find_word_before(text: str, at: int) -> str:
    word = _WORD_BEFORE.search(text[max(0, at - 40) : at])
    return word[1].casefold() if word else ""


def _mentions(text: str, author: Person) -> bool:
    words = f" {' '.join(list_letters(text))} "
    if any(f" {' '.join(own)} " in words for name in author.names if (own := list_letters(name))):
        return True
    if author.names and any(len(name) > 1 and not name.isascii() and name in text for name in author.names):
        return True  # scripts without spaces
    handle = author.handle.casefold()
    if handle and re.search(rf"(?<![\w.]){re.escape(handle)}(?!\w)", text.casefold()):
        return True
    own = [part for name in author.names for part in list_letters(name) if len(part) > 2]
    seen = {word for found in _NAME_IN_TEXT.finditer(text) for word in list_letters(found[0])}
    return any(part in seen for part in own)
