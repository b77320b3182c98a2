"""The names of the questions, read without opening the store: a shell completes them while somebody types."""

import sqlite3
from contextlib import closing
from pathlib import Path

MOST = 100
BUSY = 0.2
"""Seconds that are waited for whoever writes."""


def list_slugs(database: Path) -> list[str]:
    """The newest first; none where there is no such file, or it is no database of ours."""
    if not database.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY)) as connection:
            rows = connection.execute(
                "SELECT slug FROM questions WHERE workspace = 'config' ORDER BY id DESC LIMIT ?", (MOST,)
            )
            return [str(slug) for (slug,) in rows]
    except sqlite3.Error:
        return []
