"""The life of one pullquote: the bots of one database on one network, killed and started again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Self

from adapters.sandbox.process import SandboxProcess
from tests.running import START
from tests.soak.audit import find_broken, find_lost, gave_up, is_quiet
from tests.soak.bots import JSON, Bots
from tests.soak.dose import Dose
from tests.soak.people import Crowd
from tests.soak.seen import Seen
from tests.soak.stored import Stored
from tests.soak.world import EVERY, LAGS

STEP = timedelta(minutes=2)
PAST_THE_LEASE = timedelta(minutes=6)
GAPS = (timedelta(seconds=10), PAST_THE_LEASE, timedelta(minutes=20), EVERY)
"""Until the next bot starts: within the lease of the killed one, past it, past `settle_after`, at the next question."""
MOST_RESTS = 25


class BrokenPromise(AssertionError):
    """What the network showed and what the rows say do not agree."""


class Life:
    """Bots of one database come one after the other; after each the promises are checked. `moment` is simulated."""

    def __init__(
        self, bots: Bots, network: SandboxProcess, folder: Path, kind: str, questions: int, dose: Dose
    ) -> None:
        self.crowd = Crowd(network, Random(0))
        self.dose = dose
        self.moment = START
        self.end = START + (questions + 1) * EVERY
        self._bots = bots
        self.network = network
        self._questions = questions
        self._world = {"folder": str(folder), "url": network.url, "kind": kind, "questions": questions}

    @classmethod
    @contextmanager
    def begin(cls, bots: Bots, folder: Path, kind: str, questions: int, dose: Dose) -> Iterator[Self]:
        """A new database, and a new network that is slow to show posts where the kind is."""
        folder.mkdir()
        with SandboxProcess(folder / "visible.jsonl") as network:
            network.behave(page_size=3, find_lag=LAGS[kind])
            yield cls(bots, network, folder, kind, questions, dose)

    def run_bot(self, kill: JSON, *, ticks: int = 1, step: timedelta = STEP, trace: bool = False) -> JSON:
        """Let a bot live, answer how it ended, and check what must be true at every moment."""
        self.crowd.moment = self.moment
        times = {"now": self.moment.isoformat(), "ticks": ticks, "step": step.total_seconds()}
        ended = self._bots.run({**self._world, **times, "kill": kill, "trace": trace}, self.crowd.interrupt)
        self.moment += ticks * step
        self._check(self.dose.note(kill, ended), f"with {kill}")
        self._check(find_broken(*self._look()), f"after {kill}")
        return ended

    def roots(self) -> list[str]:
        """Ids of the posts that can be answered."""
        return [post.id for post in self._look()[0].own() if not post.parent]

    def rest(self) -> None:
        """Nobody is killed any more: what was begun is finished, what was written is read, and all is checked."""
        self.moment = max(self.moment, self.end) + PAST_THE_LEASE
        for _ in range(MOST_RESTS):
            self.run_bot({}, ticks=4)
            if is_quiet(self._look()[1], self._questions):
                break
            self.moment += PAST_THE_LEASE
        self.crowd.leave()
        self.moment += EVERY
        self.run_bot({})
        seen, stored = self._look()
        self.dose.posts += len(stored.posts)
        self.dose.replies += len(stored.replies)
        self.dose.gave_up += sum(gave_up(stored, post) for post in stored.posts)
        self._check(find_lost(seen, stored, self._questions), "at the end")

    def _look(self) -> tuple[Seen, Stored]:
        return Seen(self.network.changes()), Stored(Path(self._world["folder"]) / "pullquote.db")

    def _check(self, broken: list[str], when: str) -> None:
        if broken:
            raise BrokenPromise("\n".join([f"{when}, on {self._world['kind']}, in {self._world['folder']}:", *broken]))


def run_lives(bots: Bots, folder: Path, kinds: tuple[str, ...], kills: int, dice: Random) -> Iterator[Dose]:
    """Lives full of random kills until `kills` bots were killed; the dose so far, after each life."""
    dose, number = Dose(), 0
    while dose.kills < kills:
        kind = kinds[number % len(kinds)]
        with Life.begin(bots, folder / f"life-{number}", kind, questions=12, dose=dose) as life:
            endanger(life, dice)
        number += 1
        yield dose


def endanger(life: Life, dice: Random) -> None:
    """Kill bots anywhere while questions come due and people write; then let them finish."""
    life.crowd = Crowd(life.network, dice)
    life.network.behave(
        page_size=dice.choice((2, 3, 5)), overlap=dice.choice((0, 1)), shuffled=dice.choice((True, False))
    )
    life.run_bot({}, ticks=2, step=EVERY, trace=True)
    while life.moment < life.end:
        life.crowd.act(dice.randint(0, 4))
        life.run_bot(life.dose.draw_kill(dice), ticks=dice.choice((1, 2)))
        life.moment += dice.choice(GAPS)
    life.rest()
