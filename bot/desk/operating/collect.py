"""Collecting now: one pass, without waiting for `run`."""

import asyncio
from collections.abc import Iterable

from bot.context import Context
from bot.replies.collect import Collected, collect_account
from bot.replies.enough import report_enough
from bot.replies.judge import judge_question
from storage.models import Question
from storage.questions import open_posts, posts, questions

JUDGE_EVERY = 2.0
"""Seconds after which what was read meanwhile is judged, so that somebody who looks on sees it."""


async def collect_now(context: Context, question: Question | None = None) -> list[Collected]:
    """Collect and judge, whatever the plan says: on every account with open posts, or on those of one question."""
    if question is not None:
        collected = await collect_question(context, question)
    else:
        async with context.store.read() as session:
            account_ids = await open_posts.account_ids_with_posts(session, context.now())
        collected = await _collect(context, account_ids)
    async with context.store.read() as session:
        changed = await questions.questions_to_judge(session, context.rules_hash)
    for question_id in changed:
        await judge_question(context, question_id)
        await report_enough(context, question_id)
    return collected


async def collect_question(context: Context, question: Question) -> list[Collected]:
    """One pass over each account on which a question has posts; what another process collects is left out."""
    async with context.store.read() as session:
        found = await posts.posts_of_question(session, question.id)
    account_ids = sorted({account.id for post, account, _ in found if post.published_at is not None})
    return await _collect(context, account_ids)


async def read_question(context: Context, question: Question) -> list[Collected]:
    """The same, and what comes is judged while more is read: for somebody who looks on."""
    collecting = asyncio.create_task(collect_question(context, question))
    try:
        while not collecting.done():
            await asyncio.wait({collecting}, timeout=JUDGE_EVERY)
            await judge_question(context, question.id)
    finally:
        collecting.cancel()
    await report_enough(context, question.id)
    return await collecting


async def _collect(context: Context, account_ids: Iterable[int]) -> list[Collected]:
    passes = [await collect_account(context, id_) for id_ in account_ids if id_ in context.accounts.ids]
    return [each for each in passes if each is not None]
