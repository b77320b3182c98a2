"""One fork server for all kill tests on the sandbox."""

import os

import pytest

from tests.promises.soak.bots import run_bots
from tests.promises.soak.life import warm_up
from tests.promises.soak.network import run_sandbox


@pytest.fixture(scope="session")
def bots(tmp_path_factory):
    if not hasattr(os, "fork"):
        pytest.skip("bots are forks of one warm process; this system has no fork")
    folder = tmp_path_factory.mktemp("warm")
    with run_bots() as bots:
        with run_sandbox(folder, "keyed") as network:
            warm_up(bots, network, folder)
        yield bots
