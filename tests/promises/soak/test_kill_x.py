"""`kill -9` at random points against the loopback X, whose timeline lags; SOAK and SEED as in `test_kill`."""

import os
import secrets
from contextlib import contextmanager
from functools import partial
from random import Random

import pytest

from tests.promises.soak.dose import Dose
from tests.promises.soak.life import PAST_THE_LEASE, BrokenPromise, Life, run_lives, warm_up
from tests.promises.soak.world import EVERY
from tests.promises.soak.x import KINDS, LAG, LoopbackX
from tests.running import START
from tests.servers.x.network import run_x

BEYOND = 86_400
"""Seconds: a lag that nobody waits for."""


@pytest.fixture(scope="module")
def x(bots, tmp_path_factory):
    """One X for all lives; the fork server has tweepy in its memory."""
    folder = tmp_path_factory.mktemp("x")
    with run_x(folder) as network:
        warm_up(bots, LoopbackX(network, "refusing"), folder)
        yield network


@contextmanager
def make_network(_folder, x, kind):
    yield LoopbackX(x, kind)


def kill(bots, x, folder, kills, seed, questions=12):
    print(f"seed {seed}")
    networks = tuple(partial(make_network, x=x, kind=kind) for kind in KINDS)
    for dose in run_lives(bots, folder, networks, kills, Random(seed), questions):
        print(f"\n{dose}", flush=True)
    assert x.breaches() == []


def test_bots_killed_anywhere_post_once_on_x_and_lose_nothing(bots, x, tmp_path):
    """Two lives, one on an X that refuses duplicates and one on an X that forgets them."""
    kill(bots, x, tmp_path, 10, seed=20, questions=4)


@pytest.mark.soak
def test_five_hundred_kills_post_once_on_x_and_lose_nothing(bots, x, tmp_path):
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    kill(bots, x, tmp_path, round(500 * float(os.environ.get("SOAK") or 1)), seed)


def live_after_a_lost_answer(bots, x, folder, lag):
    """A bot is killed right after X has taken its first post; others come after it until all is settled."""
    life = Life(bots, LoopbackX(x, "forgetful", lag), folder, 1, Random(0), Dose())
    life.run_bot({})
    life.moment = START + EVERY
    assert life.run_bot({"edge": "after publish 1"})["killed"]
    life.moment += PAST_THE_LEASE
    life.run_bot({}, ticks=8)
    life.rest()


def test_a_lag_below_settle_after_doubles_nothing(bots, x, tmp_path):
    live_after_a_lost_answer(bots, x, tmp_path, LAG)


def test_a_lag_beyond_settle_after_doubles_a_post_that_x_does_not_refuse(bots, x, tmp_path):
    """What no rule can prevent on X, which has no key for repeats and proves no absence; docs/x.md says so."""
    with pytest.raises(BrokenPromise, match=r"(?m)^double: (north|south) posted ['\"]Who still prints newsletter 1"):
        live_after_a_lost_answer(bots, x, tmp_path, BEYOND)
