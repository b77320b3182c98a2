"""What wordings are found again by: written before a question is judged, and looked up while it is.

A text is compared with earlier ones of other questions of its workspace. So what is written here may change how later
texts are judged: the store notes their questions, and they are judged again at the next tick.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.context import Context
from bot.filter.compare.printed import MOST, REACH, SHORTEST, Print, PrintIndex, sign_prints
from bot.filter.values import Likeness, Nearby, PrintedText, Wording
from storage.engine import Session
from storage.fingerprints import prints
from storage.fingerprints.neighbours import Holder, find_holders
from storage.sql.chunks import chunked

BATCH = 500
CONFIRMED = (Likeness.COPY, Likeness.SENDER, Likeness.CLAIM)
"""What is looked up again in the words themselves."""


async def note_prints(context: Context, reply_ids: Sequence[int]) -> None:
    """Write the prints of those wordings of some replies that have none; those of superseded ones go."""
    for some in chunked(reply_ids, BATCH):
        async with context.store.read() as session:
            texts = await prints.load_unprinted(session, some, SHORTEST)
        if texts:
            await _write(context, texts)


async def _write(context: Context, texts: Sequence[tuple[int, str]]) -> None:
    async with context.store.read() as session:
        authors = await prints.load_authors(session, [revision_id for revision_id, _ in texts])
    made = await context.judges.make_prints([text for _, text in texts])
    found = {
        revision_id: sign_prints(each, str(authors[revision_id][0]), imported=authors[revision_id][1])
        for (revision_id, _), each in zip(texts, made, strict=True)
    }
    async with context.store.write() as session:
        await prints.write_prints(session, found, context.now())


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    """What other questions have in common with some wordings of one."""

    index: PrintIndex
    own: Mapping[int, Collection[Print]]


async def add_near(context: Context, question_id: int, wordings: Sequence[Wording]) -> list[Wording]:
    """Some wordings of a question, each with what is near it in others of its workspace."""
    around = await _look_around(context, question_id, [each.revision_id for each in wordings])
    near = {
        each.revision_id: around.index.find(_describe_own(each), around.own[each.revision_id])
        for each in wordings
        if each.revision_id in around.own
    }
    if not near:
        return list(wordings)
    async with context.store.read() as session:
        words = await _load_words(session, near)
    return [replace(each, near=_add_words(near.get(each.revision_id, ()), words)) for each in wordings]


async def _look_around(context: Context, question_id: int, revision_ids: Sequence[int]) -> _Neighbourhood:
    async with context.store.read() as session:
        found = await find_holders(session, question_id, revision_ids, REACH, MOST)
    texts = {each: _describe(each) for holders in found.holders.values() for each in holders}
    index = PrintIndex({key: [texts[each] for each in holders] for key, holders in found.holders.items()})
    return _Neighbourhood(index, found.own)


def _describe_own(wording: Wording) -> PrintedText:
    name = f"{wording.platform}:{wording.remote_id}"
    return PrintedText("", "", name, str(wording.author_id), wording.posted_at)


def _describe(holder: Holder) -> PrintedText:
    name = f"{holder.platform}:{holder.remote_id}"
    author = str(holder.author_id)
    return PrintedText(
        holder.question, str(holder.reply_id), name, author, holder.posted_at, revision=holder.revision_id
    )


async def _load_words(session: Session, near: Mapping[int, tuple[Nearby, ...]]) -> dict[int, str]:
    """By revision id, of what is confirmed with the words: each text is read once."""
    wanted = {each.source.revision for found in near.values() for each in found if each.kind in CONFIRMED}
    texts: dict[int, str] = {}
    for chunk in chunked(sorted(wanted)):
        texts.update(await prints.load_texts(session, chunk))
    return texts


def _add_words(near: tuple[Nearby, ...], words: Mapping[int, str]) -> tuple[Nearby, ...]:
    return tuple(replace(each, source=replace(each.source, text=words.get(each.source.revision, ""))) for each in near)
