"""Many ids, a part of them a statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

SIZE = 1_000
"""SQLite takes 32,766 variables, and more ids take longer to be put into a statement than the event loop can wait."""

Item = TypeVar("Item")


def chunked(items: Sequence[Item], size: int = SIZE) -> Iterator[Sequence[Item]]:
    """The items in their order, `size` at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))
