"""What editors in a community get to read: reminders and the log, as rows of the outbox."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.config.communities import Guild
from bot.context import Context
from bot.delivery.messages import EDITORS, LOG
from bot.questions.clock import resolve
from bot.replies.counting import count_anew
from bot.replies.unreviewed import list_unreviewed
from bot.steps import for_each
from bot.words import Forms, words
from bot.words.cleaning import clean_line
from storage.accounts import accounts, events
from storage.digests import outgoings
from storage.engine import Session
from storage.models import Event
from storage.questions import questions
from storage.states import QuestionState

FOR_EDITORS = ("proposed", "enough", "closed")
"""Kinds of events that ask for an editor."""
COUNT_EVERY = timedelta(hours=1)
NOT_BEFORE = 9
"""The local hour from which editors are reminded."""
LONGEST_LOG = 1_500
"""Characters of one message of the log."""
MOST_NAMED = 10


async def plan_guild_messages(context: Context) -> None:
    """Plan the messages for each community."""

    async def plan_guild(guild: Guild) -> None:
        if guild.account_id not in context.accounts.ids:
            return
        await _plan_event_messages(context, guild)
        if guild.keys.editors_channel:
            await _plan_reminder(context, guild)

    await for_each(context.guilds.values(), plan_guild)


# ---------------------------------------------------------------- what was told and done


async def _plan_event_messages(context: Context, guild: Guild) -> None:
    """Every event once: to the editors what asks for them, to the log the others. Rows and mark in one transaction."""
    scope = name_mark(guild)
    async with context.store.read() as session:
        mark = (await accounts.load_marks(session, guild.account_id)).get(scope)
        newest = await events.newest_id(session)
    if mark is not None and int(mark) >= newest:
        return
    async with context.store.write() as session:
        if mark is not None:  # the first time, what was told before is not told again
            new = await events.events_after(session, guild.workspaces, int(mark), newest)
            await _plan_events(context, session, guild, new)
        await accounts.save_marks(session, guild.account_id, {scope: str(newest)})


def name_mark(guild: Guild) -> str:
    """The mark up to which events were told there."""
    return f"told:{guild.id}"


async def _plan_events(context: Context, session: Session, guild: Guild, new: Sequence[Event]) -> None:
    for event in new:
        if event.kind in FOR_EDITORS and guild.keys.editors_channel:
            subject = f"{event.kind} {event.id} for {guild.id}"
            hint = words(guild.keys.language)["editors"]["hints"][event.kind]
            text = f"{event.message}\n{hint}"
            await _plan(context, session, guild, EDITORS, subject=subject, text=text)
    rest = [event for event in new if not (event.kind in FOR_EDITORS and guild.keys.editors_channel)]
    for lines in _pack([clean_line(event.message) for event in rest]) if guild.keys.log_channel else ():
        subject = f"{guild.id} {rest[0].id} {len(lines)} {context.now().isoformat()}"
        await _plan(context, session, guild, LOG, subject=subject, text=lines)


def _pack(lines: Collection[str]) -> list[str]:
    """Lines as messages of the log."""
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + len(line) < LONGEST_LOG:
            packed[-1] += f"\n{line}"
        else:
            packed.append(line[:LONGEST_LOG])
    return packed


async def _plan(context: Context, session: Session, guild: Guild, kind: str, *, subject: str, text: str) -> None:
    places, payload = [guild.keys.log_channel if kind == LOG else guild.keys.editors_channel], {"text": text}
    now, account_id = context.now(), guild.account_id
    await outgoings.plan(session, kind, subject=subject, places=places, payload=payload, now=now, account_id=account_id)


# ---------------------------------------------------------------- what waits


async def _plan_reminder(context: Context, guild: Guild) -> None:
    """At most once a local day, where anything waits."""
    async with context.store.read() as session:
        last = await accounts.load_activity(session, name_reminder(guild))
    now = context.now()
    if next_reminder(context, last.succeeded_at if last else None) > now:
        return
    subject = f"waiting {guild.id} {now.astimezone(ZoneInfo(context.zone)):%Y-%m-%d}"
    async with context.store.read() as session:
        is_reminded = await outgoings.is_planned(session, EDITORS, subject)
    text = "" if is_reminded else await _count_waiting(context, guild)
    async with context.store.write() as session:
        await accounts.record_activity(session, name_reminder(guild), now)
        if text:
            await _plan(context, session, guild, EDITORS, subject=subject, text=text)


def next_reminder(context: Context, looked_at: datetime | None) -> datetime:
    """When it is looked next whether anything waits there; once an hour, by day. looked_at: the last time."""
    now: datetime = context.now()
    # a look that lies ahead was before a clock stepped back
    moment = now if looked_at is None or looked_at > now else looked_at + COUNT_EVERY
    local = moment.astimezone(ZoneInfo(context.zone))
    if local.hour >= NOT_BEFORE:
        return moment
    return resolve(datetime.combine(local.date(), time(NOT_BEFORE)), ZoneInfo(context.zone))


def name_reminder(guild: Guild) -> str:
    """The activity that says when it was last looked whether anything waits."""
    return f"reminder {guild.id}"


async def _count_waiting(context: Context, guild: Guild) -> str:
    """How many answers and proposals wait, with their questions; "" for none. No word of a member."""
    labels = words(guild.keys.language)["editors"]
    counts: dict[str, int] = {}
    await count_anew(context)
    async with context.store.read() as session:
        known = [row[0] for name in guild.workspaces for row in await questions.list_questions(session, name)]
        for each in await list_unreviewed(session, guild.workspaces):
            counts[each.slug] = counts.get(each.slug, 0) + each.count
    proposed = [question.slug for question in known if question.state is QuestionState.PROPOSED]
    lines = []
    if counts:
        named = [labels["waiting_on"].format(slug=slug, n=number) for slug, number in counts.items()]
        lines.append(_count(labels["waiting"], sum(counts.values()), named))
    if proposed:
        lines.append(_count(labels["proposed"], len(proposed), proposed))
    return "\n".join(lines)


def _count(forms: Forms, number: int, named: Sequence[str]) -> str:
    shown = ", ".join(named[:MOST_NAMED]) + (", …" if len(named) > MOST_NAMED else "")
    return forms.choose(number).format(n=number, questions=shown)
