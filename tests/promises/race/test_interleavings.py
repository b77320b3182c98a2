"""Random interleavings of digest, forget, withdraw, consent, edit and kill: no word stands that the ledger forbids.

SOAK=0.1 makes it a tenth of a thousand; SEED repeats a run.
"""

import os
import secrets
import shutil
import time
from collections import Counter
from random import Random

import pytest

from tests.promises.race.actors import PEOPLE
from tests.promises.race.conftest import Actors

FRESH = 5
"""Interleavings in one folder: then hardly anybody is left who was not erased."""


async def interleave(actors, dice, number):
    """A digest that is stopped or killed somewhere, with others' acts between; answers what stands that must not."""
    digest = actors.start("digest", "digest", **_draw_end(dice, 140))
    done = [("digest", digest["state"])]
    for each in range(dice.randint(1, 3)):
        act = dice.choice(("forget", "withdraw", "consent", "edit"))
        given = (dice.randrange(PEOPLE), *((2 + 3 * number + each,) if act == "edit" else ()))
        kill = {"kill": dice.randint(1, 60)} if dice.random() < 0.3 else {}
        told = actors.start("other", act, *given, patience=0.5, **kill)
        if told["state"] == "waits":  # for the transaction in which the digest was stopped
            digest = _end(actors, digest, dice)
            told = actors.wait("other")
        done.append((act, *given, told["state"]))
    digest = _end(actors, digest, dice)
    actors.done("settle")
    return await actors.find_forbidden(), [*done, ("digest", digest["state"])]


def _draw_end(dice, most):
    how = dice.choices(("stop", "kill", ""), (6, 2, 2))[0]
    return {how: dice.randint(1, most)} if how else {}


def _end(actors, digest, dice):
    if digest["state"] != "stopped":
        return digest
    return actors.kill("digest") if dice.random() < 0.4 else actors.go_on("digest")


async def run(actor_server, template, folder, times, seed):
    dice, began, acts, ends = Random(seed), time.monotonic(), 0, Counter()
    for number in range(times):
        home = folder / f"run-{number // FRESH}"
        if not home.exists():
            shutil.copytree(template, home)
        actors = Actors(actor_server, home, f"sqlite:///{home / 'pullquote.db'}")
        found, done = await interleave(actors, dice, number % FRESH)
        assert found == [], f"seed {seed}, number {number}: {done}"
        acts += len(done) - 1
        ends.update(each[-1] for each in done)
        if number % FRESH == FRESH - 1:
            shutil.rmtree(home)
    took = time.monotonic() - began
    print(f"{times} interleavings of {acts} acts, seed {seed}, {dict(ends)}, {took:.0f} s: no forbidden word")


@pytest.fixture
def template(actors, database, tmp_path):
    if "sqlite" not in database:
        pytest.skip("a folder is copied for each; PostgreSQL is tried in test_points")
    home = tmp_path.with_name(f"{tmp_path.name}-template")
    shutil.copytree(tmp_path, home)
    return home


async def test_no_forbidden_word_after_a_few_interleavings(actor_server, template, tmp_path):
    await run(actor_server, template, tmp_path, 10, seed=62)


@pytest.mark.soak
async def test_no_forbidden_word_after_a_thousand_interleavings(actor_server, template, tmp_path):
    seed = int(os.environ.get("SEED") or secrets.randbelow(1_000_000))
    await run(actor_server, template, tmp_path, round(1000 * float(os.environ.get("SOAK") or 1)), seed)
