"""A passage is shown once to who said it; what they answer is leave, a no, other words, or an editor's to read."""

import re
from email.utils import parseaddr

import pytest

from adapters.contract.reading import Audience, Author, Reply
from bot.desk import (
    DeskError,
    ask_read_back,
    choose_passage,
    forget_author,
    prepare_read_back,
    read_about,
    record_consent,
    tell_read_backs,
)
from bot.replies.read_backs import hear_read_back
from bot.scheduler.due import look
from storage.models import Consent, Outgoing, ReadBack, Revision
from storage.models import Reply as StoredReply
from storage.read_backs import KIND
from storage.replies import replies
from storage.states import CONFIG_WORKSPACE, ConsentState

ADA = "ada@acme.example"
PASSAGE = "Traffic stayed flat, revenue rose 12%."


@pytest.fixture
async def said(asked):
    """The number of Ada's answer, of which an editor chose words."""
    (row,) = await asked.rows(StoredReply)
    await choose_passage(asked.context, CONFIG_WORKSPACE, row.id, PASSAGE, by="Mara")
    return row.id


@pytest.fixture
def ask(asked, said):
    async def ask(**given):
        return await ask_read_back(asked.context, CONFIG_WORKSPACE, said, **({"to": ADA, "by": "Mara"} | given))

    return ask


@pytest.fixture
def answer(asked, inbox):
    """Answer the only mail that was sent."""

    async def answer(text, *, sender=ADA, by="address", id_="answer-1@acme.example"):
        (mail,) = inbox.taken
        to, subject = parseaddr(mail["Reply-To"])[1], mail["Subject"]
        token = {"address": re.search(r"\.(\w+)@", to), "subject": re.search(r"\.(\w+)\]$", subject)}.get(by)
        extra = {"message_id": id_} | ({"token": token[1]} if token else {})
        if by == "thread":
            extra["answered"] = f"other@example.org {mail['Message-ID'].strip('<>')}"
        heard = Reply(
            f"mail-{id_}", 1, Author(sender, "", "Ada Lovelace"), text, asked.clock(), extra=extra, audience=Audience.PRIVATE
        )  # fmt: skip
        async with asked.context.store.write() as session:
            return await hear_read_back(asked.context, session, heard)

    return answer


async def states(bot):
    return [row.state for row in await bot.rows(Consent)]


async def tell(bot, reply_id):
    (told,) = await tell_read_backs(bot.context, CONFIG_WORKSPACE, reply_id)
    return told


# ---------------------------------------------------------------- asking


async def test_the_mail_has_the_exact_passage_and_credit_and_its_own_address(asked, ask, inbox):
    card = await ask(follow_up="How many of you are there?")
    (mail,) = inbox.taken
    text = mail.get_content()
    assert f"“{PASSAGE}”" in text
    assert "AMP last March" not in text
    assert "Credit: " in text
    assert "How many of you are there?" in text
    assert mail["To"] == ADA
    assert re.fullmatch(r"bot\+habits\.[a-z2-7]{16}@example\.org", mail["Reply-To"])
    assert mail["Auto-Submitted"] == "auto-generated"
    assert card.told == "asked 16 November 2026, not heard yet"
    assert (card.address, card.is_own) == (ADA, False)


async def test_where_leave_stands_nobody_is_offered_other_words(asked, said, ask, inbox):
    card = await prepare_read_back(asked.context, CONFIG_WORKSPACE, said, to=ADA)
    assert card.letter.wants == "check"
    await asked.restart(questions={"habits": {"closes_after": "1h", "read_back": "leave"}})
    assert (await prepare_read_back(asked.context, CONFIG_WORKSPACE, said, to=ADA)).letter.wants == "leave"
    assert inbox.taken == []


async def test_asking_where_leave_stands_takes_none_of_it(asked, ask):
    """An entry `asked` would bar what may be quoted, until somebody answers."""
    await ask()
    assert ConsentState.ASKED not in await states(asked)


async def test_its_author_is_asked_once(asked, ask, inbox):
    await ask()
    with pytest.raises(DeskError, match="is asked once: asked 16 November 2026, not heard yet"):
        await ask()
    for _ in range(3):
        await asked.tick(hours=6)
    assert len([mail for mail in inbox.taken if mail["To"] == ADA]) == 1


async def test_without_an_address_it_is_shown_to_be_sent_by_hand_and_stays_the_same(asked, said, ask, inbox):
    card = await ask(to="")
    assert card.address == ""
    assert PASSAGE in card.letter.text
    again = await ask(to="", follow_up="And why?")
    assert again.letter.text == card.letter.text
    assert len(await asked.rows(ReadBack)) == 1
    assert inbox.taken == []
    await record_consent(asked.context, CONFIG_WORKSPACE, said, "granted", proof="she wrote so", by="Mara")
    assert (await tell(asked, said)).sentence.startswith("heard on ")


async def test_who_said_no_is_not_asked(asked, said):
    await record_consent(asked.context, CONFIG_WORKSPACE, said, "refused", by="Mara")
    with pytest.raises(DeskError, match="its author is not asked: its author refused"):
        await prepare_read_back(asked.context, CONFIG_WORKSPACE, said, to=ADA)


async def test_words_that_stay_where_they_were_written_go_into_no_letter(open_bot, mail):
    """Those of a network on which consent comes first."""
    bot = await open_bot(accounts={"square": {"consent_first": True}}, questions={"habits": {}}, mail=mail)
    bot.clock.advance(minutes=1)
    await bot.restart(questions={"habits": {"at": "2026-11-16T08:02"}})
    await bot.tick(minutes=5)
    bot.reply("ada")
    await bot.tick(minutes=5)
    for to in ("", ADA):
        with pytest.raises(DeskError, match="its words stay where they were written"):
            await prepare_read_back(bot.context, CONFIG_WORKSPACE, 1, to=to)


@pytest.mark.parametrize("to", ["nobody", "a@example.org, b@example.org", "ada@acme.example\nBcc: x@example.org"])
async def test_an_address_that_is_none_or_several_is_refused(asked, said, to):
    with pytest.raises(DeskError):
        await prepare_read_back(asked.context, CONFIG_WORKSPACE, said, to=to)


async def test_a_server_that_sends_nothing_now_is_asked_again_later(asked, ask, inbox, said):
    inbox.refuse["MAIL"] = "451 not yet"
    assert (await ask()).told == "on its way, not sent yet"
    inbox.refuse.clear()
    row = next(each for each in await asked.rows(Outgoing) if each.kind == KIND)
    assert (await look(asked.context)).stored.mails <= row.retry_at
    await asked.tick(minutes=30)
    assert len(inbox.taken) == 1
    assert (await tell(asked, said)).sentence.startswith("asked ")


async def test_one_that_never_went_out_can_be_asked_again(asked, ask, inbox, said):
    inbox.refuse["RCPT"] = "550 no such user"
    assert (await ask()).told.startswith("not sent: ")
    inbox.refuse.clear()
    assert (await ask(to="ada@home.example")).told.startswith("asked ")
    assert [mail["To"] for mail in inbox.taken] == ["ada@home.example"]


async def test_an_unclear_one_is_told_and_never_sent_again(asked, ask, inbox, said):
    inbox.hang_up = True
    assert "unclear" in (await ask()).told
    inbox.hang_up = False
    await asked.tick(hours=1)
    with pytest.raises(DeskError, match="unclear"):
        await ask()
    assert len([mail for mail in inbox.taken if mail["To"] == ADA]) == 1
    (message,) = await asked.told("read-back uncertain")
    assert ADA not in message


async def test_words_that_were_changed_since_are_not_sent(asked, ask, inbox, said):
    inbox.refuse["MAIL"] = "451 not yet"
    await ask()
    inbox.refuse.clear()
    asked.edit(asked.network().by_author("ada")[0], "We never dropped it, and it cost 3 hours a week.")
    await asked.tick(minutes=30)
    assert inbox.taken == []
    assert "changed the words" in (await tell(asked, said)).sentence


# ---------------------------------------------------------------- hearing


@pytest.mark.parametrize("by", ["address", "thread", "subject"])
async def test_an_answer_is_joined_by_its_address_its_thread_or_its_subject(asked, ask, answer, by, said):
    await ask()
    heard = await answer("Yes.", by=by)
    assert (heard.reply_id, heard.answer) == (said, "yes")
    (granted,) = [row for row in await asked.rows(Consent) if row.state is ConsentState.GRANTED]
    assert PASSAGE in granted.wording
    assert granted.proof == "read-back 1, mail answer-1@acme.example"
    assert (await tell(asked, said)).sentence == "their author said yes on 16 November 2026"


async def test_a_mail_that_answers_nothing_is_none_of_ours(asked, ask, answer):
    await ask()
    assert await answer("Yes.", by="nothing") is None
    assert ConsentState.GRANTED not in await states(asked)


async def test_the_same_mail_is_heard_once(asked, ask, answer):
    await ask(follow_up="How many?")
    for _ in range(2):
        assert (await answer("Yes\n\nForty.")).answer == "yes"
    assert (await states(asked)).count(ConsentState.GRANTED) == 2  # the passage, and what they added
    assert len(await asked.rows(StoredReply)) == 2
    assert len(await asked.told("read-back")) == 1


async def test_the_answer_to_the_follow_up_is_a_reply_of_its_own(asked, ask, answer, said):
    await ask(follow_up="How many?")
    heard = await answer("Yes\n\nForty of us, for two days a month, and nobody missed it in 2021.\n\nBest\nAda")
    first, added = await asked.rows(StoredReply)
    assert added.id == heard.added
    assert (added.author_id, added.question_id, added.audience) == (first.author_id, first.question_id, "private")
    texts = [row.text for row in await asked.rows(Revision) if row.reply_id == added.id]
    assert texts == ["Forty of us, for two days a month, and nobody missed it in 2021."]


async def test_a_yes_to_leave_gives_it_and_a_no_takes_it_for_good(asked, said, ask, answer):
    await asked.restart(questions={"habits": {"closes_after": "1h", "read_back": "leave"}})
    await ask()
    assert (await states(asked))[-1] is ConsentState.ASKED
    await answer("Yes")
    assert (await states(asked))[-1] is ConsentState.GRANTED
    await answer("No", id_="answer-2@acme.example")
    assert (await states(asked))[-1] is ConsentState.WITHDRAWN
    assert (await tell(asked, said)).sentence.startswith("their author said no")


async def test_other_words_are_a_statement_of_their_own(asked, ask, answer, said):
    await asked.restart(questions={"habits": {"closes_after": "1h", "read_back": "leave"}})
    await ask()
    heard = await answer("With changes\n\n“Traffic stayed flat, and revenue rose by a tenth.”")
    assert heard.answer == "changed"
    assert (await states(asked))[-2:] == [ConsentState.GRANTED_WITH_CHANGES, ConsentState.GRANTED]
    (words,) = [row.text for row in await asked.rows(Revision) if row.reply_id == heard.added]
    assert words == "Traffic stayed flat, and revenue rose by a tenth."


@pytest.mark.parametrize("text", ["Yes, but please cut the second sentence.", "No", "I am away until Monday."])
async def test_what_is_no_plain_yes_holds_the_words_until_an_editor_has_read_it(asked, ask, answer, said, text):
    await ask()
    await answer(text)
    assert (await states(asked))[-1] is ConsentState.HELD
    assert (await tell(asked, said)).said == text
    with pytest.raises(DeskError, match="may be a refusal"):
        await record_consent(asked.context, CONFIG_WORKSPACE, said, "granted", by="Mara")
    await record_consent(asked.context, CONFIG_WORKSPACE, said, "granted", proof="her mail of today", by="Mara")


async def test_a_yes_from_another_address_is_for_an_editor_to_read(asked, ask, answer, said):
    await ask()
    assert (await answer("Yes", sender="agency@pr.example")).answer == "unclear"
    assert ConsentState.GRANTED not in await states(asked)


async def test_who_wants_no_name_gets_none_by_a_yes(asked, ask, answer, said):
    await record_consent(asked.context, CONFIG_WORKSPACE, said, "anonymous", by="Mara")
    card = await ask()
    assert "not printed" in card.letter.text
    assert "ada" not in card.letter.text.lower()
    await answer("Yes")
    assert (await states(asked))[-1] is ConsentState.GRANTED_ANONYMOUSLY


# ---------------------------------------------------------------- what is kept


async def test_no_row_has_the_token_once_it_is_sent(asked, ask, inbox):
    await ask()
    token = re.search(r"\.(\w+)@", inbox.taken[0]["Reply-To"])[1]
    for table in (ReadBack, Outgoing, Consent):
        assert token not in str([vars(row) for row in await asked.rows(table)])


@pytest.mark.parametrize("sent", [True, False])
async def test_a_read_back_goes_with_its_person(asked, ask, inbox, answer, said, sent):
    if not sent:
        inbox.refuse["MAIL"] = "451 not yet"
    await ask(follow_up="How many?")
    if sent:
        await answer("yes, but")
    assert ADA in str(await read_about(asked.context, CONFIG_WORKSPACE, "ada"))
    await forget_author(asked.context, CONFIG_WORKSPACE, "ada")
    inbox.refuse.clear()
    mails = len(inbox.taken)
    await asked.tick(hours=1)
    assert await asked.rows(ReadBack) == []
    assert all(row.payload == {} for row in await asked.rows(Outgoing) if row.kind == KIND)
    assert len([mail for mail in inbox.taken[mails:] if mail["To"] == ADA]) == 0


async def test_a_read_back_goes_with_words_whose_retention_is_over(asked, ask, said):
    await ask()
    async with asked.context.store.write() as session:
        await replies.empty_replies(session, [said], asked.clock(), purged=True)
    assert await asked.rows(ReadBack) == []
