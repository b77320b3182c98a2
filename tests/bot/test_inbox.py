"""What people hand in through forms and buttons: each interaction once, the last choice counts."""

import asyncio

import pytest

from adapters.base import Author, Leave, Reply
from bot.inbox import AccountInbox
from storage.models import Consent, Interaction, Revision, Tally, Vote
from storage.models import Reply as Stored

YES = Leave(granted=True, wording="Your words may be printed with your name.", credit="Ada, engineer")


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
    for _ in range(2):
        await inbox.answered("i1", form(), YES)
        await inbox.voted("i2", 1, "ada", 0)
    assert [len(await asked.rows(table)) for table in (Stored, Revision, Consent, Vote, Interaction)] == [1, 1, 1, 1, 2]


async def test_the_same_person_answering_again_changes_the_wording(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    await inbox.answered("i2", form("We stopped in 2019."), None)
    assert [wording.text for wording in await asked.rows(Revision)] == ["We stopped.", "We stopped in 2019."]


async def test_a_submitted_answer_is_judged(asked, inbox, form):
    from storage.models import Verdict

    await inbox.answered("i1", form("Great question!"), None)
    await asked.tick(minutes=1)
    assert [verdict.value for verdict in await asked.rows(Verdict)] == ["aside"]


async def test_the_last_choice_of_a_voter_counts(asked, inbox):
    await inbox.voted("i1", 1, "ada", 0)
    await inbox.voted("i2", 1, "ada", 1)
    await inbox.voted("i3", 1, "grace", 1)
    votes = {tally.option: tally.votes for tally in await asked.rows(Tally)}
    assert (votes.get(0, 0), votes[1]) == (0, 2)
    assert len(await asked.rows(Vote)) == 2


async def test_a_voter_who_presses_two_buttons_at_once_has_one_vote(asked, inbox):
    for number in range(5):
        await asyncio.gather(*(inbox.voted(f"i{number}-{option}", 1, f"voter-{number}", option) for option in range(4)))
    assert len(await asked.rows(Vote)) == 5
    assert sum(tally.votes for tally in await asked.rows(Tally)) == 5


async def test_a_no_and_a_withdrawal_are_entries_of_the_ledger(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    await inbox.consented("i2", "form-ada", Leave(granted=False, wording=YES.wording))
    await inbox.consented("i3", "form-ada", Leave(granted=True, wording=YES.wording, anonymous=True))
    await inbox.withdrew("i4", "ada", None)
    states = [consent.state.value for consent in await asked.rows(Consent)]
    assert states == ["granted", "refused", "granted_anonymously", "withdrawn"]


async def test_a_withdrawal_reaches_every_wording_of_everything_that_person_said(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    await inbox.answered("i2", form("We stopped in 2019."), YES)
    asked.reply("ada")
    asked.reply("grace")
    await asked.tick(minutes=5)
    await inbox.withdrew("i3", "ada", None)
    withdrawn = [consent.revision_id for consent in await asked.rows(Consent) if consent.state == "withdrawn"]
    assert len(withdrawn) == 3


async def test_one_reply_is_withdrawn_and_the_others_stay(asked, inbox, form):
    await inbox.answered("i1", form(), YES)
    asked.reply("ada")
    await asked.tick(minutes=5)
    await inbox.withdrew("i2", "ada", "form-ada")
    assert [consent.state.value for consent in await asked.rows(Consent)] == ["granted", "withdrawn"]
