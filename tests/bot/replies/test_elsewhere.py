"""Answers are compared with earlier ones to other questions of their workspace, and with nobody else's."""

from itertools import permutations

import pytest
from sqlalchemy import select, update

from bot import desk
from bot.replies.judge import judge_question
from storage.models import Author, Fingerprint, Question, Reply, Revision, Verdict
from storage.replies import replies as stored_replies
from storage.replies.current import load_current_verdicts
from storage.states import CONFIG_WORKSPACE
from tests.running import ANSWERS

PITCH = (
    "We cut our onboarding from nine days to three in 2021 by dropping the welcome call, and churn in the first "
    "quarter fell by a fifth because nobody had to wait for a slot in somebody's calendar."
)
FRAMED = [
    f"After moving our {what} to {where} in {year}, we stopped printing the weekly report that nobody read, and the "
    f"team got half a day back; I would do it again tomorrow."
    for what, where, year in (("Invoices", "Berlin", 2019), ("Archives", "Lisbon", 2022))
]
OTHER = "In 2018 the council closed the road at our school gate, and the number of cars fell by 340 a day within weeks."
TWO = {
    "habits": {"at": "2026-11-16T08:01"},
    "tools": {"at": "2026-11-16T08:01", "text": "Which tool did you drop, and why?"},
    "roads": {"at": "2026-11-16T08:01", "text": "What changed when your road was closed?"},
}


@pytest.fixture
async def asked(open_bot):
    bot = await open_bot(questions=TWO)
    await bot.tick(minutes=2)
    return bot


def say(bot, slug, who, text):
    """An answer to one of the questions, a minute after the last."""
    bot.clock.advance(minutes=1)
    return bot.reply(who, text, to=find_root(bot, slug))


def find_root(bot, slug):
    roots = [post for post in bot.network().by_author("pullquote") if post.parent is None]
    return next(post for post in roots if post.text.startswith(TWO[slug].get("text", "What did you stop")))


def first_said(bot, text):
    return next(post for post in bot.network().posts.values() if post.text == text)


async def reasons(bot, *rules):
    """(Rule, detail) of the verdicts that stand, by the question's slug and the author's handle."""
    found = {}
    async with bot.context.store.read() as session:
        for question in await session.scalars(select(Question).order_by(Question.id)):
            held = await load_current_verdicts(session, question.id)
            rows = await session.execute(
                select(Revision.id, Author.handle)
                .join(Reply, Reply.id == Revision.reply_id)
                .join(Author, Author.id == Reply.author_id)
                .where(Revision.id.in_(held))
            )
            for revision_id, handle in rows:
                said = [(each["rule"], each["detail"]) for each in held[revision_id].reasons if each["rule"] in rules]
                found[question.slug, handle] = said
    return {key: said for key, said in found.items() if said}


async def id_of(bot, handle):
    people = {author.handle: author.id for author in await bot.rows(Author)}
    return next(reply.id for reply in await bot.rows(Reply) if reply.author_id == people[handle])


async def test_what_stood_below_another_question_is_lowered_and_says_where_and_is_not_set_aside_for_it(asked):
    say(asked, "habits", "ada", PITCH)
    say(asked, "tools", "alan", PITCH)
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    first = await id_of(asked, "ada")
    assert await reasons(asked, "copy_elsewhere") == {("tools", "alan"): [("copy_elsewhere", f"habits #{first}")]}
    newest = {verdict.revision_id: verdict for verdict in await asked.rows(Verdict)}
    earlier, later = (newest[revision.id] for revision in await asked.rows(Revision))
    assert later.score < earlier.score
    assert "aside" not in {earlier.value, later.value}


async def test_the_later_one_is_lowered_though_its_question_was_judged_first(asked):
    say(asked, "tools", "ada", PITCH)
    say(asked, "habits", "alan", PITCH)  # of the question that is judged first
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    assert list(await reasons(asked, "copy_elsewhere")) == [("habits", "alan")]


async def test_an_earlier_text_that_arrives_late_has_the_others_judged_again(asked):
    early = asked.clock()
    say(asked, "tools", "alan", PITCH)
    await asked.tick(minutes=5)
    assert await reasons(asked, "copy_elsewhere") == {}
    asked.network().post("ada", PITCH, early, parent=find_root(asked, "habits").id)
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    assert list(await reasons(asked, "copy_elsewhere")) == [("tools", "alan")]
    assert (await asked.tick(minutes=5)).judged == 0


async def test_what_is_the_same_but_for_names_and_numbers_is_named_as_that(asked):
    say(asked, "habits", "ada", FRAMED[0])
    say(asked, "tools", "alan", FRAMED[1])
    say(asked, "roads", "grace", OTHER)
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    assert list(await reasons(asked, "alike_elsewhere", "copy_elsewhere")) == [("tools", "alan")]


async def test_the_same_again_to_the_same_question_is_nothing_elsewhere(asked):
    say(asked, "habits", "ada", PITCH)
    say(asked, "habits", "ada", PITCH)
    await asked.tick(minutes=5)
    assert await reasons(asked, "copy_elsewhere", "alike_elsewhere", "alike_gram") == {}


async def test_other_answers_have_nothing_in_common(asked):
    for slug, who in zip(TWO, ANSWERS, strict=True):
        say(asked, slug, who, ANSWERS[who])
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    assert await reasons(asked, "copy_elsewhere", "alike_elsewhere", "alike_gram") == {}


async def test_another_workspace_is_never_looked_at(asked):
    say(asked, "habits", "ada", PITCH)
    say(asked, "tools", "alan", PITCH)
    async with asked.context.store.write() as session:
        await session.execute(update(Question).where(Question.slug == "tools").values(workspace="guild:g1"))
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    assert len(await asked.rows(Fingerprint)) > 2
    assert await reasons(asked, "copy_elsewhere", "alike_elsewhere", "alike_gram") == {}


async def test_after_ninety_days_a_text_is_forgotten(asked):
    say(asked, "habits", "ada", PITCH)
    await asked.tick(minutes=5)
    async with asked.context.store.write() as session:
        reply = await session.scalar(select(Reply))
        reply.posted_at = reply.posted_at.replace(month=8)
    say(asked, "tools", "alan", PITCH)
    await asked.tick(minutes=5)
    assert await reasons(asked, "copy_elsewhere") == {}


async def test_the_order_in_which_questions_are_judged_changes_nothing(asked):
    say(asked, "tools", "ada", PITCH)
    say(asked, "habits", "alan", PITCH)
    say(asked, "roads", "grace", PITCH)
    say(asked, "roads", "ada", FRAMED[0])
    say(asked, "habits", "grace", FRAMED[1])
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    expected = await read_verdicts(asked)
    assert len(await reasons(asked, "copy_elsewhere", "alike_elsewhere")) == 3
    for order in permutations((1, 2, 3)):
        await forget_all_judging(asked)
        for question_id in (*order, *order):
            await judge_question(asked.context, question_id)
        assert await read_verdicts(asked) == expected, order


async def read_verdicts(bot):
    """What stands on each wording, to the last bit."""
    found = {}
    async with bot.context.store.read() as session:
        for question_id in (1, 2, 3):
            held = await load_current_verdicts(session, question_id)
            found |= {id_: (verdict.value, verdict.score, verdict.reasons) for id_, verdict in held.items()}
    return found


async def forget_all_judging(bot):
    async with bot.context.store.write() as session:
        for table in (Verdict, Fingerprint):
            await session.execute(table.__table__.delete())
        await session.execute(update(Question).values(judged_by="", judged_at=None))


# ---------------------------------------------------------------- they go with the words


async def printed(bot):
    """The handles of those of whose words there are prints."""
    async with bot.context.store.read() as session:
        rows = await session.scalars(
            select(Author.handle)
            .join(Reply, Reply.author_id == Author.id)
            .join(Revision, Revision.reply_id == Reply.id)
            .join(Fingerprint, Fingerprint.revision_id == Revision.id)
        )
        return set(rows)


@pytest.fixture
async def copied(asked):
    """Two who said the same below two questions; the second was lowered for it."""
    say(asked, "habits", "ada", PITCH)
    say(asked, "tools", "alan", PITCH)
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    assert await printed(asked) == {"ada", "alan"}
    assert await reasons(asked, "copy_elsewhere")
    return asked


async def delete(bot):
    bot.delete(first_said(bot, PITCH))


async def purge(bot):
    reply_id = await id_of(bot, "ada")
    async with bot.context.store.write() as session:
        await stored_replies.empty_replies(session, [reply_id], bot.clock(), purged=True)


async def forget(bot):
    await desk.forget_author(bot.context, CONFIG_WORKSPACE, "ada")


async def refuse(bot):
    await desk.record_consent(
        bot.context, CONFIG_WORKSPACE, await id_of(bot, "ada"), "refused", wording="no", proof="by mail"
    )


async def withdraw(bot):
    await desk.record_consent(
        bot.context, CONFIG_WORKSPACE, await id_of(bot, "ada"), "withdrawn", wording="no more", proof="by mail"
    )


async def edit(bot):
    bot.edit(first_said(bot, PITCH), OTHER)


@pytest.mark.parametrize("leave", [delete, purge, forget, refuse, withdraw])
async def test_prints_go_with_the_words_and_nobody_is_compared_with_them_any_more(copied, leave):
    await leave(copied)
    for _ in range(2):
        await copied.tick(minutes=20)
    assert await printed(copied) == {"alan"}
    assert await reasons(copied, "copy_elsewhere") == {}


async def test_a_wording_that_was_edited_away_leaves_no_prints(copied):
    await edit(copied)
    for _ in range(2):
        await copied.tick(minutes=20)
    assert await reasons(copied, "copy_elsewhere") == {}
    newest = {revision.id for revision in await copied.rows(Revision) if revision.text == OTHER}
    old = {revision.id for revision in await copied.rows(Revision) if revision.text == PITCH and revision.number == 1}
    held = {row.revision_id for row in await copied.rows(Fingerprint)}
    assert newest <= held
    assert len(old & held) == 1  # alan's


async def test_no_quote_in_the_words_themselves_leaves_no_prints(asked):
    say(asked, "habits", "ada", f"No quote please. {PITCH}")
    await asked.tick(minutes=5)
    await asked.tick(minutes=5)
    assert await printed(asked) == set()


class CountsPrints:
    """The usual filter, and how many texts it made prints of."""

    def __init__(self, usual):
        self.usual, self.texts = usual, 0
        self.judge = usual.judge

    async def make_prints(self, texts):
        self.texts += len(texts)
        return await self.usual.make_prints(texts)


async def test_prints_of_a_wording_are_made_once_and_not_at_every_judging(asked):
    say(asked, "habits", "ada", PITCH)
    await asked.tick(minutes=6)
    asked.context.judges = counting = CountsPrints(asked.context.judges)
    await judge_question(asked.context, 1)
    assert counting.texts == 0
    say(asked, "habits", "grace", OTHER)
    await asked.tick(minutes=6)
    assert counting.texts == 1
