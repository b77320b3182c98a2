"""`pullquote filter`: the record against editors, and the shells of fitting and measuring."""

import json

import pytest

from bot.filter import SHIPPED


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
    verdicts = {each["name"]: (each["kept"], each["aside"]) for each in record["verdicts"]}
    assert verdicts.pop("aside") == (2, 0)
    assert list(verdicts.values()) == [(0, 1)]
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


def test_a_folder_that_holds_no_weights_is_wrong_use_and_no_mistake_of_ours(empty_folder):
    (empty_folder.folder / "weights").mkdir()
    (empty_folder.folder / "lines.jsonl").write_text("", encoding="utf-8")
    shown = empty_folder("assess", "lines.jsonl", "--weights", "weights")
    assert shown.code == 2
    assert "weights/rank.json" in shown.err
    assert "Traceback" not in shown.err


LABELLED = [
    {"id": f"{question}-{number}", "question": question, "text": text, "label": label, "source": "own"}
    for question in ("Why did you stop?", "What did it cost?", "Who helped you?", "When?", "Where?", "How?")
    for number, (text, label) in enumerate(
        [
            ("We stopped in 2019, since nobody in our team could merge two files.", 1),
            ("It cost us 400 euros a month, which our accountant found in March.", 1),
            ("My manager did, because she had lost a week to it herself.", 1),
            ("lol", 0),
            ("Great question!", 0),
            ("+1", 0),
        ]
    )
]


def write_labelled(folder, rows=LABELLED, name="data.jsonl"):
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (folder.folder / name).write_text(lines, encoding="utf-8")


def test_the_same_files_give_the_same_bytes_and_a_whole_folder(empty_folder):
    write_labelled(empty_folder)
    for out in ("one", "two"):
        assert empty_folder.done("filter", "fit", "data.jsonl", "--out", out) == f"fitted rank into {out}\n"
    one, two = (
        {path.name: path.read_bytes() for path in (empty_folder.folder / out).iterdir()} for out in ("one", "two")
    )
    assert one == two
    assert {path.name for path in SHIPPED.glob("*.json")} <= one.keys()
    assert one["rank.json"] != (SHIPPED / "rank.json").read_bytes()
    line = json.dumps({"id": 1, "question_id": 1, "question": "Why?", "text": "We stopped in 2019."})
    (empty_folder.folder / "lines.jsonl").write_text(line, encoding="utf-8")
    assert json.loads(empty_folder.done("assess", "lines.jsonl", "--weights", "one"))["id"] == 1


def test_what_is_left_out_is_not_fitted_on(empty_folder):
    other = [row | {"source": "other", "id": f"o{row['id']}", "label": 1 - row["label"]} for row in LABELLED]
    write_labelled(empty_folder)
    write_labelled(empty_folder, other, "other.jsonl")
    empty_folder.done("filter", "fit", "data.jsonl", "--out", "one")
    empty_folder.done("filter", "fit", "data.jsonl", "other.jsonl", "--without", "source=other", "--out", "two")
    rank = [json.loads((empty_folder.folder / out / "rank.json").read_text(encoding="utf-8")) for out in ("one", "two")]
    assert rank[0] == rank[1]


def test_a_choice_that_is_none_is_told(empty_folder):
    write_labelled(empty_folder)
    shown = empty_folder("filter", "fit", "data.jsonl", "--without", "colour=red", "--out", "one")
    assert shown.code == 1
    assert "source=" in shown.err
    assert "Traceback" not in shown.err


def test_a_part_for_which_no_file_has_data_is_told(empty_folder):
    write_labelled(empty_folder)
    shown = empty_folder("filter", "fit", "data.jsonl", "--only", "sale", "--out", "one")
    assert shown.code == 1
    assert "no file holds replies from which sale can be fitted" in shown.err


def test_spam_without_its_group_is_told(empty_folder):
    write_labelled(empty_folder, [{"id": 1, "text": "Buy now", "label": 1}])
    shown = empty_folder("filter", "fit", "data.jsonl", "--out", "one")
    assert shown.code == 1
    assert "data.jsonl: a line lacks 'group', which the sale is fitted on" in shown.err


# ---------------------------------------------------------------- measuring


def test_a_file_is_measured_beside_length_and_shared_words(empty_folder):
    write_labelled(empty_folder)
    found = json.loads(empty_folder.done("filter", "evaluate", "data.jsonl", "--json"))
    assert (found["replies"], found["questions"], found["ablation"]) == (36, 6, [])
    measures = {each["name"]: each for each in found["measures"]}
    assert measures["area under the curve"]["length"] == 1.0
    assert measures["rank correlation with length"]["length"] == pytest.approx(1.0)
    assert measures["good among the first, by question"]["filter"] == 1.0
    assert found["aside"] == sum(each["aside"] for each in found["proofs"])
    assert found["good_aside"] == 0


def test_an_ablation_takes_each_group_out_of_the_score(empty_folder):
    write_labelled(empty_folder)
    found = json.loads(empty_folder.done("filter", "evaluate", "data.jsonl", "--ablation", "--json"))
    without = {each["group"]: each for each in found["ablation"]}
    assert without["base"]["applied"] == 36
    assert without["base"]["area"] == found["measures"][0]["filter"]  # the same for all: it orders nothing
    assert not [group for group in without if "_no_" in group]
    shown = empty_folder.done("filter", "evaluate", "data.jsonl", "--ablation")
    assert "36 replies to 6 questions" in shown
    assert [line.split()[0] for line in shown.splitlines() if line.startswith(("without", "base", "plus_one"))]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([each | {"label": 1} for each in LABELLED], "all 36 replies have the same label"),
        ([{"id": 1}], "line 1"),
        ([], "all 0 replies have the same label"),
    ],
)
def test_a_file_that_cannot_be_measured_is_told(empty_folder, rows, told):
    write_labelled(empty_folder, rows)
    shown = empty_folder("filter", "evaluate", "data.jsonl")
    assert shown.code == 1
    assert told in shown.err
    assert "Traceback" not in shown.err


def test_own_weights_are_measured(empty_folder):
    write_labelled(empty_folder)
    empty_folder.done("filter", "fit", "data.jsonl", "--out", "own")
    ships, own = (
        json.loads(empty_folder.done("filter", "evaluate", "data.jsonl", "--json", *options))["measures"]
        for options in ((), ("--weights", "own"))
    )
    assert ships != own
