"""A reply belongs to the workspace of its question: nobody sees it, decides about it or enters anything elsewhere."""

import pytest

from bot import desk
from bot.desk import DeskError, find_guild
from storage.models import ChosenPassage, Consent, CreditGiven, Event, Outgoing, Printing, Verdict
from storage.states import CONFIG_WORKSPACE, VerdictValue
from tests.running import ANSWERS

ELSEWHERE = "guild:g1"
URL = "https://example.org/article"
WORDS = "nobody used it"

ACTS = {
    "ask consent": lambda bot, there: desk.ask_consent(
        bot.context, there, 1, by="Mara", guild=find_guild(bot.context, "g1")
    ),
    "choose a passage": lambda bot, there: desk.choose_passage(bot.context, there, 1, WORDS, by="Mara"),
    "decide": lambda bot, there: desk.decide(bot.context, there, 1, VerdictValue.ASIDE, editor="Mara"),
    "decide as seen": lambda bot, there: desk.decide_as_seen(
        bot.context, [there], 1, VerdictValue.ASIDE, editor="Mara", is_same=lambda seen: True
    ),
    "explain": lambda bot, there: desk.explain(bot.context, there, 1),
    "read what was seen": lambda bot, there: desk.read_seen(bot.context, [there], 1),
    "record consent": lambda bot, there: desk.record_consent(bot.context, there, 1, "granted"),
    "record credit": lambda bot, there: desk.record_credit(bot.context, there, 1, name="Ada", said_by="Ada"),
    "record use by id": lambda bot, there: desk.record_use(bot.context, there, "1", URL),
    "record use by words": lambda bot, there: desk.record_use(bot.context, there, WORDS, URL),
    "restore": lambda bot, there: desk.restore(bot.context, there, 1),
    "review": lambda bot, there: desk.read_review(bot.context, there, 1),
}
PEOPLE = {
    "check": lambda bot, there: desk.check_source(bot.context, there, "ada", spoken=True, by="Mara"),
    "forget": lambda bot, there: desk.forget_author(bot.context, there, "ada"),
    "mark": lambda bot, there: desk.mark_do_not_quote(bot.context, there, "ada", on=True),
    "read": lambda bot, there: desk.read_source(bot.context, there, "ada"),
}


@pytest.fixture
async def answered(open_bot):
    """A question of the config with an answer, and a community that does not see it."""
    bot = await open_bot(
        accounts={"square": {"consent_first": True}},
        questions={"habits": {"at": "2026-11-16T08:01"}},
        guilds={"g1": {"sees_config": False}},
    )
    await bot.tick(minutes=1)
    bot.reply("ada")
    await bot.tick(minutes=5)
    await desk.decide(bot.context, CONFIG_WORKSPACE, 1, VerdictValue.KEEP, editor="Mara")
    return bot


async def count_rows(bot):
    """How much was ever entered, by table."""
    tables = (ChosenPassage, Consent, CreditGiven, Event, Outgoing, Printing)
    restored = [verdict.restored_at for verdict in await bot.rows(Verdict)]
    return [len(await bot.rows(table)) for table in tables], restored


@pytest.mark.parametrize("act", ACTS)
async def test_a_reply_of_another_workspace_is_refused(answered, act):
    before = await count_rows(answered)
    with pytest.raises(DeskError, match=r"there is no reply|no reply has") as refused:
        await ACTS[act](answered, ELSEWHERE)
    assert ANSWERS["ada"] not in str(refused.value)
    assert await count_rows(answered) == before


@pytest.mark.parametrize("act", [act for act in ACTS if act != "ask consent"])
async def test_the_same_is_done_where_it_belongs(answered, act):
    await ACTS[act](answered, CONFIG_WORKSPACE)


@pytest.mark.parametrize("act", PEOPLE)
async def test_an_author_who_answered_in_another_workspace_is_refused(answered, act):
    with pytest.raises(DeskError, match="no author 'ada' has answered"):
        await PEOPLE[act](answered, ELSEWHERE)


async def test_a_community_is_not_told_that_a_reply_of_another_exists(answered):
    with pytest.raises(DeskError, match=r"there is no reply 1$"):
        await desk.workspace_of_reply(answered.context, find_guild(answered.context, "g1"), 1)


async def test_nothing_of_another_workspace_waits_for_a_look(answered):
    assert await desk.next_review(answered.context, [ELSEWHERE]) is None
    assert (await desk.next_review(answered.context, [CONFIG_WORKSPACE])).reply.id == 1
