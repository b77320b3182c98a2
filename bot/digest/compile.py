"""Compiling: from the store to a row that says what a digest selects, and from that row to the model."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from adapters.base import Capabilities
from bot.digest.block import Material, build_block, list_answers
from bot.digest.fill import fill, list_revisions
from bot.digest.gather import gather_material, gather_rounds
from bot.digest.model import DigestModel, Kind, Selection
from bot.digest.select import find_barriers
from bot.quotes import Edition
from storage.digests import hear_authors, latest_digest, load_ledgers, load_question, load_texts
from storage.engine import Store
from storage.models import Digest

MOST_QUOTES = 10
"""Quotes a question; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a compilation is for."""

    workspace: str
    kind: Kind
    period: str
    edition: Edition
    as_of: datetime
    zone: str
    final: bool


async def compile_question(
    store: Store,
    question_id: int,
    *,
    as_of: datetime,
    zone: str,
    edition: Edition,
    final: bool,
    capabilities: Mapping[str, Capabilities],
    most_quotes: int = MOST_QUOTES,
) -> int:
    """Compile the digest of one question and answer the id of its row.

    Of a question that is asked again and again it is the round that last began. Where nothing changed since the
    last revision, that one is the answer. capabilities: by platform. Raises LookupError.
    """
    async with store.read() as session:
        question, _ = await load_question(session, question_id)
        slug, content, rounds = await gather_rounds(session, question_id)
        material = _pick_last(await gather_material(session, question_id, slug, content, rounds), as_of)
    answers = list_answers(material, capabilities)
    block = build_block(material, answers, edition=edition, as_of=as_of, most_quotes=most_quotes)
    period = slug if material.round is None or not material.round.name else f"{slug}@{material.round.name}"
    frame = Frame(question.workspace, Kind.QUESTION, period, edition, as_of, zone, final)
    return await save_selection(store, frame, Selection(content.language, (block,)))


def _pick_last(materials: list[Material], as_of: datetime) -> Material:
    begun = [each for each in materials if each.round is not None and each.round.starts_at <= as_of]
    return begun[-1] if begun else materials[0]


# ---------------------------------------------------------------- rows


@cache
def _selections() -> TypeAdapter[Selection]:
    return TypeAdapter(Selection)


async def save_selection(store: Store, frame: Frame, selection: Selection) -> int:
    """Store a selection as the next revision of its digest, unless the last one says the same."""
    wanted: dict[str, Any] = _selections().dump_python(selection, mode="json")
    async with store.write() as session:
        last = await latest_digest(
            session, workspace=frame.workspace, kind=frame.kind, period=frame.period, edition=frame.edition
        )
        if last is not None and (last.selection, last.final, last.zone) == (wanted, frame.final, frame.zone):
            return last.id
        row = Digest(
            workspace=frame.workspace,
            kind=frame.kind,
            period=frame.period,
            edition=frame.edition,
            revision=1 if last is None else last.revision + 1,
            as_of=frame.as_of,
            zone=frame.zone,
            final=frame.final,
            selection=wanted,
            pullquote_version=version("pullquote"),
        )
        session.add(row)
        await session.flush()
        return row.id


async def load_model(store: Store, digest_id: int, *, capabilities: Mapping[str, Capabilities]) -> DigestModel:
    """A stored digest with its words. A quote that was deleted or lost its leave since is withdrawn from it.

    Raises LookupError.
    """
    async with store.read() as session:
        row = await session.get(Digest, digest_id)
        if row is None:
            raise LookupError(f"there is no digest with the id {digest_id}")
        selection = _selections().validate_python(row.selection)
        edition = Edition(row.edition)
        texts = await load_texts(session, list_revisions(selection).values())
        permitted = await _find_permitted(session, selection, edition, capabilities)
    return DigestModel(
        kind=Kind(row.kind),
        period=row.period,
        edition=edition,
        revision=row.revision,
        final=row.final,
        as_of=row.as_of,
        zone=row.zone,
        version=row.pullquote_version,
        selection=fill(selection, texts, permitted),
    )


async def _find_permitted(
    session: AsyncSession, selection: Selection, edition: Edition, capabilities: Mapping[str, Capabilities]
) -> set[int]:
    """Which of the replies that a selection names may still be quoted."""
    revisions = list_revisions(selection)
    heard = await hear_authors(session, revisions.keys())
    parts = find_barriers(heard, await load_ledgers(session, heard), capabilities, revisions)
    return {part.reply.id for part in parts if part.barriers[edition] is None}
