"""`run` and `demo` as processes of their own."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from bot.demo.week import load_week


@contextmanager
def running(folder):
    """`pullquote run` until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(condition, seconds=30.0):
    """Look until it is so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen in time")


def events(text):
    return [json.loads(line)["event"] for line in text.splitlines()]


def test_without_anything_to_do_it_says_what_to_do(empty_folder):
    shown = empty_folder("run")
    assert shown.code == 1
    assert "pullquote init" in shown.err
    assert "pullquote adopt LINK" in shown.err


def test_what_a_command_left_is_taken_up_and_a_signal_ends_it_in_order(pullquote, square):
    pullquote.done("ask", "What did you stop doing?", "--yes")
    square.reply("ada", "We dropped AMP last March because nobody used it.")
    with running(pullquote.folder) as process:
        wait_for(lambda: "1 of 1 collected" in pullquote.done("status"))
        wait_for(lambda: "run: at work" in pullquote.done("status"))
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=20)[1]
    assert process.returncode == 0
    assert events(told)[0] == "started"
    assert "collected" in events(told)
    assert events(told)[-1] == "stopped"


def test_a_second_run_is_refused_with_the_file_and_the_process(asked):
    with running(asked.folder) as first:
        wait_for(lambda: "run: at work" in asked.done("status"))
        shown = asked("run")
        assert shown.code == 1
        assert str(first.pid) in shown.err
        assert "pullquote.db.lock" in shown.err
        first.kill()
        first.wait()
    with running(asked.folder) as again:
        wait_for(lambda: again.poll() is not None or '"started"' in again.stderr.readline())
        assert again.poll() is None


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_second_signal_ends_it_at_once(asked, square):
    square.service.conduct.page_size = 1
    with running(asked.folder) as process:
        wait_for(lambda: "run: at work" in asked.done("status"))
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
    assert process.returncode in (0, -signal.SIGINT)


def play(folder):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--folder", "week"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    files = {path.name: path.read_bytes() for path in (folder / "week" / "digests").iterdir()}
    return done.stdout, files


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def played(demo_folder):
    return play(demo_folder)


def test_the_demo_is_the_same_every_time(played, demo_folder, tmp_path):
    assert played == play(tmp_path)
    assert played == play(demo_folder)


def test_the_demo_ends_with_what_came_of_the_week(played):
    told, files = played
    assert "Sunday     2 questions out, 160 replies collected" in told
    assert "1 edited, 2 deleted" in told
    assert "only agree with others" in told
    assert all(f"week/digests/{name}" in told for name in files)
    assert {path.partition(" - ")[0] for path in files if path.startswith("Week")} == {"Week of 16 to 22 November 2026"}
    assert len([name for name in files if name.endswith("for you.html")]) == 3


def test_no_pitch_of_a_machine_stands_among_the_quotes_of_the_demo(played):
    _, files = played
    pitches = {reply.text for question in load_week().questions for reply in question.replies if reply.kind == "pitch"}
    quoted = {
        text
        for name, content in files.items()
        if name.endswith(".json")
        for question in json.loads(content)["questions"]
        for quote in question["quotes"]
        for text in quote["text"]
    }
    assert len(pitches) == 8
    assert len(quoted) >= 20
    assert pitches & quoted == set()


def test_the_demo_shows_decoys_at_work(played):
    told, files = played
    assert "much like the 2 of a chat model that were given as decoys: common, not wrong" in " ".join(told.split())
    page = next(content.decode() for name, content in files.items() if name.endswith("for you.md") and "Newsl" in name)
    assert "Beside what a chat model answers" in page


def test_a_database_that_is_deleted_stops_it_with_a_sentence(pullquote):
    with running(pullquote.folder) as process:
        wait_for(lambda: "run: at work" in pullquote.done("status"))
        (pullquote.folder / "pullquote.db").unlink()
        told = process.communicate(timeout=30)[1]
    assert process.returncode == 1
    assert "was deleted while pullquote ran" in told
    assert not (pullquote.folder / "pullquote.db").exists()


def test_a_database_that_is_replaced_stops_it_with_a_sentence(pullquote):
    with running(pullquote.folder) as process:
        wait_for(lambda: "run: at work" in pullquote.done("status"))
        copy = pullquote.folder / "copy.db"
        copy.write_bytes((pullquote.folder / "pullquote.db").read_bytes())
        copy.replace(pullquote.folder / "pullquote.db")
        told = process.communicate(timeout=30)[1]
    assert process.returncode == 1
    assert "was replaced by another file while pullquote ran" in told


def test_the_wrong_folder_is_told_and_nothing_is_made_in_it(empty_folder):
    (empty_folder.folder / "pullquote.db").unlink()
    for command in (["status"], ["run"], ["replies"], ["backup", "copy.db"], ["pause"]):
        shown = empty_folder(*command)
        assert shown.code == 1
        assert f"there is no pullquote in {empty_folder.folder}" in " ".join(shown.err.split())
    assert list(empty_folder.folder.iterdir()) == []
