"""What strangers typed steers no terminal, begins no line, and reaches no mail that is written by hand."""

import json
import re

import click
import pytest

from bot.cli.parts import terminal
from bot.cli.parts.page import tabulate, wrap
from bot.log import Redactor
from tests.bot.cli.conftest import CONFIG
from tests.bot.cli.test_printed import rows
from tests.bot.cli.test_replies import ids

EVIL = "\x1b]0;pwned\x07\x1b[2J\x9b31m\u202e\u2066\u2028\x85\r\nBcc: x@y.z\nfaked: line"
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
TEXT = "We dropped AMP in 2019 on nine sites because nobody used it, and saved two days a month."
URL = "https://review.example/amp"


@pytest.fixture
def infested(pullquote):
    """Two people whose names, handles and links hold whatever a terminal would obey."""
    pullquote.done("ask", "Do you still disavow links?", "--slug", "links", "--yes")
    rows = [
        {"id": f"t{n}", "handle": f"h{n}{EVIL}", "author": f"Eve{n}{EVIL}", "text": f"{TEXT} {n}", "link": URL + EVIL}
        for n in range(2)
    ]
    (pullquote.folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    pullquote.done("import", "links", "rows.jsonl", "--consent", "yes")
    return pullquote


def assert_tame(shown):
    assert not STEERING.search(shown.all), shown.all
    assert not re.search(r"^\s*(Bcc|faked):", shown.all, re.MULTILINE), shown.all


COMMANDS = {
    "replies": ["replies"],
    "used": ["used", "1", URL, "--title", f"T{EVIL}"],
    "used twice": ["used", "nine sites", URL],
    "source": ["source", "1"],
    "source by a part of the name": ["source", "Eve"],
    "check-source": ["check-source", "1", "--note", f"n{EVIL}"],
    "credit": ["credit"],
    "credit of one": ["credit", "1", "--name", f"Eve{EVIL}", "--said-by", f"me{EVIL}"],
    "consent": ["consent", "1", "refused", "--wording", EVIL],
    "do-not-quote": ["do-not-quote", "1", "--reason", EVIL],
    "keep": ["keep", "1", "--by", f"me{EVIL}"],
    "why": ["replies", "--why", "1"],
    "withdrawn": ["withdrawn"],
    "forget": ["forget", "1", "--yes"],
    "status": ["status"],
    "digest": ["digest", "links", "--offline"],
    "add": ["add", "links", "--author", f"Eve{EVIL}", "--text", f"{TEXT}{EVIL}"],
    "a wrong value": ["consent", "1", f"maybe{EVIL}"],
    "a wrong number": ["keep", f"one{EVIL}"],
    "a wrong option": ["replies", f"--x{EVIL}"],
    "a wrong command": [f"repl{EVIL}"],
    "a wrong file": ["import", "links", f"x{EVIL}.csv"],
    "a wrong question": ["collect", f"link{EVIL}"],
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_nothing_that_a_stranger_typed_steers_the_terminal(infested, command):
    infested("used", "2", URL)
    infested("consent", "2", "withdrawn")
    assert_tame(infested(*command))
    assert_tame(infested(*command, "--json"))


def test_a_thank_you_to_post_by_hand_is_one_line_however_the_name_is_made(infested):
    (thanks,) = [line for line in infested.done("used", "1", URL).splitlines() if line.startswith("Thank you")]
    assert "Bcc: x@y.z faked: line! We quoted you here" in thanks
    assert "\n" not in json.loads(infested.done("used", "1", f"{URL}?2", "--json"))["thanks"]


def test_an_address_that_ends_a_line_is_none(infested):
    assert "is no web address" in infested("used", "1", f"{URL}\r\nBcc: x@y.z").err


def test_json_keeps_what_it_escapes(infested):
    shown = infested.done("replies", "--json")
    assert r"\u009b" in shown
    assert r"\u202e" in shown
    assert {each["author"] for each in json.loads(shown)} == {f"Eve0{EVIL}", f"Eve1{EVIL}"}


def test_an_error_of_click_is_one_line(capsys):
    terminal.show_refusal(click.UsageError(f"no such{EVIL}"))
    shown = capsys.readouterr().err
    assert shown.count("\n") == 1
    assert not STEERING.search(shown)


def test_only_what_was_laid_out_has_line_breaks(capsys):
    terminal.show("one\ntwo")
    terminal.show(wrap("three\nfour", "  "))
    terminal.show(tabulate([("five\nsix", "x")]))
    terminal.show(terminal.Laid("seven\neight"))
    assert capsys.readouterr().out == "one two\n  three four\n  five six  x\nseven\neight\n"


def test_a_question_that_is_asked_is_one_line_too(capsys, monkeypatch):
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda asked: print(asked) or "n")
    assert not terminal.ask_yes(f"Erase Eve{EVIL}?")
    assert capsys.readouterr().out.count("\n") == 1


def test_no_secret_is_shown(capsys):
    terminal.hide_secrets(Redactor(["canary-password"]))
    terminal.show("535 canary-password is wrong")
    terminal.show_json({"reason": "canary-password"})
    assert "canary" not in capsys.readouterr().out
    terminal.hide_secrets(Redactor())


def test_no_secret_of_the_config_is_stored_as_a_reason(infested, square, monkeypatch):
    monkeypatch.setenv("CANARY", "canary-p/ssword")
    mail = '[mail]\nhost = "localhost"\nuser = "bot"\npassword = { env = "CANARY" }\nsender = "bot@paper.example"\n'
    infested.configure(CONFIG.format(url=square.url) + mail)
    infested.done("do-not-quote", "1", "--reason", "535 canary-p/ssword, canary-p%2Fssword")
    reason = "SELECT do_not_quote_reason FROM authors WHERE id = 1"
    assert rows(infested, reason) == [("535 [secret], [secret]",)]


def test_the_ids_of_the_infested_are_what_the_commands_take(infested):
    assert sorted(ids(infested).values()) == [1, 2]
