"""Which option of a poll an answer argues for, and how that is known. It belongs to the answer, never to an author."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache


class Basis(StrEnum):
    """How a stance is known; what is neither said nor plain from the words is unknown."""

    VOTED = "voted"  # by name, in the poll
    STATED = "stated"  # the answer names the option itself
    INFERRED = "inferred"  # concluded from its words: `bot.quotes.inference`
    UNKNOWN = "unknown"


YES = frozenset(["yes", "yep", "yeah", "yup", "absolutely", "ja", "jawohl", "oui", "sí", "si", "sim"])
NO = frozenset(["no", "nope", "nein", "non", "não", "nee", "nej", "never", "nie", "niemals", "jamais", "nunca"])
"""Words that can be an option or an answer by themselves; lower case."""

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
_ALONE = re.compile(r"[^\w+-]*(?P<number>\d{1,2})(?:\W*$| ?[:–—)] ?\D| - ?\D)")
# `Option B`, `I voted for B`, `b) because`, `(c)`. A letter alone may be a word, a grade or a language.
_LETTER = re.compile(
    r"(?:(?:(?:option|answer|antwort|möglichkeit) |(?:(?:i|we) |)voted for (?:option )?)"
    r"[\"'“„(]?(?P<named>[a-h])[\"'”“)]?"
    r"|\(?(?P<listed>[a-h])\))(?![\w/&'’+#-])(?! ?(?:and|or|und|oder|but|aber)\b)"
)
_LISTED = re.compile(r"(?<!\w)[a-h]\)")
_ENDS = r"(?= ?(?:[.,;:!)(–—…]|-(?!\w)|$|because|since|for me|every|all the way|hands down|weil|denn|gestimmt))"
# "Postmortems? No." and "Staging, never again" name an option to turn it down.
_TURNED_DOWN = re.compile(
    r"[\s.,;:!?)–—…-]*(?:never|not|nope|no way|no thanks|definitely not|worst|nie|niemals|nicht|nein danke|auf keinen)"
    r"(?!\w)"
)
# A bare "yes" with one of these behind it is no plain yes: "Yes, but only on Fridays", "yes! well, sometimes".
_QUALIFIED = re.compile(
    r"[\s.,;:!)–—…-]*(?:but|only|except|unless|if|yes|no|maybe|perhaps|sometimes|well|kind of|sort of|depends|"
    r"it depends|"
    r"aber|nur|außer|ausser|wenn|vielleicht|manchmal|ja|nein|jein|je nachdem)(?!\w)"
)


def find_stated_option(text: str | None, options: Sequence[str]) -> int | None:
    """The index of the one option that `text` begins by naming, by its words, its number or its letter; None where it
    names none, several, or turns it down.
    """
    if not text or not options:
        return None
    spoken = _normalise(text[:LONGEST_READ])
    named = {
        *_find_named(spoken, tuple(_normalise(option) for option in options)),
        *_find_numbers(spoken, len(options)),
        *_find_letter(spoken, options),
    }
    return named.pop() if len(named) == 1 else None


def _normalise(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split()).lstrip("\"'“”„»«*_ ")


def _find_named(spoken: str, options: tuple[str, ...]) -> Iterator[int]:
    """Options that stand at the start of a sentence or behind "I voted for", with nothing but an end after them."""
    for number, option in enumerate(options):
        pattern = _pattern(option)
        is_bare = option.strip(" .!") in YES | NO
        for found in () if pattern is None else pattern.finditer(spoken):
            is_qualified = is_bare and _QUALIFIED.match(spoken, found.end())
            if not is_qualified and _TURNED_DOWN.match(spoken, found.end()) is None:
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


def _find_letter(spoken: str, options: Sequence[str]) -> Iterator[int]:
    """At the start only; not where options are letters themselves, nor where the text lists several ("a) …, b) …")."""
    found = _LETTER.match(spoken)
    if found is None or any(len(option) < 3 for option in options) or len(_LISTED.findall(spoken)) > 1:
        return
    number = ord(found["named"] or found["listed"]) - ord("a")
    if number < len(options) and _TURNED_DOWN.match(spoken, found.end()) is None:
        yield number
