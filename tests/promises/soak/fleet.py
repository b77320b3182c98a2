"""Several `run` processes on one PostgreSQL, on machines that see nothing of each other but that database."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from adapters.sandbox import adapter, transport  # noqa: F401  # a fork finds them imported
from bot.app import open_app
from bot.config import Config
from bot.log import configure_logging
from bot.questions import clock
from bot.run import serve
from tests.promises.soak.world import JSON, configure

MACHINES = ("left", "right")
ON_EACH = 2
HELD = """
    SELECT holder FROM leases WHERE name NOT LIKE 'alive:%%' AND lease_until > %(now)s
    UNION SELECT holder FROM posts WHERE lease_until > %(now)s
    UNION SELECT holder FROM outgoings WHERE lease_until > %(now)s
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A process and the machine that it runs on."""

    machine: str
    pid: int


@dataclass(slots=True)
class Grave:
    """A process that was killed. held: so long it still held something, in seconds; is_alone: and nobody was left on its
    machine to see it.
    """

    machine: str
    killed_at: float
    held: float = 0.0
    is_alone: bool = False


@dataclass(slots=True)
class Fleet:
    """A machine is a folder: whoever has another one sees neither the locks nor the files of this one.

    shift: what is added to the machine's time.
    """

    folder: Path
    url: str
    world: JSON
    shift: timedelta
    living: list[Run] = field(default_factory=list)
    graves: dict[int, Grave] = field(default_factory=dict)
    started: int = 0

    def now(self) -> datetime:
        return clock.now() + self.shift

    def prepare(self) -> None:
        """Write the config into the database: what comes due before a run is up is not in the past of any."""
        os.waitpid(self._fork(MACHINES[0], _open), 0)

    def revive(self, machine: str) -> None:
        """Start what was killed on a machine."""
        for _ in range(ON_EACH - sum(run.machine == machine for run in self.living)):
            self.living.append(Run(machine, self._fork(machine, _run)))
            self.started += 1

    def _fork(self, machine: str, live: Callable[[Config, Callable[[], datetime]], Awaitable[None]]) -> int:
        home = self.folder / machine
        home.mkdir(exist_ok=True)
        pid = os.fork()
        if pid == 0:
            _be_a_run(home, lambda: live(configure(home, self.world), self.now))
        return pid

    def kill(self, *runs: Run) -> None:
        """By SIGKILL, at once."""
        for run in runs:
            os.kill(run.pid, signal.SIGKILL)
        killed_at = time.monotonic()
        for run in runs:
            os.waitpid(run.pid, 0)
            self.living.remove(run)
        for run in runs:
            self.graves[run.pid] = Grave(run.machine, killed_at)

    def find_fallen(self) -> list[str]:
        """Who ended without having been killed."""
        fallen = [run for run in self.living if os.waitpid(run.pid, os.WNOHANG)[0]]
        self.living = [run for run in self.living if run not in fallen]
        return [f"a run ended by itself, see {self.folder / run.machine / 'run.log'}" for run in fallen]

    def find_holding(self) -> list[Run]:
        """The living that hold something: an account, a post that is being sent."""
        holders = self._list_holders()
        return [run for run in self.living if run.pid in holders]

    def look_at_graves(self) -> None:
        """Note which of the killed still hold something."""
        for pid in self._list_holders() & self.graves.keys():
            grave = self.graves[pid]
            grave.held = time.monotonic() - grave.killed_at
            grave.is_alone |= all(each.machine != grave.machine for each in self.living)

    def _list_holders(self) -> set[int]:
        with psycopg.connect(self.url) as database:
            return {int(holder.split(":")[-2]) for (holder,) in database.execute(HELD, {"now": self.now()}) if holder}

    def end(self) -> None:
        """Let them finish what is in hand; answers when the last one has ended."""
        for run in self.living:
            os.kill(run.pid, signal.SIGTERM)
        for run in self.living:
            os.waitpid(run.pid, 0)
        self.living.clear()


def _be_a_run(home: Path, live: Callable[[], Awaitable[None]]) -> None:
    """What the fork does until it is ended."""
    try:
        log = os.open(home / "run.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        configure_logging(stream=os.fdopen(log, "w", encoding="utf-8"))
        asyncio.run(live())
        os._exit(0)
    except BaseException:  # noqa: BLE001  # the fork must never come back into the test
        sys.excepthook(*sys.exc_info())
        sys.__stderr__.flush()
        os._exit(1)


async def _open(config: Config, now: Callable[[], datetime]) -> None:
    async with open_app(config, now=now):
        pass


async def _run(config: Config, now: Callable[[], datetime]) -> None:
    """As `pullquote run`."""
    async with open_app(config, now=now) as app:
        await serve(app)
