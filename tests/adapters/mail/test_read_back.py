"""From a call-out to a printed quote: a pitch by mail, its author asked once for leave and one thing more, and the digest.

Over a real mail server and a real Dovecot, both with TLS; docs/mail.md tells the same for people.
"""

import mailbox
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

import pytest

from bot import desk
from bot.delivery.read_backs import find_answering
from bot.desk.bringing.given import ImportDefaults
from bot.replies.read_backs import is_only_credit
from storage.models import Author, Consent, Event, Post, Question, ReadBack, Reply, Revision
from storage.states import CONFIG_WORKSPACE, ConsentState, VerdictValue
from tests.bot.delivery.server import Inbox, Server
from tests.servers.mail.dovecot import ADDRESS

ADA = "ada@engines.example"
PITCH = (
    "We dropped our daily stand-up in 2021 because nobody read the notes.\n"
    "Two hours a week came back to each of us, and nobody asked for it since."
)
PASSAGE = "Two hours a week came back to each of us, and nobody asked for it since."
MORE = "Forty people in three offices, and the last of them joined in 2019."


@pytest.fixture
def inbox():
    """What is sent to authors arrives here."""
    return Inbox()


@pytest.fixture
async def asked(open_mail_bot, inbox):
    with Server(inbox) as server:
        mail = {
            "host": "127.0.0.1",
            "port": server.port,
            "security": "none",
            "sender": "Mara <mara@newsroom.example>",
            "to": ("mara@newsroom.example",),
        }
        question = {"wanted": "people who lead a team", "region": "Europe", "human_only": True, "link": "none"}
        bot = await open_mail_bot({"habits": question}, mail=mail, formats=("json",), public=("json",))
        await bot.tick(minutes=1)
        yield bot


def write(bot, to, subject, text, **headers):
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"Ada Lovelace <{ADA}>", to, subject
    mail["Date"], mail["Message-ID"] = (
        format_datetime(bot.clock()),
        f"<{len(text)}.{subject[:3].strip()}@engines.example>",
    )
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def answer(bot, letter, text, **changes):
    """What a program writes that repeats the letter below: to its address, in its thread."""
    quoted = "\n".join(f"> {line}" for line in letter.get_content().splitlines())
    body = f"{text}\n\nOn Mon, Nov 16, 2026 at 9:14 AM Mara <\n{parseaddr(letter['Reply-To'])[1]}> wrote:\n\n{quoted}\n"
    given = {"to": letter["Reply-To"], "subject": f"Re: {letter['Subject']}"} | changes
    return write(bot, given["to"], given["subject"], body, In_Reply_To=letter["Message-ID"])


@pytest.fixture
async def pitched(asked, send):
    """Ada's pitch came, an editor kept it and chose the words."""
    question = await asked.row(Question)
    call_out = await desk.read_call_out(asked.context, question)
    (line,) = [line for line in call_out.splitlines() if line.startswith("Answer to: ")]
    send(
        ADA, line.removeprefix("Answer to: "), write(asked, ADDRESS, "Your question", f"Hello,\n\n{PITCH}\n\nBest\nAda")
    )
    await asked.tick(minutes=6)
    (reply,) = await asked.rows(Reply)
    await desk.decide(asked.context, CONFIG_WORKSPACE, reply.id, VerdictValue.KEEP, editor="Mara")
    await desk.choose_passage(asked.context, CONFIG_WORKSPACE, reply.id, PASSAGE, by="Mara")
    return reply.id


def read_digests(bot):
    return "".join(path.read_text(encoding="utf-8") for path in (bot.folder / "digests").rglob("*.json"))


async def test_from_a_call_out_to_a_printed_quote(asked, pitched, send, inbox):
    card = await desk.ask_read_back(
        asked.context, CONFIG_WORKSPACE, pitched, follow_up="How many of you are there?", by="Mara"
    )
    (letter,) = inbox.taken
    assert (letter["To"], card.is_own, card.letter.wants) == (ADA, True, "leave")
    for said in (PASSAGE, "Credit: Ada Lovelace", "no link", "How many of you are there?"):
        assert said in letter.get_content()
    assert letter["Reply-To"].startswith("quotes+habits.")
    assert card.told.endswith("not heard yet")

    send(ADA, letter["Reply-To"], answer(asked, letter, f"Hi Mara,\n\nyes!\n\n{MORE}\n\nBest\nAda"))
    await asked.tick(minutes=6)
    (told,) = await desk.tell_read_backs(asked.context, CONFIG_WORKSPACE, pitched)
    assert told.sentence.startswith("their author said yes")
    first, added = await asked.rows(Reply)
    assert added.author_id == first.author_id
    assert [row.text for row in await asked.rows(Revision) if row.reply_id == added.id] == [MORE]

    await asked.tick(days=2, hours=1)
    written = read_digests(asked)
    assert PASSAGE in written
    assert "Ada Lovelace" in written
    assert ADA not in written
    used = "https://newsroom.example/stand-ups"
    await desk.record_use(asked.context, CONFIG_WORKSPACE, str(pitched), used, quote=PASSAGE)
    (printed,) = await desk.list_printed(asked.context, CONFIG_WORKSPACE)
    assert printed.link == "" or ADA not in printed.link
    assert len([mail for mail in inbox.taken if mail["To"] == ADA]) == 1


async def test_nothing_is_printed_of_who_is_not_heard(asked, pitched, inbox):
    await desk.ask_read_back(asked.context, CONFIG_WORKSPACE, pitched, by="Mara")
    await asked.tick(days=2, hours=1)
    written = read_digests(asked)
    assert PASSAGE not in written
    assert "not heard" not in written


@pytest.mark.parametrize("by", ["address", "thread", "subject"])
async def test_an_answer_finds_its_way_when_programs_lose_its_address(asked, pitched, send, inbox, by):
    await desk.ask_read_back(asked.context, CONFIG_WORKSPACE, pitched, by="Mara")
    (letter,) = inbox.taken
    subject = letter["Subject"] if by == "subject" else "Re: your words"
    to = letter["Reply-To"] if by == "address" else f"quotes+habits@{ADDRESS.partition('@')[2]}"
    mail = message_from_bytes(answer(asked, letter, "Yes", to=to, subject=subject), policy=SMTP)
    if by == "subject":
        del mail["In-Reply-To"]
    send(ADA, to, mail.as_bytes())
    await asked.tick(minutes=6)
    assert (await asked.row(ReadBack)).answer == "yes"
    assert len(await asked.rows(Reply)) == 1


async def test_an_answer_is_heard_after_the_question_is_closed(asked, pitched, send, inbox):
    await desk.ask_read_back(asked.context, CONFIG_WORKSPACE, pitched, by="Mara")
    (letter,) = inbox.taken
    await asked.tick(days=12)
    assert (await asked.row(Post)).closed_at is not None
    send(ADA, letter["Reply-To"], answer(asked, letter, "Yes"))
    await asked.tick(minutes=6)
    assert (await asked.row(ReadBack)).answer == "yes"


async def test_a_mailbox_that_is_not_read_for_the_question_is_no_address(asked):
    """Its passes look at the addresses of its own questions alone: what came there would be lost."""
    assert find_answering(asked.context, ["elsewhere"]) == "mara@newsroom.example"
    assert find_answering(asked.context, ["mailbox"]) == ADDRESS


async def test_a_second_look_at_the_mailbox_hears_it_once(asked, pitched, send, inbox, dovecot):
    await desk.ask_read_back(asked.context, CONFIG_WORKSPACE, pitched, follow_up="How many?", by="Mara")
    (letter,) = inbox.taken
    send(ADA, letter["Reply-To"], answer(asked, letter, f"Yes\n\n{MORE}"))
    await asked.tick(minutes=6)
    dovecot.renumber()
    await asked.tick(minutes=6)
    states = [row.state for row in await asked.rows(Consent)]
    assert states.count(ConsentState.GRANTED) == 2  # the passage, and what was added
    assert len(await asked.rows(Reply)) == 2


async def test_a_file_of_mails_is_heard_too(asked, pitched, inbox, tmp_path):
    await desk.ask_read_back(asked.context, CONFIG_WORKSPACE, pitched, by="Mara")
    (letter,) = inbox.taken
    box = mailbox.mbox(tmp_path / "answers.mbox")
    box.add(answer(asked, letter, "Yes"))
    box.close()
    given = ImportDefaults(by="Mara")
    done = await desk.import_replies(asked.context, await asked.row(Question), tmp_path / "answers.mbox", given)
    assert (done.added, done.heard) == (0, 1)
    heard = await asked.row(ReadBack)
    assert (heard.answer, heard.said) == ("yes", "")


async def test_erasing_who_was_asked_leaves_no_address(asked, pitched, send, inbox):
    await desk.ask_read_back(asked.context, CONFIG_WORKSPACE, pitched, by="Mara")
    (author,) = await asked.rows(Author)
    await desk.forget_author(asked.context, CONFIG_WORKSPACE, str(author.id))
    for table in (ReadBack, Author, Reply, Revision, Consent):
        assert ADA not in str([vars(row) for row in await asked.rows(table)])


@pytest.mark.parametrize(
    "said",
    [
        "Ada Lovelace, Head of Engineering, Engines Ltd",
        "Head of Engineering at Engines Ltd.",
        "Ada Lovelace\nHead of Engineering",
        "Ada Lovelace",
        "Geschäftsführerin, Weiß & Söhne GmbH",
    ],
)
def test_name_role_and_firm_are_a_credit_and_no_words(said):
    assert is_only_credit(said, "Ada Lovelace")


@pytest.mark.parametrize(
    "said",
    [
        MORE,
        "Forty.",
        "Forty people in three offices",
        "Grace Hopper",
        "Head of Engineering, and we stopped it in May",
        "I am the head of engineering and I would never do it again, whatever they say",
        "We hired a head of engineering for that, and it helped.",
        "Three offices. Forty people.",
        "",
    ],
)
def test_anything_else_is_words(said):
    assert not is_only_credit(said, "Ada Lovelace")


async def test_the_answer_to_a_question_about_the_credit_is_no_reply_and_an_editor_has_it(asked, pitched, send, inbox):
    await desk.ask_read_back(asked.context, CONFIG_WORKSPACE, pitched, follow_up="And your role?", by="Mara")
    (letter,) = inbox.taken
    send(ADA, letter["Reply-To"], answer(asked, letter, "Yes\n\nHead of Engineering, Engines Ltd\n\nBest\nAda"))
    await asked.tick(minutes=6)
    assert len(await asked.rows(Reply)) == 1
    (told,) = await desk.tell_read_backs(asked.context, CONFIG_WORKSPACE, pitched)
    assert told.sentence.startswith("their author said yes")
    assert told.said == "Head of Engineering, Engines Ltd"
    assert [row.state for row in await asked.rows(Consent)].count(ConsentState.GRANTED) == 1
    (event,) = [row for row in await asked.rows(Event) if row.kind == "read-back"]
    assert f"pullquote credit {pitched} --role" in event.message


async def test_without_a_plain_yes_all_that_was_said_is_an_editors_and_nothing_is_lost(asked, pitched, send, inbox):
    await desk.ask_read_back(
        asked.context, CONFIG_WORKSPACE, pitched, follow_up="How many of you are there?", by="Mara"
    )
    (letter,) = inbox.taken
    send(ADA, letter["Reply-To"], answer(asked, letter, MORE))
    await asked.tick(minutes=6)
    send(ADA, letter["Reply-To"], answer(asked, letter, "And nobody has left since then."))
    await asked.tick(minutes=6)
    send(ADA, letter["Reply-To"], answer(asked, letter, "Yes"))
    await asked.tick(minutes=6)
    (told,) = await desk.tell_read_backs(asked.context, CONFIG_WORKSPACE, pitched)
    assert told.said == f"{MORE}\n\nAnd nobody has left since then."
    assert len(await asked.rows(Reply)) == 1
    states = [row.state for row in await asked.rows(Consent)]
    assert states[-3:] == [ConsentState.HELD, ConsentState.HELD, ConsentState.GRANTED]
    assert told.sentence.startswith("their author said yes")
