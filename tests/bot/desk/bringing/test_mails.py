"""Files of mails come in through the same code as a mailbox: an mbox, one mail, a Maildir."""

import mailbox
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot import desk
from bot.desk.answers.imports import import_replies, preview_import
from bot.desk.bringing.given import ImportDefaults
from storage.models import Author, Consent, Question, Reply, Revision
from storage.questions.questions import load_question
from storage.states import CONFIG_WORKSPACE
from tests.servers.mail.layouts import LAYOUTS, NOT_BY_PEOPLE, PEOPLE, expect, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS = "quotes@newsroom.example"


@pytest.fixture
async def question(bot):
    return await bot.row(Question)


@pytest.fixture
async def open_to_many(bot, question):
    """The question takes a dozen mails a person."""
    async with bot.context.store.write() as session:
        _, version = await load_question(session, question.id)
        version.content = version.content | {"pitches": len(LAYOUTS)}
    return question


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
async def test_sixty_mails_of_a_file_are_forty_five_answers(bot, open_to_many, tmp_path, write, name):
    path, question = write(tmp_path / name, make_all()), open_to_many
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


def write_mail(number, text, minutes, name="Ada"):
    at = format_datetime(AT + timedelta(minutes=minutes))
    return f"From: {name} <ada@example.org>\nMessage-ID: <{number}@a>\nDate: {at}\n\n{text}\n".encode()


async def list_wordings(bot):
    return [(each.reply_id, each.number, each.text) for each in await bot.rows(Revision)]


async def test_of_two_mails_of_a_person_the_newest_counts_and_neither_is_lost(bot, question, tmp_path):
    path = write_mbox(
        tmp_path / "two.mbox", [write_mail(2, "We moved in May.", 5), write_mail(1, "We moved in March.", 0)]
    )
    preview = await preview_import(bot.context, question, path, ImportDefaults())
    assert (preview.found.added, preview.found.newer) == (1, 1)
    done = await import_replies(bot.context, question, path, ImportDefaults())
    assert (done.added, done.newer, done.over) == (1, 1, 0)
    reply = await bot.row(Reply)
    wordings = [(reply.id, 1, "We moved in March."), (reply.id, 2, "We moved in May.")]
    assert await list_wordings(bot) == wordings
    again = await import_replies(bot.context, question, path, ImportDefaults())
    assert (again.added, again.newer, again.known) == (0, 0, 2)
    assert await list_wordings(bot) == wordings


async def test_leave_that_a_file_states_is_for_the_newest_words_too(bot, question, tmp_path):
    first, second = tmp_path / "one.eml", tmp_path / "two.eml"
    first.write_bytes(write_mail(1, "We moved in March.", 0))
    second.write_bytes(write_mail(2, "We moved in May.", 5))
    await import_replies(bot.context, question, first, ImportDefaults())
    await import_replies(bot.context, question, second, ImportDefaults(consent="You may quote me."))
    (entry,) = await bot.rows(Consent)
    newest = (await bot.rows(Revision))[-1]
    assert (entry.revision_id, newest.number) == (newest.id, 2)


async def test_an_older_mail_does_not_take_the_place_of_a_newer_one(bot, question, tmp_path):
    first, second = tmp_path / "one.eml", tmp_path / "two.eml"
    first.write_bytes(write_mail(1, "We moved in March.", 0))
    second.write_bytes(write_mail(2, "We moved in May.", 5))
    await import_replies(bot.context, question, second, ImportDefaults())
    done = await import_replies(bot.context, question, first, ImportDefaults())
    assert (done.added, done.newer, done.over) == (1, 0, 1)
    assert {text for _, _, text in await list_wordings(bot)} == {"We moved in March.", "We moved in May."}


async def test_an_import_is_taken_back_with_all_wordings_that_it_brought(bot, question, tmp_path):
    path = write_mbox(
        tmp_path / "two.mbox", [write_mail(1, "We moved in March.", 0), write_mail(2, "We moved in May.", 5)]
    )
    done = await import_replies(bot.context, question, path, ImportDefaults())
    await desk.undo(bot.context, CONFIG_WORKSPACE, done.act, by="Mara")
    assert {each.text for each in await bot.rows(Revision)} == {None}
    again = await import_replies(bot.context, question, path, ImportDefaults())
    assert (again.added, again.newer) == (1, 1)
