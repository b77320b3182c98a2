"""How a failure of the loop is logged."""

from datetime import timedelta

from bot.context import Context
from bot.log import get_logger

QUIET = timedelta(minutes=1)
"""How often it is logged that the database cannot be written: every step of every tick meets it."""
_CANNOT_WRITE = ("disk is full", "disk I/O error", "No space left on device", "could not extend file")
"""As SQLite, PostgreSQL and the system say it."""
FULL = "the database cannot be written, its disk is full or fails: make room"

log = get_logger(__name__)


def log_failure(context: Context, error: Exception, what: str, **where: str) -> None:
    """Log an error with its traceback; a full disk on one line, once a minute."""
    if not cannot_write(error):
        log.error(what, exc_info=error, **where)
        return
    now = context.now()
    if context.quiet_until is None or not now < context.quiet_until <= now + QUIET:
        context.quiet_until = now + QUIET
        log.error(FULL, **where)


def cannot_write(error: BaseException) -> bool:
    """Whether it says that the database's disk is full or fails."""
    return any(words in str(error) for words in _CANNOT_WRITE)
