"""Gathers the strings that must never change; `python -m tests.promises.stored_strings` writes new ones down.

Nothing is ever taken out of the file: what is renamed in the code makes `test_stored_strings.py` red.
"""

import ast
import importlib
import inspect
import re
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from adapters.registry import load_platform
from bot.commands.install import ACTS
from bot.config.sections import SECTIONS, AccountKeys, GuildKeys
from bot.questions.content import Content
from storage.models import Base

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_suffix(".toml")
ENUMS = (
    "storage.states",
    "adapters.contract.reading",
    "adapters.contract.sending",
    "bot.digest.model",
    "bot.quotes.fidelity",
    "bot.quotes.marks",
    "bot.quotes.permission",
    "bot.quotes.refusals",
    "bot.quotes.stance",
)
"""Modules whose enums stand in rows or in the JSON of rows."""

COLUMNS = (
    ("outgoings", "kind"),
    ("outgoings", "subject"),
    ("events", "kind"),
    ("events", "subject"),
    ("events", "workspace"),
    ("interactions", "kind"),
    ("marks", "scope"),
    ("activities", "name"),
    ("leases", "name"),
    ("controls", "name"),
    ("parts", "role"),
    ("parts", "key"),
    ("digests", "kind"),
    ("digests", "period"),
    ("digests", "edition"),
    ("consents", "state"),
    ("consents", "proof"),
    ("printings", "fidelity"),
    ("printings", "consent"),
    ("replies", "origin"),
    ("replies", "remote_id"),
    ("questions", "source"),
    ("votes", "source"),
    ("tallies", "source"),
)
"""Columns whose values are names that the code gives."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+]+")


def gather() -> dict[str, list[str]]:
    """All strings that can be listed, by what they are."""
    return {
        "tables": [f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns],
        "enums": sorted(list_enums()),
        "acts": sorted(ACTS),
        "config": sorted(list_config_keys()),
        "words": sorted(list_keys(tomllib.loads(files("bot.words").joinpath("en.toml").read_text(encoding="utf-8")))),
    }


def list_enums() -> set[str]:
    """Each value of each enum that is stored."""
    members = [each for name in ENUMS for each in vars(importlib.import_module(name)).values()]
    enums = [each for each in members if inspect.isclass(each) and issubclass(each, StrEnum) and each is not StrEnum]
    return {f"{'|'.join(enum)} {value}" for enum in enums for value in enum}


def list_config_keys() -> Iterator[str]:
    """Each key of config.toml, with its table."""
    for section, model in SECTIONS.items():
        yield from (f"{section}.{key}" for key in model.model_fields)
    for table, model in (("accounts", AccountKeys), ("guilds", GuildKeys), ("questions", Content)):
        yield from (f"{table}.*.{key}" for key in model.model_fields)
    for platform in ("bluesky", "discord", "mail", "sandbox", "x"):
        yield from (f"accounts.{platform}.{key}" for key in load_platform(platform).settings.model_fields)


def list_keys(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The dotted keys of a file of words."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from list_keys(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"


@cache
def list_constants(folder: str) -> frozenset[str]:
    """All strings in the code of a folder, and the parts of those that are put together."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / folder).rglob("*.py"))]
    found = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(value for value in found if isinstance(value, str))


@cache
def list_patterns() -> tuple[re.Pattern[str], ...]:
    """The patterns by which custom ids are read."""
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for folder in ("adapters/discord", "bot/commands")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if re.search(r"\"pq:", path.read_text(encoding="utf-8"))
    ]
    values = [value for name in modules for value in vars(importlib.import_module(name)).values()]
    return tuple(value for value in values if isinstance(value, re.Pattern) and value.pattern.startswith("pq:"))


def read_values(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The values of COLUMNS, moments left out."""
    return {
        f"{table}.{column}": {MOMENT.sub("…", row[0]) for row in connection.execute(f"SELECT {column} FROM {table}")}
        for table, column in COLUMNS
    }


def read_snapshot() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def write_snapshot() -> None:
    """Add to the file what is new."""
    kept = read_snapshot()
    for kind, strings in gather().items():
        known = kept["gathered"].setdefault(kind, [])
        known += [each for each in strings if each not in known]
    lines = ["# Strings that are stored: see test_stored_strings.py. Only ever added to.", ""]
    for table in ("gathered", "constants"):
        lines.append(f"[{table}]")
        for name, strings in kept[table].items():
            lines += [f'"{name}" = [', *(f"    {_quote(each)}," for each in strings), "]"]
        lines.append("")
    lines[2:2] = ["custom_ids = [", *(f"    {_quote(each)}," for each in kept["custom_ids"]), "]", ""]
    FILE.write_text("\n".join(lines), encoding="utf-8")


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    write_snapshot()
