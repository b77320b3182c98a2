"""Closing: a last complete collection, a freshness check, the verdicts; then a post is closed."""

from collections import defaultdict

from bot.collect import collect_account
from bot.context import Context
from bot.digest.usable import count_usable
from bot.enough import tell_close
from bot.filter.step import judge_question
from bot.freshness import refresh_replies
from storage import posts
from storage.models import Post
from storage.states import PostState


async def close_due(context: Context, question_id: int | None = None) -> list[int]:
    """Close the posts whose time is over, of all questions or of one, and answer the ids of their questions.

    Where the last collection fails the post stays open and is tried again, until the grace after the close is over
    too: then it is closed as it is, and the digest says that the collection is incomplete.
    """
    async with context.store.read() as session:
        due = await posts.posts_to_close(session, context.now(), question_id)
    by_account: dict[int, list[Post]] = defaultdict(list)
    for post, account_id in due:
        by_account[account_id].append(post)
    closed: set[int] = set()
    for account_id, ending in by_account.items():
        closed |= await _close_on(context, account_id, ending)
    for each in sorted(closed):
        await tell_close(context, each)
    return sorted(closed)


async def _close_on(context: Context, account_id: int, ending: list[Post]) -> set[int]:
    collected = None
    if account_id in context.accounts.ids:
        collected = await collect_account(context, account_id, closing=[post.id for post in ending])
        if collected is None:
            return set()
    is_complete = collected is not None and collected.error is None
    now = context.now()
    over = [post for post in ending if is_complete or (post.collect_until is not None and post.collect_until <= now)]
    async with context.store.read() as session:
        questions = await posts.question_ids(session, [post.id for post in over])
    for question_id in sorted(set(questions.values())):
        await freshen(context, question_id)
    async with context.store.write() as session:
        for post in over:
            state = PostState.CLOSED if post.state is PostState.PUBLISHED else post.state
            await posts.close_post(session, post.id, state, now)
    return set(questions.values())


async def freshen(context: Context, question_id: int) -> None:
    """Judge what came last, read what would be quoted again on its platform, and judge what that changed."""
    await judge_question(context, question_id)
    usable = await count_usable(context.store, question_id, context.capabilities)
    refreshed = await refresh_replies(context, [id_ for each in usable for id_ in each.reply_ids])
    if refreshed.changed:
        await judge_question(context, question_id)
