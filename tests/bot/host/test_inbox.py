"""What people hand in through forms and buttons: each interaction once, the last choice counts."""

import asyncio

import pytest

from adapters.contract.errors import Rejected
from adapters.contract.forms import ConsentDecision
from adapters.contract.reading import Author, Reply
from bot.desk import withdraw_answer
from bot.host.form_content import FormContent
from bot.host.inbox import AccountInbox
from storage.erasing.people import erase_person
from storage.models import Consent, Interaction, Revision, Tally, Verdict, Vote
from storage.models import Reply as Stored
from storage.replies.replies import empty_replies

YES = ConsentDecision(granted=True, wording="Your words may be printed with your name.", credit="Ada, engineer")


@pytest.fixture
async def asked(bot):
    await bot.tick()
    return bot


@pytest.fixture
def inbox(asked):
    return AccountInbox(asked.context.store, 1, asked.clock)


@pytest.fixture
def form(asked):
    """What ada wrote into the form."""

    def form(text="We stopped."):
        return Reply("form-ada", 1, Author("ada", "ada"), text, asked.clock())

    return form


async def test_a_forms_answer_is_a_reply_with_its_consent(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    assert (await asked.row(Stored)).origin == "submitted"
    consent = await asked.row(Consent)
    assert (consent.state, consent.wording, consent.credit) == ("granted", YES.wording, "Ada, engineer")
    assert consent.proof == "interaction i1"


async def test_an_interaction_that_comes_twice_counts_once(asked, inbox, form):
    assert [await inbox.answered("i1", form(), YES) for _ in range(2)] == [1, 1]
    assert [len(await asked.rows(table)) for table in (Stored, Revision, Consent, Interaction)] == [1, 1, 1, 1]


async def test_a_vote_that_comes_twice_counts_once(voting):
    bot, inbox = await voting()
    assert [await inbox.voted("i1", 1, "ada", 0) for _ in range(2)] == [(1, 0), (1, 0)]
    assert [len(await bot.rows(table)) for table in (Vote, Interaction)] == [1, 1]


async def test_the_same_person_answering_again_changes_the_wording(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    await inbox.answered("i2", form("We stopped in 2019."), None)
    assert [wording.text for wording in await asked.rows(Revision)] == ["We stopped.", "We stopped in 2019."]


async def test_a_submitted_answer_is_judged(asked, inbox, form):
    await inbox.answered("i1", form("Great question!"), None)
    await asked.tick(minutes=1)
    assert [verdict.value for verdict in await asked.rows(Verdict)] == ["aside"]


@pytest.fixture
async def voting(open_bot):
    """A question whose votes are taken by buttons, and the inbox of its account."""

    async def voting(**given):
        question = {"at": "2026-11-16T08:01", "options": ("Yes", "No"), "votes": "buttons", "closes_after": "2h"}
        bot = await open_bot(accounts={"square": {"most_buttons": 5}}, questions={"habits": question | given})
        await bot.tick(minutes=1)
        return bot, AccountInbox(bot.context.store, 1, bot.clock)

    return voting


async def test_an_older_vote_that_is_delivered_again_changes_nothing(voting):
    _, inbox = await voting()
    await inbox.voted("i1", 1, "ada", 0)
    await inbox.voted("i2", 1, "ada", 1)
    assert await inbox.voted("i1", 1, "ada", 0) == (0, 1)


async def test_the_last_choice_of_a_voter_counts(voting):
    asked, inbox = await voting()
    assert await inbox.voted("i1", 1, "ada", 0) == (1, 0)
    await inbox.voted("i2", 1, "ada", 1)
    assert await inbox.voted("i3", 1, "grace", 1) == (0, 2)
    votes = {tally.option: tally.votes for tally in await asked.rows(Tally)}
    assert (votes.get(0, 0), votes[1]) == (0, 2)
    assert len(await asked.rows(Vote)) == 2


async def test_counts_that_are_hidden_are_told_to_nobody_before_the_close(voting):
    bot, inbox = await voting(hide_results=True)
    assert await inbox.voted("i1", 1, "ada", 0) is None
    forms = FormContent(bot.context.store, 1, bot.clock, bot.context.guilds, "The Example Review")
    assert (await forms.get_question(1)).hides_results
    bot.clock.advance(hours=3)
    assert not (await forms.get_question(1)).hides_results


async def test_no_vote_counts_after_the_close(voting):
    bot, inbox = await voting()
    bot.clock.advance(hours=3)
    with pytest.raises(Rejected, match="closed"):
        await inbox.voted("i1", 1, "ada", 0)
    assert await bot.rows(Vote) == []
    assert await bot.rows(Interaction) == []


async def test_only_the_options_that_were_asked_can_be_chosen(voting):
    _, inbox = await voting()
    with pytest.raises(Rejected, match="2 options"):
        await inbox.voted("i1", 1, "ada", 2)
    with pytest.raises(Rejected, match="no such question"):
        await inbox.voted("i1", 7, "ada", 0)


async def test_a_voter_who_presses_two_buttons_at_once_has_one_vote(voting):
    asked, inbox = await voting(options=("Yes", "No", "Perhaps", "Never"))
    for number in range(5):
        await asyncio.gather(*(inbox.voted(f"i{number}-{option}", 1, f"voter-{number}", option) for option in range(4)))
    assert len(await asked.rows(Vote)) == 5
    assert sum(tally.votes for tally in await asked.rows(Tally)) == 5


async def test_a_no_and_a_withdrawal_are_entries_of_the_ledger(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    await inbox.answered("i2", form(), ConsentDecision(granted=False, wording=YES.wording))
    await inbox.answered("i3", form(), ConsentDecision(granted=True, wording=YES.wording, anonymous=True))
    await withdraw_answer(asked.context, 1, "ada", 1, interaction_id="i4")
    states = [consent.state.value for consent in await asked.rows(Consent)]
    assert states == ["granted", "refused", "granted_anonymously", "withdrawn"]


async def test_a_form_that_was_opened_in_time_is_taken_during_the_grace_and_not_after_it(asked, inbox, form):
    await asked.tick(days=7)
    assert await asked.states() == ["closed"]
    assert await inbox.answered("i1", form(), YES) == 1
    asked.clock.advance(days=3)
    with pytest.raises(Rejected, match="closed"):
        await inbox.answered("i2", form("Too late."), YES)
    assert [wording.text for wording in await asked.rows(Revision)] == ["We stopped."]


async def test_who_took_their_answer_back_can_answer_again(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    async with asked.context.store.write() as session:
        await empty_replies(session, [1], asked.clock())
    assert await inbox.answered("i2", form("We began again."), YES) == 1
    assert (await asked.row(Stored)).state == "standing"
    assert [wording.text for wording in await asked.rows(Revision)] == [None, "We began again."]


async def test_what_an_editor_saves_is_kept_by_that_editor(asked, inbox):
    message = Reply("message-1", 1, Author("ada", "ada"), "We stopped.", asked.clock(), link="https://chat.example/1")
    assert [await inbox.saved("i1", message, "Mara") for _ in range(2)] == [1, 1]
    assert (await asked.row(Stored)).origin == "saved"
    verdict = await asked.row(Verdict)
    assert (verdict.value, verdict.editor) == ("keep", "Mara")


async def test_what_an_erased_person_wrote_cannot_be_saved_but_a_form_of_theirs_is_taken(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    async with asked.context.store.write() as session:
        await erase_person(session, "sandbox", "ada", asked.clock())
    with pytest.raises(Rejected, match="erased"):
        await inbox.saved("i2", Reply("message-1", 1, Author("ada", "ada"), "We stopped.", asked.clock()), "Mara")
    assert await inbox.answered("i3", form("A new word of mine."), YES) == 1
    async with asked.context.store.write() as session:
        await erase_person(session, "sandbox", "ada", asked.clock())
    assert [wording.text for wording in await asked.rows(Revision)] == [None, None]


async def test_a_withdrawal_reaches_every_wording_of_everything_that_person_said(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    await inbox.answered("i2", form("We stopped in 2019."), YES)
    asked.reply("ada")
    asked.reply("grace")
    await asked.tick(minutes=5)
    first, *others = await asked.rows(Stored)
    for reply in (first, *(each for each in others if each.author_id == first.author_id)):
        await withdraw_answer(asked.context, 1, "ada", reply.id, interaction_id=f"withdraw-{reply.id}")
    withdrawn = [consent.revision_id for consent in await asked.rows(Consent) if consent.state == "withdrawn"]
    assert len(withdrawn) == 3


async def test_one_reply_is_withdrawn_and_the_others_stay(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    asked.reply("ada")
    await asked.tick(minutes=5)
    await withdraw_answer(asked.context, 1, "ada", 1, interaction_id="i2")
    assert [consent.state.value for consent in await asked.rows(Consent)] == ["granted", "withdrawn"]
