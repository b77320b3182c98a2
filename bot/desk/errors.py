"""What the desk refuses, and how it is told in the language of whoever asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.words import FALLBACK, words
from bot.words.faults import Fault


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the words. name: with dots, `refused.no_question`; given: what is filled in.

    What is filled in may be told itself, and a tuple is told one after another.
    """

    name: str
    given: Mapping[str, object]

    def __str__(self) -> str:
        return self.tell(FALLBACK)

    def tell(self, language: str) -> str:
        """The sentence in a language."""
        found = words(language)
        for name in self.name.split("."):
            found = found[name]
        assert isinstance(found, str), f"{self.name} is no sentence"
        return found.format_map({name: tell(value, language) for name, value in self.given.items()})


class DeskError(Exception):
    """A wish that cannot be done; the text, in English, says why and what to do instead."""

    told: Sentence | None = None

    def tell(self, language: str) -> str:
        """The same in a language that has words for it."""
        return str(self) if self.told is None else self.told.tell(language)


def refuse(name: str, /, **given: object) -> DeskError:
    """An error whose sentence stands in `[refused]` of the words."""
    told = Sentence(f"refused.{name}", given)
    error = DeskError(str(told))
    error.told = told
    return error


def tell(value: object, language: str) -> object:
    """What may be told as it is told; all else as it is."""
    if isinstance(value, tuple):
        return "; ".join(str(tell(each, language)) for each in value)
    return value.tell(language) if isinstance(value, Sentence | DeskError | Fault) else value
