"""`pullquote db upgrade`: the database at the version of this program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli import Shell
from bot.cli.parts.terminal import show

if TYPE_CHECKING:
    from storage.engine import Store


@click.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
@click.pass_obj
def upgrade_database(shell: Shell) -> None:
    """Bring the database to the version of this program. Every command does this too; this one reports it."""
    import asyncio

    from storage.engine import Store, resolve_url
    from storage.upgrade import LATEST

    config = shell.load_config()
    before = asyncio.run(_upgrade(Store(resolve_url(config.database.url, config.folder))))
    if before == LATEST:
        show(f"the database is up to date (version {LATEST})")
    else:
        show(f"upgraded from {before or 'nothing'} to version {LATEST}")


async def _upgrade(store: Store) -> str | None:
    from storage.upgrade import upgrade

    async with store:
        return await upgrade(store)
