"""A question whose only account is a mailbox, over a real mail server and a real Dovecot, both with TLS."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from bot import desk
from bot.quotes.read_back.joining import write_plus_address
from storage.models import Author, Consent, Event, Post, PostPart, Reply, Revision
from tests.servers.mail.dovecot import ADDRESS
from tests.servers.mail.layouts import LAYOUTS, NOT_BY_PEOPLE, PEOPLE, QUERY, expect, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS = write_plus_address(ADDRESS, "habits")


@pytest.fixture
async def asked(open_mail_bot):
    bot = await open_mail_bot({"habits": {"pitches": len(LAYOUTS)}})
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
    assert await asked.rows(Consent) == []
    told = Counter()
    for event in await asked.rows(Event):
        if event.question_id:
            told[event.kind] += int(event.message.partition(" ")[0])
            assert "@" not in event.message
    assert told == {"automatic": 5, "bounce": 5, "list": 5}
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
    send("ada@engines.example", write_plus_address(ADDRESS, "other"), make_mail(PEOPLE[0], "plain", "x", AT))
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
    assert revision.text == expect(PEOPLE[0], "gmail")
    assert QUERY.splitlines()[1] in revision.original
    assert "+44 20 7946 0018" in revision.original


async def test_what_stands_below_a_quotation_stays_where_it_stood(asked, send):
    send("grace@navy.example", OURS, make_mail(PEOPLE[3], "thunderbird", OURS, AT))
    await asked.tick(minutes=6)
    revision = await asked.row(Revision)
    start = revision.original.index(PEOPLE[3].words)
    assert revision.text[start:] == PEOPLE[3].words
    assert not revision.text[:start].strip()
    assert [tuple(span) for span in revision.foreign] == [(0, revision.original.index("\n\nThanks") + 1)]


async def test_numbers_of_signatures_and_words_of_others_are_found_by_no_search(asked, send):
    for sender in PEOPLE:
        send(sender.address, OURS, make_mail(sender, "outlook", OURS, AT))
    await asked.tick(minutes=6)
    for words, found in (("stand-up", 1), ("7946", 0), ("0018", 0), ("Mara", 0), ("newsroom", 0)):
        page = await desk.search(asked.context, "config", words=words)
        assert len(page.replies) == found, words
