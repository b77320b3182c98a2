"""Which option of a poll an answer argues for, and how that is known. It belongs to the answer, never to an author."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache


class Basis(StrEnum):
    """How a stance is known. Nothing is inferred: what is not said is unknown."""

    VOTED = "voted"  # by name, in the poll
    STATED = "stated"  # the answer names the option itself
    UNKNOWN = "unknown"


LONGEST_READ = 600
"""Characters: who names an option does so at the start; what comes later weighs the others."""

# What may stand before the option; every language is listened for, whatever the question's.
_CHOOSING = (
    r"(?:i|we)(?:'d| would|'ve| have)?(?: also)? (?:voted?|picked?|chose|choose|went|go|keep|took)(?: for| with)?",
    r"(?:my|our) (?:vote|pick|choice|answer)(?: is| was| goes to| went to|:)?",
    r"(?:voted|voting|going|team)(?: for| with|:)?",
    r"(?:ich|wir) (?:stimmen?|stimmte|bin|sind|war|waren|votiere) für",
    r"(?:ich|wir) (?:nehmen?|behalten?|wählen?|wählte)",
    r"(?:ich|wir) (?:habe?n?|würden?) für",
    r"(?:meine|unsere) (?:stimme|wahl|antwort)(?: ist| war| geht an| ging an| für|:)?",
)
_ARTICLE = r"(?:(?:the|a|an|die|der|das|den|dem|option|number|no\.|nr\.|nummer|#) ?)*"
_LEADING_ARTICLE = re.compile(r"^(?:the|an?|die|der|das|den|dem|eine?) ")
_START = rf"(?:(?:{'|'.join(_CHOOSING)}) )?{_ARTICLE}"
_NUMBER = r"(?:(?:option|answer|number|no\.|nr\.|nummer|antwort) ?#?|#)(?P<number>\d{1,2})(?![\w.,]?\d)"
_ALONE = re.compile(r"\W*(?P<number>\d{1,2})(?:\W*$| ?[:–—)] ?\D| - ?\D)")
_ENDS = r"(?= ?(?:[.,;:!)(–—…]|-(?!\w)|$|because|since|for me|every|all the way|hands down|weil|denn|gestimmt))"
# "Postmortems? No." and "Staging, never again" name an option to turn it down.
_TURNED_DOWN = re.compile(
    r"[\s.,;:!)–—…-]*(?:never|not|nope|no way|no thanks|definitely not|worst|nie|niemals|nicht|nein danke|auf keinen)"
    r"(?!\w)"
)


def find_stated_option(text: str | None, options: Sequence[str]) -> int | None:
    """The index of the one option that `text` begins by naming, by its words or its number; None where it names
    none, several, or turns it down.
    """
    if not text or not options:
        return None
    spoken = _speak(text[:LONGEST_READ])
    named = {*_find_named(spoken, tuple(_speak(option) for option in options)), *_find_numbers(spoken, len(options))}
    return named.pop() if len(named) == 1 else None


def _speak(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split()).lstrip("\"'“”„»«*_ ")


def _find_named(spoken: str, options: tuple[str, ...]) -> Iterator[int]:
    """Options that stand at the start of a sentence or behind "I voted for", with nothing but an end after them."""
    for number, option in enumerate(options):
        pattern = _pattern(option)
        for found in () if pattern is None else pattern.finditer(spoken):
            if _TURNED_DOWN.match(spoken, found.end()) is None:
                yield number


@lru_cache(maxsize=256)
def _pattern(option: str) -> re.Pattern[str] | None:
    words = _LEADING_ARTICLE.sub("", option, count=1).strip(" .!?:;,")
    if not words:
        return None
    return re.compile(rf"(?:(?<=^)|(?<=[.!?…] )){_START}[\"'“„»]?{re.escape(words)}[\"'”“«]?{_ENDS}")


def _find_numbers(spoken: str, options: int) -> Iterator[int]:
    """`Option 2`, `#2`, `2: because …`, or the number alone."""
    found = [match for match in (_ALONE.match(spoken), *re.finditer(_NUMBER, spoken)) if match is not None]
    for match in found:
        number = int(match["number"])
        if 1 <= number <= options and _TURNED_DOWN.match(spoken, match.end()) is None:
            yield number - 1
