"""The folder of the demo as one that can be gone on with: its config.toml, and what a new demo may replace."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from adapters.registry import installed
from bot.config import Config
from bot.demo.week import load_week
from bot.questions.content import Content, write_duration

ACCOUNT = "square"
HEAD = """\
# Made by `pullquote demo`, which writes it anew as long as no other questions stand beside the demo's. Its account is
# on a simulated network: nothing leaves this machine. Every key is explained in config.example.toml.
"""
KEPT = timedelta(days=3650)
"""For how long the texts of a week that lies in the past are kept: nobody wants the demo purged when it is opened."""


class NotTheDemos(Exception):
    """There is a database in the folder that somebody works with."""


def write_config(config: Config) -> Path:
    """Write config.toml beside the database: what `config` has that is not usual."""
    tables: dict[str, Mapping[str, Any]] = {
        "pullquote": {"name": config.pullquote.name, "zone": config.pullquote.zone},
        "retention": {"after_close": write_duration(KEPT)},
        "digest": {"private": list(config.digest.private), "public": list(config.digest.public)},
    }
    tables[f"accounts.{ACCOUNT}"] = {"platform": "sandbox", "file": str(config.state_folder / "sandbox.json")}
    tables |= {f"questions.{slug}": _list_keys(content) for slug, content in config.questions.items()}
    path = config.folder / "config.toml"
    path.write_text(HEAD + "".join(_write_table(name, keys) for name, keys in tables.items()), encoding="utf-8")
    return path


def _list_keys(content: Content) -> dict[str, Any]:
    keys = content.model_dump(exclude_defaults=True)
    return {key: write_duration(value) if isinstance(value, timedelta) else value for key, value in keys.items()}


def _write_table(name: str, keys: Mapping[str, Any]) -> str:
    """Whatever JSON can write of texts, numbers and lists of them is TOML too."""
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items())
    return f"\n[{name}]\n{''.join(lines)}"


def remove_last(folder: Path) -> None:
    """The database of the demo before, and the digests that it wrote. Raises NotTheDemos for anybody else's."""
    database, config = folder / "pullquote.db", folder / "config.toml"
    made = not config.exists() or config.read_text(encoding="utf-8", errors="replace").startswith(HEAD)
    if not database.exists() and made:
        return
    if not made or not _is_of_demo(database):
        raise NotTheDemos(f"{database} is not of a demo, which would replace it: choose another --folder")
    for digest in _list_digests(database):
        if digest.is_relative_to(folder):
            digest.unlink(missing_ok=True)
    for old in folder.glob("pullquote.db*"):
        old.unlink()


def _is_of_demo(database: Path) -> bool:
    """Whether nothing was asked or adopted beside the demo, as far as it came."""
    accounts, asked = (
        _read(database, f"SELECT {what}") for what in ("name, platform FROM accounts", "slug FROM questions")
    )
    if accounts is None or asked is None:
        return False
    own = {(each.slug,) for each in load_week().questions}
    reading = {(name, name) for name in installed()}  # what is recorded where somebody looks at the folder
    return (
        set(asked) <= own
        and set(accounts) <= {(ACCOUNT, "sandbox")} | reading
        and bool(not accounts or (ACCOUNT, "sandbox") in accounts)
    )


def _list_digests(database: Path) -> Iterator[Path]:
    for (files,) in _read(database, "SELECT files FROM digests") or []:
        yield from (Path(entry["path"]) for entry in json.loads(files))


def _read(database: Path, query: str) -> list[tuple[str, ...]] | None:
    """None where it is no database with these tables."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.DatabaseError:
        return None
