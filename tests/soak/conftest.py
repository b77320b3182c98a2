"""One fork server for all kill tests."""

import os

import pytest

from tests.soak.bots import run_bots


@pytest.fixture(scope="session")
def bots():
    if not hasattr(os, "fork"):
        pytest.skip("bots are forks of one warm process; this system has no fork")
    with run_bots() as bots:
        yield bots
