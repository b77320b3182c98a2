"""People who write, change and delete replies while bots live and die."""

from itertools import count
from random import Random

from tests.promises.soak.network import Network

CAST = ("ada", "grace", "alan")
MOST = 60
"""What they do in a life, at most: it is about kills, not about volume."""


class Crowd:
    """What they do, `most` times at most, is drawn by `dice`; each wording is there once."""

    def __init__(self, network: Network, dice: Random, most: int = MOST) -> None:
        self.moment = network.start
        self._network = network
        self._dice = dice
        self._numbers = count(1)
        self._left = most
        self._written: list[str] = []

    def answer(self, to: str) -> None:
        """One of them replies."""
        text = self._word()
        self._written.append(self._network.write(self._dice.choice(CAST), to, text, self.moment))

    def act(self, times: int = 1) -> None:
        """Anything, to anything."""
        for _ in range(min(times, self._left)):
            self._left -= 1
            self._act_once()

    def interrupt(self) -> None:
        """Now and then something arrives while a bot reads or posts."""
        if self._written and self._dice.random() < 0.1:
            self.act()

    def leave(self) -> None:
        """Say no more."""
        self._left = 0

    def _act_once(self) -> None:
        what = self._dice.choices(("answer", "reply", "edit", "delete"), (60, 20, 13, 7))[0]
        if what in ("edit", "delete") and not self._network.can_change:
            what = "answer"
        if what == "answer" or not self._written:
            if posts := [post.id for post in self._network.seen().own()]:
                self.answer(self._dice.choice(posts))
        elif what == "reply":
            self.answer(self._dice.choice(self._written))
        elif what == "edit":
            self._network.edit(self._dice.choice(self._written), self._word(), self.moment)
        else:
            self._network.delete(self._written.pop(self._dice.randrange(len(self._written))), self.moment)

    def _word(self) -> str:
        number = next(self._numbers)
        return f"Issue {number} cost us {number * 7} euros to print, and the printer in our town closed last May."
