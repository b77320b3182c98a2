"""A file that is brought: one on a disk, or one that was dropped on a page and stands in memory alone."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TextIO

_SUFFIXES = {"{": ".jsonl"}


@dataclass(frozen=True, slots=True)
class HeldFile:
    """What was dropped or pasted, by its name. It is on no disk."""

    name: str
    data: bytes

    def __str__(self) -> str:
        return self.name


BroughtFile = Path | HeldFile


def hold_table(text: str) -> HeldFile | None:
    """A pasted table, as a spreadsheet or a file of CSV or JSON lines copies it; None for what is no table."""
    first, _, rest = text.strip().partition("\n")
    has_cells = "\t" in first and "\t" in rest  # no sentence has them, and a heading of a form may be a question
    has_columns = any(mark in first and mark in rest for mark in ";,") and not first.rstrip().endswith(
        (".", "!", "?", ",", ":")
    )
    if not rest.strip() or not (has_cells or has_columns or first.startswith("{")):
        return None
    return HeldFile(f"pasted{_SUFFIXES.get(first[:1], '.csv')}", text.strip().encode())


def find_suffix(file: BroughtFile) -> str:
    """`.csv`."""
    return PurePath(file.name).suffix.lower()


def measure(file: BroughtFile) -> int | None:
    """Bytes, of a Maildir those of its mails; None where there is no such file."""
    if isinstance(file, HeldFile):
        return len(file.data)
    if is_maildir(file):
        return sum(each.stat().st_size for each in list_maildir(file))
    return file.stat().st_size if file.is_file() else None


def is_maildir(file: BroughtFile) -> bool:
    """Whether it is a folder of mails, each a file of its own."""
    return isinstance(file, Path) and (file / "cur").is_dir() and (file / "new").is_dir()


def list_maildir(folder: Path) -> list[Path]:
    """The mails of a Maildir, in the order of their names: when they came in."""
    found = (each for name in ("cur", "new") for each in (folder / name).iterdir() if each.is_file())
    return sorted(found, key=lambda each: each.name)


def open_bytes(file: BroughtFile) -> io.BytesIO | io.BufferedReader:
    """From its beginning."""
    return io.BytesIO(file.data) if isinstance(file, HeldFile) else file.open("rb")


def open_text(file: BroughtFile) -> TextIO:
    """Bytes that are no UTF-8 become half surrogate pairs, by which the row is found that holds them."""
    return io.TextIOWrapper(open_bytes(file), encoding="utf-8-sig", errors="surrogateescape", newline="")


def digest_file(path: BroughtFile) -> str:
    """By which a file is known again; of a Maildir, its names and sizes."""
    if isinstance(path, Path) and is_maildir(path):
        names = "\n".join(f"{each.name.partition(':')[0]} {each.stat().st_size}" for each in list_maildir(path))
        return hashlib.sha256(names.encode(errors="surrogateescape")).hexdigest()
    with open_bytes(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
