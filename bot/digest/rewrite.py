"""Rewrite the digest files that show replies which were deleted, refused, hidden or edited."""

from pathlib import Path

import structlog

from bot.context import Context
from bot.digest import rewrite_files
from bot.steps import report_event
from storage.replies import stale

log = structlog.get_logger()


async def rewrite_stale(context: Context) -> list[Path]:
    """Rewrite the files that show any reply noted as changed; answers those that differ now.

    The notes are dropped last, so that a kill repeats the step.
    """
    async with context.store.read() as session:
        noted = await stale.load_stale(session)
    if not noted:
        return []
    changed = await rewrite_files(context.store, set(noted.values()), capabilities=context.capabilities)
    now = context.now()
    async with context.store.write() as session:
        await stale.drop_stale(session, list(noted))
        if changed:
            names = ", ".join(sorted({path.name for path in changed}))
            message = f"something was taken back or changed at its source, so these files were written anew: {names}"
            await report_event(session, "rewritten", f"{now.isoformat()} {max(noted)}", message, now=now)
    return changed
