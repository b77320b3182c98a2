"""What a person should know is told once: as a row for `status` and the digest, and as a line of the log."""

from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from storage.accounts import events
from storage.models import CONFIG_WORKSPACE

log = structlog.get_logger()


async def tell(
    session: AsyncSession,
    kind: str,
    subject: str,
    message: str,
    *,
    now: datetime,
    question_id: int | None = None,
    workspace: str = CONFIG_WORKSPACE,
) -> None:
    """Record an event of `kind` about `subject`, and log it, unless it was told before."""
    if await events.tell(session, kind, subject, message, now=now, question_id=question_id, workspace=workspace):
        log.info(message, told=kind)
