import json

from adapters.sandbox.conduct import Failure


def test_an_empty_list_says_what_to_do(empty_folder):
    assert "pullquote adopt LINK" in empty_folder.done("questions")


def test_the_list_shows_usable_answers_of_those_wanted(asked):
    lines = [line.split("  ") for line in asked.done("questions").splitlines()]
    assert [cell.strip() for cell in lines[1] if cell] == ["stopped", "active", "-", "1 of 5", "1 published"]


def test_a_program_reads_the_questions(asked):
    (question,) = json.loads(asked.done("questions", "--json"))
    assert (question["slug"], question["usable"], question["posts"][0]["stored"]) == ("stopped", 1, 3)


def test_an_unknown_question_is_told_with_the_nearest(asked):
    shown = asked("extend", "stoped", "3d")
    assert shown.code == 1
    assert "did you mean 'stopped'?" in shown.err


def test_a_question_is_extended(asked):
    before = json.loads(asked.done("questions", "--json"))[0]["posts"][0]["closes_at"]
    assert asked.done("extend", "stopped", "3d").startswith("stopped now closes ")
    assert json.loads(asked.done("questions", "--json"))[0]["posts"][0]["closes_at"] > before


def test_a_duration_that_is_none_is_wrong_use(asked):
    shown = asked("extend", "stopped", "soon")
    assert shown.code == 2
    assert "write 90m, 36h, 7d or 2w" in shown.err


def test_one_reminder_goes_out_and_never_a_second(asked, square):
    before = len(square.standing())
    asked.done("remind", "stopped", "--yes")
    assert len(square.standing()) == before + 1
    shown = asked("remind", "stopped", "--yes")
    assert shown.code == 1
    assert "reminded already" in shown.err
    assert len(square.standing()) == before + 1


def test_taking_back_removes_every_post_and_reports_it(asked, square):
    shown = asked.done("take-back", "stopped", "--yes")
    assert "removed" in shown
    assert all("What did you stop doing?" not in text for text in square.standing())
    assert "withdrawn" in asked.done("questions")


def test_a_post_that_cannot_be_removed_is_told_and_fails(asked, square):
    square.service.conduct.failures.append(Failure("retract", status=503))
    shown = asked("take-back", "stopped", "--yes")
    assert shown.code == 1
    assert "run take-back again" in shown.out


def test_taking_back_asks_first(asked, square):
    before = square.standing()
    assert asked("take-back", "stopped").code == 2
    assert square.standing() == before


def test_the_text_of_a_call_out_is_printed_to_be_pasted(asked):
    shown = asked.done("questions", "stopped")
    assert "In your own words, please: two plain lines beat a polished page. Any language, mistakes welcome." in shown
    assert shown.startswith(json.loads(asked.done("questions", "stopped", "--json"))["call_out"].splitlines()[0])


def test_a_call_out_is_shown_before_it_is_asked_and_nothing_is_posted(asked, square):
    before = len(square.standing())
    given = ("--region", "Europe", "--link", "none", "--human-only", "--pitches", "2")
    shown = asked.done("ask", "Who stopped doing AMP?", *given, "--show")
    for said in ("Who stopped doing AMP?", "Region: Europe", "no link", "chat model", "At most 2 answers a person."):
        assert said in shown
    assert len(square.standing()) == before
    assert len(json.loads(asked.done("questions", "--json"))) == 1
