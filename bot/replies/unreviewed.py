"""Answers that wait for an editor's look: counted in the store, but for those that hang together."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.contract.capabilities import Capabilities
from bot.context import Context
from bot.digest.selection.select import Answer, find_barriers, form_answers
from bot.quotes import ASKABLE, Barrier, Edition, QuotingFacts, find_barrier
from storage.engine import Session
from storage.replies.review import JudgedReplies, ReviewFacts, ReviewScope, load_review_groups, load_woven
from storage.states import Origin, VerdictValue


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """Answers to a question that wait for a look, `count` of them. reply_id and score: of the best of them.

    is_decided: they were kept, and wait for nothing but their authors' consent. is_held: they may be refusals.
    """

    workspace: str
    slug: str
    question_id: int
    is_decided: bool
    score: float
    reply_id: int
    count: int = 1
    is_held: bool = False


async def list_unreviewed(
    context: Context,
    session: Session,
    workspaces: Sequence[str],
    *,
    question_id: int | None = None,
    after: int | None = None,
) -> list[Unreviewed]:
    """All that waits: first what may be a refusal, then the newest question first, undecided ones and then the best
    first within it.

    after: the reply that was shown last, on both sides of which nothing is counted together.
    """
    scope = ReviewScope(workspaces, context.rules_hash, question_id)
    woven = await asyncio.to_thread(_find_woven, await load_woven(session, scope), context.capabilities)
    score = next((each.score for each in woven if each.reply_id == after), None)
    alike = [
        Unreviewed(
            each.workspace, each.slug, each.question_id, each.facts.by_editor, each.score, each.reply_id, each.count
        )
        for each in await load_review_groups(session, scope, after or 0, score)
        if _facts_wait(each.facts, context.capabilities)
    ]
    return sorted(
        (*woven, *alike),
        key=lambda each: (
            not each.is_held,
            workspaces.index(each.workspace),
            -each.question_id,
            each.is_decided,
            -each.score,
            each.reply_id,
        ),
    )


def _find_woven(judged: JudgedReplies, capabilities: Mapping[str, Capabilities]) -> list[Unreviewed]:
    found = []
    for question_id, asked in judged.questions.items():
        for answer in list_judged_answers(judged, question_id, capabilities):
            if _answer_needs_review(answer):
                by_editor, score = _is_by_editor(answer), answer.verdict.score if answer.verdict else 0.0
                found.append(
                    Unreviewed(
                        asked.workspace,
                        asked.slug,
                        question_id,
                        by_editor,
                        score,
                        answer.id,
                        is_held=find_bar(answer) is Barrier.HELD,
                    )
                )
    return found


def list_judged_answers(
    judged: JudgedReplies, question_id: int, capabilities: Mapping[str, Capabilities]
) -> list[Answer]:
    """The answers to one of the questions, each with its verdict and what bars it."""
    replies = [reply for reply in judged.replies.values() if reply.question_id == question_id]
    return form_answers(find_barriers(replies, judged.ledgers, capabilities), judged.verdicts)


def _answer_needs_review(answer: Answer) -> bool:
    is_form = all(part.reply.origin is Origin.SUBMITTED for part in answer.parts)
    can_be_asked = not is_form and all(part.is_undecided for part in answer.parts)
    value = answer.verdict.value if answer.verdict else None
    quotable = answer.verdict is None or answer.verdict.quotable
    by_editor = _is_by_editor(answer)
    return _needs_review(find_bar(answer), value, quotable=quotable, by_editor=by_editor, can_be_asked=can_be_asked)


def _facts_wait(facts: ReviewFacts, capabilities: Mapping[str, Capabilities]) -> bool:
    """The same of an answer of one reply, by what the store tells of it."""
    quoting = QuotingFacts(
        state=facts.state,
        consent=facts.consent,
        labels=frozenset(json.loads(facts.labels)),
        opted_out=facts.opted_out,
        do_not_quote=facts.do_not_quote,
        has_foreign_words=facts.has_foreign_words,
        unreached=facts.unreached,
        is_public=facts.is_public,
        is_under_notice=facts.is_under_notice,
        is_asked=facts.is_asked,
    )
    barrier = find_barrier(quoting, capabilities.get(facts.platform), Edition.PUBLIC)
    can_be_asked = facts.origin is not Origin.SUBMITTED and facts.consent is None
    return _needs_review(
        barrier,
        facts.verdict,
        quotable=facts.quotable is not False,
        by_editor=facts.by_editor,
        can_be_asked=can_be_asked,
    )


def _needs_review(
    barrier: Barrier | None, verdict: VerdictValue | None, *, quotable: bool, by_editor: bool, can_be_asked: bool
) -> bool:
    """Not decided, or kept while its author must be asked first and was not: then a passage is to be chosen.

    What may be a refusal waits whoever kept it. What is not worth reading by the estimate waits for nothing else.

    can_be_asked: its author was not asked, and it is no form, in which its author decided.
    """
    if barrier is Barrier.HELD:
        return verdict is not VerdictValue.ASIDE
    if not quotable or (barrier is not None and barrier not in ASKABLE):
        return False
    if verdict is None or (verdict is VerdictValue.MAYBE and not by_editor):
        return True
    return verdict is VerdictValue.KEEP and barrier is not None and can_be_asked


def _is_by_editor(answer: Answer) -> bool:
    return answer.verdict is not None and answer.verdict.editor is not None


def find_bar(answer: Answer) -> Barrier | None:
    """What forbids quoting any of it; nothing where one part may be quoted."""
    barriers = [part.barriers[Edition.PUBLIC] for part in answer.parts]
    return None if None in barriers else barriers[0]
