"""`pullquote check-draft --jsonl` answers programs without a database."""

import json

import pytest
from click.testing import CliRunner

from bot.articles.lines import prove_lines
from bot.cli import Shell
from bot.cli.check_draft import check_draft


def prove(*rows):
    bad = []
    answers = list(prove_lines([json.dumps(row) if isinstance(row, dict) else row for row in rows], bad.append))
    return [json.loads(answer) for answer in answers], [str(problem) for problem in bad]


def test_each_line_is_answered_in_order():
    answers, bad = prove(
        {"id": "ada", "source": "We never skip it, ever", "quote": "We […] skip it"},
        {"id": 2, "source": "We never skip it", "quote": "We skip it"},
    )
    assert not bad
    assert answers == [
        {
            "id": "ada",
            "fidelity": "edited",
            "edits": [{"kind": "omission", "text": "never"}],
            "warnings": ["negation_dropped", "clipped"],
            "span": [0, 16],
        },
        {"id": 2, "fidelity": "fail", "edits": [], "warnings": [], "span": None},
    ]


def test_the_parts_of_a_chain_are_a_list():
    (answer,), _ = prove({"id": 1, "source": ["We dropped it", "and nothing moved"], "quote": "We dropped […] moved"})
    assert answer["span"] == [[0, 0], [1, 17]]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "no JSON"),
        ("[1]", "no JSON object"),
        ({"id": 1, "source": "a"}, "quote is missing"),
        ({"id": 1, "quote": "a", "source": 3}, "source is missing"),
        ({"id": 1, "quote": "a", "source": [3]}, "source is missing"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_answered(line, message):
    answers, bad = prove(line, {"id": 2, "source": "a", "quote": "a"})
    assert [answer["id"] for answer in answers] == [2]
    assert bad[0].startswith(f"line 1: {message}")


def test_the_command_reads_standard_input_and_needs_no_config(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    line = json.dumps({"id": 1, "source": "We keep it", "quote": "keep it"})
    done = CliRunner().invoke(check_draft, ["--jsonl"], obj=Shell(), input=f"{line}\nbroken\n")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["fidelity"] == "verbatim"
    assert "line 2" in done.stderr
    assert not list(tmp_path.iterdir())
