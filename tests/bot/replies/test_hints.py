"""What is noticed about answers that are stored: found by index, shown to editors, gone with the words it rests on."""

import json
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import select, update

from bot import desk
from bot.desk.answers.imports import ImportDefaults
from bot.replies.judge import judge_question
from storage.models import Author, Fingerprint, Post, Question, Reply, Revision, Verdict
from storage.replies.current import load_current_verdicts
from storage.replies.ingest import upsert_replies
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import CONFIG_WORKSPACE

SAID = "It was hard. We cut our newsletter list by 30 percent! Nobody minded, and our two editors got a day back."
UNSAID = "Three tools went. I cut the newsletter list by 3 %. That was all, and I would not do it again, to be honest."
SENT = (
    "No more printed invoices here since 2018; they are paid nine days sooner by mail.\nBest,\nAda\nada@rankly.io",
    "I gave up the daily call: two hours a week, and nobody asked for it since.\nBest,\nJo\njo@rankly.io",
)
LONG = (
    "We stopped the weekly report in spring because nobody in the shop read it, and the two of us who wrote it got half "
    "a day back each week; since then we write one page a month, which our customers ask for when it is late."
)
FOUR = {
    "habits": {"at": "2026-11-16T08:01"},
    "tools": {"at": "2026-11-16T08:01", "text": "Which tool did you drop, and why?"},
    "roads": {"at": "2026-11-16T08:01", "text": "What changed when your road was closed?"},
    "tomatoes": {"at": "2026-11-16T08:01", "text": "Why do tomatoes split?"},
}
HINTS = ("sender_group", "contradicts_itself", "contradicts_elsewhere", "new_profile", "quick_answer", "many_subjects")


@pytest.fixture
async def asked(open_bot):
    bot = await open_bot(questions=FOUR)
    await bot.tick(minutes=2)
    return bot


def say(bot, slug, who, text):
    """An answer to one of the questions, a minute after the last."""
    bot.clock.advance(minutes=1)
    roots = [post for post in bot.network().by_author("pullquote") if post.parent is None]
    start = FOUR[slug].get("text", "What did you stop")
    return bot.reply(who, text, to=next(post for post in roots if post.text.startswith(start)))


async def bring_in(bot, tmp_path, slug, **row):
    """An answer that came by mail."""
    path = tmp_path / f"{slug}.jsonl"
    path.write_text(json.dumps({"author": "Ada", "id": slug, **row}) + "\n", encoding="utf-8")
    async with bot.context.store.read() as session:
        question = await session.scalar(select(Question).where(Question.slug == slug))
    done = await desk.import_replies(bot.context, question, path, ImportDefaults(network="mail"))
    assert (done.added, done.bad) == (1, [])


async def hints(bot):
    """(Rule, detail) of the verdicts that stand, by the question's slug and the author's name."""
    found = {}
    async with bot.context.store.read() as session:
        for question in await session.scalars(select(Question).order_by(Question.id)):
            held = await load_current_verdicts(session, question.id)
            rows = await session.execute(
                select(Revision.id, Author.handle, Author.display_name)
                .join(Reply, Reply.id == Revision.reply_id)
                .join(Author, Author.id == Reply.author_id)
                .where(Revision.id.in_(held))
            )
            for revision_id, handle, name in rows:
                said = [(each["rule"], each["detail"]) for each in held[revision_id].reasons if each["rule"] in HINTS]
                found[question.slug, handle or name] = said
    return {key: said for key, said in found.items() if said}


async def id_of(bot, text):
    return next(revision.reply_id for revision in await bot.rows(Revision) if revision.text == text)


async def see(bot, text, rule):
    """A reason as an editor sees it: (its own words, (reply, words) of others)."""
    found = await desk.explain(bot.context, CONFIG_WORKSPACE, await id_of(bot, text))
    (why,) = (each for each in found.reasons if each.rule == rule)
    return why.evidence, [(other.reply, other.text) for other in why.others]


async def test_an_editor_sees_both_passages_where_somebody_said_otherwise_before(asked):
    say(asked, "habits", "ada", SAID)
    say(asked, "tools", "ada", UNSAID)
    for _ in range(2):
        await asked.tick(minutes=5)
    first = await id_of(asked, SAID)
    assert await hints(asked) == {("tools", "ada"): [("contradicts_elsewhere", f"habits #{first}")]}
    assert await see(asked, UNSAID, "contradicts_elsewhere") == (
        "I cut the newsletter list by 3 %",
        [(first, "We cut our newsletter list by 30 percent")],
    )
    review = await desk.read_review(asked.context, CONFIG_WORKSPACE, await id_of(asked, UNSAID))
    (hint,) = review.reply.hints
    assert hint.sentence == f"says otherwise than its author did before, to another question (habits #{first})"
    assert [other.reply for other in hint.others] == [first]


async def test_words_that_stay_on_their_network_are_named_by_their_number_alone(open_bot):
    bot = await open_bot(questions=FOUR, accounts={"square": {"consent_first": True}})
    await bot.tick(minutes=2)
    say(bot, "habits", "ada", SAID)
    say(bot, "tools", "ada", UNSAID)
    for _ in range(2):
        await bot.tick(minutes=5)
    first, last = await id_of(bot, SAID), await id_of(bot, UNSAID)
    await desk.record_consent(bot.context, CONFIG_WORKSPACE, last, "granted", wording="yes", proof="by mail")
    assert (await see(bot, UNSAID, "contradicts_elsewhere"))[1] == [(first, "")]


async def test_no_word_of_the_other_reply_is_stored_with_the_verdict(asked):
    say(asked, "habits", "ada", SAID)
    say(asked, "tools", "ada", UNSAID)
    for _ in range(2):
        await asked.tick(minutes=5)
    reasons = [each for verdict in await asked.rows(Verdict) for each in verdict.reasons if each["rule"] in HINTS]
    assert reasons
    assert "percent" not in json.dumps(reasons)
    assert [sorted(other) for each in reasons for other in each["others"]] == [["end", "revision", "start"]]


async def test_a_passage_and_the_hint_go_with_the_words(asked):
    say(asked, "habits", "ada", SAID)
    await asked.tick(minutes=5)
    say(asked, "tools", "ada", UNSAID)
    await asked.tick(minutes=5)
    assert await hints(asked)
    asked.delete(next(post for post in asked.network().posts.values() if post.text == SAID))
    for _ in range(2):
        await asked.tick(minutes=20)
    assert await hints(asked) == {}


async def test_a_second_answer_to_the_same_question_is_put_beside_the_first(asked):
    say(asked, "habits", "ada", SAID)
    say(asked, "habits", "ada", UNSAID)
    await asked.tick(minutes=5)
    assert await hints(asked) == {("habits", "ada"): [("contradicts_itself", "")]}
    assert (await see(asked, UNSAID, "contradicts_itself"))[1] == [
        (await id_of(asked, SAID), "We cut our newsletter list by 30 percent")
    ]


async def test_who_writes_for_one_sender_is_shown_with_the_others(asked):
    say(asked, "habits", "ada", SENT[0])
    say(asked, "tools", "alan", SENT[1])
    for _ in range(2):
        await asked.tick(minutes=5)
    assert await hints(asked) == {("tools", "alan"): [("sender_group", "1")]}
    others = [(await id_of(asked, SENT[0]), "ada@rankly.io")]
    assert await see(asked, SENT[1], "sender_group") == ("jo@rankly.io", others)


async def test_another_workspace_is_never_looked_at(asked):
    say(asked, "habits", "ada", SENT[0])
    say(asked, "habits", "grace", SAID)
    say(asked, "tools", "alan", SENT[1])
    say(asked, "tools", "grace", UNSAID)
    async with asked.context.store.write() as session:
        await session.execute(update(Question).where(Question.slug == "tools").values(workspace="guild:g1"))
    for _ in range(2):
        await asked.tick(minutes=5)
    assert await hints(asked) == {}


async def test_a_young_profile_is_told_with_its_age(asked):
    say(asked, "habits", "ada", LONG)
    await asked.tick(minutes=5)
    assert await hints(asked) == {}
    await read_profile(asked, asked.clock() - timedelta(days=3, minutes=-10))
    await asked.tick(minutes=5)
    assert await hints(asked) == {("habits", "ada"): [("new_profile", "2")]}
    await read_profile(asked, None)
    await asked.tick(minutes=5)
    assert await hints(asked) == {("habits", "ada"): [("new_profile", "2")]}
    await desk.forget_author(asked.context, CONFIG_WORKSPACE, "ada")
    assert [author.made_at for author in await asked.rows(Author)] == [None]


async def read_profile(bot, made_at):
    """The one reply once more, as its network gives it now."""
    bot.clock.advance(minutes=1)
    (reply,), (author,) = await bot.rows(Reply), await bot.rows(Author)
    profile = AuthorRow(author.remote_id, author.handle, author.display_name, author.link, made_at=made_at)
    row = ReplyRow(reply.question_id, reply.platform, reply.remote_id, profile, LONG, reply.posted_at, reply.origin)
    async with bot.context.store.write() as session:
        await upsert_replies(session, [row], bot.clock())


async def test_what_was_sent_in_at_once_is_told_and_what_has_no_time_is_not(asked, tmp_path):
    asked_at = max(post.published_at for post in await asked.rows(Post))
    await bring_in(asked, tmp_path, "habits", text=LONG, at=f"{asked_at + timedelta(minutes=4):%Y-%m-%dT%H:%M:%SZ}")
    await bring_in(asked, tmp_path, "tools", text=f"{LONG} And so on.", author="Jo")
    say(asked, "roads", "grace", f"{LONG} It was the road.")
    await asked.tick(minutes=5)
    assert await hints(asked) == {("habits", "Ada"): [("quick_answer", "4")]}


async def test_who_sends_answers_on_many_subjects_is_told_and_who_writes_on_a_server_is_not(asked, tmp_path):
    for hour, slug in enumerate(FOUR):
        await bring_in(
            asked, tmp_path, slug, text=f"We stopped {slug} in our shop, {slug}.", at=f"2026-11-17T1{hour}:00Z"
        )
        say(asked, slug, "grace", f"Nobody in our team of {hour + 2} has missed {slug} since we stopped in spring.")
    for _ in range(2):
        await asked.tick(minutes=5)
    assert await hints(asked) == {("tomatoes", "Ada"): [("many_subjects", "habits, roads, tools")]}


async def test_the_order_in_which_questions_are_judged_changes_nothing(asked):
    for slug, who, text in (
        ("tools", "ada", UNSAID),
        ("habits", "ada", SAID),
        ("roads", "alan", SENT[0]),
        ("habits", "grace", SENT[1]),
    ):
        say(asked, slug, who, text)
    for _ in range(2):
        await asked.tick(minutes=5)
    expected = await hints(asked)
    assert sorted(expected) == [("habits", "ada"), ("habits", "grace")]
    for order in permutations((1, 2, 3)):
        async with asked.context.store.write() as session:
            for table in (Verdict, Fingerprint):
                await session.execute(table.__table__.delete())
            await session.execute(update(Question).values(judged_by="", judged_at=None))
        for question_id in (*order, *order):
            await judge_question(asked.context, question_id)
        assert await hints(asked) == expected, order
