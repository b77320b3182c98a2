"""The step that compiles digests and writes their files."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.delivery.mails import plan_mail
from bot.delivery.messages import DIGEST
from bot.digest import compile_question, compile_week, list_week, write_files
from bot.digest.files import Filed
from bot.digest.rewrite import report_kept, rewrite_stale
from bot.questions.clock import due_between, next_due
from bot.questions.content import Content
from bot.quotes import Edition
from bot.replies.close import freshen
from bot.steps import report_event
from storage.accounts import accounts
from storage.backup import doubts
from storage.backup.moments import load_restored
from storage.digests import outgoings
from storage.digests.digests import load_digest
from storage.questions import questions
from storage.states import CONFIG_WORKSPACE

WEEKLY = "weekly digest"
"""The activity that says when the last one was written."""


@dataclass(frozen=True, slots=True)
class Written:
    """One digest as a row and as files, one a format. told: of files that somebody edited, and that stay."""

    id: int
    edition: Edition
    paths: tuple[Path, ...]
    told: tuple[str, ...] = ()


async def digest_question(
    context: Context, question_id: int, *, final: bool, formats: Sequence[str] = ()
) -> list[Written]:
    """Compile a question in every configured edition and write the files; a repeat writes the same bytes.

    formats: other ones than those of the config; mail has the config's.
    """
    async with context.store.read() as session:
        is_doubtful = final and await doubts.closed_in_gap(session, question_id)
    compile_it = partial(compile_question, context.store, question_id, final=final)
    return await _digest(context, compile_it, formats, is_doubtful=is_doubtful)


async def freshen_week(context: Context, monday: date, workspace: str = CONFIG_WORKSPACE) -> None:
    """Read again what the week would quote. Of a question the week says nothing of, nothing is read."""
    for question_id in await list_week(context.store, workspace, monday, as_of=context.now(), zone=context.zone):
        await freshen(context, question_id)


async def digest_week(
    context: Context,
    monday: date,
    workspace: str = CONFIG_WORKSPACE,
    *,
    formats: Sequence[str] = (),
    is_doubtful: bool = False,
) -> list[Written]:
    """Compile the week that begins on `monday` in every configured edition and write the files; formats as above."""
    compile_it = partial(compile_week, context.store, workspace, monday)
    return await _digest(context, compile_it, formats, is_doubtful=is_doubtful)


async def _digest(
    context: Context, compile_it: Callable[..., Awaitable[int]], formats: Sequence[str], *, is_doubtful: bool
) -> list[Written]:
    """Each edition as a row and as files; what is final is planned for mail and channels.

    is_doubtful: it was due before an older copy of the database was restored, and may have been sent.
    """
    written, kept = [], []
    for name, configured in context.config.digest_formats.items():
        edition, capabilities = Edition(name), context.capabilities
        digest_id = await compile_it(as_of=context.now(), zone=context.zone, edition=edition, capabilities=capabilities)
        filed = Filed()
        if "folder" in context.config.digest.deliver:
            folder, wanted = context.config.digest_folder, formats or configured
            filed = await write_files(context.store, digest_id, folder, wanted, capabilities=capabilities)
        written.append(Written(digest_id, edition, tuple(filed.paths), tuple(map(str, filed.kept))))
        kept += filed.kept
    await rewrite_stale(context)  # what changed while these were written
    if kept:
        async with context.store.write() as session:
            await report_kept(context, session, kept)
    if is_doubtful:
        await _report_unsent(context, written)
        return written
    await plan_mail(context, [each.id for each in written])
    await plan_delivery(context, written)
    return written


async def _report_unsent(context: Context, written: Sequence[Written]) -> None:
    """Nobody can look for a mail: better that a person sends it than that many get it twice."""
    names = ", ".join(sorted({path.name for each in written for path in each.paths})) or "the digest"
    message = (
        f"{names}: not sent by mail or into a channel, because it was due before the database was restored from an "
        "older copy, and may have been sent; send it yourself if it was not"
    )
    async with context.store.write() as session:
        subject = "+".join(str(each.id) for each in written)
        await report_event(session, "digest not sent", subject, message, now=context.now())


async def plan_delivery(context: Context, written: Sequence[Written]) -> None:
    """Note that a final digest goes into the channels that want it, once: the edition to share, since many read it."""
    public = [each.id for each in written if each.edition is Edition.PUBLIC]
    wanted = [guild for guild in context.guilds.values() if guild.keys.digest_channel]
    if not public or not wanted:
        return
    async with context.store.write() as session:
        row = await load_digest(session, public[0])
        for guild in wanted if row.final else ():
            if row.workspace in guild.workspaces:
                await outgoings.plan(
                    session,
                    DIGEST,
                    subject=f"digest {row.id} for {guild.id}",
                    places=[guild.keys.digest_channel],
                    payload={"digests": public},
                    now=context.now(),
                    account_id=guild.account_id,
                )


async def _is_used(context: Context, workspace: str) -> bool:
    """Whether anything was ever asked there."""
    async with context.store.read() as session:
        return bool(await questions.list_questions(session, workspace))


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def next_week(context: Context, written_at: datetime | None) -> datetime | None:
    """When the next weekly digest is due: at once where it is to be noted from when on they are wanted. written_at:
    the last one.
    """
    weekly = context.config.digest.weekly
    if not weekly or written_at is None:
        return context.now() if weekly else None
    return _next_moment(weekly, context.zone, written_at)


@lru_cache(maxsize=64)
def _next_moment(cron: str, zone: str, after: datetime) -> datetime | None:
    return next((each.due_at for each in next_due(_schedule(cron, zone), after, 1)), None)


def _schedule(cron: str, zone: str) -> Content:
    return Content(text="weekly", cron=cron, zone=zone)


async def digest_due_week(context: Context) -> list[Written]:
    """The weekly digests of the week before, of the config and of each community, when their cron has come due."""
    now = context.now()
    async with context.store.read() as session:
        last = await accounts.load_activity(session, WEEKLY)
    due_at = next_week(context, last.succeeded_at if last else None)
    if due_at is None or due_at > now:
        return []
    if last is None or last.succeeded_at is None:
        async with context.store.write() as session:
            await accounts.record_activity(session, WEEKLY, now)
        return []
    async with context.store.read() as session:
        restored = await load_restored(session)
    due = due_between(_schedule(context.config.digest.weekly, context.zone), last.succeeded_at, now)
    is_doubtful = restored is not None and due[-1].due_at <= restored.at
    today = now.astimezone(ZoneInfo(context.zone)).date()
    monday = monday_of(today) - timedelta(weeks=1)
    written = []
    for workspace in (CONFIG_WORKSPACE, *(guild.workspace for guild in context.guilds.values())):
        if workspace == CONFIG_WORKSPACE or await _is_used(context, workspace):
            await freshen_week(context, monday, workspace)
            written += await digest_week(context, monday, workspace, is_doubtful=is_doubtful)
    async with context.store.write() as session:
        await accounts.record_activity(session, WEEKLY, now)
    return written
