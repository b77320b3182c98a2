"""The steps of a tick in their order, and for each when it has work next.

Whoever gives a step other work says here when that is due: what no `due` knows of is never done.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.context import Context
from bot.delivery import mails, messages, notices, read_backs
from bot.delivery.digests import WEEKLY, next_week
from bot.delivery.reminders import name_mark, name_reminder, next_reminder
from bot.digest.rewrite import LOG_STEP
from bot.replies.retention import PURGE, next_purge
from storage.accounts import accounts
from storage.due import DueMoments, DueScope, load_due
from storage.models import AT_ONCE, Activity


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is stored of all steps, as of `now`."""

    context: Context
    now: datetime
    stored: DueMoments
    activities: Mapping[str, Activity]

    def last(self, name: str) -> datetime | None:
        """When an activity last succeeded."""
        return self.activities[name].succeeded_at if name in self.activities else None

    def failed(self, name: str) -> datetime | None:
        """At once where its last try failed."""
        return AT_ONCE if name in self.activities and self.activities[name].error else None


Due = Callable[[Outlook], datetime | None]
Work = Callable[[Context], Awaitable[object]]


async def look(context: Context) -> Outlook:
    """Read what is due: two statements, whatever is stored."""
    now = context.now()
    async with context.store.read() as session:
        activities = await accounts.load_activities(session)
        return Outlook(context, now, await load_due(session, _scope(context), now, context.hints), activities)


def _scope(context: Context) -> DueScope:
    mailbox = context.config.mailbox
    ids = context.accounts.ids
    return DueScope(
        accounts=ids,
        rules_hash=context.rules_hash,
        told=tuple((each.account_id, name_mark(each)) for each in context.guilds.values() if each.account_id in ids),
        mails=(*mails.KINDS, *notices.KINDS, *read_backs.KINDS),
        places=(
            *(() if mailbox is None else mailbox.to),
            *notices.list_places(context),
            *(read_backs.PLACES if read_backs.can_mail(context) else ()),
        ),
        messages=tuple(messages.KINDS),
    )


def first(*moments: datetime | None) -> datetime | None:
    """The first of the moments that there are."""
    return min((each for each in moments if each is not None), default=None)


def due_collection(seen: Outlook) -> datetime | None:
    """An account's time has come, or an adapter hinted at single replies."""
    return AT_ONCE if seen.context.rereads else seen.stored.collect


def due_digest(seen: Outlook) -> datetime | None:
    """Something closed, or the week is over."""
    return first(seen.stored.digest, next_week(seen.context, seen.last(WEEKLY)))


def due_guild_messages(seen: Outlook) -> datetime | None:
    """Something happened, or it is time to look what waits for editors."""
    guilds = [each for each in seen.context.guilds.values() if each.account_id in seen.context.accounts.ids]
    reminders = (
        next_reminder(seen.context, seen.last(name_reminder(guild))) for guild in guilds if guild.keys.editors_channel
    )
    return first(seen.stored.events, *reminders)


def due_delivery(seen: Outlook) -> datetime | None:
    """Something is to be sent, or to be taken back."""
    return first(seen.stored.mails, seen.stored.messages, seen.stored.orphans)


def due_purge(seen: Outlook) -> datetime | None:
    """Once a day."""
    return next_purge(seen.last(PURGE))


def due_rewriting(seen: Outlook) -> datetime | None:
    """Something was taken back, or a log could not be emptied."""
    return first(seen.stored.rewrite, seen.failed(LOG_STEP))
