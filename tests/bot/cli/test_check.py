import json
import shutil

import pytest
from click.testing import CliRunner

from bot.cli import Shell
from bot.cli.check import check
from bot.filter import SHIPPED

CONFIG = """
[pullquote]
name = "The Pull Quote"
zone = "Europe/Berlin"
[accounts.ada]
platform = "sandbox"
poll_options = 4
[questions.tea]
text = "Which tea?"
accounts = ["ada"]
cron = "0 9 * * 1"
"""


@pytest.fixture
def pullquote(tmp_path, monkeypatch):
    """Write a config and check it."""
    monkeypatch.chdir(tmp_path)

    def run(text, *options):
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        return CliRunner().invoke(check, options, obj=Shell())

    return run


def test_the_next_five_due_times_are_shown_in_local_time(pullquote):
    shown = pullquote(CONFIG)
    assert shown.exit_code == 0
    due = [line.split() for line in shown.output.splitlines() if line.startswith("    ")]
    assert len(due) == 5
    assert {(day, time) for day, _, time, _ in due} == {("Mon", "09:00")}
    assert {zone for *_, zone in due} <= {"CET", "CEST"}


def test_a_question_that_a_platform_would_refuse_is_told_with_its_line(pullquote):
    shown = pullquote(CONFIG + 'options = ["a", "b", "c", "d", "e"]\n')
    assert shown.exit_code == 1
    assert "config.toml:8: questions.tea: on ada: a poll here has 2 to 4 options, the question has 5" in shown.output


def test_a_question_without_a_coming_time_says_so(pullquote):
    shown = pullquote(CONFIG.replace('cron = "0 9 * * 1"', 'at = "2020-01-01T09:00"'))
    assert "not due again" in shown.output


def test_a_program_reads_what_is_wrong(pullquote):
    shown = pullquote(CONFIG.replace('"ada"', '"adda"'), "--json")
    assert shown.exit_code == 1
    (problem,) = json.loads(shown.stdout)["problems"]
    assert (problem["line"], problem["key"], problem["remedy"]) == (10, "questions.tea.accounts", "did you mean 'ada'?")


def test_a_program_reads_what_is_due(pullquote):
    found = json.loads(pullquote(CONFIG, "--json").stdout)
    assert found["problems"] == []
    assert [question["question"] for question in found["questions"]] == ["tea"]
    assert "T09:00:00+0" in found["questions"][0]["due"][0]


def test_online_logs_in_and_says_as_whom(pullquote):
    shown = pullquote(CONFIG.replace('platform = "sandbox"', 'platform = "sandbox"\nhandle = "ada.test"'), "--online")
    assert shown.exit_code == 0, shown.output
    assert "logged in as ada.test" in shown.output


def test_online_tells_of_a_platform_that_cannot_be_reached(pullquote):
    shown = pullquote(
        CONFIG.replace('platform = "sandbox"', 'platform = "sandbox"\nurl = "http://127.0.0.1:9"'), "--online"
    )
    assert shown.exit_code == 1
    assert "ada  Sandbox  " in shown.output
    assert "logged in" not in shown.output


def test_without_online_nothing_is_written(pullquote, tmp_path):
    pullquote(CONFIG)
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_weights_of_the_filter_that_cannot_be_used_are_told_with_their_line(pullquote, tmp_path):
    missing = pullquote(f'{CONFIG}[filter]\nweights = "fitted"\n')
    assert missing.exit_code == 1
    assert "config.toml:13: filter.weights: there is no folder" in missing.output


def test_weights_that_hold_what_ships_are_no_mistake(pullquote, tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "fitted")
    assert pullquote(f'{CONFIG}[filter]\nweights = "fitted"\n').exit_code == 0


@pytest.mark.parametrize("name", ["rank.json", "sale.json", "style.json"])
def test_a_file_of_weights_that_is_missing_or_broken_is_named(pullquote, tmp_path, name):
    shutil.copytree(SHIPPED, tmp_path / "fitted")
    config = f'{CONFIG}[filter]\nweights = "fitted"\n'
    (tmp_path / "fitted" / name).write_text("{", encoding="utf-8")
    broken = pullquote(config)
    assert broken.exit_code == 1
    assert name in broken.output
    (tmp_path / "fitted" / name).unlink()
    missing = pullquote(config)
    assert missing.exit_code == 1
    assert name in missing.output


def test_a_slug_that_is_too_long_for_its_address_is_told_with_its_line(pullquote, monkeypatch):
    monkeypatch.setenv("MAILBOX_PASSWORD", "x")
    mailbox = (
        '[accounts.mailbox]\nplatform = "mail"\nhost = "imap.example.org"\nuser = "q"\naddress = "quotes@example.org"\n'
        'password = { env = "MAILBOX_PASSWORD" }\n'
    )
    slug = "a" * 60
    asked = f'[questions.{slug}]\ntext = "Which tea?"\naccounts = ["mailbox"]\ncron = "0 9 * * 1"\n'
    shown = pullquote(CONFIG + mailbox + asked)
    assert shown.exit_code == 1
    assert "67 characters before the @, mail allows 64: choose a shorter slug" in " ".join(shown.output.split())
    assert pullquote(CONFIG + mailbox + asked.replace(slug, "a" * 57)).exit_code == 0
