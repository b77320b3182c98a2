"""What editors in a community are told: reminders, the log, final digests into a channel. Rows for `run_errands`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.config.communities import Guild
from bot.context import Context
from bot.delivery.messages import EDITORS, LOG
from bot.replies.unreviewed import list_unreviewed
from bot.steps import for_each
from bot.words import words
from bot.words.cleaning import clean_line
from storage.accounts import accounts, events
from storage.digests import outgoings
from storage.engine import Session
from storage.models import Event
from storage.questions import questions
from storage.states import QuestionState

FOR_EDITORS = ("proposed", "enough", "closed")
"""What is told once about a question and asks for an editor."""
COUNT_EVERY = timedelta(hours=1)
NOT_BEFORE = 9
"""The local hour from which editors are reminded."""
LONGEST_LOG = 1_500
"""Characters of one message of the log."""
MOST_NAMED = 10


async def plan_guild_messages(context: Context) -> None:
    """Plan what each community is to be told."""

    async def tell_guild(guild: Guild) -> None:
        if guild.account_id not in context.accounts.ids:
            return
        await _plan_event_messages(context, guild)
        if guild.editors_channel:
            await _plan_reminder(context, guild)

    await for_each(context.guilds.values(), tell_guild)


# ---------------------------------------------------------------- what was told and done


async def _plan_event_messages(context: Context, guild: Guild) -> None:
    """Every event once: to the editors what asks for them, to the log the others. Rows and mark in one transaction."""
    scope = f"told:{guild.id}"
    async with context.store.read() as session:
        mark = (await accounts.load_marks(session, guild.account_id)).get(scope)
        newest = await events.newest_id(session)
    if mark is not None and int(mark) >= newest:
        return
    async with context.store.write() as session:
        if mark is not None:  # the first time, what was told before is not told again
            told = await events.events_after(session, guild.workspaces, int(mark), newest)
            await _plan_events(context, session, guild, told)
        await accounts.save_marks(session, guild.account_id, {scope: str(newest)})


async def _plan_events(context: Context, session: Session, guild: Guild, told: Sequence[Event]) -> None:
    for event in told:
        if event.kind in FOR_EDITORS and guild.editors_channel:
            subject = f"{event.kind} {event.id} for {guild.id}"
            hint = words(guild.language)["editors"]["hints"][event.kind]
            text = f"{event.message}\n{hint}"
            await _plan(context, session, guild, _GuildMessage(EDITORS, subject, guild.editors_channel, text))
    rest = [event for event in told if not (event.kind in FOR_EDITORS and guild.editors_channel)]
    for lines in _pack([clean_line(event.message) for event in rest]) if guild.log_channel else ():
        subject = f"{guild.id} {rest[0].id} {len(lines)} {context.now().isoformat()}"
        await _plan(context, session, guild, _GuildMessage(LOG, subject, guild.log_channel, lines))


def _pack(lines: Collection[str]) -> list[str]:
    """Lines as messages of the log."""
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + len(line) < LONGEST_LOG:
            packed[-1] += f"\n{line}"
        else:
            packed.append(line[:LONGEST_LOG])
    return packed


@dataclass(frozen=True, slots=True)
class _GuildMessage:
    """What is said where, once by kind and subject."""

    kind: str
    subject: str
    place: str
    text: str


async def _plan(context: Context, session: Session, guild: Guild, line: _GuildMessage) -> None:
    await outgoings.plan(
        session,
        line.kind,
        subject=line.subject,
        places=[line.place],
        payload={"text": line.text},
        now=context.now(),
        account_id=guild.account_id,
    )


# ---------------------------------------------------------------- what waits


async def _plan_reminder(context: Context, guild: Guild) -> None:
    """At most once a local day, where anything waits."""
    local = context.now().astimezone(ZoneInfo(context.zone))
    subject = f"waiting {guild.id} {local:%Y-%m-%d}"
    if local.hour < NOT_BEFORE or not await _is_time(context, guild, subject):
        return
    text = await _count_waiting(context, guild)
    async with context.store.write() as session:
        await accounts.record_activity(session, f"reminder {guild.id}", context.now())
        if text:
            await _plan(context, session, guild, _GuildMessage(EDITORS, subject, guild.editors_channel, text))


async def _is_time(context: Context, guild: Guild, subject: str) -> bool:
    """Not reminded today, and not counted a moment ago."""
    now: datetime = context.now()
    async with context.store.read() as session:
        last = await accounts.load_activity(session, f"reminder {guild.id}")
        if await outgoings.is_planned(session, EDITORS, subject):
            return False
    return last is None or last.succeeded_at is None or not timedelta() <= now - last.succeeded_at < COUNT_EVERY


async def _count_waiting(context: Context, guild: Guild) -> str:
    """How many answers and proposals wait, with their questions; "" for none. No word of a member."""
    said = words(guild.language)["editors"]
    counts: dict[str, int] = {}
    async with context.store.read() as session:
        known = [row[0] for name in guild.workspaces for row in await questions.list_questions(session, name)]
        for each in await list_unreviewed(context, session, guild.workspaces):
            counts[each.slug] = counts.get(each.slug, 0) + each.count
    proposed = [question.slug for question in known if question.state is QuestionState.PROPOSED]
    lines = []
    if counts:
        named = [said["waiting_on"].format(slug=slug, n=number) for slug, number in counts.items()]
        lines.append(_count(said["waiting"], sum(counts.values()), named))
    if proposed:
        lines.append(_count(said["proposed"], len(proposed), proposed))
    return "\n".join(lines)


def _count(forms: dict[str, str], number: int, named: Sequence[str]) -> str:
    shown = ", ".join(named[:MOST_NAMED]) + (", …" if len(named) > MOST_NAMED else "")
    return forms["one" if number == 1 else "other"].format(n=number, questions=shown)
