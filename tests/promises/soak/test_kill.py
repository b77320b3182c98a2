"""`kill -9` at random points of publishing and collecting, against a network in another process.

SOAK=0.1 makes it a tenth of a thousand kills; SEED repeats a run (its times are the machine's, its points are not).
"""

import os
import secrets
from contextlib import contextmanager
from functools import partial
from random import Random

import pytest

from tests.promises.soak.life import run_lives
from tests.promises.soak.network import KINDS, run_sandbox


@contextmanager
def run_any_sandbox(folder, kind, dice):
    """Pages of any size, in any order, beginning again before they ended."""
    with run_sandbox(folder, kind) as network:
        size, overlap, shuffled = dice.choice((2, 3, 5)), dice.choice((0, 1)), dice.choice((True, False))
        network.process.behave(page_size=size, overlap=overlap, shuffled=shuffled)
        yield network


def kill(bots, folder, kills, seed):
    print(f"seed {seed}")
    dice = Random(seed)
    networks = tuple(partial(run_any_sandbox, kind=kind, dice=dice) for kind in KINDS)
    for dose in run_lives(bots, folder, networks, kills, dice):
        print(f"\n{dose}", flush=True)


def test_bots_killed_anywhere_post_once_and_lose_nothing(bots, tmp_path):
    kill(bots, tmp_path, 30, seed=60)


@pytest.mark.soak
def test_a_thousand_kills_post_once_and_lose_nothing(bots, tmp_path):
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    kill(bots, tmp_path, round(1000 * float(os.environ.get("SOAK") or 1)), seed)
