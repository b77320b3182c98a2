"""`pullquote decoys`, as a person types it."""

import io
import json

import pytest

DECOY = "It depends on your team: communicate clearly."


@pytest.fixture
def pasted(monkeypatch):
    """Type into the command that follows."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def listed(shell):
    return [
        (each["text"], bool(each["by"])) for each in json.loads(shell.done("decoys", "stopped", "--json"))["decoys"]
    ]


def test_without_any_it_says_what_to_do(asked):
    assert "stopped has no decoys: ask a chat model your question" in asked.done("decoys", "stopped")


def test_files_and_what_is_pasted_are_added_and_shown_with_who_added_them(asked, tmp_path, pasted):
    (tmp_path / "one.txt").write_text(f"{DECOY}\n", encoding="utf-8")
    pasted("A second answer.")
    shown = asked.done("decoys", "stopped", str(tmp_path / "one.txt"), "-")
    assert DECOY in shown
    assert "2. " in shown
    assert listed(asked) == [(DECOY, True), ("A second answer.", True)]
    assert "decoys question stopped" in asked.done("history")


def test_replacing_and_clearing(asked, pasted):
    pasted(DECOY)
    asked.done("decoys", "stopped", "-")
    pasted("Another.")
    asked.done("decoys", "stopped", "-", "--replace")
    assert listed(asked) == [("Another.", True)]
    assert "1 decoy of stopped taken away" in asked.done("decoys", "stopped", "--clear")
    assert listed(asked) == []


def test_clearing_goes_alone_and_replacing_needs_a_text(asked, pasted):
    pasted("x")
    assert asked("decoys", "stopped", "-", "--clear").code == 2
    assert asked("decoys", "stopped", "--replace").code == 2


def test_a_text_that_is_too_long_is_refused(asked, pasted):
    pasted("x" * 20_000)
    shown = asked("decoys", "stopped", "-")
    assert shown.code == 1
    assert "write at most 5,000" in shown.err
    assert listed(asked) == []


def test_fetching_without_a_command_says_how_to_set_one(asked):
    shown = asked("decoys", "stopped", "--fetch")
    assert shown.code == 1
    assert "decoy_command" in shown.err


def test_what_a_command_answers_is_added(asked, tmp_path):
    with (tmp_path / "config.toml").open("a", encoding="utf-8") as file:
        file.write('\n[filter]\ndecoy_command = "cat"\n')
    assert "What did you stop doing?" in asked.done("decoys", "stopped", "--fetch")
