"""Posting now: what a command asked for goes out at once, without waiting for `run`."""

import asyncio

from bot.context import Context
from bot.desk.errors import refuse
from bot.desk.operating.status import PostStatus, list_posts, list_posts_of
from bot.posts.publish import publish_next
from bot.scheduler.plan import expire, is_paused, plan
from storage.models import Question
from storage.questions import posts, questions
from storage.states import AHEAD, IN_PROGRESS, PostState

LONGEST_WAIT = 60.0
"""Seconds that another process (a running bot) is waited for."""
_PAUSE = 0.5


async def post_now(context: Context, question: Question) -> tuple[PostStatus, ...]:
    """Publish until nothing of this question can go out now; answers its posts as they stand then.

    Other posts that are due go out on the way. A running bot may be quicker: then its work is waited for.
    """
    waited = 0.0
    while waited < LONGEST_WAIT and await _wants_work(context, question):
        if not await publish_next(context):
            if not await _is_in_hand(context, question):
                break
            await asyncio.sleep(_PAUSE)
            waited += _PAUSE
    return await list_posts(context, question.id)


async def _wants_work(context: Context, question: Question) -> bool:
    now = context.now()
    async with context.store.read() as session:
        found = await posts.posts_of_question(session, question.id)
    return any(
        post.state in IN_PROGRESS or (post.state is PostState.RETRY and (post.retry_at is None or post.retry_at <= now))
        for post, _, _ in found
    )


async def _is_in_hand(context: Context, question: Question) -> bool:
    async with context.store.read() as session:
        found = await posts.posts_of_question(session, question.id)
    return any(post.state is PostState.PUBLISHING for post, _, _ in found)


async def publish_due(context: Context, workspace: str) -> list[PostStatus]:
    """Plan and publish what is due now; answers every post that this concerned. Raises DeskError while paused."""
    if await is_paused(context):
        raise refuse("paused_not_sent")
    before = await _list_all(context, workspace)
    await plan(context, paused=False)
    await expire(context)
    async with context.store.write() as session:
        await posts.release_lapsed(session, context.now())
    while await publish_next(context):
        pass
    after = await _list_all(context, workspace)
    return [post for id_, post in after.items() if before.get(id_) != post or post.state in AHEAD]


async def _list_all(context: Context, workspace: str) -> dict[int, PostStatus]:
    async with context.store.read() as session:
        known = await questions.list_questions(session, workspace)
    by_question = await list_posts_of(context, [question.id for question, _ in known])
    return {post.id: post for found in by_question.values() for post in found}
