"""The flood in one sentence: how many answers came, how many are worth reading, what the others are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.context import Context
from bot.desk.find import find_question
from bot.digest.selection.noticed import is_common
from bot.replies.counting import count_anew
from storage.replies.current import CurrentVerdict
from storage.search import shelves
from storage.search.counted import load_verdicts
from storage.search.shelves import Shelf

MOST_READ = 5_000
"""Answers whose reasons are read for it, the best first: some hundred milliseconds."""


@dataclass(frozen=True, slots=True)
class Flood:
    """Of a question: how many answers came; how many are worth reading, hold much of what a chat model answers (None:
    nobody gave that), and name one of few senders.
    """

    came: int
    worth: int
    common: int | None
    grouped: int
    senders: int


async def read_flood(context: Context, workspace: str, slug: str | None) -> Flood:
    """Raises DeskError."""
    await count_anew(context)
    async with context.store.read() as session:
        question = await find_question(session, workspace, slug)
        counts = await shelves.count_shelves(session, question.id)
        revision_ids = await shelves.list_revisions(session, question.id, MOST_READ)
        verdicts, _, _ = await load_verdicts(session, revision_ids, context.rules_hash, reasons=True)
    grouped, senders = _count_senders(list(verdicts.values()))
    has_decoys = any(str(reason.get("rule", "")) == "decoy" for each in verdicts.values() for reason in each.reasons)
    return Flood(
        came=counts.answers,
        worth=counts.shelves[Shelf.WORTH],
        common=sum(map(is_common, verdicts.values())) if has_decoys else None,
        grouped=grouped,
        senders=senders,
    )


def _count_senders(verdicts: Sequence[CurrentVerdict]) -> tuple[int, int]:
    """How many answers name a sender whom others name too, and how many such senders there are."""
    linked = {
        each.revision_id: {other["revision"] for reason in reasons for other in reason.get("others", ())}
        for each in verdicts
        if (reasons := [reason for reason in each.reasons if str(reason.get("rule", "")).startswith("sender_group")])
    }
    groups: list[set[int]] = []
    for revision_id, others in linked.items():
        groups = _join(groups, {revision_id, *others})
    return len(linked), len(groups)


def _join(groups: Iterable[set[int]], new: set[int]) -> list[set[int]]:
    apart = []
    for group in groups:
        if group & new:
            new |= group
        else:
            apart.append(group)
    return [*apart, new]
