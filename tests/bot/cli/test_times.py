"""Durations and moments: a number without a unit is refused everywhere, clock times are understood and shown."""

import json

import pytest

from tests.bot.cli.conftest import CONFIG

QUESTION = '[questions.q]\ntext = "Do you still disavow links?"\naccounts = ["square"]\n'


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("[retention]\nafter_close = 180", "retention.after_close: 180 has no unit: write 180d for days"),
        ("[retention]\nafter_close = 0.5", "retention.after_close: 0.5 has no unit"),
        ('[retention]\nafter_close = "180"', "retention.after_close: 180 has no unit: write 180d"),
        ('[retention]\nafter_close = "6m"', "retention.after_close: 6m would purge what people said at once"),
        ("[collect]\nafter_close = 48", "collect.after_close: 48 has no unit"),
        (f'{QUESTION}cron = "0 9 * * 1"\ncloses_after = 7', "questions.q.closes_after: 7 has no unit: write 7d"),
        (f'{QUESTION}cron = "0 9 * * 1"\ngrace = 3', "questions.q.grace: 3 has no unit"),
        ('[accounts.other]\nplatform = "sandbox"\ncollect_every = 5', "accounts.other.collect_every: 5 has no unit"),
        ('[accounts.other]\nplatform = "sandbox"\nsettle_after = 5', "accounts.other.settle_after: 5 has no unit"),
        (f'{QUESTION}at = "2099-01-11T09:00"\ndeadline = "2099-01-10T09:00"', "is over when it is asked"),
        (
            f'{QUESTION}at = "2099-01-11T09:00"\ndeadline = "2099-01-15T09:00"\ncloses_after = "2d"',
            "before its deadline",
        ),
        (f'{QUESTION}at = "2099-01-11T09:00"\ncloses_after = "0d"', "it closes at once"),
    ],
)
def test_a_config_with_times_that_cannot_be_meant_is_told(pullquote, square, section, told):
    pullquote.configure(f"{CONFIG.format(url=square.url)}{section}\n")
    shown = pullquote("check")
    assert (shown.code, told in " ".join(shown.all.split())) == (1, True), shown.all


def test_a_time_in_the_own_form_of_toml_is_read(pullquote, square):
    pullquote.configure(f"{CONFIG.format(url=square.url)}{QUESTION}at = 2099-01-11T09:00:00\n")
    assert "2099-01-11 09:00" in pullquote.done("check")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('accounts = ["square"]', "it has no time: it is never asked"),
        ("", "it has no account and no time: it is asked nowhere"),
    ],
)
def test_a_question_that_is_never_asked_is_told(pullquote, square, keys, told):
    pullquote.configure(f'{CONFIG.format(url=square.url)}[questions.q]\ntext = "Which?"\n{keys}\n')
    assert told in " ".join(pullquote("check").all.split())
    assert "it has no" in pullquote.done("status")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--closes", "180"), "180 has no unit: write 180d for days"),
        (("--closes", "soon"), "is no time that is understood"),
        (("--deadline", "180"), "180 has no unit"),
        (("--deadline", "2020-01-01T09:00"), "is over: it was 2020-01-01 09:00 (Europe/Berlin)"),
        (("--deadline", "4 hours", "--closes", "2h"), "before its deadline"),
        (("--at", "in 4 hours", "--deadline", "2 hours"), "is over when it is asked"),
        (("--closes", "0d"), "it closes at once"),
    ],
)
def test_asking_at_times_that_cannot_be_meant_sends_nothing(pullquote, square, options, told):
    shown = pullquote("ask", "What did you stop doing?", *options, "--yes")
    assert shown.code != 0
    assert told in " ".join(shown.all.split())
    assert square.standing() == []


def test_the_deadline_drives_the_close(pullquote):
    shown = pullquote.done("ask", "What did you stop doing?", "--deadline", "2099-01-15 18:00", "--yes")
    assert "answers until Thu 2099-01-15 18:00 CET" in shown
    (post,) = json.loads(pullquote.done("status", "--json"))["questions"][0]["posts"]
    assert post["closes_at"].startswith("2099-01-15T17:00")


def test_a_question_can_go_out_later(pullquote, square):
    shown = pullquote.done("ask", "What did you stop doing?", "--at", "2099-01-11 9:00", "--closes", "7d", "--yes")
    assert "goes out Sun 2099-01-11 09:00 CET" in shown
    assert "planned; it goes out then" in shown
    assert square.standing() == []
    assert "next Sun 2099-01-11 09:00" in pullquote.done("status")


def test_extending_wants_a_unit_too(asked):
    shown = asked("extend", "stopped", "3")
    assert (shown.code, "3 has no unit: write 3d" in shown.err) == (2, True)
