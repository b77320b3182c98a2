"""Bots killed right beside a call or a commit: the places where the order of two lines is the whole promise."""

from contextlib import contextmanager
from random import Random

import pytest

from tests.promises.soak.dose import Dose
from tests.promises.soak.life import PAST_THE_LEASE, Life
from tests.promises.soak.network import KINDS, run_sandbox
from tests.promises.soak.world import EVERY, PARTS
from tests.running import START

CALLS = ["after a page 1", "before the next page 1", "after a page 2", "before the next page 2"]
"""Five new replies are two pages."""


@pytest.fixture
def begin(bots, tmp_path):
    """A life on a sandbox of a kind."""

    @contextmanager
    def begin(kind, questions):
        with run_sandbox(tmp_path, kind) as network:
            yield Life(bots, network, tmp_path, questions, Random(0), Dose())

    return begin


def publish(life, number, kill):
    """Let a bot publish a question that has just come due, and if it is killed, another one after it."""
    life.moment = START + number * EVERY
    ended = life.run_bot(kill)
    life.moment += 3 * PAST_THE_LEASE
    life.run_bot({}, ticks=3)
    return ended


def collect(life, number, kill):
    """Let people write under every post and a bot read it; if it is killed, another one after it."""
    life.moment = life.end + number * EVERY
    for root in life.roots():
        for _ in range(5):
            life.crowd.answer(root)
    ended = life.run_bot(kill)
    for _ in range(2):  # the second finds nothing new: what comes next begins where everything came to rest
        life.moment += PAST_THE_LEASE
        life.run_bot({})
    return ended


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_bot_killed_beside_a_call_posts_once(begin, kind, side):
    with begin(kind, questions=PARTS) as life:
        life.run_bot({})
        for number in range(1, PARTS + 1):
            assert publish(life, number, {"edge": f"{side} publish {number}"})["killed"]
        life.rest()


def test_a_bot_killed_while_it_stores_pages_loses_no_reply(begin):
    with begin("keyed", questions=1) as life:
        life.run_bot({}, ticks=2, step=EVERY)
        edges = collect(life, 0, {})["edges"]
        pages = edges[edges.index("after a page 1") : edges.index("after tally 1")]
        for number, edge in enumerate(pages, start=1):
            killed = collect(life, number, {"edge": edge})["killed"]
            assert killed or "+" in edge, edge  # two accounts are read at a time: how their statements mix is chance
        life.rest()
    assert [edge for edge in pages if "+" not in edge] == CALLS
