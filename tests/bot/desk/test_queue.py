"""The queue of a community: proposals wait for a yes, what is planned can be seen, changed, hurried and held."""

from dataclasses import dataclass

import pytest

from bot.config.communities import Right, find_right
from bot.desk import (
    DeskError,
    approve,
    ask,
    decline,
    edit_question,
    find_guild,
    hurry,
    list_queue,
    pause_all,
    pause_question,
    propose,
    resume_all,
    resume_question,
    take_back,
)
from bot.questions.content import Content
from storage.models import Question

TWO = {"g1": {"accounts": ("square",), "asker_role": "askers", "editor_role": "editors"}, "g2": {}}


@dataclass
class House:
    """A pullquote with two communities."""

    bot: object

    @property
    def guild(self):
        return find_guild(self.bot.context, "g1")

    def content(self, text="What did you stop doing?", **given):
        return Content(text=text, accounts=("square",), **given)

    async def propose(self, **given):
        accounts, workspace = self.guild.accounts, self.guild.workspace
        return await propose(self.bot.context, self.content(**given), accounts, workspace=workspace, by="Ada")

    async def ask(self, **given):
        accounts, workspace = self.guild.accounts, self.guild.workspace
        return await ask(self.bot.context, self.content(**given), accounts, workspace=workspace, by="Mara")

    async def queue(self, guild_id="g1"):
        return await list_queue(self.bot.context, find_guild(self.bot.context, guild_id).workspaces)


@pytest.fixture
async def house(open_bot):
    return House(await open_bot(guilds=TWO))


def test_who_edits_may_ask_and_nobody_else_may_anything(house):
    guild = house.guild
    assert find_right(guild, ["editors"], manages=False) is Right.EDIT
    assert find_right(guild, ["askers"], manages=False) is Right.ASK
    assert find_right(guild, ["others"], manages=True) is None  # a role is named: it alone decides
    other = find_guild(house.bot.context, "g2")
    assert find_right(other, ["editors"], manages=True) is Right.EDIT
    assert find_right(other, ["editors", "askers", ""], manages=False) is None
    with pytest.raises(DeskError, match=r"add \[guilds.g3\]"):
        find_guild(house.bot.context, "g3")


async def test_a_proposal_waits_for_an_editors_yes(house):
    question = await house.propose()
    await house.bot.tick(minutes=5)
    assert house.bot.visible() == []
    (queued,) = await house.queue()
    assert (queued.state, queued.by, queued.account) == ("proposed", "Ada", "square")
    await approve(house.bot.context, question, by="Mara")
    await house.bot.tick(seconds=5)
    assert len(house.bot.visible()) == 1
    assert await house.bot.told("approved") == ["what-did-you-stop-doing was approved by Mara"]


async def test_a_proposal_is_neither_paused_nor_resumed_past_an_editor(house):
    question = await house.propose()
    for change in (pause_question(house.bot.context, question, "Ada"), resume_question(house.bot.context, question)):
        with pytest.raises(DeskError, match="waits for an editor's yes"):
            await change
    await house.bot.tick(minutes=5)
    assert house.bot.visible() == []


async def test_a_proposal_is_decided_once(house):
    question = await house.propose()
    await decline(house.bot.context, question, by="Mara", reason="we asked that in May")
    with pytest.raises(DeskError, match=r"no longer waits: it is withdrawn \(declined by Mara: we asked that in May\)"):
        await approve(house.bot.context, question, by="Mara")
    await house.bot.tick(minutes=5)
    assert house.bot.visible() == []
    assert await house.queue() == []


async def test_a_proposal_with_a_time_goes_out_at_that_time(house):
    question = await house.propose(at="2026-11-16T10:00")
    await approve(house.bot.context, question, by="Mara")
    await house.bot.tick(hours=1)
    assert house.bot.visible() == []
    await house.bot.tick(hours=1)
    assert len(house.bot.visible()) == 1


async def test_a_proposal_whose_time_is_over_is_edited_before_it_is_approved(house):
    question = await house.propose(at="2026-11-16T10:00")
    house.bot.clock.advance(hours=3)
    with pytest.raises(DeskError, match="is over: edit it"):
        await approve(house.bot.context, question, by="Mara")
    later = house.content(at="2026-11-16T12:00")
    await edit_question(house.bot.context, question, later, house.guild.accounts, by="Mara")
    await approve(house.bot.context, question, by="Mara")
    await house.bot.tick(hours=1)
    assert len(house.bot.visible()) == 1


async def test_another_community_sees_nothing_of_it(house):
    await house.propose()
    assert await house.queue("g2") == []


async def test_what_is_planned_can_be_hurried_and_does_not_go_out_twice(house):
    question = await house.ask(cron="0 9 * * *")
    (queued,) = await house.queue()
    assert (queued.state, queued.due_at.hour) == ("planned", 9)
    (post,) = await hurry(house.bot.context, question)
    assert post.state == "published"
    await house.bot.tick(hours=2)
    assert len(house.bot.visible()) == 1
    await house.bot.tick(days=1)
    assert len(house.bot.visible()) == 2


async def test_what_is_paused_is_not_hurried(house):
    question = await house.ask(cron="0 9 * * *")
    await pause_question(house.bot.context, question, "Mara")
    async with house.bot.context.store.read() as session:
        question = await session.get_one(Question, question.id)
    with pytest.raises(DeskError, match="paused"):
        await hurry(house.bot.context, question)
    assert [each.state for each in await house.queue()] == ["paused"]


async def test_words_can_be_changed_until_they_are_out(house):
    question = await house.ask(cron="0 9 * * *")
    other = house.content("What did you begin?", cron="0 9 * * *")
    await edit_question(house.bot.context, question, other, house.guild.accounts, by="Mara")
    await house.bot.tick(hours=1)
    assert house.bot.visible()[0].startswith("What did you begin?")
    with pytest.raises(DeskError, match="is out already"):
        await edit_question(house.bot.context, question, other, house.guild.accounts, by="Mara")


async def test_what_waits_while_a_network_is_down_goes_out_with_the_new_words(house):
    house.bot.fail("publish", status=429, times=9)
    question = await house.ask()
    await house.bot.tick(seconds=1)
    assert [each.state for each in await house.queue()] == ["retry"]
    await edit_question(house.bot.context, question, house.content("What now?"), house.guild.accounts, by="Mara")
    house.bot.mend()
    await house.bot.tick(minutes=1)
    assert [text.splitlines()[0] for text in house.bot.visible()] == ["What now?"]


async def test_the_pause_of_a_community_holds_its_own_questions_alone(house):
    await pause_all(house.bot.context, house.guild.workspace, "Mara")
    with pytest.raises(DeskError, match="paused"):
        await house.ask()
    other = find_guild(house.bot.context, "g2")
    await ask(house.bot.context, house.content(), other.accounts, workspace=other.workspace, by="Olga")
    await house.bot.tick(seconds=5)
    assert len(house.bot.visible()) == 1
    await resume_all(house.bot.context, house.guild.workspace, "Mara")
    await house.ask(text="And now?")
    await house.bot.tick(seconds=5)
    assert len(house.bot.visible()) == 2


async def test_what_was_taken_back_is_not_edited(house):
    question = await house.ask()
    await house.bot.tick(seconds=5)
    await take_back(house.bot.context, question)
    async with house.bot.context.store.read() as session:
        question = await session.get_one(Question, question.id)
    with pytest.raises(DeskError, match="taken back"):
        await edit_question(house.bot.context, question, house.content("No."), house.guild.accounts, by="Mara")
