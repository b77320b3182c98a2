"""Reading from the store all that a digest of a question is made of, in few queries."""

import asyncio

from bot.digest.selection.block import Material
from bot.digest.selection.rounds import Round, Sent, form_rounds, share_replies
from bot.questions.content import Content
from storage.digests.digests import list_events_of_question
from storage.engine import Session
from storage.questions.posts import posts_of_question
from storage.questions.questions import load_question
from storage.replies.current import load_current_replies, load_current_verdicts, load_ledgers
from storage.replies.tallies import count_votes, find_choices


async def gather_rounds(session: Session, question_id: int) -> tuple[str, Content, list[Round]]:
    """(slug, content, rounds) of a question, without its replies."""
    question, version = await load_question(session, question_id)
    content = Content.model_validate(version.content)
    posts = [Sent(post, account, parts) for post, account, parts in await posts_of_question(session, question_id)]
    return question.slug, content, form_rounds(posts, repeats=content.cron is not None)


async def gather_material(
    session: Session, question_id: int, slug: str, content: Content, rounds: list[Round]
) -> list[Material]:
    """What people answered, a `Material` for each of the `rounds` (give all of the question); one if it has none."""
    replies = await load_current_replies(session, question_id)
    verdicts = await load_current_verdicts(session, question_id)
    ledgers = await load_ledgers(session, replies)
    post_ids = [sent.post.id for each in rounds for sent in each.posts]
    votes, choices = await count_votes(session, post_ids), await find_choices(session, post_ids)
    events = await list_events_of_question(session, question_id)
    if not rounds:
        return [Material(slug, content, None, replies, verdicts, ledgers, votes, choices, events)]
    shared = await asyncio.to_thread(share_replies, rounds, replies)
    return [
        Material(slug, content, each, shared[each.name], verdicts, ledgers, votes, choices, events) for each in rounds
    ]
