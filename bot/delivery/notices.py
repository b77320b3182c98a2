"""What needs a person is told where they are, once: by webhook, ntfy, mail, on the desktop. Slug, count, time alone."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from adapters.contract.errors import Rejected, Unauthorized, Unavailable, Uncertain
from adapters.contract.sending import Reference
from adapters.proxies import find_proxy
from bot.context import Context
from bot.delivery.desktop import show_notice
from bot.delivery.outbox import OutgoingKind, Send, send_due
from bot.delivery.smtp import Letter, Submission, write_letter
from bot.digest.usable import count_usable
from bot.posts.outcome import NotWanted
from bot.words import Forms, words
from storage.accounts import accounts, events
from storage.digests import outgoings
from storage.models import Event, Outgoing
from storage.questions.questions import slugs_of
from storage.states import CONFIG_WORKSPACE

WATCHED = ("quote_deleted", "quote_edited", "quote_barred")
TOLD = ("enough", "closed", "unauthorized", "failed", "missed", "incomplete", *WATCHED)
"""Kinds of events that need a person."""
COUNTED = ("enough", "closed")
WEBHOOK, NTFY, MAIL, DESKTOP = "notice by webhook", "notice by ntfy", "notice by mail", "notice on the desktop"
SECONDS = 20.0
_MARK = "noticed"
_TOO_MANY = 429


async def plan_notices(context: Context) -> None:
    """Plan what happened since the last look, for each way that is configured. Rows and mark in one transaction."""
    ways = _list_ways(context)
    if not ways:
        return
    async with context.store.read() as session:
        mark, newest = await accounts.load_control(session, CONFIG_WORKSPACE, _MARK), await events.newest_id(session)
    if mark is not None and int(mark) >= newest:
        return
    texts = [] if mark is None else await _write(context, int(mark), newest)  # what was told before is not told now
    async with context.store.write() as session:
        for event, payload in texts:
            for kind, places in ways.items():
                subject = f"{event.kind} {event.id}"
                await outgoings.plan(session, kind, subject=subject, places=places, payload=payload, now=context.now())
        await accounts.set_control(session, CONFIG_WORKSPACE, _MARK, str(newest), by="", now=context.now())


def _list_ways(context: Context) -> dict[str, Sequence[str]]:
    """By kind, the places. An address that is a secret is no place: it is in no row."""
    notices = context.config.notices
    places: dict[str, Sequence[str]] = {
        WEBHOOK: ["webhook"] if notices.webhook else [],
        NTFY: ["ntfy"] if notices.ntfy else [],
        MAIL: notices.mail,
        DESKTOP: ["desktop"] if notices.desktop else [],
    }
    return {kind: found for kind, found in places.items() if found}


def list_places(context: Context) -> list[str]:
    """Where notices go that are configured."""
    return [place for places in _list_ways(context).values() for place in places]


async def _write(context: Context, after: int, until: int) -> list[tuple[Event, dict[str, object]]]:
    labels = words(context.config.pullquote.language)["notices"]
    async with context.store.read() as session:
        new = [
            each for each in await events.events_after(session, [CONFIG_WORKSPACE], after, until) if each.kind in TOLD
        ]
    written = []
    for event in new:
        slug, number = await _describe(context, event)
        label = labels[event.kind]
        at = f"{event.at.astimezone(ZoneInfo(context.zone)):%H:%M}"
        text = (label.choose(number) if isinstance(label, Forms) else label).format(slug=slug, n=number, at=at)
        payload = {"event": event.kind, "slug": slug, "count": number, "at": event.at.isoformat(), "text": text}
        written.append((event, payload))
    return written


async def _describe(context: Context, event: Event) -> tuple[str, int]:
    """The slug (of a login, the account's name), and how many answers may be quoted; of a watched draft, how many
    quotes it has.
    """
    if event.question_id is None:
        return event.subject.split(" ", 1)[0], 0
    async with context.store.read() as session:
        slug = (await slugs_of(session, [event.question_id]))[0]
    if event.kind in WATCHED:
        return slug, int(event.subject.rpartition(" ")[2])
    usable = []
    if event.kind in COUNTED:
        usable = await count_usable(context.store, event.question_id, context.capabilities)
    return slug, usable[-1].answers if usable else 0


async def try_notice(context: Context, place: str) -> None:
    """Send one that says it is to try the way, and nothing else, without a row: the outbox carries what happened.

    place: one that is configured. Raises AdapterError.
    """
    kind = next(name for name, places in _list_ways(context).items() if place in places)
    text = str(words(context.config.pullquote.language)["notices"]["trial"])
    now = context.now()
    payload = {"event": "trial", "slug": "", "count": 0, "at": now.isoformat(), "text": text}
    async with AsyncExitStack() as stack:
        send = await KINDS[kind].prepare(context, Outgoing(id=0, place=place, payload=payload, due_at=now), stack)
        await send(None)


async def send_due_notices(context: Context) -> int:
    """Send what is due, in the ways that are configured now."""
    ways = _list_ways(context)
    kinds = {name: KINDS[name] for name in ways}
    return await send_due(context, kinds, list_places(context)) if kinds else 0


async def _prepare_webhook(context: Context, row: Outgoing, _stack: AsyncExitStack) -> Send:
    """JSON that Slack, Mattermost, Discord and programs of one's own read."""
    address = _find_address(context.config.notices.webhook)
    text = row.payload["text"]

    async def send(_since: datetime | None) -> Reference:
        await _post(address, json={**row.payload, "content": text})
        return Reference(f"notice-{row.id}")

    return send


async def _prepare_ntfy(context: Context, row: Outgoing, _stack: AsyncExitStack) -> Send:
    address = _find_address(context.config.notices.ntfy)

    async def send(_since: datetime | None) -> Reference:
        await _post(address, content=str(row.payload["text"]).encode())
        return Reference(f"notice-{row.id}")

    return send


async def _prepare_mail(context: Context, row: Outgoing, stack: AsyncExitStack) -> Send:
    mailbox = context.config.mail
    submission = Submission(mailbox, row.place)
    stack.callback(submission.close)
    domain, text = parseaddr(mailbox.sender)[1].rpartition("@")[2], str(row.payload["text"])
    letter = Letter(row.place, f"pullquote: {text}", f"{text}\n", row.due_at, f"<pullquote-{row.id}@{domain}>")
    message = write_letter(letter, mailbox.sender)
    await asyncio.to_thread(submission.open)

    async def send(_since: datetime | None) -> Reference:
        await asyncio.to_thread(submission.hand_over, message)
        return Reference(letter.id)

    return send


async def _prepare_desktop(_context: Context, row: Outgoing, _stack: AsyncExitStack) -> Send:
    async def send(_since: datetime | None) -> Reference:
        await show_notice(str(row.payload["text"]))
        return Reference(f"notice-{row.id}")

    return send


def _find_address(address: SecretStr | None) -> str:
    if address is None:
        raise NotWanted("it is not configured any more")
    return address.get_secret_value()


async def _post(address: str, **body: object) -> None:
    """One POST; redirects are not followed. No error repeats the address. Raises AdapterError."""
    import httpx

    proxy = find_proxy(address)
    try:
        async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, trust_env=False, proxy=proxy) as client:
            answer = await client.post(address, **body)  # type: ignore[arg-type]
    except (httpx.ConnectError, httpx.ConnectTimeout):
        raise Unavailable("the address of the notice cannot be reached") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Uncertain(f"no answer to the notice ({type(error).__name__}); it may have arrived") from None
    status = answer.status_code
    if status < 300:
        return
    if status in (401, 403):
        raise Unauthorized(f"the address of the notice refuses it ({status})")
    if status == _TOO_MANY or status >= 500:
        raise Unavailable(f"the address of the notice answers {status}")
    raise Rejected(f"the address of the notice answers {status}: look whether it is right")


KINDS = {
    WEBHOOK: OutgoingKind("the notice by {place}", _prepare_webhook, can_be_found=False),
    NTFY: OutgoingKind("the notice by {place}", _prepare_ntfy, can_be_found=False),
    MAIL: OutgoingKind("the notice to {place}", _prepare_mail, can_be_found=False),
    DESKTOP: OutgoingKind("the notice on the {place}", _prepare_desktop, can_be_found=False),
}
