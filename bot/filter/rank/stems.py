"""Words of one subject as one: their commonest endings are cut. Of common words nothing is left."""

from collections.abc import Iterable

from bot.filter.rank.vocabulary import COMMON
from bot.filter.remembered import Remembered

ENDINGS = ("ing", "ed", "es", "s", "ly")


def stem(word: str) -> str:
    """Cut the commonest endings of English; others lose an s."""
    if not word.endswith(ENDINGS):
        return word
    ending = next(ending for ending in ENDINGS if word.endswith(ending))
    return word[: -len(ending)] if len(word) > len(ending) + 2 else word


def stem_all(tokens: Iterable[str]) -> list[str]:
    return list(filter(None, map(_STEMMED.__getitem__, tokens)))


def _find_stem(token: str) -> str:
    """Nothing of what is no word, or a common one."""
    return stem(token) if token[0].isalpha() and token not in COMMON else ""


_STEMMED = Remembered(_find_stem)
