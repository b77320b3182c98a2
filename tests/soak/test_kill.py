"""`kill -9` at random points of publishing and collecting, against a network in another process.

SOAK=0.1 makes it a tenth of a thousand kills; SEED repeats a run (its times are the machine's, its points are not).
"""

import os
import secrets
from random import Random

import pytest

from tests.soak.life import run_lives
from tests.soak.world import KINDS


def kill(bots, folder, kills, seed):
    print(f"seed {seed}")
    for dose in run_lives(bots, folder, tuple(KINDS), kills, Random(seed)):
        print(f"\n{dose}", flush=True)


def test_bots_killed_anywhere_post_once_and_lose_nothing(bots, tmp_path):
    kill(bots, tmp_path, 60, seed=60)


@pytest.mark.soak
def test_a_thousand_kills_post_once_and_lose_nothing(bots, tmp_path):
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    kill(bots, tmp_path, round(1000 * float(os.environ.get("SOAK") or 1)), seed)
