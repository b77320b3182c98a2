"""What was found once is remembered: of a word for all replies, as they are made of the same few thousand words; of a
reply for all who read it.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Owner = TypeVar("Owner")
T = TypeVar("T")

MOST = 16_384
"""Words; beyond, all are forgotten and learnt anew."""


class Remembered(dict[str, T]):
    """What *find* says of each word that was asked for.

    A dictionary and no `lru_cache`: that writes to three other entries at every look, and a reply has some hundred.
    """

    def __init__(self, find: Callable[[str], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> T:
        if len(self) >= MOST:
            self.clear()
        found = self[word] = self._find(word)
        return found


class found_once(Generic[Owner, T]):  # noqa: N801  # a decorator
    """A property that is found at its first reading: `functools.cached_property` without its lock, which costs more
    than most that is found here.
    """

    def __init__(self, find: Callable[[Owner], T]) -> None:
        self._find = find
        self._name = find.__name__

    def __get__(self, owner: Owner, _class: type[Owner]) -> T:
        found = owner.__dict__[self._name] = self._find(owner)
        return found
