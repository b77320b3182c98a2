"""Digests as files: what they are called and how they get to the disk."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from adapters.contract.capabilities import Capabilities
from bot.digest.fill import list_revisions, name_missing
from bot.digest.formats.csv import write_csv
from bot.digest.formats.docx import write_docx
from bot.digest.formats.html import write_html
from bot.digest.formats.json import write_json
from bot.digest.formats.markdown import write_markdown
from bot.digest.model import DigestModel
from bot.digest.page.file_names import is_same_name, name_digest
from bot.digest.rows import load_model, load_selection
from bot.digest.standing import (
    FilePlace,
    Kept,
    find_beside,
    find_places,
    hash_content,
    is_free,
    read_standing,
    remove_unfinished,
    write_atomically,
)
from storage.digests.digests import all_digests, files_of_others, list_files, load_digest, record_files
from storage.engine import Store
from storage.lock import hold_files
from storage.private import make_folder

FORMATS: Mapping[str, tuple[str, Callable[[DigestModel], bytes]]] = {
    "html": ("html", write_html),
    "markdown": ("md", write_markdown),
    "docx": ("docx", write_docx),
    "csv": ("csv", write_csv),
    "json": ("json", write_json),
}
"""By the name that the config uses: the ending of the file, and what writes it."""


def render(model: DigestModel, format: str) -> bytes:  # noqa: A002  # the word of the config
    """The bytes of a digest: equal models give equal bytes. Raises ValueError for an unknown format."""
    return _find_format(format)[1](model)


def _find_format(name: str) -> tuple[str, Callable[[DigestModel], bytes]]:
    if name not in FORMATS:
        raise ValueError(f"there is no digest format {name!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[name]


def file_name(model: DigestModel, format: str, taken: Iterable[str] = ()) -> str:  # noqa: A002
    """`Which CDN would you keep - 23 November 2026 - for you.html`. taken: names of other digests in the folder."""
    name = name_digest(model)
    if any(is_same_name(name, Path(other).stem) for other in taken):
        name = name_digest(model, apart=True)
    return f"{name}.{_find_format(format)[0]}"


ERASED_NAME = "the name or the link of somebody who had themselves erased"
WAIT = 60.0
"""Seconds that a digest waits for another one to be written."""


@dataclass(frozen=True, slots=True)
class Filed:
    """paths: of the files that were written. kept: those that somebody edited since we wrote them, and that stay."""

    paths: list[Path] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Planned:
    """What is to be written where. standing: what of ours is there now, None for nothing."""

    path: Path
    format: str
    content: bytes
    standing: bytes | None

    @property
    def hashes(self) -> list[str]:
        return [hash_content(each) for each in (self.standing, self.content) if each is not None]


async def write_files(
    store: Store, digest_id: int, folder: Path, formats: Iterable[str], *, capabilities: Mapping[str, Capabilities]
) -> Filed:
    """Write a digest in each format into `folder` and answer the paths.

    What somebody edited stays, and the digest is written beside it. What changes while this writes is noted as stale,
    and nobody else forgets such a note meanwhile: `rewrite_stale` comes next.

    Raises LookupError, ValueError, OSError, FilesBusy.
    """
    async with hold_files(store, WAIT):
        async with store.read() as session:
            others = await files_of_others(session, digest_id)
            places = find_places(await list_files(session))
        model = await load_model(store, digest_id, capabilities=capabilities)
        wanted = await asyncio.to_thread(_plan_all, model, folder, list(dict.fromkeys(formats)), others, places)
        await _write_all(store, digest_id, [planned for planned, _ in wanted])
        kept = [Kept(edited, planned.path) for planned, edited in wanted if edited is not None]
        return Filed(
            [planned.path for planned, _ in wanted],
            [await _name_forbidden(store, each, places, capabilities) for each in kept],
        )


def _plan_all(
    model: DigestModel, folder: Path, formats: list[str], others: list[str], places: Mapping[str, FilePlace]
) -> list[tuple[_Planned, Path | None]]:
    """Each file with the edited one in whose place it would have been. others: paths of files of other digests."""
    rendered = {name: render(model, name) for name in formats}
    make_folder(folder)
    home = folder.resolve()
    taken = [path.name for path in map(Path, others) if path.parent == home]
    wanted: list[tuple[_Planned, Path | None]] = []
    for name, content in rendered.items():
        path = home / file_name(model, name, taken)
        standing = read_standing(path)
        if standing == content or is_free(path, places):
            wanted.append((_Planned(path, name, content, standing), None))
        else:
            beside = find_beside(path, places)
            wanted.append((_Planned(beside, name, content, read_standing(beside)), path))
    return wanted


async def _write_all(store: Store, digest_id: int, wanted: Sequence[_Planned]) -> None:
    """Where a file stands is noted before it stands there: whatever happens next, it is found again."""
    await asyncio.to_thread(remove_unfinished, [each.path for each in wanted])
    async with store.write() as session:
        await record_files(session, digest_id, {str(each.path): (each.format, each.hashes) for each in wanted})
    for each in wanted:
        await asyncio.to_thread(write_atomically, each.path.parent, each.path.name, each.content)


async def rewrite_files(
    store: Store,
    reply_ids: Collection[int],
    digest_ids: Collection[int] = (),
    *,
    capabilities: Mapping[str, Capabilities],
) -> Filed:
    """Write the files anew that show any of these replies (deleted, withdrawn) or are of these digests, and answer
    those that changed.

    A file that is no longer where it was written is left alone: somebody moved or removed it. One that was edited is
    too, and what must go from it is told. Where one cannot be written, the others are, and then it raises OSError.
    """
    async with store.read() as session:
        rows = await all_digests(session)
        places = find_places(await list_files(session))
    stale = {
        row.id
        for row in rows
        if row.id in digest_ids or not list_revisions(load_selection(row)).keys().isdisjoint(reply_ids)
    }
    filed, failed = Filed(), None
    for place in places.values():
        if not stale.isdisjoint(place.digest_ids):
            try:
                names_erased = not set(digest_ids).isdisjoint(place.digest_ids)
                await _rewrite(store, place, places, capabilities, filed, names_erased=names_erased)
            except OSError as error:
                failed = failed or error
    if failed is not None:
        raise failed
    return filed


async def _rewrite(
    store: Store,
    place: FilePlace,
    places: Mapping[str, FilePlace],
    capabilities: Mapping[str, Capabilities],
    filed: Filed,
    *,
    names_erased: bool,
) -> None:
    """Whatever a kill left at a place, the newest digest that was to be written there is what stands there then."""
    await asyncio.to_thread(remove_unfinished, [place.path])
    standing = await asyncio.to_thread(read_standing, place.path)
    if standing is None:
        return
    owner = place.digest_ids[-1]
    content = await asyncio.to_thread(render, await load_model(store, owner, capabilities=capabilities), place.format)
    if standing == content:
        return
    path = place.path
    if not place.is_ours(standing):
        path = find_beside(place.path, places)
        kept = await _name_forbidden(store, Kept(place.path, path), places, capabilities)
        if not kept.must_go and not names_erased:
            return
        kept = replace(kept, must_go=kept.must_go or (ERASED_NAME,))
        filed.kept.append(kept)
        standing = read_standing(path)
    if standing != content:
        await _write_all(store, owner, [_Planned(path, place.format, content, standing)])
        filed.paths.append(path)


async def _name_forbidden(
    store: Store, kept: Kept, places: Mapping[str, FilePlace], capabilities: Mapping[str, Capabilities]
) -> Kept:
    """The same with the passages that stood there once, in whatever digest, and may no longer be shown."""
    place = places.get(str(kept.path))
    names: dict[str, None] = {}
    for digest_id in place.digest_ids if place else ():
        model = await load_model(store, digest_id, capabilities=capabilities)
        async with store.read() as session:
            selection = load_selection(await load_digest(session, digest_id))
        names |= dict.fromkeys(name_missing(selection, model.selection))
    return replace(kept, must_go=tuple(names))
