"""Digests as files: what they are called and how they get to the disk."""

import asyncio
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from secrets import token_hex
from zoneinfo import ZoneInfo

from adapters.base import Capabilities
from bot.digest.html import write_html
from bot.digest.json import write_json
from bot.digest.markdown import write_markdown
from bot.digest.model import DigestModel, Kind
from bot.digest.rows import load_model
from bot.quotes import Edition
from storage.engine import Store

FORMATS: Mapping[str, tuple[str, Callable[[DigestModel], bytes]]] = {
    "html": ("html", write_html),
    "markdown": ("md", write_markdown),
    "json": ("json", write_json),
}
"""By the name that the config uses: the ending of the file, and what writes it."""

_UNSAFE = re.compile(r"[^a-z0-9]+")


def render(model: DigestModel, format: str) -> bytes:  # noqa: A002  # the word of the config
    """The bytes of a digest: equal models give equal bytes. Raises ValueError for an unknown format."""
    return _find_format(format)[1](model)


def _find_format(name: str) -> tuple[str, Callable[[DigestModel], bytes]]:
    if name not in FORMATS:
        raise ValueError(f"there is no digest format {name!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[name]


def file_name(model: DigestModel, format: str) -> str:  # noqa: A002
    """`which-cdn-2026-11-23-for-you.html`: made of `[a-z0-9-]` and the ending alone."""
    edition = "for-you" if model.edition is Edition.PRIVATE else "to-share"
    if model.kind is Kind.WEEK:
        stem = f"week-of-{model.period}"
    else:
        day = model.as_of.astimezone(ZoneInfo(model.zone)).date()
        slug = model.selection.blocks[0].slug[:64]
        stem = f"{slug}-{day}" + ("" if model.final else "-preview")
    return f"{_UNSAFE.sub('-', stem.lower()).strip('-')}-{edition}.{_find_format(format)[0]}"


async def write_files(
    store: Store, digest_id: int, folder: Path, formats: Iterable[str], *, capabilities: Mapping[str, Capabilities]
) -> list[Path]:
    """Write a digest in each format into `folder` and answer the paths. Raises LookupError, ValueError, OSError."""
    model = await load_model(store, digest_id, capabilities=capabilities)
    return await asyncio.to_thread(_write_all, model, folder, list(formats))


def _write_all(model: DigestModel, folder: Path, formats: list[str]) -> list[Path]:
    rendered = {file_name(model, name): render(model, name) for name in formats}
    folder.mkdir(parents=True, exist_ok=True)
    return [_write_atomically(folder, name, content) for name, content in rendered.items()]


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
