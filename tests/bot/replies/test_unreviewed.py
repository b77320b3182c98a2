"""What waits for a look is counted in the store, and by the same rules as if all of it were read."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.digest.selection.select import find_barriers, form_answers
from bot.filter import RULES_HASH
from bot.quotes import SAID_IN_REPLY, Barrier
from bot.replies.counting import count_anew
from bot.replies.unreviewed import find_bar, find_next, list_unreviewed
from storage.models import Author, Consent, Post, PostPart, Question, Reply, Revision, Target, Verdict
from storage.questions.questions import record_question
from storage.replies.current import load_current_replies, load_current_verdicts, load_ledgers
from storage.replies.ingest import upsert_replies
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import ConsentState, Origin, PartState, PostState, QuestionState, ReplyState, Source, VerdictValue

SPACES = ("guild:g1", "config")
TEXTS = ("We stopped printing in 2021.", "No quote, please.", "It depends.", "Nobody read the reports.")


@pytest.fixture
async def crowd(open_bot):
    """Answers of every kind to three questions: chains, circles, ledgers, verdicts, edits, refusals."""
    bot = await open_bot(accounts={"square": {}, "forum": {"consent_first": True}}, questions={})
    dice = random.Random(7)
    now = bot.clock()
    async with bot.context.store.write() as session:
        for number, space in enumerate(("config", "guild:g1", "config", "config")):
            made = await record_question(
                session, workspace=space, slug=f"q{number}", content={"text": "Q"}, content_hash="h",
                source=Source.COMMAND, now=now,
            )  # fmt: skip
            posts = [None, *await post_in_all_ways(session, made, now)]
            await upsert_replies(session, [*say(dice, made.question.id, posts, now)], now)
        await session.execute(update(Question).where(Question.slug == "q3").values(state=QuestionState.WITHDRAWN))
    async with bot.context.store.write() as session:
        for author in await rows(session, Author):
            author.opted_out, author.do_not_quote = dice.random() < 0.05, dice.random() < 0.05
        for reply in await rows(session, Reply):
            if dice.random() < 0.1:
                reply.state = dice.choice([*ReplyState])
            reply.unknown_at = now if dice.random() < 0.05 else None
        for revision in await rows(session, Revision):
            revise(session, dice, revision, now)
    async with bot.context.store.write() as session:
        for revision in await rows(session, Revision):
            judge(session, dice, revision, now)
    await count_anew(bot.context)
    return bot


async def rows(session, table):
    from sqlalchemy import select

    return list(await session.scalars(select(table).order_by(table.id)))


async def post_in_all_ways(session, made, now):
    """Ids of posts: with a notice in it, with one below that was deleted, with none, and one that was adopted."""
    target = Target(question_id=made.question.id, account_id=1)
    session.add(target)
    await session.flush()
    ids = []
    for way in ("in it", "below", "none", "adopted"):
        post = Post(
            target_id=target.id, version_id=made.version.id, occurrence=way, due_at=now, expires_at=now,
            state=PostState.PUBLISHED, adopted=way == "adopted", published_at=now,
        )  # fmt: skip
        session.add(post)
        await session.flush()
        ids.append(post.id)
        part = {"post_id": post.id, "payload": {}, "state": PartState.SENT}
        session.add(PostPart(**part, position=0, role="root", key=f"{post.id}", sent_at=now, has_notice=way == "in it"))
        if way == "below":
            up, seen, gone = (now + timedelta(seconds=each) for each in (10, 30, 40))
            session.add(
                PostPart(
                    **part, position=1, role="thread", key=f"{post.id}-1", sent_at=up, stood_at=seen, gone_at=gone,
                    has_notice=True,
                )
            )  # fmt: skip
    return ids


def say(dice, question_id, posts, now):
    for number in range(150):
        parent = dice.choice([None, None, f"r{dice.randrange(150)}", f"r{number}"])
        yield ReplyRow(
            question_id=question_id,
            platform=dice.choice(["sandbox", "sandbox", "forum", "import"]),
            remote_id=f"r{number}",
            author=AuthorRow(f"a{dice.randrange(60)}", labels=dice.choice([(), (), ("b", "a")])),
            text=dice.choice(TEXTS),
            posted_at=now + timedelta(seconds=dice.randrange(50)),
            origin=dice.choice([Origin.COLLECTED, Origin.COLLECTED, Origin.SUBMITTED]),
            post_id=dice.choice(posts),
            parent_remote_id=parent,
            foreign=dice.choice([(), (), ((0, 2),)]),
        )


def revise(session, dice, revision, now):
    if dice.random() < 0.1:
        session.add(Revision(reply_id=revision.reply_id, number=2, text=dice.choice(TEXTS), seen_at=now))


def judge(session, dice, revision, now):
    """Verdicts as the filter and editors leave them; the filter enters each `no quote`."""
    for editor in (None, None, "Mara", "Joan"):
        if dice.random() < 0.5 if editor else dice.random() < 0.95:
            session.add(
                Verdict(
                    revision_id=revision.id,
                    value=dice.choice([*VerdictValue]),
                    score=dice.choice([0.25, 0.5, 0.75]),
                    reasons=[],
                    rules_hash="" if editor else RULES_HASH,
                    editor=editor,
                    judged_at=now,
                    quotable=bool(editor) or dice.random() < 0.8,
                    restored_at=now if editor and dice.random() < 0.6 else None,
                )
            )
    if revision.text == TEXTS[1]:
        wish = {"state": ConsentState.REFUSED, "proof": SAID_IN_REPLY}
        session.add(Consent(revision_id=revision.id, **wish, at=now))
    for _ in range(dice.choice([0, 0, 0, 1, 1, 2])):
        session.add(Consent(revision_id=revision.id, state=dice.choice([*ConsentState]), at=now))


async def read_all(bot):
    """(question, first reply) of all that waits, in order, found by reading everything: what may be a refusal first."""
    found, held = [], []
    async with bot.context.store.read() as session:
        known = [each for each in await rows(session, Question) if each.state is not QuestionState.WITHDRAWN]
        for space in SPACES:
            for question in sorted(known, key=lambda each: -each.id):
                if question.workspace == space:
                    replies = await load_current_replies(session, question.id)
                    parts = find_barriers(replies, await load_ledgers(session, replies), bot.context.capabilities)
                    answers = form_answers(parts, await load_current_verdicts(session, question.id))
                    for each in sorted(filter(waits, answers), key=rank):
                        (held if find_bar(each) is Barrier.HELD else found).append((question.id, each.id))
    return held + found


def waits(answer):
    barrier, verdict = find_bar(answer), answer.verdict
    if barrier is Barrier.HELD:
        return verdict is None or verdict.value is not VerdictValue.ASIDE
    if barrier not in (None, Barrier.WAITING, Barrier.NOT_ASKED, Barrier.ASK_FIRST, Barrier.FINDABLE):
        return False
    if verdict is not None and not verdict.quotable:
        return False
    if verdict is None or (verdict.value is VerdictValue.MAYBE and verdict.editor is None):
        return True
    asked = all(part.reply.origin is Origin.SUBMITTED for part in answer.parts) or any(
        not part.is_undecided for part in answer.parts
    )
    return verdict.value is VerdictValue.KEEP and barrier is not None and not asked


def rank(answer):
    verdict = answer.verdict
    return verdict is not None and verdict.editor is not None, -(verdict.score if verdict else 0.0), answer.id


async def test_the_store_counts_what_reading_everything_finds(crowd):
    expected = await read_all(crowd)
    assert len(expected) > 50
    async with crowd.context.store.read() as session:
        found = await list_unreviewed(session, SPACES)
        assert await find_next(session, found) == ("guild:g1", expected[0][1])
    assert sum(each.count for each in found) == len(expected)
    counts = {}
    for each in found:
        counts[each.question_id] = counts.get(each.question_id, 0) + each.count
    assert counts == {id_: sum(name == id_ for name, _ in expected) for id_ in counts}


async def test_skipping_walks_through_all_of_it_in_order(crowd):
    expected = await read_all(crowd)
    walked, after = [], None
    async with crowd.context.store.read() as session:
        found = await list_unreviewed(session, SPACES)
        for _ in expected:
            _, after = await find_next(session, found, after)
            walked.append(after)
        assert await find_next(session, found, after) == ("guild:g1", expected[0][1])
    assert walked == [reply_id for _, reply_id in expected]


async def test_only_one_question_is_counted_where_one_is_named(crowd):
    expected = await read_all(crowd)
    async with crowd.context.store.read() as session:
        found = await list_unreviewed(session, SPACES, question_id=1)
    assert sum(each.count for each in found) == sum(name == 1 for name, _ in expected) > 0
