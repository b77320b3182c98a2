"""`pullquote open` as a process: in an empty folder, beside a running bot, and its end."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

from tests.bot.web.conftest import TRY_FOR, run_open


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@contextmanager
def enter(entrance):
    with httpx.Client(base_url=entrance.partition("/enter")[0], timeout=TRY_FOR) as client:
        assert client.get(entrance).status_code == 200
        yield client


def test_it_opens_in_an_empty_folder_without_a_config_and_ends_in_order(folder):
    with run_open(folder) as (process, entrance), enter(entrance) as client:
        assert "What do you have?" in client.get("/").text
        assert "this machine only" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(TRY_FOR) == 0
    assert (folder / "pullquote.db").exists()


def test_it_is_the_bot_where_none_runs_and_the_page_alone_where_one_does(folder):
    def holder():
        lock = folder / "pullquote.db.lock"
        return int(lock.read_text(encoding="ascii") or 0) if lock.exists() else 0

    def wait_for(condition):
        until = time.monotonic() + TRY_FOR
        while not condition():
            assert time.monotonic() < until
            time.sleep(0.2)

    with run_open(folder) as (first, entrance), enter(entrance) as client:
        wait_for(lambda: holder() == first.pid)
        with run_open(folder) as (_, other), enter(other) as second:
            assert client.get("/").status_code == second.get("/").status_code == 200
            assert client.get("/running").status_code == second.get("/running").status_code == 200
            assert holder() == first.pid


def test_a_link_that_cannot_be_read_is_told_in_the_terminal(folder):
    command = [sys.executable, "-m", "bot", "open", "--no-browser", "https://example.org/nothing"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=TRY_FOR, check=False, env=os.environ
    )
    assert done.returncode == 1
    assert "belongs to no platform" in done.stderr
