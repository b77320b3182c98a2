"""What stands on the disk where a digest was written: ours as we wrote it, edited by somebody, or gone."""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from secrets import token_hex

from storage.digests.digests import FilesOfDigest
from storage.private import FILE, make_folder

SOON = 120.0
"""Seconds after a digest was compiled until its file was written: one that an older pullquote wrote, which noted no
hash, counts as edited where it was changed later."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A path at which digests were written: the newest of them last, that is whose the file is.

    hashes: SHA-256 of all that we wrote or were about to write there, in hex. until: where no hash was noted, when our
    file was last written at the latest, in seconds since 1970.
    """

    path: Path
    format: str
    digest_ids: tuple[int, ...]
    hashes: frozenset[str]
    until: float = 0.0

    def is_ours(self, content: bytes) -> bool:
        """Whether what stands there is what we wrote."""
        if hash_content(content) in self.hashes:
            return True
        return not self.hashes and self.path.stat().st_mtime <= self.until


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that somebody edited since we wrote it, so that it stays as it is.

    beside: where the digest stands as it is to be read now. must_go: names of the passages that are to be taken out.
    """

    path: Path
    beside: Path
    must_go: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = (
            f"“{self.path.name}” was edited since it was written and stays as it is; the digest as it is to be read "
            f"now stands beside it, in “{self.beside.name}”"
        )
        if self.must_go:
            told += f". Take out of the edited one: {', '.join(self.must_go)}"
        return told


def hash_content(content: bytes) -> str:
    """By which a file is known again."""
    return sha256(content).hexdigest()


def find_places(rows: Iterable[FilesOfDigest]) -> dict[str, FilePlace]:
    """Every place by its path. rows: of all digests, oldest first."""
    places: dict[str, FilePlace] = {}
    for row in rows:
        for entry in row.files:
            path = str(entry["path"])
            before = places.get(path)
            places[path] = FilePlace(
                Path(path),
                str(entry["format"]),
                (*before.digest_ids, row.id) if before else (row.id,),
                frozenset(entry.get("hashes", ())) | (before.hashes if before else frozenset()),
                row.as_of.timestamp() + SOON,
            )
    return places


def read_standing(path: Path) -> bytes | None:
    """What stands there, None where nothing does. Raises OSError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def is_free(path: Path, places: Mapping[str, FilePlace]) -> bool:
    """Whether nothing stands there but what we wrote."""
    content = read_standing(path)
    if content is None:
        return True
    place = places.get(str(path))
    return place is not None and place.is_ours(content)


def find_beside(path: Path, places: Mapping[str, FilePlace]) -> Path:
    """`NAME (2).docx`, or the next number at which nobody else's file stands."""
    numbered = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return next(each for each in numbered if is_free(each, places))


def write_atomically(folder: Path, name: str, content: bytes) -> Path:
    """The whole file or the one before, for its owner alone; never outside of `folder`."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"{name!r} would be written outside of {folder}")
    make_folder(folder)
    unfinished = path.with_name(f".{name}.{token_hex(4)}")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, FILE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


_BINARY: int = getattr(os, "O_BINARY", 0)
"""Windows would write line ends of its own."""


def remove_unfinished(paths: Collection[Path]) -> None:
    """Remove what a kill left of writing these files: it has their words."""
    for folder in {path.parent for path in paths}:
        if folder.is_dir():
            names: Sequence[str] = [f".{path.name}." for path in paths if path.parent == folder]
            for file in folder.iterdir():
                if any(file.name.startswith(name) and len(file.name) == len(name) + 8 for name in names):
                    file.unlink(missing_ok=True)
