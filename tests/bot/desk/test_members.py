"""What members can do about their own words: see, change, take back, have themselves forgotten."""

from datetime import timedelta

import pytest

from adapters.contract.forms import ConsentDecision
from adapters.contract.reading import Author, Reply
from bot.desk import DeskError, edit_answer, forget_me, my_answers, privacy, record_use, withdraw_answer
from bot.host.inbox import AccountInbox
from storage.models import Author as Profile
from storage.models import Reply as Stored
from storage.models import Revision, Vote
from storage.states import CONFIG_WORKSPACE

YES = ConsentDecision(granted=True, wording="May we quote you?", credit="Ada Lovelace, engineer")
WORDS = "We stopped sending the weekly report in 2019, and nobody asked for it until 2021."


@pytest.fixture
async def answered(open_bot):
    """Ada answered by form and by message; grace by message. A digest shows ada's form."""
    bot = await open_bot(
        accounts={"square": {"consent_first": True, "forms": True, "votes_are_named": True}},
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "3d", "options": ("Yes", "No")}},
        public=("json",),
        retention=timedelta(days=30),
    )
    await bot.tick(minutes=1)
    inbox = AccountInbox(bot.context.store, 1, bot.clock)
    form = Reply("form:1:ada", 1, Author("ada", "ada", "Ada"), WORDS, bot.clock())
    await inbox.answered("i1", form, YES)
    bot.reply("ada")
    bot.reply("grace")
    bot.network().vote(bot.root().id, "ada", 1, bot.clock())
    await bot.tick(minutes=5)
    return bot


def files(bot):
    return {path.name: path.read_text() for path in (bot.folder / "digests").iterdir()}


async def test_members_see_all_they_said_and_nothing_of_others(answered):
    message, form = await my_answers(answered.context, 1, "ada")
    assert (form.text, form.by_form, form.can_edit, form.consent, form.barrier) == (WORDS, True, True, "granted", "")
    assert (form.credit, form.language) == ("Ada Lovelace, engineer", "en")
    assert (message.by_form, message.can_edit, message.barrier) == (False, False, "waiting")
    assert await my_answers(answered.context, 1, "nobody") == []


async def test_members_see_where_they_are_quoted_and_printed(answered):
    await answered.tick(days=3)
    await record_use(answered.context, CONFIG_WORKSPACE, "1", "https://example.org/article")
    form = (await my_answers(answered.context, 1, "ada"))[-1]
    assert (form.quoted_in, form.printed) == (("habits",), ("https://example.org/article",))


async def test_leave_that_was_given_to_other_words_does_not_hold_for_changed_ones(answered):
    await answered.tick(days=2)
    edited = await edit_answer(answered.context, 1, "ada", 1, "We stopped the monthly one.", None)
    assert (edited.text, edited.barrier) == ("We stopped the monthly one.", "waiting")
    edited = await edit_answer(answered.context, 1, "ada", 1, "We stopped the yearly one.", YES, interaction_id="i9")
    assert edited.barrier == ""
    assert len([row for row in await answered.rows(Revision) if row.reply_id == 1]) == 3


@pytest.mark.parametrize(
    ("who", "reply_id", "text", "why"),
    [
        ("grace", 1, "Mine now.", "no longer there"),
        ("ada", 2, "Other words.", "where you wrote it"),
        ("ada", 1, "  ", "needs words"),
        ("ada", 99, "Words.", "no longer there"),
    ],
)
async def test_what_cannot_be_changed_says_why(answered, who, reply_id, text, why):
    with pytest.raises(DeskError, match=why):
        await edit_answer(answered.context, 1, who, reply_id, text, None)


async def test_an_answer_that_is_taken_back_leaves_the_files_and_a_form_is_deleted(answered):
    await answered.tick(days=3)
    assert any(WORDS in text for text in files(answered).values())
    rewritten = await withdraw_answer(answered.context, 1, "ada", 1, interaction_id="i5")
    assert rewritten
    assert not any(WORDS in text for text in files(answered).values())
    assert await withdraw_answer(answered.context, 1, "ada", 1, interaction_id="i5") == ()
    assert [row.text for row in await answered.rows(Revision) if row.reply_id == 1] == [None]
    assert len(await my_answers(answered.context, 1, "ada")) == 1


async def test_nobody_takes_back_what_others_said(answered):
    with pytest.raises(DeskError, match="no longer there"):
        await withdraw_answer(answered.context, 1, "grace", 1, interaction_id="i5")
    assert (await answered.rows(Revision))[0].text == WORDS


async def test_who_has_themselves_forgotten_is_nowhere_any_more(answered):
    await answered.tick(days=3)
    assert len(await answered.rows(Vote)) == 1
    forgotten = await forget_me(answered.context, 1, "ada")
    assert forgotten.replies == 2
    assert forgotten.rewritten
    said = " ".join(files(answered).values())
    assert not [word for word in (WORDS, "Ada Lovelace", "“Ada”") if word in said]
    assert [row.text is None for row in await answered.rows(Revision)] == [True, True, False]
    assert await answered.rows(Vote) == []
    assert "ada" not in {row.remote_id for row in await answered.rows(Profile)}
    answered.context.hints.add(1)
    await answered.tick(minutes=5)
    assert len([row for row in await answered.rows(Stored) if row.state != "purged"]) == 1
    assert await answered.rows(Vote) == []


async def test_who_only_voted_can_have_that_forgotten(answered):
    answered.network().vote(answered.root().id, "alan", 0, answered.clock())
    await answered.tick(minutes=6)
    assert len(await answered.rows(Vote)) == 2
    forgotten = await forget_me(answered.context, 1, "alan")
    assert forgotten.replies == 0
    await answered.tick(minutes=6)
    assert [row.voter for row in await answered.rows(Vote)] == ["ada"]


async def test_the_facts_of_privacy_are_those_of_the_config(answered):
    facts = await privacy(answered.context, None)
    assert (facts.outlet, facts.retention_days) == ("The Example Review", 30)


async def test_what_was_said_in_a_community_is_erased_some_time_after_the_bot_was_removed(answered):
    inbox = AccountInbox(answered.context.store, 1, answered.clock)
    there = Reply("form:1:olga", 1, Author("olga", "olga"), "Words of g1.", answered.clock(), extra={"guild": "g1"})
    await inbox.answered("i7", there, YES)
    await inbox.joined("g1")
    await inbox.left("g1")
    await answered.tick(days=29)
    assert "Words of g1." in [row.text for row in await answered.rows(Revision)]
    await answered.tick(days=2)
    assert "Words of g1." not in [row.text for row in await answered.rows(Revision)]
    assert "olga" not in {row.handle for row in await answered.rows(Profile)}
    assert "grace" in {row.handle for row in await answered.rows(Profile)}


async def test_who_comes_back_in_time_loses_nothing(answered):
    inbox = AccountInbox(answered.context.store, 1, answered.clock)
    there = Reply("form:1:olga", 1, Author("olga", "olga"), "Words of g1.", answered.clock(), extra={"guild": "g1"})
    await inbox.answered("i7", there, YES)
    await inbox.left("g1")
    await answered.tick(days=20)
    await inbox.joined("g1")
    await answered.tick(days=20)
    assert "olga" in {row.handle for row in await answered.rows(Profile)}
