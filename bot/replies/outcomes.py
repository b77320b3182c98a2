"""What the rules of quoting make of replies: the same functions judge them as for a digest."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from bot.context import Context
from bot.digest.selection.select import Answer, AnswerPart, Sorted, find_barriers, form_answers, sort_answers
from bot.quotes import Barrier, Edition
from bot.replies.unreviewed import answer_needs_review, find_bar
from storage.engine import Session
from storage.replies.current import CurrentReply, CurrentVerdict, load_ledgers
from storage.search import counted
from storage.search.counted import CountedRow
from storage.search.waiting import Wait
from storage.states import Outcome, VerdictValue


async def judge_authors(
    context: Context, session: Session, question_id: int, author_ids: Collection[int], *, repeats: bool
) -> list[CountedRow]:
    """Everything that these authors said to a question. repeats: it is asked again and again, each time a round."""
    replies = await counted.load_said(session, question_id, author_ids)
    ledgers = await load_ledgers(session, replies)
    revision_ids = [reply.revision_id for reply in replies]
    verdicts, noted, first_hand = await counted.load_verdicts(session, revision_ids, context.rules_hash)
    rounds = _name_rounds(replies, await counted.list_occurrences(session, question_id)) if repeats else {}
    find = partial(find_barriers, ledgers=ledgers, capabilities=context.capabilities, noted=noted)
    return await asyncio.to_thread(_judge, replies, verdicts, first_hand, rounds, find)


def _name_rounds(replies: Sequence[CurrentReply], posts: Sequence[tuple[int, str, datetime]]) -> dict[int, str]:
    """The round of each reply, by its id: see `bot.digest.selection.rounds.share_replies`."""
    by_post = {id_: name for id_, name, _ in posts}
    starts: dict[str, datetime] = {}
    for _, name, due_at in posts:
        starts[name] = min(due_at, starts.get(name, due_at))
    begins = sorted((at, name) for name, at in starts.items())
    return {
        reply.id: by_post[reply.post_id]
        if reply.post_id in by_post
        else next((name for at, name in reversed(begins) if at <= reply.seen_at), begins[0][1] if begins else "")
        for reply in replies
    }


def _judge(
    replies: Sequence[CurrentReply],
    verdicts: Mapping[int, CurrentVerdict],
    first_hand: Collection[int],
    rounds: Mapping[int, str],
    find: Callable[[Sequence[CurrentReply]], list[AnswerPart]],
) -> list[CountedRow]:
    parts = find(replies)
    answers = form_answers(parts, verdicts)
    waits = {answer.id: (wait, answer) for answer in answers if (wait := find_wait(answer)) is not None}
    outcomes: dict[int, tuple[str, Outcome]] = {}
    by_round: dict[str, list[CurrentReply]] = defaultdict(list)
    for reply in replies:
        by_round[rounds.get(reply.id, "")].append(reply)
    for name, said in by_round.items():
        # in a digest nobody's wish of another round is known
        own = answers if len(by_round) == 1 else form_answers(find(said), verdicts)
        outcomes |= {id_: (name, outcome) for id_, outcome in list_outcomes(sort_answers(own, Edition.PRIVATE))}
    return [_row(part, verdicts, first_hand, outcomes.get(part.reply.id), waits.get(part.reply.id)) for part in parts]


def find_wait(answer: Answer) -> Wait | None:
    """Where an answer stands among those that wait for a look; None where it does not wait."""
    if not answer_needs_review(answer):
        return None
    is_decided = answer.verdict is not None and answer.verdict.editor is not None
    return Wait.of(is_held=find_bar(answer) is Barrier.HELD, is_decided=is_decided)


def list_outcomes(found: Sorted) -> Iterator[tuple[int, Outcome]]:
    """What becomes of each answer, by its id."""
    for answers, outcome in (
        (found.usable, Outcome.USABLE),
        (found.set_aside, Outcome.ASIDE),
        (found.unjudged, Outcome.UNJUDGED),
        (found.ranked_out, Outcome.RANKED_OUT),
    ):
        yield from ((answer.id, outcome) for answer in answers)
    for answer, barrier in found.barred:
        yield answer.id, Outcome.HELD if barrier is Barrier.HELD else Outcome.BARRED


def _row(
    part: AnswerPart,
    verdicts: Mapping[int, CurrentVerdict],
    first_hand: Collection[int],
    outcome: tuple[str, Outcome] | None,
    waits: tuple[Wait, Answer] | None,
) -> CountedRow:
    reply, verdict = part.reply, verdicts.get(part.reply.revision_id)
    score = 0.0 if waits is None or waits[1].verdict is None else waits[1].verdict.score
    return CountedRow(
        reply_id=reply.id,
        question_id=reply.question_id,
        author_id=reply.author_id,
        revision_id=reply.revision_id,
        verdict=verdict.value if verdict else None,
        score=verdict.score if verdict else 0.0,
        ranked_out=is_ranked_out(verdict),
        barrier=str(part.barriers[Edition.PUBLIC] or ""),
        round=outcome[0] if outcome else None,
        outcome=outcome[1] if outcome else None,
        waits=waits[0] if waits else None,
        rank=-score,
        decided=verdict.value if verdict and verdict.editor is not None else None,
        first_hand=reply.revision_id in first_hand,
    )


def is_ranked_out(verdict: CurrentVerdict | None) -> bool:
    """Whether it is not set aside, and not worth reading by the estimate."""
    return verdict is not None and verdict.value is not VerdictValue.ASIDE and not verdict.quotable
