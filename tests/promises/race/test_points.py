"""A digest that is stopped or killed at any statement, commit or file: no word comes back that was taken back meanwhile."""

import os
from random import Random

import pytest

POINTS = 8
"""Points an ordinary run tries of each kind; `make soak` tries every one."""


def choose(total):
    if os.environ.get("EVERY_POINT") == "yes":
        return range(1, total + 1)
    return sorted(Random(11).sample(range(1, total + 1), min(POINTS, total)))


@pytest.fixture(params=["forget", "withdraw"])
def taking_back(request):
    return request.param


@pytest.fixture(params=["go_on", "kill"])
def what_then(request):
    return request.param


async def try_points(actors, points, taking_back, what_then):
    """Each time somebody else takes something back while a digest is stopped at a point."""
    failed = {}
    for person, point in enumerate(points):
        someone = person % 6
        actors.done("digest")
        told = actors.start("digest", "digest", stop=point)
        taken = actors.start("other", taking_back, someone, patience=0.5)
        if told["state"] == "stopped":
            getattr(actors, what_then)("digest")
        if taken["state"] == "waits":  # for the transaction in which the digest was stopped
            actors.wait("other")
        actors.done("settle")
        if found := await actors.find_forbidden():
            failed[point] = found
        if someone == 5:
            break
    return failed


async def test_what_is_taken_back_while_a_digest_is_written_stays_on_no_disk(actors, taking_back, what_then):
    total = actors.done("digest")
    assert total > 20
    points = choose(total)
    assert await try_points(actors, points, taking_back, what_then) == {}


async def test_an_erasure_that_is_killed_at_any_point_ends_with_the_next_step(actors):
    actors.done("digest")
    total = actors.done("forget", 0)
    for person, point in enumerate(sorted(Random(12).sample(range(1, total + 1), 5)), 1):
        actors.done("digest")
        actors.start("forget", "forget", person, kill=point)
        actors.done("settle")
        assert await actors.find_forbidden() == []
