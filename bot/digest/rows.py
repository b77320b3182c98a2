"""The row of a digest: storing what was selected, and reading it back with its words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from pydantic import TypeAdapter

from adapters.contract.capabilities import Capabilities
from bot.digest.fill import erase, fill, list_credited, list_revisions
from bot.digest.garbage import without_cycle_search
from bot.digest.model import Changes, DigestModel, Kind, Selection
from bot.digest.page.changes import compare
from bot.digest.selection.select import find_barriers
from bot.quotes import Edition
from storage.digests.digests import add_digest, all_digests, digest_before, find_digest, latest_digest
from storage.engine import Session, Store
from storage.erasing.generation import read_generation
from storage.erasing.people import Erased
from storage.models import Digest
from storage.replies.current import load_author_replies, load_ledgers, load_texts
from storage.replies.stale import note_digests


@dataclass(frozen=True, slots=True)
class Frame:
    """What a compilation is for. period: the question's slug (with its round), or the Monday of the week."""

    workspace: str
    kind: Kind
    period: str
    edition: Edition
    as_of: datetime
    zone: str
    final: bool


@cache
def _selections() -> TypeAdapter[Selection]:
    return TypeAdapter(Selection)


def load_selection(row: Digest) -> Selection:
    """What a row selects, without the words."""
    return _selections().validate_python(row.selection)


class ErasedMeanwhile(Exception):
    """Somebody was erased since the replies were read: read them again."""


async def save_selection(store: Store, frame: Frame, selection: Selection, generation: str) -> int:
    """Store a selection as the next revision of its digest, unless the last one says the same; answers the id.

    generation: when the replies were read. Raises ErasedMeanwhile.
    """
    wanted: dict[str, Any] = _selections().dump_python(selection, mode="json")
    async with store.write() as session:
        if await read_generation(session) != generation:
            raise ErasedMeanwhile
        last = await latest_digest(
            session, workspace=frame.workspace, kind=frame.kind, period=frame.period, edition=frame.edition
        )
        if last is not None and _says_the_same(last, wanted, frame):
            return last.id
        row = Digest(
            **asdict(frame),
            revision=1 if last is None else last.revision + 1,
            selection=wanted,
            pullquote_version=version("pullquote"),
        )
        return await add_digest(session, row)


def _says_the_same(last: Digest, wanted: Mapping[str, Any], frame: Frame) -> bool:
    """Whether at most the cost of calls differs: that grows by itself, and is no reason for a revision.

    The last one is read before it is compared: an older pullquote may have stored it without what there is by now.
    """
    stored = _selections().dump_python(load_selection(last), mode="json")
    before, after = ({**selection, "costs": None} for selection in (stored, wanted))
    return (before, last.final, last.zone) == (after, frame.final, frame.zone)


async def erase_from_digests(session: Session, erased: Erased) -> None:
    """Remove names and links of erased replies from every row, and note those whose files are to be rewritten."""
    touched = set(erased.digest_ids)
    for row in await all_digests(session):
        selection = load_selection(row)
        without = erase(selection, erased.reply_ids, erased.links)
        if without != selection:
            row.selection = _selections().dump_python(without, mode="json")
            touched.add(row.id)
    await note_digests(session, touched)


@without_cycle_search
async def load_model(store: Store, digest_id: int, *, capabilities: Mapping[str, Capabilities]) -> DigestModel:
    """A stored digest with its words. A quote that was deleted or lost its consent since is withdrawn from it.

    capabilities: by platform. Raises LookupError.
    """
    async with store.read() as session:
        row = await find_digest(session, digest_id)
        if row is None:
            raise LookupError(f"there is no digest with the id {digest_id}")
        selection = load_selection(row)
        edition = Edition(row.edition)
        texts = await load_texts(session, list_revisions(selection).values())
        permitted = await _find_permitted(session, selection, edition, capabilities)
        before = await digest_before(session, row)
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
        changes=None if before is None else _compare(before, row, selection),
    )


def _compare(before: Digest, row: Digest, selection: Selection) -> Changes:
    return compare(
        load_selection(before),
        selection,
        revision=before.revision,
        at=before.as_of,
        became_final=row.final and not before.final,
    )


async def _find_permitted(
    session: Session, selection: Selection, edition: Edition, capabilities: Mapping[str, Capabilities]
) -> set[int]:
    """Which of the replies that a selection names may still be quoted: not those that were reworded, nor those with the
    name of an author who wants none by now.
    """
    revisions = list_revisions(selection)
    replies = await load_author_replies(session, revisions.keys())
    parts = find_barriers(replies, await load_ledgers(session, replies), capabilities, revisions)
    credited = list_credited(selection)
    return {
        part.reply.id
        for part in parts
        if part.barriers[edition] is None
        and revisions.get(part.reply.id) == part.reply.revision_id
        and not (part.wants_no_name and part.reply.id in credited)
    }
