"""Files of mails come in through the same code as a mailbox: an mbox, one mail, a Maildir."""

import mailbox
from datetime import UTC, datetime

import pytest

from bot.desk.answers.imports import import_replies, preview_import
from bot.desk.bringing.given import ImportDefaults
from storage.models import Author, Question, Reply, Revision
from tests.servers.mail.layouts import LAYOUTS, NOT_BY_PEOPLE, PEOPLE, expect, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS = "quotes@newsroom.example"


@pytest.fixture
async def question(bot):
    return await bot.row(Question)


def make_all():
    return [make_mail(sender, layout, OURS, AT) for sender in PEOPLE for layout in LAYOUTS]


def write_mbox(path, mails):
    box = mailbox.mbox(path)
    for data in mails:
        box.add(data)
    box.close()
    return path


def write_maildir(path, mails):
    box = mailbox.Maildir(path)
    for data in mails:
        box.add(data)
    return path


@pytest.mark.parametrize(("write", "name"), [(write_mbox, "pitches.mbox"), (write_maildir, "pitches")])
async def test_sixty_mails_of_a_file_are_forty_five_answers(bot, question, tmp_path, write, name):
    path = write(tmp_path / name, make_all())
    preview = await preview_import(bot.context, question, path, ImportDefaults())
    assert (preview.found.added, preview.questions) == (45, ())
    done = await import_replies(bot.context, question, path, ImportDefaults())
    assert (done.added, done.bad, done.pasted) == (45, [], [])
    assert done.skipped == {"automatic replies": 5, "notices of failed delivery": 5, "mails of services": 5}
    texts = {revision.text.strip() for revision in await bot.rows(Revision)}
    assert texts == {expect(sender, layout) for sender in PEOPLE for layout in LAYOUTS if layout not in NOT_BY_PEOPLE}
    assert {reply.audience for reply in await bot.rows(Reply)} == {"private"}
    assert {author.remote_id for author in await bot.rows(Author)} == {sender.address for sender in PEOPLE}


async def test_one_mail_is_one_answer_and_comes_in_once(bot, question, tmp_path):
    path = tmp_path / "pitch.eml"
    path.write_bytes(make_mail(PEOPLE[1], "outlook", OURS, AT))
    assert (await import_replies(bot.context, question, path, ImportDefaults())).added == 1
    again = await import_replies(bot.context, question, path, ImportDefaults())
    assert (again.added, again.known) == (0, 1)
    reply = await bot.row(Reply)
    assert (reply.platform, reply.posted_at) == ("mail", AT)
    assert "+49 40 555 0123" in (await bot.row(Revision)).original


async def test_a_mail_without_words_of_its_sender_is_told_and_the_others_come_in(bot, question, tmp_path):
    only_quoted = b"From: a@example.org\r\n\r\n> What do you say?\r\n"
    path = write_mbox(tmp_path / "two.mbox", [only_quoted, make_mail(PEOPLE[0], "plain", OURS, AT)])
    done = await import_replies(bot.context, question, path, ImportDefaults())
    assert done.added == 1
    assert [(bad.line, bad.message.partition(":")[0]) for bad in done.bad] == [(1, "has no words of its sender")]


async def test_a_line_that_begins_with_from_is_no_new_mail(bot, question, tmp_path):
    words = "We moved.\n\nFrom here on it got better, and nobody went back to the old place."
    data = f"From: Ada <ada@example.org>\nMessage-ID: <1@a>\n\n{words}\n".encode()
    done = await import_replies(bot.context, question, write_mbox(tmp_path / "one.mbox", [data]), ImportDefaults())
    assert done.added == 1
    assert (await bot.row(Revision)).text == words
