"""Answers that wait for an editor's look: which do, and in which order."""

from collections.abc import Mapping, Sequence

from adapters.contract.capabilities import Capabilities
from bot.digest.selection.select import Answer, find_barriers, form_answers
from bot.quotes import ASKABLE, Barrier, Edition
from storage.engine import Session
from storage.replies.review import JudgedReplies
from storage.search.waiting import WaitingGroup, count_waiting, find_first, find_place
from storage.states import Origin, VerdictValue


async def list_unreviewed(
    session: Session, workspaces: Sequence[str], *, question_id: int | None = None
) -> list[WaitingGroup]:
    """All that waits, in order: first what may be a refusal, then the newest question first, undecided ones and then
    the kept ones within it. `bot.replies.counting.count_anew` comes before.
    """
    return sorted(
        await count_waiting(session, workspaces, question_id),
        key=lambda each: (
            not each.waits.is_held,
            workspaces.index(each.workspace),
            -each.question_id,
            each.waits.is_decided,
        ),
    )


async def find_next(
    session: Session, waiting: Sequence[WaitingGroup], after: int | None = None
) -> tuple[str, int] | None:
    """(Workspace, first reply) of the answer that comes after the one that was shown last, the best first; after the
    last one comes the first again. None where none waits but that.

    waiting: as `list_unreviewed` has it.
    """
    shown = None if after is None else await find_place(session, after)
    begin, behind = 0, None
    if shown is not None:
        place = next((n for n, each in enumerate(waiting) if (each.question_id, each.waits) == shown[:2]), None)
        begin, behind = place or 0, None if place is None else (shown[2], after or 0)
    for group in [*waiting[begin:], *waiting[: begin + 1]]:
        found = await find_first(session, group.question_id, group.waits, behind)
        behind = None
        if found is not None:
            return None if found == after else (group.workspace, found)
    return None


def list_judged_answers(
    judged: JudgedReplies, question_id: int, capabilities: Mapping[str, Capabilities]
) -> list[Answer]:
    """The answers to one of the questions, each with its verdict and what bars it."""
    replies = [reply for reply in judged.replies.values() if reply.question_id == question_id]
    return form_answers(find_barriers(replies, judged.ledgers, capabilities), judged.verdicts)


def answer_needs_review(answer: Answer) -> bool:
    """Not decided, or kept while its author must be asked first and was not: then a passage is to be chosen.

    What may be a refusal waits whoever kept it. What is not worth reading by the estimate waits for nothing else. A
    form is its author's decision.
    """
    barrier, verdict = find_bar(answer), answer.verdict
    if barrier is Barrier.HELD:
        return verdict is None or verdict.value is not VerdictValue.ASIDE
    if (verdict is not None and not verdict.quotable) or (barrier is not None and barrier not in ASKABLE):
        return False
    if verdict is None or (verdict.value is VerdictValue.MAYBE and verdict.editor is None):
        return True
    is_form = all(part.reply.origin is Origin.SUBMITTED for part in answer.parts)
    can_be_asked = not is_form and all(part.is_undecided for part in answer.parts)
    return verdict.value is VerdictValue.KEEP and barrier is not None and can_be_asked


def find_bar(answer: Answer) -> Barrier | None:
    """What forbids quoting any of it; nothing where one part may be quoted."""
    barriers = [part.barriers[Edition.PUBLIC] for part in answer.parts]
    return None if None in barriers else barriers[0]
