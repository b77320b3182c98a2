"""Bots that are killed while they read a mailbox: each is a fork of this process, where everything is imported.

`python -m tests.adapters.mail.bots` takes a job a line (JSON: folder, database, settings, pitches, now, kill) and answers a line
when that bot has ended: {killed, lines}. kill: at which line of ours, counted from the start; 0 for never.
"""

import asyncio
import json
import os
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from adapters.mail import collect, headers, mailbox, platform, translate
from bot.app import open_app
from bot.config import AccountConfig
from bot.host import host
from bot.replies import collect as collecting
from bot.replies.collect import collect_account
from storage.accounts import accounts
from storage.replies import ingest
from tests.bot.delivery.bots import Lines
from tests.running import Clock, InProcess, configure

TRACED = {module.__file__ for module in (collect, mailbox, translate, headers, collecting, ingest, accounts, host)}
A_PAGE = 7
"""Mails: so that there are several pages of few."""


class MailLines(Lines):
    def enter(self, frame, _what, _value):
        return self.step if frame.f_code.co_filename in TRACED else None


async def live(job, lines):
    """Open, read the mailbox once, close."""
    collect.AT_ONCE = A_PAGE
    collecting.ENOUGH = A_PAGE  # and several transactions
    config = configure_mail(Path(job["folder"]), job["database"], job["settings"], job["pitches"])
    async with open_app(config, now=Clock(datetime.fromisoformat(job["now"])), judges=InProcess()) as app:
        threading.settrace(lines.enter)
        sys.settrace(lines.enter)
        await collect_account(app.context, app.account_ids["mailbox"])
        sys.settrace(None)


def configure_mail(folder, database, settings, pitches):
    keys = platform.settings.model_validate(settings)
    account = AccountConfig("mailbox", platform, keys, collect_every=timedelta(minutes=5))
    asked = {
        "text": "Which habit did you change at work?",
        "at": "2026-11-16T08:01",
        "closes_after": "2d",
        "pitches": pitches,
    }
    questions = {"habits": asked | {"accounts": ("mailbox",)}}
    config = configure(folder, database, {}, {"accounts": (), "questions": questions})
    return replace(config, accounts={"mailbox": account})


def be_a_bot(job, report):
    os.dup2(os.open(Path(job["folder"]) / "bot.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
    lines = MailLines(job["kill"])
    asyncio.run(live(job, lines))
    os.write(report, json.dumps({"lines": lines.passed}).encode())


def main():
    from tests.bot.delivery import bots

    bots.be_a_bot = be_a_bot
    bots.main()


if __name__ == "__main__":
    main()
