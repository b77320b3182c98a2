"""People who write, change and delete replies while bots live and die."""

from itertools import count
from random import Random

from adapters.sandbox.process import SandboxProcess
from tests.running import START
from tests.soak.seen import Seen

CAST = ("ada", "grace", "alan")
MOST = 60
"""What they say in a life, at most: it is about kills, not about volume."""


class Crowd:
    """What they do is drawn by `dice`; each wording is there once."""

    def __init__(self, network: SandboxProcess, dice: Random) -> None:
        self.moment = START
        self._network = network
        self._dice = dice
        self._numbers = count(1)
        self._acts = 0
        self._written: list[str] = []

    def act(self, times: int = 1) -> None:
        for _ in range(min(times, MOST - self._acts)):
            self._acts += 1
            self._act_once(Seen(self._network.changes()).parts())

    def answer(self, to: str) -> None:
        """One of them replies."""
        self._write(to)

    def interrupt(self) -> None:
        """Now and then something arrives while a bot reads or posts."""
        if self._written and self._dice.random() < 0.1:
            self.act()

    def leave(self) -> None:
        """Say no more."""
        self._acts = MOST

    def _act_once(self, parts: list[str]) -> None:
        what = self._dice.choices(("answer", "reply", "edit", "delete"), (60, 20, 13, 7))[0]
        if what == "answer" or not self._written:
            if parts:
                self._write(self._dice.choice(parts))
        elif what == "reply":
            self._write(self._dice.choice(self._written))
        elif what == "edit":
            self._network.act("edit", id=self._dice.choice(self._written), text=self._word(), at=self._at())
        else:
            gone = self._written.pop(self._dice.randrange(len(self._written)))
            self._network.act("delete", id=gone, at=self._at())

    def _write(self, to: str) -> None:
        who = self._dice.choice(CAST)
        self._written.append(self._network.act("reply", who=who, to=to, text=self._word(), at=self._at())["id"])

    def _word(self) -> str:
        number = next(self._numbers)
        return f"Issue {number} cost us {number * 7} euros to print, and the printer in our town closed last May."

    def _at(self) -> str:
        return self.moment.isoformat()
