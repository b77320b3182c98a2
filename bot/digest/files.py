"""Digests as files: what they are called and how they get to the disk."""

import asyncio
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from secrets import token_hex

from adapters.contract.capabilities import Capabilities
from bot.digest.fill import list_revisions
from bot.digest.formats.csv import write_csv
from bot.digest.formats.docx import write_docx
from bot.digest.formats.html import write_html
from bot.digest.formats.json import write_json
from bot.digest.formats.markdown import write_markdown
from bot.digest.model import DigestModel
from bot.digest.page.file_names import is_same_name, name_digest
from bot.digest.rows import load_model, load_selection
from storage.digests.digests import all_digests, files_of_others, record_files
from storage.engine import Store
from storage.models import Digest

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


async def write_files(
    store: Store, digest_id: int, folder: Path, formats: Iterable[str], *, capabilities: Mapping[str, Capabilities]
) -> list[Path]:
    """Write a digest in each format into `folder`, remember where, and answer the paths.

    Raises LookupError, ValueError, OSError.
    """
    model = await load_model(store, digest_id, capabilities=capabilities)
    async with store.read() as session:
        others = await files_of_others(session, digest_id)
    paths = await asyncio.to_thread(_write_all, model, folder, list(dict.fromkeys(formats)), others)
    async with store.write() as session:
        await record_files(session, digest_id, {str(path): name for name, path in paths.items()})
    return list(paths.values())


def _write_all(model: DigestModel, folder: Path, formats: list[str], others: list[str]) -> dict[str, Path]:
    """others: paths of the files of other digests."""
    rendered = {name: render(model, name) for name in formats}
    folder.mkdir(parents=True, exist_ok=True)
    taken = [path.name for path in map(Path, others) if path.parent == folder.resolve()]
    return {name: _write_atomically(folder, file_name(model, name, taken), rendered[name]) for name in formats}


async def rewrite_files(
    store: Store, reply_ids: Collection[int], *, capabilities: Mapping[str, Capabilities]
) -> list[Path]:
    """Write the files anew that show any of these replies (deleted, withdrawn), and answer those that changed.

    A file that is no longer where it was written is left alone: somebody moved or removed it.
    """
    async with store.read() as session:
        rows = await all_digests(session)
    newest = {path: row.id for row in rows for path in _list_paths(row)}  # of equal names the last one stands there
    changed = []
    for row in rows:
        held = {path: name for path, name in _list_paths(row).items() if newest[path] == row.id}
        if held and not list_revisions(load_selection(row)).keys().isdisjoint(reply_ids):
            model = await load_model(store, row.id, capabilities=capabilities)
            changed += await asyncio.to_thread(_rewrite, model, held)
    return changed


def _list_paths(row: Digest) -> dict[str, str]:
    """The formats of the files of a digest, by path."""
    return {entry["path"]: entry["format"] for entry in row.files}


def _rewrite(model: DigestModel, held: Mapping[str, str]) -> list[Path]:
    changed = []
    for path, name in held.items():
        content, file = render(model, name), Path(path)
        if file.exists() and file.read_bytes() != content:
            changed.append(_write_atomically(file.parent, file.name, content))
    return changed


def _write_atomically(folder: Path, name: str, content: bytes) -> Path:
    """The whole file or the one before; never outside of `folder`."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"{name!r} would be written outside of {folder}")
    unfinished = path.with_name(f".{name}.{token_hex(4)}")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path
