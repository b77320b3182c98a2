"""`kill -9` at random points against the loopback Discord; SOAK and SEED as in `test_kill`."""

import os
import secrets
from contextlib import contextmanager
from functools import partial
from random import Random

import pytest

from tests.promises.soak.discord import LoopbackDiscord
from tests.promises.soak.life import run_lives, warm_up
from tests.servers.discord.network import run_discord


@pytest.fixture(scope="module")
def discord(bots, tmp_path_factory):
    """One Discord for all lives, with new bots in each; the fork server has the adapter in its memory."""
    with run_discord() as discord:
        warm_up(bots, LoopbackDiscord(discord), tmp_path_factory.mktemp("discord"))
        yield discord


@contextmanager
def make_network(_folder, discord):
    network = LoopbackDiscord(discord)
    yield network
    assert network.problems() == []


def kill(bots, discord, folder, kills, seed, questions=12):
    print(f"seed {seed}")
    for dose in run_lives(bots, folder, (partial(make_network, discord=discord),), kills, Random(seed), questions):
        print(f"\n{dose}", flush=True)


def test_bots_killed_anywhere_ask_once_on_discord_and_lose_nothing(bots, discord, tmp_path):
    kill(bots, discord, tmp_path, 10, seed=4, questions=4)


@pytest.mark.soak
def test_two_hundred_kills_ask_once_on_discord_and_lose_nothing(bots, discord, tmp_path):
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    kill(bots, discord, tmp_path, round(200 * float(os.environ.get("SOAK") or 1)), seed)
