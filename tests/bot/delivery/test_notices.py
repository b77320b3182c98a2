"""What needs a person is told where they are, over real servers: once, and without a name or a word of a reply."""

import json
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.config.load import load_config
from bot.log import Redactor
from storage.models import Outgoing
from tests.running import ANSWERS


@dataclass
class Hook:
    """What came in, and what it answers to it, one after the other; then 200. None: it hangs up without a word."""

    taken: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    url: str = ""


@pytest.fixture
def hook():
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # the name that http.server calls
            hook.taken.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            status = hook.answers.pop(0) if hook.answers else 200
            if status is None:
                self.connection.close()
                return
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        hook.url = f"http://127.0.0.1:{server.server_port}/T0PSECRET"
        yield hook
        server.shutdown()
        thread.join()


@pytest.fixture
async def told(open_bot, hook):
    """A question that is out and has one answer of the one that it wants; told by webhook."""
    questions = {"habits": {"at": "2026-11-16T08:01", "closes_after": "1h", "enough": 1}}
    bot = await open_bot(questions=questions, notices={"webhook": hook.url}, formats=("json",))
    await bot.tick(minutes=1)
    bot.reply("ada")
    return bot


async def states(bot):
    return [(row.kind, row.state.value) for row in await bot.rows(Outgoing)]


async def test_enough_and_the_close_are_told_once_with_nothing_but_slug_count_and_time(told, hook):
    await told.tick(minutes=6)
    await told.tick(minutes=6)
    await told.tick(hours=1)
    await told.restart()
    await told.tick(minutes=6)
    said = [json.loads(each) for each in hook.taken]
    assert [(each["event"], each["slug"], each["count"]) for each in said] == [
        ("enough", "habits", 1),
        ("closed", "habits", 1),
    ]
    assert set(said[0]) == {"event", "slug", "count", "at", "text", "content"}
    assert said[0]["text"] == "habits: enough, 1 may be quoted"
    assert "ada" not in "".join(hook.taken)
    assert not any(word in "".join(hook.taken) for word in ANSWERS["ada"].split() if len(word) > 6)


async def test_a_post_that_did_not_go_out_is_told_without_the_networks_words(open_bot, hook, clock):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T08:10"}}, notices={"webhook": hook.url})
    await bot.tick()
    bot.fail("publish", status=400)
    await bot.tick(minutes=10)
    (said,) = map(json.loads, hook.taken)
    assert (said["event"], said["slug"]) == ("failed", "habits")
    assert "on purpose" not in hook.taken[0]


async def test_what_is_not_taken_now_is_tried_again(told, hook):
    hook.answers = [503]
    await told.tick(minutes=6)
    assert await states(told) == [("notice by webhook", "retry")]
    await told.tick(minutes=2)
    assert await states(told) == [("notice by webhook", "sent")]
    assert len(hook.taken) == 2


async def test_where_no_answer_comes_it_is_never_sent_again(told, hook):
    hook.answers = [None]
    await told.tick(minutes=6)
    await told.tick(minutes=10)
    assert await states(told) == [("notice by webhook", "uncertain")]
    assert len(hook.taken) == 1


async def test_ntfy_gets_a_line_of_text(told, hook):
    await told.restart(notices={"ntfy": hook.url})
    await told.tick(minutes=6)
    assert hook.taken == ["habits: enough, 1 may be quoted"]


async def test_a_mail_says_the_same(told, inbox, mail):
    await told.restart(notices={"mail": ("mara@example.org",)}, mail=mail)
    await told.tick(minutes=6)
    (letter,) = inbox.taken
    assert letter["Subject"] == "pullquote: habits: enough, 1 may be quoted"
    assert "ada" not in letter.as_string()


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A notify-send that writes down what it is called with, and ends with a code."""
    folder, said = tmp_path / "bin", tmp_path / "said"
    folder.mkdir()

    def write(ends=0):
        file = folder / "notify-send"
        file.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {said}\nexit {ends}\n')
        file.chmod(0o755)
        return said

    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return write


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they have programs of their own")
async def test_the_desktop_shows_the_same_once(told, program):
    said = program()
    await told.restart(notices={"desktop": True})
    await told.tick(minutes=6)
    await told.tick(minutes=6)
    assert said.read_text().splitlines() == [
        "--app-name=pullquote",
        "--",
        "pullquote",
        "habits: enough, 1 may be quoted",
    ]
    assert await states(told) == [("notice on the desktop", "sent")]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they have programs of their own")
async def test_where_there_is_no_desktop_it_is_told_and_not_tried_for_ever(told, program):
    said = program(ends=1)
    await told.restart(notices={"desktop": True})
    await told.tick(minutes=6)
    await told.tick(minutes=10)
    row = await told.row(Outgoing)
    assert row.state.value == "failed"
    assert "is there a desktop where pullquote runs?" in row.state_reason
    assert len(said.read_text().splitlines()) == 4


async def test_a_desktop_without_the_program_names_it(told, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    await told.restart(notices={"desktop": True})
    await told.tick(minutes=6)
    assert "is not installed" in (await told.row(Outgoing)).state_reason


async def test_the_address_is_a_secret_and_in_no_row(told, hook):
    hook.answers = [404]
    await told.tick(minutes=6)
    row = await told.row(Outgoing)
    assert "T0PSECRET" not in f"{row.payload} {row.place} {row.state_reason}"
    assert "T0PSECRET" not in Redactor(told.config.secrets).redact(f"refused by {hook.url}")


def test_an_address_stands_in_no_config_and_goes_nowhere_in_the_clear(tmp_path, monkeypatch):
    monkeypatch.setenv("HOOK", "http://hooks.example.org/T0PSECRET")
    file = tmp_path / "config.toml"
    for line, said in (
        ('webhook = "https://hooks.example.org/x"', "must not stand in this file"),
        ('webhook = { env = "HOOK" }', "must begin with https"),
    ):
        file.write_text(f"[notices]\n{line}\n")
        with pytest.raises(Exception, match=said) as refused:
            load_config(file)
        assert "T0PSECRET" not in str(refused.value)
