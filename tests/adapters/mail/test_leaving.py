"""Erasing and the retention reach every address of a mail."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot import desk
from bot.quotes.read_back.joining import write_plus_address
from storage.models import Author, Reply, Revision
from tests.servers.mail.dovecot import ADDRESS
from tests.servers.mail.layouts import PEOPLE, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS = write_plus_address(ADDRESS, "habits")
ADA, JOERG, ELODIE, GRACE, LI = PEOPLE


@pytest.fixture
async def asked(open_mail_bot):
    bot = await open_mail_bot({"habits": {}})
    await bot.tick(minutes=1)
    return bot


async def dump(bot):
    """All that the database holds, as text."""
    tables = ("authors", "replies", "revisions", "events", "outgoings", "acts", "consents", "marks")
    async with bot.context.store.read() as session:
        rows = [row for table in tables for row in (await session.execute(text(f"SELECT * FROM {table}"))).all()]
    return "\n".join(repr(tuple(row)) for row in rows)


async def test_who_is_erased_is_gone_from_the_mails_of_others_too(asked, send):
    send(ADA.address, OURS, make_mail(ADA, "gmail", OURS, AT))
    quoting = f"I agree with Ada.\n\nOn Monday, Ada Lovelace <{ADA.address}> wrote:\n> {ADA.words[:60]}\n"
    naming = f"Ask {ADA.address.upper()}, she knows."
    for number, (sender, words) in enumerate(((JOERG, quoting), (LI, naming)), 1):
        data = f"From: {sender.address}\r\nTo: {OURS}\r\nMessage-ID: <{number}@x>\r\n\r\n{words}".encode()
        send(sender.address, OURS, data)
    await asked.tick(minutes=6)
    assert ADA.address in await dump(asked)
    await desk.forget_author(asked.context, "config", ADA.address)
    held = (await dump(asked)).casefold()
    assert ADA.address not in held
    assert "stand-up" not in held
    assert "i agree with ada." in held, "the words of others stay"
    assert f"ask {'…' * len(ADA.address)}, she knows." in held


async def test_nothing_of_a_mail_is_left_when_its_retention_is_over(asked, send):
    send(GRACE.address, OURS, make_mail(GRACE, "outlook", OURS, AT))
    await asked.tick(minutes=6)
    await asked.tick(days=3)
    await asked.tick(days=181)
    assert (await asked.row(Revision)).original is None
    assert (await asked.row(Reply)).extra == {}
    assert (await asked.row(Author)).remote_id.startswith("purged:")
    held = (await dump(asked)).casefold()
    for known in (GRACE.address, "grace hopper", "0199", "senior nurse"):
        assert known not in held
