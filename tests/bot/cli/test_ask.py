import json
from datetime import UTC, datetime, timedelta

from adapters.sandbox.conduct import NO_ANSWER, Failure

SECOND = """
[accounts.plaza]
platform = "sandbox"
handle = "plaza"
url = "{url}"
text_limit = 60
threads = false
"""


def test_it_shows_the_text_as_posted_with_its_length_and_close(pullquote, square):
    shown = pullquote.done("ask", "What did you stop doing?", "--closes", "3d", "--yes")
    (text,) = square.standing()
    assert all(f"  │ {line}".rstrip() in shown for line in text.split("\n") if len(line) < 70)
    assert f"{len(text)} of 300 characters" in shown
    assert "square, closes " in shown
    assert "posted https://sandbox.example/post/sandbox-1" in shown


def test_what_was_asked_before_is_shown_as_it_will_be_posted(pullquote, square):
    with (pullquote.folder / "config.toml").open("a") as file:
        file.write("refuses_repeats = true\n")
    for _ in range(2):
        shown = pullquote.done("ask", "What did you stop doing?", "--yes")
    first, second = square.standing()
    assert second.startswith(f"{first}\n\n")
    assert f"  │ {second.removeprefix(first).strip()}" in shown


def test_a_poll_is_shown_with_its_options(pullquote, square):
    shown = pullquote.done("ask", "Links?", "--option", "Yes", "--option", "No", "--yes")
    assert "1. Yes" in shown
    assert square.network.posts["sandbox-1"].ballot.options == ("Yes", "No")


def test_without_a_terminal_nothing_is_sent_unasked(pullquote, square):
    shown = pullquote("ask", "What did you stop doing?")
    assert shown.code == 2
    assert "--yes" in shown.err
    assert square.standing() == []


def test_no_network_gets_it_unless_all_can_take_it(pullquote, square):
    with (pullquote.folder / "config.toml").open("a") as file:
        file.write(SECOND.format(url=square.url))
    shown = pullquote("ask", "What did you stop doing?", "--account", "square", "--account", "plaza", "--yes")
    assert shown.code == 1
    assert "60 are allowed" in shown.all
    assert square.standing() == []


def test_with_two_accounts_it_must_be_said_where(pullquote, square):
    with (pullquote.folder / "config.toml").open("a") as file:
        file.write(SECOND.format(url=square.url))
    shown = pullquote("ask", "What did you stop doing?", "--yes")
    assert shown.code == 2
    assert "square, plaza" in shown.err


def test_without_an_account_it_says_what_to_do(empty_folder):
    shown = empty_folder("ask", "What did you stop doing?", "--yes")
    assert shown.code == 1
    assert "pullquote init" in shown.err


def test_an_unknown_account_is_told_with_those_that_are_there(pullquote):
    shown = pullquote("ask", "What?", "--account", "nowhere", "--yes")
    assert shown.code == 1
    assert "'nowhere'" in shown.err
    assert "square" in shown.err


def test_one_option_is_wrong_use(pullquote):
    assert pullquote("ask", "What?", "--option", "a", "--yes").code == 2


def test_a_slug_that_is_taken_is_refused_and_nothing_is_sent(asked, square):
    before = square.standing()
    shown = asked("ask", "Again?", "--slug", "stopped", "--yes")
    assert shown.code == 1
    assert "there is a question 'stopped' already" in shown.err
    assert square.standing() == before


def test_while_posting_is_paused_nothing_is_asked(pullquote, square):
    pullquote.done("pause")
    shown = pullquote("ask", "What?", "--yes")
    assert shown.code == 1
    assert "pullquote resume" in shown.err
    assert square.standing() == []


def test_without_an_outlet_the_notice_could_not_say_where(pullquote, square):
    pullquote.configure((pullquote.folder / "config.toml").read_text().replace('name = "The Pull Quote"\n', ""))
    shown = pullquote("ask", "What?", "--yes")
    assert shown.code == 1
    assert "[pullquote] name" in shown.err
    assert square.standing() == []


def test_what_went_wrong_is_told_and_fails(pullquote, square):
    retry_at = datetime.now(UTC) + timedelta(hours=1)  # noqa: TID251
    square.service.conduct.failures.append(Failure("publish", status=429, retry_at=retry_at))
    shown = pullquote("ask", "What?", "--slug", "what", "--yes")
    assert shown.code == 1
    assert "square: not out yet" in shown.out
    assert "tried again after" in shown.out


def test_an_unclear_outcome_is_told_and_never_sent_twice(pullquote, square):
    square.service.conduct.failures.append(Failure("publish", status=NO_ANSWER, after_effect=True))
    shown = pullquote("ask", "What?", "--slug", "what", "--yes")
    assert shown.code == 1
    assert "unclear" in shown.out
    assert len(square.standing()) == 1


def test_a_program_reads_the_links(pullquote):
    told = json.loads(pullquote.done("ask", "What?", "--slug", "what", "--yes", "--json"))
    assert told["question"] == "what"
    assert [post["link"] for post in told["posts"]] == ["https://sandbox.example/post/sandbox-1"]
