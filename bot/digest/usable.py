"""How many answers of a question can be quoted, round by round, and which of them a digest shows.

What is computed over all of a question is left to a thread.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.contract.capabilities import Capabilities
from bot.digest.compile import MOST_QUOTES
from bot.digest.garbage import without_cycle_search
from bot.digest.selection.block import Material, describe_question, list_answers
from bot.digest.selection.gather import gather_material, gather_rounds
from bot.digest.selection.quoting import quote_answers
from bot.digest.selection.select import sort_answers
from bot.quotes import Barrier, Edition
from storage.engine import Store


@dataclass(frozen=True, slots=True)
class Usable:
    """The answers of one round that can be quoted for the writer.

    round: its name ("" where the question is asked once). held: how many may be refusals. reply_ids: every part of the
    usable answers. closes_at: None where it was never posted.
    """

    slug: str
    round: str
    target: int
    answers: int
    replies: int
    held: int
    reply_ids: tuple[int, ...]
    closes_at: datetime | None

    @property
    def is_enough(self) -> bool:
        """Whether the question's target is reached."""
        return self.answers >= self.target


@without_cycle_search
async def count_usable(store: Store, question_id: int, capabilities: Mapping[str, Capabilities]) -> list[Usable]:
    """Each round of a question, the earliest first."""
    return await asyncio.to_thread(_count_usable, await _gather(store, question_id), capabilities)


async def _gather(store: Store, question_id: int) -> list[Material]:
    async with store.read() as session:
        return await gather_material(session, question_id, *await gather_rounds(session, question_id))


def _count_usable(materials: Sequence[Material], capabilities: Mapping[str, Capabilities]) -> list[Usable]:
    found = []
    for material in materials:
        sorted_answers = sort_answers(list_answers(material, capabilities), Edition.PRIVATE)
        usable = sorted_answers.usable
        found.append(
            Usable(
                slug=material.slug,
                round="" if material.round is None else material.round.name,
                target=material.content.enough,
                answers=len(usable),
                replies=len(material.replies),
                held=sum(barrier is Barrier.HELD for _, barrier in sorted_answers.barred),
                reply_ids=tuple(part.reply.id for answer in usable for part in answer.parts),
                closes_at=None if material.round is None else material.round.closes_at,
            )
        )
    return found


@without_cycle_search
async def list_shown(store: Store, question_id: int, capabilities: Mapping[str, Capabilities]) -> set[int]:
    """The ids of the replies that digests of a question would quote now, in any edition and round.

    Those that came after a close are all among them: a later week may quote what the question's own digest did not.
    """
    return await asyncio.to_thread(_list_all_shown, await _gather(store, question_id), capabilities)


def _list_all_shown(materials: Sequence[Material], capabilities: Mapping[str, Capabilities]) -> set[int]:
    return {id_ for material in materials for id_ in _list_shown(material, capabilities)}


def _list_shown(material: Material, capabilities: Mapping[str, Capabilities]) -> Iterator[int]:
    answers, asked = list_answers(material, capabilities), describe_question(material, capabilities)
    closes_at = None if material.round is None else material.round.closes_at
    for edition in Edition:
        usable = sort_answers(answers, edition).usable
        for quote in quote_answers(usable, asked, edition, MOST_QUOTES).quotes:
            yield from (passage.reply_id for passage in quote.passages)
        for part in (part for answer in usable for part in answer.parts):
            if closes_at is not None and part.reply.seen_at >= closes_at:
                yield part.reply.id
