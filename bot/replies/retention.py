"""Texts that are neither quoted nor waiting for consent are purged some time after the close."""

from datetime import datetime, timedelta

from bot.context import Context
from bot.digest import erase_from_digests, list_quoted, load_selection
from bot.digest.rewrite import empty_log, rewrite_stale
from bot.steps import report_event
from storage.accounts import accounts, communities
from storage.digests import digests, printed
from storage.engine import Session
from storage.erasing.communities import erase_guild
from storage.models import AT_ONCE
from storage.replies import replies

EVERY = timedelta(days=1)
PURGE = "purge"
"""The activity that says when it was last done."""
NOT_ANSWERED = 2
"""Retentions after which a consent request that nobody answered is over."""


async def purge(context: Context) -> int:
    """Once a day; answers how many replies were emptied. Quoted ones (in a digest, in print) and waiting ones stay."""
    now = context.now()
    async with context.store.read() as session:
        last = await accounts.load_activity(session, PURGE)
        if next_purge(last.succeeded_at if last else None) > now:
            return 0
        over = await _list_over(context, session, now)
        rows = await digests.all_digests(session) if over else []
        used = await printed.printed_among(session, over)
    quoted = {reply_id for row in rows for reply_id in list_quoted(load_selection(row))}
    purged = [reply_id for reply_id in over if reply_id not in quoted | used]
    async with context.store.write() as session:
        await replies.empty_replies(session, purged, now, purged=True)
        await accounts.record_activity(session, PURGE, now)
        if purged:
            message = f"purged the texts of {len(purged)} replies that nobody quoted and whose retention is over"
            await report_event(session, "purged", f"{now:%Y-%m-%d}", message, now=now)
    await erase_left_communities(context)
    if purged:
        await empty_log(context)
    return len(purged)


def next_purge(purged_at: datetime | None) -> datetime:
    """When it is looked next whether any retention is over. purged_at: the last time."""
    return AT_ONCE if purged_at is None else purged_at + EVERY


async def _list_over(context: Context, session: Session, now: datetime) -> list[int]:
    """Replies whose time is over: by the config, or sooner by the rules of their platform."""
    retention = context.config.retention.after_close
    asked_before = now - NOT_ANSWERED * retention
    over = set(await replies.replies_past(session, now - retention, asked_before))
    for platform, shorter in context.shorter_retentions.items():
        over |= set(await replies.replies_past(session, now - shorter, asked_before, [platform]))
    return sorted(over)


async def erase_left_communities(context: Context) -> list[str]:
    """Erase the replies of communities that an account left longer ago than the retention; answers which."""
    async with context.store.read() as session:
        left = await communities.list_to_erase(session, context.now() - context.config.retention.after_close)
    for guild in left:
        async with context.store.write() as session:
            erased = await erase_guild(session, guild, context.now())
            await erase_from_digests(session, erased)
            await communities.note_erased(session, guild.account_id, guild.remote_id, context.now())
            message = f"erased what was said in the community {guild.remote_id}, which was left long ago"
            await report_event(session, "erased", f"{guild.remote_id} {guild.left_at}", message, now=context.now())
    if left:
        await rewrite_stale(context)
    return [guild.remote_id for guild in left]
