from datetime import timedelta

import pytest

from tests.bot.delivery.server import Inbox, Server


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def server(inbox):
    with Server(inbox) as server:
        yield server


@pytest.fixture
def mail(server):
    """What [mail] says."""
    return {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "sender": "Pullquote <bot@example.org>",
        "to": ("mara@example.org",),
    }


@pytest.fixture
async def asked(open_bot, mail):
    """A question with an answer that closes in an hour, and its digests are to be mailed."""
    bot = await open_bot(
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "1h", "enough": 1}},
        after_close=timedelta(hours=6),
        formats=("html", "json"),
        public=("docx",),
        mail=mail,
    )
    await bot.tick(minutes=1)
    bot.reply("ada")
    await bot.tick(minutes=5)
    return bot
