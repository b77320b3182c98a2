"""An editor sees a whole mail, with what was marked as not the words of who sent it."""

from datetime import UTC, datetime

import pytest

from bot import desk
from bot.quotes.read_back.joining import write_plus_address
from storage.models import Reply
from storage.states import CONFIG_WORKSPACE
from tests.servers.mail.dovecot import ADDRESS
from tests.servers.mail.layouts import LAYOUTS, NOT_BY_PEOPLE, PEOPLE, QUERY, expect, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS = write_plus_address(ADDRESS, "habits")
BY_PEOPLE = [layout for layout in LAYOUTS if layout not in NOT_BY_PEOPLE]


@pytest.fixture
async def asked(open_mail_bot):
    bot = await open_mail_bot({"habits": {"pitches": len(LAYOUTS)}})
    await bot.tick(minutes=1)
    return bot


async def test_what_is_theirs_and_what_is_not_is_told_apart_in_every_layout(asked, send):
    for layout in BY_PEOPLE:
        send(PEOPLE[3].address, OURS, make_mail(PEOPLE[3], layout, OURS, AT))
    await asked.tick(minutes=6)
    assert len(await asked.rows(Reply)) == len(BY_PEOPLE)
    replies = await asked.rows(Reply)
    mails = [
        mail for reply in replies for mail in await desk.read_whole_mails(asked.context, CONFIG_WORKSPACE, reply.id)
    ]
    own = {"\n".join(piece.text for piece in mail if piece.is_own).strip() for mail in mails}
    assert len(mails) == len(BY_PEOPLE) - 1, "a plain one has nothing that is not its author's"
    assert own == {expect(PEOPLE[3], layout) for layout in BY_PEOPLE if layout != "plain"}
    others = "\n".join(piece.text for mail in mails for piece in mail if not piece.is_own)
    assert PEOPLE[3].signature.splitlines()[-1] in others
    assert QUERY.splitlines()[1] in others


async def test_the_opened_answer_has_it_and_a_mail_without_more_has_none(asked, send):
    send(PEOPLE[0].address, OURS, make_mail(PEOPLE[0], "gmail", OURS, AT))
    send(PEOPLE[1].address, OURS, make_mail(PEOPLE[1], "plain", OURS, AT))
    await asked.tick(minutes=6)
    gmail, plain = [
        await desk.read_answer(asked.context, CONFIG_WORKSPACE, reply.id) for reply in await asked.rows(Reply)
    ]
    assert [[piece.is_own for piece in mail] for mail in gmail.mails] == [[True, False]]
    assert plain.mails == ()
