"""Weights are fitted anew by anyone with data: the same bytes for the same replies."""

import json
import random
import shutil

import pytest

from bot.filter import SHIPPED, Candidate, JudgedQuestion, judge
from bot.filter.fitting.labelled import BadData, read_labelled
from bot.filter.fitting.rank import fit_rank
from bot.filter.rank.card import load_card

GOOD = ["You can find it near the mall, it costs {n} dollars.", "We stopped in {n} because nobody read them.",
        "I paid {n} euros at the bank, you should bring your passport."]  # fmt: skip
BAD = ["lol thanks {n}", "anyone know? pm me {n}", "hi guys, same question here {n}"]


def write_rows(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def make_rows(count=60, source="one"):
    picked = random.Random(7)
    return [
        {
            "id": f"{source}{n}",
            "question": f"Where did you get it, and what did it cost? ({n // 6})",
            "text": picked.choice(GOOD if n % 2 else BAD).format(n=n),
            "label": n % 2,
            "source": source,
        }
        for n in range(count)
    ]


def read_both(folder):
    return (folder / "rank.json").read_bytes(), (folder / "rank.md").read_bytes()


def test_a_fit_is_the_same_bytes_on_every_run_and_in_any_order_of_lines(tmp_path):
    rows = make_rows()
    file = write_rows(tmp_path / "rows.jsonl", rows)
    fit_rank([file], [], tmp_path / "a")
    random.Random(3).shuffle(rows)
    write_rows(file, rows)
    fit_rank([file], [], tmp_path / "b")
    assert read_both(tmp_path / "a") == read_both(tmp_path / "b")


def test_fitted_weights_put_a_good_reply_above_a_bad_one(tmp_path):
    rows = write_rows(tmp_path / "rows.jsonl", make_rows())
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    fit_rank([rows], [], tmp_path)
    answers = [
        Candidate("1", ("We stopped in 1999 because nobody read them.",)),
        Candidate("2", ("anyone know? pm me",)),
    ]
    good, bad = judge(JudgedQuestion("Where did you get it?"), answers, tmp_path)
    assert good.score > bad.score
    assert load_card(tmp_path).terms


def test_what_is_left_out_plays_no_part(tmp_path):
    alone = write_rows(tmp_path / "rows.jsonl", make_rows())
    other = write_rows(tmp_path / "other.jsonl", make_rows(30, "two"))
    assert read_labelled([alone, other], ["source=two"]) == read_labelled([alone])
    with pytest.raises(BadData, match="write source="):
        read_labelled([alone], ["colour=red"])


def test_the_askers_own_replies_are_not_read(tmp_path):
    rows = make_rows(4)
    rows[0]["by_asker"] = 1
    assert len(read_labelled([write_rows(tmp_path / "rows.jsonl", rows)])) == 3


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "text": "x", "label": "often"}'])
def test_a_line_that_cannot_be_used_is_named(tmp_path, line):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(make_rows(1)[0]) + "\n" + line + "\n")
    with pytest.raises(BadData, match=r"rows\.jsonl, line 2: no labelled reply"):
        read_labelled([path])


def test_grades_of_editors_count_by_what_they_mean(tmp_path):
    row = {"id": "1", "question": "Why?", "text": "Because.", "grades": [2, 3]}
    (read,) = read_labelled([write_rows(tmp_path / "rows.jsonl", [row])])
    assert (read.grade, read.label) == (2.5, 0)
    assert 0.5 < read.good < 0.95
