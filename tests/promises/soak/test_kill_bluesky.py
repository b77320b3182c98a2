"""`kill -9` at random points against the real Bluesky servers; SOAK and SEED as in `test_kill`."""

import os
import secrets
from contextlib import contextmanager
from random import Random

import pytest

from tests.promises.soak.bots import run_bots
from tests.promises.soak.life import run_lives, warm_up

pytestmark = [pytest.mark.bluesky, pytest.mark.soak]


@pytest.fixture(scope="module")
def networks():
    from tests.promises.soak.bluesky import Bluesky
    from tests.servers.bluesky.network import find_missing, run_devnet

    missing = find_missing()
    if missing is not None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with run_devnet() as devnet:

        @contextmanager
        def make_network(_folder):
            yield Bluesky(devnet)

        yield make_network


def test_a_hundred_kills_post_once_on_bluesky_and_lose_nothing(networks, tmp_path):
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    print(f"seed {seed}")
    with run_bots() as bots:
        warm = tmp_path / "warm"
        warm.mkdir()
        with networks(warm) as network:
            warm_up(bots, network, warm)
        kills = round(100 * float(os.environ.get("SOAK") or 1))
        for dose in run_lives(bots, tmp_path, (networks,), kills, Random(seed)):
            print(f"\n{dose}", flush=True)
