"""A question whose only account is a mailbox, over a real mail server and a real Dovecot, both with TLS."""

from datetime import UTC, datetime

import pytest

from adapters.mail.headers import write_address
from storage.models import Author, Consent, Event, Post, PostPart, Reply, Revision
from tests.servers.mail.dovecot import ADDRESS
from tests.servers.mail.layouts import LAYOUTS, NOT_BY_PEOPLE, PEOPLE, QUERY, expect, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS = write_address(ADDRESS, "habits")


@pytest.fixture
async def asked(open_mail_bot):
    bot = await open_mail_bot({"habits": {}})
    await bot.tick(minutes=1)
    return bot


async def test_it_posts_nothing_and_is_open(asked):
    assert await asked.states() == ["published"]
    assert await asked.rows(PostPart) == []


async def test_sixty_mails_become_the_answers_of_five_people(asked, send, dovecot):
    for number, sender in enumerate(PEOPLE):
        for layout in LAYOUTS:
            send(sender.address, OURS, make_mail(sender, layout, OURS, AT, number))
    assert len(dovecot.list_flags()) == 60
    await asked.tick(minutes=6)
    replies, revisions = await asked.rows(Reply), await asked.rows(Revision)
    assert len(replies) == 5 * (len(LAYOUTS) - len(NOT_BY_PEOPLE)) == len(revisions)
    assert {author.remote_id for author in await asked.rows(Author)} == {sender.address for sender in PEOPLE}
    assert {reply.audience for reply in replies} == {"private"}
    assert [(c.state, c.wording, c.proof, c.revision_id) for c in await asked.rows(Consent)] == []
    assert sorted(event.message.partition(" to ")[0] for event in await asked.rows(Event) if event.question_id) == [
        "5 automatic replies came",
        "5 mails of services came",
        "5 notices came",
    ]
    assert set(dovecot.list_flags()) == {""}, "none was marked as seen"


async def test_nothing_of_a_mail_is_quoted_before_its_author_said_yes(asked, send):
    for sender in PEOPLE:
        send(sender.address, OURS, make_mail(sender, "gmail", OURS, AT))
    await asked.tick(minutes=6)
    await asked.tick(days=2, hours=1)
    written = "".join(path.read_text() for path in (asked.folder / "digests").rglob("*.json"))
    assert written
    for sender in PEOPLE:
        assert sender.words.splitlines()[0][:40] not in written


async def test_other_mail_is_neither_stored_nor_seen(asked, send, dovecot):
    send("ada@engines.example", ADDRESS, make_mail(PEOPLE[0], "plain", ADDRESS, AT))
    send("ada@engines.example", write_address(ADDRESS, "other"), make_mail(PEOPLE[0], "plain", "x", AT))
    await asked.tick(minutes=6)
    assert await asked.rows(Reply) == []
    assert dovecot.list_flags() == ["", ""]


async def test_a_mail_is_not_stored_twice_when_the_server_numbers_anew(asked, send, dovecot):
    send("ada@engines.example", OURS, make_mail(PEOPLE[0], "plain", OURS, AT))
    await asked.tick(minutes=6)
    dovecot.renumber()
    send("li@dojo.example", OURS, make_mail(PEOPLE[4], "plain", OURS, AT))
    await asked.tick(minutes=6)
    assert len(await asked.rows(Reply)) == len(await asked.rows(Revision)) == 2


async def test_it_is_not_collected_for_ever(asked):
    await asked.tick(minutes=6)
    (post,) = await asked.rows(Post)
    assert post.counted_at is not None
    await asked.tick(days=5)
    assert await asked.states() == ["closed"]


async def test_the_whole_text_is_stored_and_marked(asked, send):
    send("ada@engines.example", OURS, make_mail(PEOPLE[0], "gmail", OURS, AT))
    await asked.tick(minutes=6)
    revision = await asked.row(Revision)
    assert QUERY.splitlines()[1] in revision.text
    kept = "".join(revision.text[start:end] for start, end in revision.foreign)
    assert "+44 20 7946 0018" in kept
    assert expect(PEOPLE[0], "gmail") not in kept
