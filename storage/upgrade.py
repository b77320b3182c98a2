"""Bringing a database to the version of this program."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.engine import Store, StoreError

if TYPE_CHECKING:
    from alembic.config import Config

LATEST = "0003"
"""The newest migration: a command compares versions without importing Alembic (0.3 s)."""


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
            store.sqlite_path.parent.mkdir(parents=True, exist_ok=True)
        async with store.engine.connect() as connection:
            if await connection.run_sync(_found_version) == LATEST:
                return LATEST
        async with store.engine.execution_options(writes=True).begin() as connection:
            return await connection.run_sync(_upgrade)
    except (DBAPIError, OSError) as error:
        where = store.url.render_as_string(hide_password=True)
        raise StoreError(f"the database {where} does not open: {getattr(error, 'orig', error)}") from error
