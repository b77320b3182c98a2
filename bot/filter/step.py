"""The step that runs the filter over one question and writes down what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from bot.context import Context
from bot.filter.values import Asked, Candidate, Judgement, Reason
from bot.questions import Content
from bot.quotes import asks_not_to_be_quoted, group_answers
from storage import consents, questions, replies, verdicts
from storage.models import Author, Question, Reply, Revision, Verdict
from storage.states import VerdictValue

BATCH = 500
EDITED_SINCE = "edited_since_editor"
"""The reason of a verdict that stands in for an editor's: the words were changed after it."""

Part: TypeAlias = tuple[Reply, Author, Revision]


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer: its parts that can be read, in order."""

    parts: tuple[Part, ...]

    @property
    def candidate(self) -> Candidate:
        head, author, _ = self.parts[0]
        texts = tuple(revision.text or "" for _, _, revision in self.parts)
        return Candidate(str(head.id), texts, f"{author.platform}:{author.remote_id}", head.posted_at)


async def judge_question(context: Context, question_id: int) -> int:
    """Judge all answers of a question; answers how many verdicts are new. Repeating it changes nothing."""
    from bot.filter import RULES_HASH

    async with context.store.read() as session:
        question = await session.get_one(Question, question_id)
        version = await questions.newest_version(session, question_id)
        found = await replies.load_replies(session, question_id)
        held = await verdicts.load_verdicts(session, question_id)
        refused = await consents.refused_revisions(session, question_id)
    content = Content.model_validate(version.content) if version else Content(text=question.slug)
    answers = _answers(found)
    judged = await context.judges.judge(Asked(content.text, content.options), [answer.candidate for answer in answers])
    new = list(_changed(answers, judged, verdicts.last_by_rules(held), RULES_HASH, context.now()))
    new += _edited_since(found, held, context.now())
    await _write(context, question, new, [r for _, _, r in found if r.id not in refused])
    return len(new)


def _answers(found: Sequence[Part]) -> list[_Answer]:
    by_id = {reply.id: part for part in found for reply in (part[0],)}
    grouped = group_answers(reply for reply, _, _ in found)
    answers = (tuple(by_id[r.id] for r in group if by_id[r.id][2].text is not None) for group in grouped)
    return [_Answer(parts) for parts in answers if parts]


def _changed(
    answers: Sequence[_Answer],
    judged: Sequence[Judgement],
    last: dict[int, Verdict],
    rules_hash: str,
    now: datetime,
) -> Iterator[Verdict]:
    """A verdict for each part of an answer, where it differs from the last one of the rules."""
    for answer, judgement in zip(answers, judged, strict=True):
        reasons = [_reason(reason, answer) for reason in judgement.reasons]
        value = VerdictValue(judgement.verdict)
        for _, _, revision in answer.parts:
            before = last.get(revision.id)
            if before and (before.value, before.score, before.reasons, before.rules_hash) == (
                value,
                judgement.score,
                reasons,
                rules_hash,
            ):
                continue
            yield Verdict(
                revision_id=revision.id,
                value=value,
                score=judgement.score,
                reasons=reasons,
                rules_hash=rules_hash,
                note="",
                judged_at=now,
            )


def _reason(reason: Reason, answer: _Answer) -> dict[str, Any]:
    """A reason as JSON; its span names the revision that it is in."""
    entry: dict[str, Any] = {"rule": reason.rule, "weight": reason.weight, "detail": reason.detail}
    if reason.span is not None:
        revision = answer.parts[reason.span.part][2]
        entry |= {"revision": revision.id, "start": reason.span.start, "end": reason.span.end}
    return entry


def _edited_since(found: Sequence[Part], held: Sequence[Verdict], now: datetime) -> Iterator[Verdict]:
    """An editor's verdict does not hold for other words: the new wording is `maybe` until the editor looks again."""
    revisions = {revision.id: revision for _, _, revision in found}
    standing = verdicts.choose_standing(held)
    by_reply = verdicts.last_by_editor_of_reply(held)
    for reply, _, revision in found:
        editors = by_reply.get(reply.id)
        now_standing = standing.get(revision.id)
        if editors is None or editors.revision_id in revisions or (now_standing and now_standing.editor):
            continue
        yield Verdict(
            revision_id=revision.id,
            value=VerdictValue.MAYBE,
            score=0.5,
            reasons=[{"rule": EDITED_SINCE, "weight": 0.0, "detail": editors.editor or ""}],
            rules_hash="",
            editor=editors.editor,
            note="",
            judged_at=now,
        )


async def _write(context: Context, question: Question, new: list[Verdict], unrefused: list[Revision]) -> None:
    """In batches: a writer never holds the database for long. `judged_at` last, so that a kill repeats the step."""
    for start in range(0, len(new), BATCH):
        async with context.store.write() as session:
            session.add_all(new[start : start + BATCH])
    async with context.store.write() as session:
        await _record_refusals(session, unrefused, context.now())
        (await session.get_one(Question, question.id)).judged_at = question.changed_at or context.now()


async def _record_refusals(session: AsyncSession, revisions: list[Revision], now: datetime) -> None:
    """`no quote` in a reply is a refusal that stays, even when those words are edited away."""
    for revision in revisions:
        if asks_not_to_be_quoted(revision.text):
            await consents.refuse(session, revision.id, "said so in the reply", now)
