"""What a bot left in its database, read by somebody else."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

Row = dict[str, Any]

POSTS = """
    SELECT posts.id, posts.state, posts.state_reason, posts.counted_at, accounts.name AS account,
           questions.slug AS question
    FROM posts JOIN targets ON targets.id = posts.target_id
    JOIN accounts ON accounts.id = targets.account_id JOIN questions ON questions.id = targets.question_id
"""
PARTS = "SELECT post_id, position, state, text, remote_id, sends FROM parts ORDER BY post_id, position"
REPLIES = "SELECT id, post_id, remote_id, state FROM replies ORDER BY id"
REVISIONS = "SELECT reply_id, number, text FROM revisions ORDER BY reply_id, number"
MARKS = """
    SELECT accounts.name, marks.scope, marks.value FROM marks JOIN accounts ON accounts.id = marks.account_id
    WHERE marks.scope IN ('events', 'mentions', 'mentions left')
"""
TOLD = "SELECT kind, subject, message FROM events"


class Stored:
    """The rows of one moment. `parts` by post id; `marks` of the sandbox and of X by account; a reply has its `texts` and their `numbers`."""

    def __init__(self, read: Callable[[str], list[Row]]) -> None:
        self.posts = read(POSTS)
        self.replies = read(REPLIES)
        self.marks = _find_safe_marks(read(MARKS))
        self.told = read(TOLD)
        parts, revisions = read(PARTS), read(REVISIONS)
        self.parts = {post["id"]: [part for part in parts if part["post_id"] == post["id"]] for post in self.posts}
        for reply in self.replies:
            own = [revision for revision in revisions if revision["reply_id"] == reply["id"]]
            reply["texts"] = [revision["text"] for revision in own]
            reply["numbers"] = [revision["number"] for revision in own]


def read_file(path: Path) -> Stored:
    """Of SQLite."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        database.execute("BEGIN")
        return Stored(lambda query: [dict(row) for row in database.execute(query)])


def read_server(url: str) -> Stored:
    """Of PostgreSQL."""
    import psycopg
    from psycopg.rows import dict_row

    with psycopg.connect(url, row_factory=dict_row) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return Stored(lambda query: database.execute(query).fetchall())


def _find_safe_marks(rows: list[Row]) -> dict[str, int]:
    """Up to where everything is read, by account. What X's way down has left unread begins at the first of its numbers."""
    marks = {row["name"]: int(row["value"]) for row in rows if row["scope"] != "mentions left"}
    left = {
        row["name"]: int(row["value"].split()[0]) for row in rows if row["scope"] == "mentions left" and row["value"]
    }
    return {name: min(mark, left.get(name, mark)) for name, mark in marks.items()}
