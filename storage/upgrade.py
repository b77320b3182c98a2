"""Bringing a database to the version of this program."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.engine import LOCKED, Store, StoreError
from storage.private import make_file, make_folder

if TYPE_CHECKING:
    from alembic.config import Config

LATEST = "0007"
"""The newest migration: a command compares versions without importing Alembic (0.3 s)."""


_WITHOUT_SECURE_DELETE = ("0001", "0002")
"""What was deleted by these versions may still stand in the file."""

UPGRADING = 0x70756C6C
"""The number of the lock that two starting at once share."""


def configure(connection: Connection) -> "Config":
    """Alembic's config for an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _found_version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> str | None:
    from alembic import command
    from alembic.script import ScriptDirectory

    if connection.dialect.name == "postgresql":  # SQLite's writers wait for each other by themselves
        connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADING})"))
    found = _found_version(connection)
    config = configure(connection)
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"the database is of a newer pullquote (its version is {found}, this program knows {LATEST}): "
            "install that pullquote, or restore an older copy of the database"
        )
    command.upgrade(config, "head")
    return found


async def upgrade(store: Store) -> str | None:
    """Run the migrations that are missing and answer the version before. Raises StoreError on a newer database."""
    try:
        if store.sqlite_path is not None:
            make_folder(store.sqlite_path.parent)
            make_file(store.sqlite_path)  # what SQLite lays beside it has the same mode
        async with store.engine.connect() as connection:
            found = await connection.run_sync(_found_version)
        if found == LATEST:
            return LATEST
        if found in _WITHOUT_SECURE_DELETE:
            with suppress(sqlite3.Error, DBAPIError):  # a full disk: docs/operating.md says how to repeat it
                await store.rebuild()
        async with store.engine.execution_options(writes=True).begin() as connection:
            return await connection.run_sync(_upgrade)
    except (DBAPIError, OSError) as error:
        if LOCKED in str(error):
            raise StoreError(store.describe_lock()) from error
        where = store.url.render_as_string(hide_password=True)
        raise StoreError(f"the database {where} does not open: {getattr(error, 'orig', error)}") from error
