"""The life of one pullquote: the bots of one database on one network, killed and started again."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.promises.soak.audit import find_broken, find_lost, gave_up, is_quiet
from tests.promises.soak.bots import Bots
from tests.promises.soak.dose import Dose
from tests.promises.soak.network import Network
from tests.promises.soak.people import Crowd
from tests.promises.soak.seen import Seen
from tests.promises.soak.stored import Stored, read_file
from tests.promises.soak.world import EVERY, JSON

STEP = timedelta(minutes=2)
PAST_THE_LEASE = timedelta(minutes=6)
GAPS = (timedelta(minutes=2), PAST_THE_LEASE, timedelta(minutes=20), EVERY)
"""Until the next bot starts: within the lease of the killed one, past it, past `settle_after`, at the next question."""
MOST_RESTS = 25


class BrokenPromise(AssertionError):
    """What the network showed and what the rows say do not agree."""


class Life:
    """Bots of one database come one after the other; after each the promises are checked. `moment` is simulated."""

    def __init__(self, bots: Bots, network: Network, folder: Path, questions: int, dice: Random, dose: Dose) -> None:
        self.crowd = Crowd(network, Random(dice.random()))
        self.dice = dice
        self.dose = dose
        self.moment = network.start
        self.end = network.start + (questions + 1) * EVERY
        self._bots = bots
        self._network = network
        self._folder = folder
        self._questions = questions

    def run_bot(
        self, kill: JSON, *, ticks: int = 1, step: timedelta = STEP, trace: bool = False, fork: bool = True
    ) -> JSON:
        """Let a bot live, answer how it ended, and check what must be true at every moment."""
        self.crowd.moment = self.moment
        world = {**self._network.world, "questions": self._questions}
        times = {"now": self.moment.isoformat(), "ticks": ticks, "step": step.total_seconds()}
        job = {"folder": str(self._folder), "world": world, **times, "kill": kill, "trace": trace, "fork": fork}
        ended = self._bots.run(job, self.crowd.interrupt)
        self.moment += ticks * step
        self._check(self.dose.note(ended), f"with {kill}")
        self._check(find_broken(*self._look()), f"after {kill}")
        return ended

    def roots(self) -> list[str]:
        """Ids of the posts that can be answered."""
        return [post.id for post in self._network.seen().own() if not post.parent]

    def rest(self) -> None:
        """Nobody is killed any more: what was begun is finished, what was written is read, and all is checked."""
        self.moment = max(self.moment, self.end) + PAST_THE_LEASE
        for _ in range(MOST_RESTS):
            self.run_bot({}, ticks=4)
            if is_quiet(self._look()[1], self._questions):
                break
            self.moment += PAST_THE_LEASE
        self.crowd.leave()
        self._network.settle()
        self.moment += EVERY
        self.run_bot({})
        seen, stored = self._look()
        self.dose.posts += len(stored.posts)
        self.dose.replies += len(stored.replies)
        self.dose.gave_up += sum(gave_up(stored, post) for post in stored.posts)
        self._check(find_lost(seen, stored, self._questions), "at the end")

    def _look(self) -> tuple[Seen, Stored]:
        return self._network.seen(), read_file(self._folder / "pullquote.db")

    def _check(self, broken: list[str], when: str) -> None:
        if broken:
            raise BrokenPromise("\n".join([f"{when}, on {self._network.name}, in {self._folder}:", *broken]))


Networks = Callable[[Path], AbstractContextManager[Network]]
"""Makes a network for a life that has a folder."""


def run_lives(
    bots: Bots, folder: Path, networks: tuple[Networks, ...], kills: int, dice: Random, questions: int = 12
) -> Iterator[Dose]:
    """Lives full of random kills until `kills` bots were killed; the dose so far, after each life."""
    dose, number = Dose(), 0
    while dose.kills < kills:
        home = folder / f"life-{number}"
        home.mkdir()
        with networks[number % len(networks)](home) as network:
            endanger(Life(bots, network, home, questions, dice, dose))
        number += 1
        yield dose


def endanger(life: Life) -> None:
    """Kill bots anywhere while questions come due and people write; then let them finish."""
    life.run_bot({}, ticks=2, step=EVERY, trace=True)
    while life.moment < life.end:
        life.crowd.act(life.dice.randint(0, 4))
        life.run_bot(life.dose.draw_kill(life.dice), ticks=life.dice.choice((1, 2)))
        life.moment += life.dice.choice(GAPS)
    life.rest()


def warm_up(bots: Bots, network: Network, folder: Path) -> None:
    """Let the fork server itself be a bot for two hours."""
    life = Life(bots, network, folder, 1, Random(0), Dose())
    for _ in range(2):
        life.run_bot({}, step=EVERY, fork=False)
