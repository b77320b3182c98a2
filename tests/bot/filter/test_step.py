"""The step over a whole pullquote: what it writes down, and when it writes nothing."""

from datetime import timedelta

from sqlalchemy import select, update

from bot import desk
from bot.replies.judge import EDITED_SINCE, judge_question
from storage.fingerprints.outlines import drop_outlines
from storage.models import Consent, Question, Reply, Revision, Verdict
from storage.replies.current import load_current_verdicts
from storage.states import CONFIG_WORKSPACE, ConsentState, VerdictValue
from tests.running import ANSWERS

QUESTION = {"habits": {"cron": "0 9 * * *"}}


async def ask(open_bot):
    """A pullquote with a question that is open."""
    bot = await open_bot(questions=QUESTION)
    await bot.tick()
    await bot.tick(hours=1)
    return bot


async def judge(bot) -> int:
    return await judge_question(bot.context, (await bot.row(Question)).id)


async def standing(bot) -> dict[str | None, Verdict]:
    """The verdict that stands on each wording, by its text."""
    async with bot.context.store.read() as session:
        held = await load_current_verdicts(session, (await bot.row(Question)).id)
        texts = {revision.id: revision.text for revision in await session.scalars(select(Revision))}
    return {texts[id_]: verdict for id_, verdict in held.items()}


async def test_judging_again_writes_nothing(open_bot):
    bot = await ask(open_bot)
    for who in ANSWERS:
        bot.reply(who)
    bot.reply("ada", "+1")
    assert (await bot.tick(minutes=6)).judged == 4
    assert await judge(bot) == 0
    assert len(await bot.rows(Verdict)) == 4


async def test_a_reason_names_the_part_of_the_answer_that_it_is_in(open_bot):
    bot = await ask(open_bot)
    head = bot.reply("ada")
    bot.reply("ada", "DM me for more of it", to=head)
    await bot.tick(minutes=6)
    texts = {revision.id: revision.text for revision in await bot.rows(Revision)}
    for verdict in await bot.rows(Verdict):
        pitch = next(reason for reason in verdict.reasons if reason["rule"] == "sale")
        assert texts[pitch["revision"]][pitch["start"] : pitch["end"]] == "DM me"


async def test_the_first_of_two_that_are_the_same_is_the_original_whichever_is_stored_first(open_bot):
    pitch = "A healthy link profile is the foundation of lasting growth, and audits protect the brand from every risk."
    bot = await ask(open_bot)
    original = bot.reply("ada", pitch)
    bot.clock.advance(minutes=1)
    bot.reply("alan", pitch)
    await bot.tick(minutes=6)
    copies = [
        reason for verdict in await bot.rows(Verdict) for reason in verdict.reasons if reason["rule"] == "copy_of_reply"
    ]
    assert [copy["detail"] for copy in copies] == [f"sandbox:{original.id}"]


async def test_a_new_wording_after_an_editors_verdict_is_maybe_until_the_editor_looks_again(open_bot):
    bot = await ask(open_bot)
    reply = bot.reply("ada")
    await bot.tick(minutes=6)
    await desk.decide(bot.context, CONFIG_WORKSPACE, (await bot.row(Reply)).id, VerdictValue.KEEP, editor="Mara")
    bot.edit(reply, "We dropped AMP in May 2021, not in March, because nobody used it.")
    await bot.tick(minutes=6)
    edited = (await standing(bot))["We dropped AMP in May 2021, not in March, because nobody used it."]
    assert (edited.value, edited.editor, edited.reasons[0]["rule"]) == (VerdictValue.MAYBE, "Mara", EDITED_SINCE)
    assert await judge(bot) == 0


async def test_an_editor_who_gives_a_new_wording_back_to_the_rules_is_not_asked_again(open_bot):
    bot = await ask(open_bot)
    reply = bot.reply("ada")
    await bot.tick(minutes=6)
    reply_id = (await bot.row(Reply)).id
    await desk.decide(bot.context, CONFIG_WORKSPACE, reply_id, VerdictValue.ASIDE, editor="Mara")
    bot.edit(reply, ANSWERS["grace"])
    await bot.tick(minutes=6)
    await desk.restore(bot.context, CONFIG_WORKSPACE, reply_id)
    assert await judge(bot) == 0
    assert (await standing(bot))[ANSWERS["grace"]].editor is None


async def test_no_quote_is_a_refusal_that_is_written_once_and_outlives_the_words(open_bot):
    bot = await ask(open_bot)
    reply = bot.reply("ada", "No quote please: we stopped buying links in 2019.")
    bot.reply("grace")
    await bot.tick(minutes=6)
    await judge(bot)
    bot.edit(reply, "We stopped buying links in 2019.")
    await bot.tick(minutes=6)
    (refusal,) = await bot.rows(Consent)
    assert refusal.state is ConsentState.REFUSED
    assert refusal.revision_id == next(each.id for each in await bot.rows(Revision) if "No quote" in (each.text or ""))


async def test_a_deleted_part_is_not_judged_and_the_rest_of_its_answer_stays_one(open_bot):
    bot = await ask(open_bot)
    head = bot.reply("ada", "We dropped AMP last March, in three steps.")
    middle = bot.reply("ada", "First the news pages, because they were the fewest.", to=head)
    bot.reply("ada", "Then the rest; traffic stayed flat for two months.", to=middle)
    await bot.tick(minutes=6)
    before = len(await bot.rows(Verdict))
    async with bot.context.store.write() as session:
        row = await session.scalar(select(Revision).where(Revision.text.startswith("First")))
        row.text = None
        await drop_outlines(session, [row.reply_id])
        await session.execute(update(Question).values(changed_at=bot.clock() + timedelta(seconds=1)))
    await judge(bot)
    new = (await bot.rows(Verdict))[before:]
    assert row.id not in {verdict.revision_id for verdict in new}
    assert len({verdict.score for verdict in new}) == 1
    assert len(new) == 2


async def test_what_changes_while_a_question_is_judged_is_judged_at_the_next_tick(open_bot):
    bot = await ask(open_bot)
    bot.reply("ada")
    await bot.tick(minutes=6)
    question = await bot.row(Question)
    assert question.judged_at == question.changed_at
    bot.clock.advance(hours=1)
    await judge(bot)
    assert (await bot.row(Question)).judged_at == question.changed_at


async def test_an_editors_verdict_that_was_taken_back_says_nothing_about_a_later_wording(open_bot):
    bot = await ask(open_bot)
    reply = bot.reply("ada")
    await bot.tick(minutes=6)
    reply_id = (await bot.row(Reply)).id
    await desk.decide(bot.context, CONFIG_WORKSPACE, reply_id, VerdictValue.ASIDE, editor="Mara")
    await desk.restore(bot.context, CONFIG_WORKSPACE, reply_id)
    bot.edit(reply, ANSWERS["grace"])
    await bot.tick(minutes=6)
    assert (await standing(bot))[ANSWERS["grace"]].editor is None
