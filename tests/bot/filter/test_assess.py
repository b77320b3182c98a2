import json
import subprocess
import sys

import pytest

from bot.filter import Candidate, JudgedQuestion, judge
from bot.filter.assess import BadLine, _find_asked, _read_all, assess, stop_at


def line(**fields: object) -> str:
    return json.dumps({"id": "1", "question_id": "q1", "question": "What did you give up?", "text": "+1"} | fields)


def test_answers_come_in_the_order_of_the_input_and_ids_may_repeat_across_questions():
    lines = [line(id="7"), line(id="7", question_id="q2", text="We gave up Excel in 2019."), line(id="3", text="🔥")]
    out = [json.loads(answer) for answer in assess(lines)]
    assert [(answer["id"], answer["verdict"]) for answer in out] == [("7", "aside"), ("7", "maybe"), ("3", "aside")]


def test_each_reason_has_its_evidence():
    (answer,) = assess([line(text="Nice, but DM me for more")])
    evidence = {reason["rule"]: reason["evidence"] for reason in json.loads(answer)["reasons"]}
    assert evidence["sale"] == "DM me"


def test_replies_are_compared_within_a_question_and_not_across():
    pitch = "We gave up three rank trackers and now Rankly shows every keyword on a page."
    lines = [line(id="1", text=pitch), line(id="2", text=pitch), line(id="3", text=pitch, question_id="q2")]
    copies = [any(r["rule"] == "copy_of_reply" for r in json.loads(a)["reasons"]) for a in assess(lines)]
    assert copies == [False, True, False]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("{", "no JSON"),
        ("[]", "no JSON object"),
        (line(text=None), "text is missing"),
        (line(text=5), "text is no text"),
        (line(id=None), "id is missing"),
        (line(question_id=[]), "question_id is neither"),
        (line(at="yesterday"), "at is no ISO 8601"),
        (line(at="2026-03-01T12:00:00"), "no offset"),
        (line(author=5), "author is no text"),
        (line(language=7), "language is no text"),
        (line(decoys="a text"), "decoys is no list of texts"),
        (line(decoys=["a text", None]), "decoys: entry 2 is no text"),
    ],
)
def test_a_bad_line_is_reported_with_its_number_and_the_good_ones_are_kept(bad, message):
    problems: list[BadLine] = []
    out = list(assess([line(id="1"), bad, line(id="2")], problems.append))
    assert [json.loads(answer)["id"] for answer in out] == ["1", "2"]
    assert (problems[0].number, len(problems)) == (2, 1)
    assert message in problems[0].message


def test_a_bad_line_is_raised_when_nobody_collects_them():
    with pytest.raises(BadLine, match="line 1: no JSON"):
        list(assess(["{"]))


def test_each_answer_says_whether_it_can_be_quoted():
    texts = ["We gave up Excel in 2019, since nobody in my team could merge two files, and saved 400 euros.", "+1"]
    judged = judge(JudgedQuestion("What did you give up?"), [Candidate(text, (text,)) for text in texts])
    answers = [json.loads(answer) for answer in assess([line(id=text, text=text) for text in texts])]
    assert [each["quotable"] for each in answers] == [each.quotable for each in judged]
    assert answers[1]["quotable"] is False


def test_decoys_of_any_line_are_those_of_the_question_in_order_and_each_once():
    lines = [line(id="1", decoys=["b", "a"]), line(id="2", question="", decoys=["a", " ", "c"]), line(question_id="q2")]
    read = list(_read_all(lines, stop_at))
    assert _find_asked(read[:2]) == JudgedQuestion("What did you give up?", decoys=("b", "a", "c"))
    assert _find_asked(read[2:]).decoys == ()


def test_the_language_of_a_line_is_its_candidates():
    said, unsaid = _read_all([line(language="de"), line(language=None)], stop_at)
    assert (said.candidate.language, unsaid.candidate.language) == ("de", "")


def test_assess_loads_nothing_of_a_network_and_no_database():
    script = (
        "import io, sys; sys.stdin = io.StringIO(''); from bot.cli.assess import assess_lines; "
        "assess_lines(['-'], standalone_mode=False); print(*sys.modules)"
    )
    loaded = set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )
    assert loaded & {"bot.filter.assess", "click"} == {"bot.filter.assess", "click"}
    assert not loaded & {"discord", "atproto", "tweepy", "sqlalchemy", "matplotlib", "sklearn", "pydantic"}


def test_nothing_in_nothing_out():
    assert list(assess(["\n", ""])) == []
