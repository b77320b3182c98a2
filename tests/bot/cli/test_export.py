"""All that is held: on one person, and at all."""

import csv
import json
import os
import stat

from tests.bot.cli.conftest import ANSWER


def test_all_that_is_held_on_a_person_is_shown(asked):
    asked.done("collect")
    asked.done("keep", "ada", "--reason", "a figure", "--by", "Jo")
    asked.done("check-source", "ada", "--spoken", "--note", "called her")
    held = json.loads(asked.done("about", "ada", "--json"))
    assert [row["handle"] for row in held["authors"]] == ["ada"]
    assert [row["text"] for row in held["revisions"]] == [ANSWER]
    assert ("Jo", "a figure") in [(row["editor"], row["note"]) for row in held["verdicts"]]
    assert [row["note"] for row in held["source_checks"]] == ["called her"]
    assert {row["kind"] for row in held["acts"]} == {"judged", "check-source"}
    shown = asked.done("about", "ada")
    assert "called her" in shown
    assert "grace" not in shown


def test_nobody_of_that_name_says_so(asked):
    assert "no author 'nobody'" in asked("about", "nobody").err


def test_everything_is_exported_twice_and_for_its_owner_alone(asked):
    asked.done("collect")
    asked.done("export", "all")
    folder = asked.folder / "all"
    texts = [row["text"] for row in json.loads((folder / "revisions.json").read_text(encoding="utf-8"))]
    assert ANSWER in texts
    with (folder / "revisions.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [row["text"] for row in csv.DictReader(file)]
    assert ANSWER in cells
    assert "'+1" in cells  # no formula, where the JSON has the very words
    assert "+1" in texts
    assert "barred.csv" not in [path.name for path in folder.iterdir()]
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_export_overwrites_nothing(asked):
    (asked.folder / "all").mkdir()
    (asked.folder / "all" / "mine.txt").write_text("mine")
    assert "not empty" in asked("export", "all").err


def test_a_monitor_is_told_what_fails(asked):
    shown = asked("status", "--check")
    assert shown.code == 1
    assert "pullquote run is not at work" in " ".join(shown.out.split())
    assert json.loads(asked("status", "--check", "--json").out)["problems"] != []
