"""How many mails a person: of one, the newest is another wording of the first; what is more is kept and told."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import pytest

from bot import desk
from bot.quotes.read_back.joining import write_plus_address
from storage.models import Event, Question, Reply, Revision
from storage.replies.replies import empty_replies
from storage.states import CONFIG_WORKSPACE, VerdictValue
from tests.servers.mail.dovecot import ADDRESS

ADA = "ada@engines.example"
OURS = write_plus_address(ADDRESS, "habits")
AT = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
WORDS = (
    "We dropped the daily stand-up in March 2024, because eleven people talked and nobody listened.",
    "We dropped the daily stand-up in May 2024, because nine people talked and nobody listened to them.",
    "Instead of the stand-up everybody writes two lines by ten, and I read them with my coffee.",
)


def write(text, minutes=0, name="Ada Lovelace", address=ADA, signature=""):
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"{name} <{address}>", OURS, "Your question"
    mail["Date"], mail["Message-ID"] = (
        format_datetime(AT + timedelta(minutes=minutes)),
        f"<{hash(text)}@engines.example>",
    )
    mail.set_content(text + signature)
    return mail.as_bytes()


@pytest.fixture
async def asked(open_mail_bot):
    bot = await open_mail_bot({"habits": {}})
    await bot.tick(minutes=1)
    return bot


async def read_wordings(bot):
    """The wordings of each reply, the oldest first."""
    rows = await bot.rows(Revision)
    return [
        [each.text for each in sorted(rows, key=lambda each: each.number) if each.reply_id == reply.id]
        for reply in await bot.rows(Reply)
    ]


async def list_told(bot):
    return [event.message for event in await bot.rows(Event) if event.kind == "pitches"]


async def test_the_second_mail_is_another_wording_of_the_first(asked, send):
    send(ADA, OURS, write(WORDS[0]))
    await asked.tick(minutes=6)
    send(ADA, OURS, write(WORDS[1], minutes=10))
    await asked.tick(hours=2)
    assert await read_wordings(asked) == [list(WORDS[:2])]
    assert await list_told(asked) == []


async def test_mails_that_are_read_at_once_are_wordings_in_the_order_in_which_they_were_written(asked, send):
    for number in (0, 2, 1):
        send(ADA, OURS, write(WORDS[number], minutes=number))
    await asked.tick(hours=3)
    assert await read_wordings(asked) == [list(WORDS)]


async def test_what_an_editor_decided_is_of_the_wording_that_they_saw(asked, send):
    send(ADA, OURS, write(WORDS[0]))
    await asked.tick(minutes=6)
    reply = await asked.row(Reply)
    await desk.decide(asked.context, CONFIG_WORKSPACE, reply.id, VerdictValue.KEEP, editor="Mara")
    await desk.record_consent(asked.context, CONFIG_WORKSPACE, reply.id, "granted", wording="Yes.", proof="by phone")
    assert (await desk.explain(asked.context, CONFIG_WORKSPACE, reply.id)).barrier == ""
    send(ADA, OURS, write(WORDS[1], minutes=10))
    await asked.tick(hours=2)
    told = await desk.explain(asked.context, CONFIG_WORKSPACE, reply.id)
    assert told.verdict is VerdictValue.MAYBE
    assert told.barrier != ""


async def test_no_wording_comes_twice_when_the_server_numbers_anew(asked, send, dovecot):
    for number in (0, 1):
        send(ADA, OURS, write(WORDS[number], minutes=number))
    await asked.tick(hours=2)
    dovecot.renumber()
    send("li@dojo.example", OURS, write(WORDS[2], name="Li", address="li@dojo.example"))
    await asked.tick(hours=2)
    assert await read_wordings(asked) == [list(WORDS[:2]), [WORDS[2]]]


async def test_what_is_deleted_here_does_not_come_back_with_its_newer_words(asked, send, dovecot):
    for number in (0, 1):
        send(ADA, OURS, write(WORDS[number], minutes=number))
    await asked.tick(hours=2)
    reply = await asked.row(Reply)
    async with asked.context.store.write() as session:
        await empty_replies(session, [reply.id], asked.clock())
    dovecot.renumber()
    await asked.tick(hours=1)
    assert await read_wordings(asked) == [[None, None]]


async def test_another_person_at_the_same_address_changes_nobodys_words(asked, send):
    send(ADA, OURS, write(WORDS[0], signature="\n\n-- \nAda Lovelace\nHead of Engineering, Engines Ltd\n"))
    send(ADA, OURS, write(WORDS[1], minutes=10, signature="\n\n-- \nGrace Hopper\nSenior Nurse, St. Mary's\n"))
    await asked.tick(hours=2)
    assert [[text.strip() for text in each] for each in await read_wordings(asked)] == [[WORDS[0]], [WORDS[1]]]
    (told,) = await list_told(asked)
    assert told.startswith("1 mails to habits are more of one sender than the 1 a person")


async def test_a_mail_that_is_proven_less_changes_no_words(asked, send):
    send(ADA, OURS, write(WORDS[0]))
    await asked.tick(minutes=6)
    assert "dkim" in (await asked.row(Reply)).extra
    send.server.evidence = {"engines.example": "dkim=none"}
    send(ADA, OURS, write(WORDS[1], minutes=10))
    await asked.tick(hours=2)
    assert await read_wordings(asked) == [[WORDS[0]], [WORDS[1]]]


async def test_more_than_were_asked_for_are_kept_and_told(open_mail_bot, send):
    bot = await open_mail_bot({"habits": {"pitches": 2}})
    await bot.tick(minutes=1)
    for number in range(3):
        send(ADA, OURS, write(WORDS[number], minutes=number))
    await bot.tick(hours=4)
    assert await read_wordings(bot) == [[text] for text in WORDS]
    (told,) = await list_told(bot)
    assert told.startswith("1 mails to habits are more of one sender than the 2 a person")
    assert "@" not in told
    facts = await desk.read_sender(bot.context, CONFIG_WORKSPACE, (await bot.rows(Reply))[0].id)
    assert "This address sent 3 answers to this question; asked for: 2 a person." in [f.tell("en") for f in facts]


async def test_beside_the_newest_words_stands_what_their_mail_says(asked, send):
    send(ADA, OURS, write(WORDS[0], signature="\n\n-- \nAda Lovelace\nEngineer, Engines Ltd\n"))
    await asked.tick(minutes=6)
    send(ADA, OURS, write(WORDS[1], minutes=10, signature="\n\n-- \nAda Lovelace\nHead of Engineering, Looms Ltd\n"))
    await asked.tick(hours=2)
    reply = await asked.row(Reply)
    assert (reply.extra["signed_firm"], reply.posted_at) == ("Looms Ltd", AT)
    facts = [each.tell("en") for each in await desk.read_sender(asked.context, CONFIG_WORKSPACE, reply.id)]
    assert "These are the words of the newest of 2 mails; the earlier ones are kept." in facts


async def test_a_question_that_asked_for_one_is_not_said_to_have_more(asked, send):
    send(ADA, OURS, write(WORDS[0]))
    await asked.tick(minutes=6)
    assert (await asked.row(Question)).slug == "habits"
    facts = await desk.read_sender(asked.context, CONFIG_WORKSPACE, (await asked.row(Reply)).id)
    assert not {"over", "newer"} & {each.key for each in facts}
