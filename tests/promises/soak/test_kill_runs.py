"""`kill -9` of real `run` processes that share a PostgreSQL: nothing is sent twice, nothing is lost.

Four processes on two machines, whose clocks go as ours does. Half of the kills come right after a post became visible,
while it is not yet answered, and all strike one that holds something, where one does. SOAK and SEED as in `test_kill`.
"""

import os
import secrets
import time
from contextlib import contextmanager
from datetime import timedelta
from random import Random

import pytest

from bot.questions import clock
from tests.conftest import show
from tests.promises.soak.audit import find_broken, find_lost, gave_up, is_quiet
from tests.promises.soak.fleet import MACHINES, Fleet
from tests.promises.soak.network import KINDS as ALL_KINDS
from tests.promises.soak.network import Sandbox, run_sandbox
from tests.promises.soak.people import Crowd
from tests.promises.soak.stored import read_server
from tests.promises.soak.world import HANDLES

AT_ONCE = 12
"""Questions a minute: as many posts of three parts on each of two accounts."""
KILLS_A_MINUTE = 16
SETTLES = {"repeats_safely": False, "settle_after": 8}
"""No look proves that a post is absent; seconds. What is posted is found after half of them."""
KINDS = {"keyed and unproven": ({}, SETTLES, 4), "searched": (ALL_KINDS["searched"], ALL_KINDS["searched"], 0)}
"""Settings of either account, and seconds until a look finds a post."""
DARK = 30.0
"""Seconds that a machine stays dead: its processes' silence is what tells the others."""
DARK_EVERY = 20
"""Of so many kills one is a machine's."""
FREE_WITHIN = 30.0
"""Seconds after which a dead process holds nothing, wherever it ran."""
REST = 300.0
"""Seconds in which all must be done when nobody is killed any more."""


class Ordeal:
    """A fleet, its network and its people, and what must be true at every moment."""

    def __init__(self, fleet: Fleet, network: Sandbox, dice: Random, kills: int) -> None:
        self.fleet, self.network, self.dice, self.kills = fleet, network, dice, kills
        self.questions = fleet.world["questions"]
        self.crowd = Crowd(network, Random(dice.random()), most=max(20, kills))
        self.dark: dict[str, float] = {}  # by machine: until when

    def endure(self) -> None:
        """Kill them until it is enough, then let them rest."""
        next_at, next_dark = time.monotonic(), 1
        while len(self.fleet.graves) < self.kills or self.dark:
            self.step()
            if time.monotonic() < next_at or len(self.fleet.graves) >= self.kills:
                continue
            next_at = time.monotonic() + self.dice.uniform(0, 2 * 60 / KILLS_A_MINUTE)
            if self.dice.random() < 0.5:
                self.wait_for_a_post()
            if len(self.fleet.graves) >= next_dark:
                next_dark += DARK_EVERY
                self.darken(self.dice.choice(MACHINES))
            elif self.fleet.living:
                self.fleet.kill(self.dice.choice(self.fleet.find_holding() or self.fleet.living))
            self.find_lost()
        self.rest()

    def darken(self, machine: str) -> None:
        """All of a machine at once, for longer than its silence is borne."""
        self.fleet.kill(*(run for run in self.fleet.living if run.machine == machine))
        self.dark[machine] = time.monotonic() + DARK

    def wait_for_a_post(self) -> None:
        """Until one more is visible, for ten seconds at most."""
        shown, until = self.network.process.log.stat().st_size, time.monotonic() + 10
        while self.network.process.log.stat().st_size == shown and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(self.dice.uniform(0, 0.05))

    def step(self) -> None:
        """A quarter of a second: people write, the killed are started again, and everything is looked at."""
        time.sleep(0.25)
        self.crowd.moment = self.fleet.now()
        self.crowd.interrupt()
        if self.network.seen().own() and self.dice.random() < 0.1:
            self.crowd.act()
        self.dark = {machine: until for machine, until in self.dark.items() if until > time.monotonic()}
        for machine in set(MACHINES) - self.dark.keys():
            if not self.fleet.started or self.dice.random() < 0.3:
                self.fleet.revive(machine)
        self.fleet.look_at_graves()
        self.check(self.fleet.find_fallen())

    def rest(self) -> None:
        """Nobody is killed any more: what was begun is finished, what was written is read, and all is checked."""
        until = time.monotonic() + 60 * self.questions / AT_ONCE + REST
        while not is_quiet(read_server(self.fleet.url), self.questions) and time.monotonic() < until:
            self.step()
        self.crowd.leave()
        while (lost := self.find_lost()) and time.monotonic() < until:
            self.step()
        self.check(lost)

    def find_lost(self) -> list[str]:
        """What is not done yet; what is broken already is told at once."""
        stored = read_server(self.fleet.url)
        seen = self.network.seen()  # later: what is stored was shown before
        self.check(find_broken(seen, stored))
        return find_lost(seen, stored, self.questions)

    def check(self, broken: list[str]) -> None:
        assert broken == []

    def describe(self) -> str:
        stored, graves = read_server(self.fleet.url), self.fleet.graves.values()
        beside = [grave.held for grave in graves if not grave.is_alone]
        alone = [grave.held for grave in graves if grave.is_alone]
        return (
            f"{len(graves)} kills of {self.fleet.started} runs: "
            f"{len(stored.posts)} posts, {sum(map(len, stored.parts.values()))} parts, {len(stored.replies)} replies, "
            f"{sum(gave_up(stored, post) for post in stored.posts)} given up; {sum(map(bool, beside + alone))} held "
            f"something when they died, {len(alone)} of them while their machine was dark: for at most "
            f"{max(beside, default=0):.1f} s and {max(alone, default=0):.1f} s"
        )


@contextmanager
def run_fleet(server, upgraded, folder, kind, questions):
    """On an empty database; the first questions are due in three seconds."""
    url = server.make_database(template=upgraded)
    *settings, lag = KINDS[kind]
    with run_sandbox(folder, "keyed") as network:
        network.process.behave(page_size=3, find_lag=lag, slow=0.1)
        for name, own in zip(HANDLES, settings, strict=True):
            network.world["accounts"][name] |= own
        world = network.world | {"questions": questions, "at_once": AT_ONCE, "database": show(url)}
        fleet = Fleet(folder, show(url.set(drivername="postgresql")), world, network.start - clock.now())
        fleet.prepare()
        fleet.shift = network.start + timedelta(seconds=57) - clock.now()
        try:
            yield fleet, network
        finally:
            fleet.end()
            server.drop_database(url)


@pytest.fixture
def endure(postgresql_server, upgraded_postgresql, tmp_path):
    """Kill so many runs on a network of a kind, and check all."""

    def endure(kind, kills, seed):
        print(f"seed {seed}")
        questions = AT_ONCE * -(-kills // KILLS_A_MINUTE)
        with run_fleet(postgresql_server, upgraded_postgresql, tmp_path, kind, questions) as (fleet, network):
            ordeal = Ordeal(fleet, network, Random(seed), kills)
            ordeal.endure()
            print(f"\n{kind}: {ordeal.describe()}", flush=True)
        assert max(grave.held for grave in fleet.graves.values()) < FREE_WITHIN

    return endure


def test_runs_that_share_a_server_are_killed_and_post_once(endure):
    endure("keyed and unproven", 6, seed=3)


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_kills_of_runs_that_share_a_server_post_once_and_lose_nothing(endure, kind):
    """A hundred on each kind of network."""
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    endure(kind, max(1, round(100 * float(os.environ.get("SOAK") or 1))), seed)
