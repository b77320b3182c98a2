"""Stores whose replies are judged and counted, as a bot that ran leaves them."""

import json
import random
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bench.filter_lag import open_bot
from bench.rows import START, make_replies
from bench.seed import seed_post
from bot.context import Context
from bot.replies.counting import count_anew
from storage.models import PostPart, Reply, Revision
from storage.questions.questions import begin_judging, mark_judged
from storage.replies.ingest import upsert_replies
from storage.replies.judging import RulesVerdict, record_rules_verdicts
from storage.states import PartState, VerdictValue

PAGE = 5_000
_LENGTH = {"rule": "length", "weight": 0.5, "detail": "20"}
REASONS = json.dumps([_LENGTH])
FIRST_HAND = json.dumps([{"rule": "rank_experience", "weight": 0.4, "detail": "we did"}, _LENGTH])


async def store_judged(folder: Path, count: int, questions: int = 1) -> None:
    """`count` judged replies to one question beside others that nobody answered."""
    async with open_bot(folder) as context:
        for number in range(1, questions):
            await _ask(context, f"question-{number}")
        question_id, post_id, account_id = await _ask(context, "disavow-links")
        rows = make_replies(count, question_id, post_id, account_id)
        for start in range(0, count, PAGE):
            async with context.store.write() as session:
                await upsert_replies(session, rows[start : start + PAGE], START)
        await _judge(context, question_id)
        await count_anew(context)


async def _ask(context: Context, slug: str) -> tuple[int, int, int]:
    """One post whose notice stands; answers the ids of (question, post, account)."""
    async with context.store.write() as session:
        question_id, post_id, account_id = await seed_post(session, slug, START + timedelta(days=30))
        part = {"post_id": post_id, "position": 0, "role": "root", "key": slug, "payload": {}, "sent_at": START}
        session.add(PostPart(**part, state=PartState.SENT, has_notice=True, remote_id=slug))
        return question_id, post_id, account_id


async def _judge(context: Context, question_id: int) -> None:
    """A tenth aside, half kept, the rest maybe; a fifth is not worth reading, a third first-hand."""
    async with context.store.read() as session:
        ids = list(
            await session.scalars(
                select(Revision.id).join(Reply, Reply.id == Revision.reply_id).where(Reply.question_id == question_id)
            )
        )
    dice = random.Random(len(ids))
    values = (VerdictValue.ASIDE, *[VerdictValue.KEEP] * 5, *[VerdictValue.MAYBE] * 4)
    for start in range(0, len(ids), PAGE):
        found = [
            RulesVerdict(
                *(id_, dice.choice(values), dice.random(), REASONS if id_ % 3 else FIRST_HAND),
                *(context.rules_hash, dice.random() > 0.2),
            )
            for id_ in ids[start : start + PAGE]
        ]
        async with context.store.write() as session:
            await record_rules_verdicts(session, found, START)
    async with context.store.write() as session:
        await begin_judging(session, question_id, context.rules_hash)
        await mark_judged(session, question_id, START)
