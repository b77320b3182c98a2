"""Bots that are killed while they mail: each is a fork of this process, where everything is imported.

`python -m tests.bot.delivery.bots` takes a job a line (JSON: folder, database, mail, now, kill, and perhaps hears) and
answers a line when that bot has ended: {killed, lines}. kill: at which line of ours or of smtplib, counted from the
start; 0 for never. hears: [token, text, sender] of an answer to a read-back, in place of sending.
"""

import asyncio
import json
import os
import signal
import smtplib
import sys
import threading
from datetime import datetime
from pathlib import Path

from adapters.contract.reading import Author, Reply
from bot.app import open_app
from bot.delivery import mails, outbox, read_backs, smtp
from bot.replies import read_backs as hearing
from storage import read_backs as stored
from storage.digests import outgoings
from storage.replies import consents, ingest
from tests.running import Clock, InProcess, Services, configure

SENDING = (mails, read_backs, outbox, smtp, outgoings, smtplib)
HEARING = (hearing, stored, consents, ingest)
TRACED = {module.__file__ for module in (*SENDING, *HEARING)}


class Lines:
    """Counts the lines that are passed in all threads, and kills at one of them."""

    def __init__(self, kill):
        self.passed, self._kill = 0, kill

    def enter(self, frame, _what, _value):
        return self.step if frame.f_code.co_filename in TRACED else None

    def step(self, _frame, what, _value):
        if what == "line":
            self.passed += 1
            if self.passed == self._kill:
                os.kill(os.getpid(), signal.SIGKILL)
        return self.step


async def live(job, lines):
    """Open, mail what is due, close."""
    folder = Path(job["folder"])
    config = configure(folder, job["database"], Services(), {"mail": job["mail"], "public": ("html",)})
    async with open_app(config, now=Clock(datetime.fromisoformat(job["now"])), judges=InProcess()) as app:
        threading.settrace(lines.enter)
        sys.settrace(lines.enter)
        if "hears" in job:
            await hear(app.context, *job["hears"])
        else:
            await mails.send_due_mails(app.context)
            await read_backs.send_due_read_backs(app.context)
        sys.settrace(None)


async def hear(context, token, text, sender):
    """What a collection does with it: in the transaction of its page."""
    extra = {"token": token, "message_id": "answer-1@acme.example"}
    mail = Reply("mail-1", 1, Author(sender, "", "Ada"), text, context.now(), extra=extra)
    async with context.store.write() as session:
        await hearing.hear_read_back(context, session, mail)


def be_a_bot(job, report):
    os.dup2(os.open(Path(job["folder"]) / "bot.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
    lines = Lines(job["kill"])
    asyncio.run(live(job, lines))
    os.write(report, json.dumps({"lines": lines.passed}).encode())


def run_bot(job):
    reading, writing = os.pipe()
    bot = os.fork()
    if bot == 0:
        try:
            os.close(reading)
            be_a_bot(job, writing)
            os._exit(0)
        except BaseException:  # noqa: BLE001  # the fork must never come back into the server
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        told = said.read()
    status = os.waitstatus_to_exitcode(os.waitpid(bot, 0)[1])
    return {"killed": status == -signal.SIGKILL, "status": status, **json.loads(told or "{}")}


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    for line in sys.stdin:
        print(json.dumps(run_bot(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
