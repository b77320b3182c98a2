"""ZIP archives: an export of Slack, or a packed table as Google Forms hands it out."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from bot.desk.answers.import_files import Layout, ReadFile, Row
from bot.desk.bringing.held import BroughtFile, HeldFile, open_bytes
from bot.desk.bringing.readers.chats import read_slack_messages, read_slack_people
from bot.desk.errors import refuse
from bot.words.cleaning import clean_line, shorten

LARGEST_MEMBER = 200 * 1024 * 1024
MOST_DAYS = 10_000
_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".ods", ".json", ".jsonl"})


def read_archive(path: BroughtFile, done: ReadFile, layout: Layout) -> Iterator[Row]:
    """The rows of all days of a Slack export, or of the one table that is packed. Raises DeskError for others."""
    from bot.desk.bringing.readers.opening import read_rows  # it knows this reader

    try:
        with open_bytes(path) as file, zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/") and "__MACOSX" not in name]
            if any(PurePath(name).name == "channels.json" for name in names):
                yield from _read_slack(archive, names, done)
                return
            tables = [name for name in names if PurePath(name).suffix.lower() in _TABLES]
            if len(tables) != 1:
                raise refuse("many_tables", number=len(tables))
            held = HeldFile(PurePath(tables[0]).name, _unpack(archive, tables[0]))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise refuse("no_archive", why=shorten(clean_line(str(error)), 100)) from error
    done.tell("member", name=shorten(clean_line(held.name), 60))
    yield from read_rows(held, done, layout)


def _read_slack(archive: zipfile.ZipFile, names: list[str], done: ReadFile) -> Iterator[Row]:
    done.tool = "Slack"
    done.note_headings({heading: heading for heading in ("id", "text", "author", "handle", "at")})
    users = next((name for name in names if PurePath(name).name == "users.json"), None)
    people = read_slack_people(_load(archive, users)) if users else {}
    days = sorted(name for name in names if len(PurePath(name).parts) > 1 and name.endswith(".json"))[:MOST_DAYS]
    first = 1
    for day in days:
        messages = _load(archive, day)
        yield from read_slack_messages(messages, people, PurePath(day).parent.name, done, first)
        first += len(messages)


def _load(archive: zipfile.ZipFile, name: str) -> list[Any]:
    try:
        found = json.loads(_unpack(archive, name))
    except (ValueError, RecursionError) as error:
        raise refuse("member_not_json", name=shorten(clean_line(name), 60), why=error) from error
    return found if isinstance(found, list) else []


def _unpack(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member as a whole: its stated size may be a lie."""
    with archive.open(name) as file:
        content = file.read(LARGEST_MEMBER + 1)
    if len(content) > LARGEST_MEMBER:
        raise refuse("member_too_large", name=shorten(clean_line(name), 60), mib=LARGEST_MEMBER // 2**20)
    return content
