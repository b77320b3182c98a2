"""`pullquote filter`: the record against editors, and the shells of fitting and measuring."""

import json

import pytest


def test_without_a_verdict_of_an_editor_it_says_what_to_do(asked):
    assert "no editor has judged a reply yet" in asked.done("filter", "report")
    assert json.loads(asked.done("filter", "report", "--json")) == {"decided": 0, "verdicts": [], "rules": []}


def test_each_rule_has_its_record_against_editors(asked):
    asked.done("aside", "ada", "--reason", "off topic")
    asked.done("keep", "grace")
    asked.done("maybe", "alan")
    asked.done("keep", "alan")  # the last word counts
    record = json.loads(asked.done("filter", "report", "--json"))
    assert record["decided"] == 3
    by_name = {each["name"]: each for each in record["rules"]}
    assert by_name["plus_one"] == {"name": "plus_one", "applied": 1, "kept": 1, "maybe": 0, "aside": 0}
    assert by_name["praise_only"]["kept"] == 1
    assert {each["name"]: (each["kept"], each["aside"]) for each in record["verdicts"]} == {
        "keep": (0, 1),
        "aside": (2, 0),
    }
    shown = asked.done("filter", "report")
    assert "3 replies judged by editors" in shown
    assert ["plus_one", "1", "1", "0", "0"] in [line.split() for line in shown.splitlines()]


def test_a_verdict_that_was_taken_back_counts_no_more(asked):
    asked.done("keep", "grace")
    asked.done("restore", "grace")
    assert json.loads(asked.done("filter", "report", "--json"))["decided"] == 0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 1: no JSON"),
        ('{"id": 1}', "line 1: no JSON object with a text"),
        ('{"text": "x"}', "has neither label, grades nor style"),
        ("", "line 1: no JSON object with a text"),
    ],
)
def test_a_file_on_which_nothing_can_be_fitted_is_told(empty_folder, line, told):
    (empty_folder.folder / "data.jsonl").write_text(line, encoding="utf-8")
    shown = empty_folder("filter", "fit", "data.jsonl", "--out", "weights")
    assert shown.code == 1
    assert "data.jsonl" in shown.err
    assert told in shown.err
    assert not (empty_folder.folder / "weights").exists()


def test_fitting_needs_a_folder_to_write_and_a_file(empty_folder):
    assert empty_folder("filter", "fit", "--out", "weights").code == 2
    (empty_folder.folder / "data.jsonl").write_text("{}", encoding="utf-8")
    assert empty_folder("filter", "fit", "data.jsonl").code == 2
