"""Verdicts in the store: the rules', the editor's over them, and what an author's `no quote` means for good."""

import json

import pytest
from sqlalchemy import select, update

from bot.desk import DeskError, decide, restore
from bot.digest.usable import count_usable
from bot.filter import RULES_HASH
from bot.replies.judge import judge_question
from storage.models import Consent, Question, Reply, Revision, Verdict
from storage.replies.judging import RulesVerdict, record_rules_verdicts
from storage.states import CONFIG_WORKSPACE, VerdictValue

PRAISE = "Great question!"


@pytest.fixture
async def asked(bot):
    await bot.tick()
    return bot


async def standing(bot):
    """The verdict that stands on the newest wording of each reply: value and editor."""
    from storage.replies.current import load_current_verdicts

    async with bot.context.store.read() as session:
        held = await load_current_verdicts(session, 1)
    newest = {revision.reply_id: revision.id for revision in await bot.rows(Revision)}
    return {
        reply: (held[revision].value.value, held[revision].editor)
        for reply, revision in newest.items()
        if revision in held
    }


async def usable(bot):
    return sum(each.answers for each in await count_usable(bot.context.store, 1, bot.context.capabilities))


async def test_a_reply_is_judged_in_the_tick_that_collected_it(asked):
    asked.reply("ada")
    asked.reply("grace", PRAISE)
    await asked.tick(minutes=5)
    assert await standing(asked) == {1: ("keep", None), 2: ("aside", None)}


async def test_judging_again_changes_nothing(asked):
    asked.reply("ada")
    asked.reply("grace", PRAISE)
    await asked.tick(minutes=5)
    before = len(await asked.rows(Verdict))
    assert await judge_question(asked.context, 1) == 0
    assert len(await asked.rows(Verdict)) == before == 2


async def test_a_chain_of_one_author_is_one_answer_with_one_verdict(asked):
    first = asked.reply("ada")
    asked.reply("ada", "1/2", to=first)
    await asked.tick(minutes=5)
    assert await standing(asked) == {1: ("keep", None), 2: ("keep", None)}
    assert await usable(asked) == 1


async def test_an_editors_verdict_stands_over_the_rules_whatever_they_say_later(asked):
    asked.reply("ada", PRAISE)
    await asked.tick(minutes=5)
    assert (
        await decide(asked.context, CONFIG_WORKSPACE, 1, VerdictValue.KEEP, editor="grace", note="she is the expert")
        == 1
    )
    asked.reply("alan")
    await asked.tick(minutes=5)
    assert (await standing(asked))[1] == ("keep", "grace")


async def test_an_editors_verdict_becomes_maybe_when_the_words_are_edited(asked):
    reply = asked.reply("ada", PRAISE)
    await asked.tick(minutes=5)
    await decide(asked.context, CONFIG_WORKSPACE, 1, VerdictValue.KEEP, editor="grace")
    asked.edit(reply, "What a great question!")
    await asked.tick(minutes=5)
    assert await standing(asked) == {1: ("maybe", "grace")}
    await asked.tick(minutes=5)
    assert len([each for each in await asked.rows(Verdict) if each.editor]) == 2


async def test_an_editor_may_decide_about_the_new_words_and_that_stands(asked):
    reply = asked.reply("ada", PRAISE)
    await asked.tick(minutes=5)
    await decide(asked.context, CONFIG_WORKSPACE, 1, VerdictValue.KEEP, editor="grace")
    asked.edit(reply, "What a great question!")
    await asked.tick(minutes=5)
    await decide(asked.context, CONFIG_WORKSPACE, 1, VerdictValue.ASIDE, editor="alan")
    asked.reply("alan")
    await asked.tick(minutes=5)
    assert (await standing(asked))[1] == ("aside", "alan")


async def test_restoring_brings_the_verdict_of_the_rules_back(asked):
    asked.reply("ada", PRAISE)
    await asked.tick(minutes=5)
    await decide(asked.context, CONFIG_WORKSPACE, 1, VerdictValue.KEEP, editor="grace")
    assert await restore(asked.context, CONFIG_WORKSPACE, 1) == 1
    assert await standing(asked) == {1: ("aside", None)}
    with pytest.raises(DeskError, match="no editor has decided about reply 1"):
        await restore(asked.context, CONFIG_WORKSPACE, 1)


async def test_restoring_holds_after_an_edit_too(asked):
    reply = asked.reply("ada", PRAISE)
    await asked.tick(minutes=5)
    await decide(asked.context, CONFIG_WORKSPACE, 1, VerdictValue.KEEP, editor="grace")
    asked.edit(reply, "What a great question!")
    await asked.tick(minutes=5)
    await restore(asked.context, CONFIG_WORKSPACE, 1)
    asked.reply("alan")
    await asked.tick(minutes=5)
    assert (await standing(asked))[1] == ("aside", None)


async def test_a_deleted_reply_is_not_usable_whatever_an_editor_decided(asked):
    reply = asked.reply("ada")
    await asked.tick(minutes=5)
    await decide(asked.context, CONFIG_WORKSPACE, 1, VerdictValue.KEEP, editor="grace")
    asked.delete(reply)
    await asked.tick(minutes=5)
    assert await usable(asked) == 0


async def refusals(bot):
    return [(consent.state.value, consent.revision_id) for consent in await bot.rows(Consent)]


async def test_no_quote_is_a_refusal_that_stays_when_the_words_are_edited_away(asked):
    reply = asked.reply("ada", "We stopped buying links in 2019, no quote please.")
    await asked.tick(minutes=5)
    assert (await refusals(asked), await usable(asked)) == ([("refused", 1)], 0)
    asked.edit(reply, "We stopped buying links in 2019 and nothing happened to our forty sites.")
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    assert (await refusals(asked), await usable(asked)) == ([("refused", 1)], 0)


async def test_no_quote_counts_even_where_it_was_edited_away_before_the_filter_saw_it(asked):
    """The process died between the collection and the filter."""
    from bot.replies.collect import collect_account

    reply = asked.reply("ada", "We stopped buying links in 2019, no quote please.")
    await collect_account(asked.context, 1)
    asked.edit(reply, "We stopped buying links in 2019 and nothing happened to our forty sites.")
    await asked.tick(minutes=5)
    assert (await usable(asked), [state for state, _ in await refusals(asked)]) == (0, ["refused"])


async def test_a_question_that_cannot_be_judged_does_not_stop_the_others(open_bot):
    bot = await open_bot(
        questions={"one": {"at": "2026-11-16T08:01"}, "two": {"at": "2026-11-16T08:02", "text": "Who, and why?"}}
    )
    await bot.tick(minutes=2)
    for root in [post for post in bot.network().by_author("pullquote") if post.parent is None]:
        bot.reply("ada", to=root)
    usual = bot.context.judges

    class Faulty:
        make_prints = usual.make_prints

        async def judge(self, asked, read, stored):
            if asked.text == "Who, and why?":
                async for batch in usual.judge(asked, read, stored):
                    yield batch
            else:
                raise KeyError("a mistake")

    bot.context.judges = Faulty()
    done = await bot.tick(minutes=5)
    assert any("KeyError" in error for error in done.errors)
    judged = {verdict.revision_id for verdict in await bot.rows(Verdict)}
    questions = {reply.id: reply.question_id for reply in await bot.rows(Reply)}
    assert {questions[each.reply_id] for each in await bot.rows(Revision) if each.id in judged} == {2}
    bot.context.judges = usual
    await bot.tick()
    assert len(await bot.rows(Verdict)) == 2


async def test_other_rules_judge_again_at_the_next_tick(asked):
    asked.reply("ada")
    await asked.tick(minutes=5)
    async with asked.context.store.write() as session:
        await session.execute(update(Question).values(judged_by="other rules"))
        await session.execute(update(Verdict).values(rules_hash="other rules"))
    assert (await asked.tick(minutes=1)).judged == 1
    old, new = [verdict.rules_hash for verdict in await asked.rows(Verdict)]
    assert (old, new[: len(RULES_HASH)]) == ("other rules", RULES_HASH)
    assert (await asked.row(Question)).judged_by == new
    assert (await asked.tick(minutes=1)).judged == 0


# ---------------------------------------------------------------- worth reading


async def say_quotable(bot, *, quotable):
    """Have the rules say of the first reply whether it is worth an editor's time; answers how many verdicts are new."""
    async with bot.context.store.write() as session:
        verdict = (await session.scalars(select(Verdict).order_by(Verdict.id.desc()).limit(1))).one()
        found = RulesVerdict(
            verdict.revision_id,
            verdict.value,
            verdict.score,
            json.dumps(verdict.reasons),
            verdict.rules_hash,
            quotable=quotable,
            beside=json.dumps(verdict.beside),
        )
        return await record_rules_verdicts(session, [found], bot.context.now())


async def test_what_is_not_worth_reading_does_not_count_until_an_editor_keeps_it(asked):
    asked.reply("ada")
    await asked.tick(minutes=5)
    assert await usable(asked) == 1
    assert await say_quotable(asked, quotable=False) == 1
    assert await usable(asked) == 0
    await decide(asked.context, CONFIG_WORKSPACE, 1, VerdictValue.KEEP, editor="grace")
    assert await usable(asked) == 1
    await restore(asked.context, CONFIG_WORKSPACE, 1, by="grace")
    assert await usable(asked) == 0


async def test_whether_it_is_worth_reading_is_a_verdict_of_its_own(asked):
    asked.reply("ada")
    await asked.tick(minutes=5)
    assert [await say_quotable(asked, quotable=each) for each in (True, False, False, True)] == [0, 1, 0, 1]


async def test_an_editors_keep_and_maybe_are_worth_reading_and_aside_is_not(asked):
    asked.reply("ada")
    await asked.tick(minutes=5)
    for value in VerdictValue:
        await decide(asked.context, CONFIG_WORKSPACE, 1, value, editor="grace")
    given = [verdict for verdict in await asked.rows(Verdict) if verdict.editor]
    assert {verdict.value: verdict.quotable for verdict in given} == {"keep": True, "maybe": True, "aside": False}
