"""Rewrite the digest files that show replies which were deleted, refused, hidden or edited."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.context import Context
from bot.digest import rewrite_files
from bot.digest.standing import Kept
from bot.log import get_logger
from bot.steps import report_event
from storage.accounts.accounts import load_activity, record_activity
from storage.engine import Session
from storage.lock import FilesBusy, hold_files
from storage.replies import stale
from storage.search.taken import find_taken, merge_words

WAIT = 10.0
"""Seconds that one waits for digests that are being written; whoever writes them rewrites them too."""
LOG_STEP = "empty the log"
LOG_HELD = (
    "what was erased or purged still stands in the log beside the database (-wal), because another process reads it: "
    "end that (a viewer, a copy); it is tried again"
)
BUSY = (
    "digest files are being written right now by another pullquote: it, or the next step of pullquote run, takes out "
    "what may no longer be in them"
)

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """paths: files that differ now. told: sentences on what is not done, and what a person has to do."""

    paths: tuple[Path, ...] = ()
    told: tuple[str, ...] = ()


async def rewrite_stale(context: Context) -> Rewritten:
    """Rewrite the files that show any reply noted as changed.

    The notes are dropped last, and by nobody while digests are being written, so that a kill repeats the step.
    """
    async with context.store.read() as session:
        noted = await stale.load_stale(session)
        held = await load_activity(session, LOG_STEP)
        is_left = await find_taken(session) is not None or (held is not None and bool(held.error))
    if not noted:  # a kill may have left words behind that no file shows
        return Rewritten(told=await empty_log(context)) if is_left else Rewritten()
    try:
        async with hold_files(context.store, WAIT):
            rewritten = await _rewrite_noted(context)
    except FilesBusy:
        log.warning(BUSY)
        rewritten = Rewritten(told=(BUSY,))
    return Rewritten(rewritten.paths, (*rewritten.told, *await empty_log(context)))


async def _rewrite_noted(context: Context) -> Rewritten:
    async with context.store.read() as session:
        noted = await stale.load_stale(session)
    filed = await rewrite_files(
        context.store, set(noted.replies.values()), set(noted.digests.values()), capabilities=context.capabilities
    )
    now = context.now()
    async with context.store.write() as session:
        await stale.drop_stale(session, noted)
        await report_kept(context, session, filed.kept)
        if filed.paths:
            names = ", ".join(sorted({path.name for path in filed.paths}))
            message = f"something was taken back or changed at its source, so these files were written anew: {names}"
            last = max((*noted.replies, *noted.digests))
            await report_event(session, "rewritten", f"{now.isoformat()} {last}", message, now=now)
    return Rewritten(tuple(filed.paths), tuple(map(str, filed.kept)))


async def report_kept(context: Context, session: Session, kept: Iterable[Kept]) -> None:
    """Tell of files that somebody edited: each once for what must go from it."""
    for each in kept:
        log.warning(str(each))
        subject = sha256(f"{each.path} {each.beside} {each.must_go}".encode()).hexdigest()[:16]
        await report_event(session, "edited file", subject, str(each), now=context.now())


async def empty_log(context: Context) -> tuple[str, ...]:
    """What was erased or purged must not stay in the indexes of words, nor in SQLite's log; answers what to tell where
    it does.
    """
    await merge_words(context.store)
    is_empty = await context.store.empty_log()
    async with context.store.read() as session:
        before = await load_activity(session, LOG_STEP)
    if not is_empty or (before is not None and before.error):
        async with context.store.write() as session:
            await record_activity(session, LOG_STEP, context.now(), "" if is_empty else LOG_HELD)
    return () if is_empty else (LOG_HELD,)
