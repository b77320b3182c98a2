"""X answers newest first; a reading that was broken off (by a budget, a limit, a kill) is continued."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

from adapters.contract.sending import Payload

Ask: TypeAlias = Callable[[int, int | None], AsyncIterator[list[Payload]]]
"""Pages of posts above the first id and below the second, newest first."""


@dataclass(frozen=True, slots=True)
class UnreadRange:
    """A range of ids that was not read yet: from `since` to `until`; `above`: how many newer posts were read."""

    since: int
    until: int
    above: int

    @classmethod
    def read(cls, mark: str) -> Self | None:
        """From a mark; an empty one says that nothing is left."""
        return cls(*map(int, mark.split())) if mark else None

    def write(self) -> str:
        """As a mark."""
        return f"{self.since} {self.until} {self.above}"


class Descent:
    """One source of posts: `name` names its two marks, how far up it was read, and what is left further down.

    After `run`: everything above `floor` and down to `low` is read; `above` posts were.
    """

    def __init__(self, name: str, marks: Mapping[str, str]) -> None:
        self._read, self._left = name, f"{name} left"
        self.read_until = int(marks.get(self._read) or 0)
        self.left = UnreadRange.read(marks.get(self._left, ""))
        self.newest, self.floor, self.low, self.above = self.read_until, 0, 0, 0

    async def run(
        self, ask: Ask, since: int, most: int | None = None
    ) -> AsyncIterator[tuple[Sequence[Payload], dict[str, str]]]:
        """(posts, the marks that are safe once these are committed): what is new since `since`, then what was left.

        most: so many posts the source keeps; what lies below them is not there.
        """
        left = self.left
        self.floor = since if left is None else min(since, left.since)
        async for posts in ask(since, None):
            yield posts, self._go_down(posts)
        if left is None or (most is not None and self.above >= most):
            return
        self.above += left.above
        self.low = left.until
        self.left = UnreadRange(left.since, left.until, self.above)
        yield (), self._mark()
        async for posts in ask(left.since, left.until):
            yield posts, self._go_down(posts)

    def finish(self, newest: int = 0) -> dict[str, str]:
        """The marks when all is read. newest: up to which it is known that nothing else is there."""
        self.left = None
        self.newest = max(self.newest, newest)
        return self._mark()

    def _go_down(self, posts: Sequence[Payload]) -> dict[str, str]:
        ids = [int(post["id"]) for post in posts]
        self.newest = max([self.newest, *ids])
        self.low = min([self.low or self.newest, *ids])
        self.above += len(ids)
        if ids:
            self.left = UnreadRange(self.floor, self.low, self.above)
        return self._mark()

    def _mark(self) -> dict[str, str]:
        return {self._read: str(self.newest), self._left: "" if self.left is None else self.left.write()}
