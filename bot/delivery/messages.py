"""What goes out through accounts beside posts: consent requests, digests and reminders into channels, log lines."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial

from adapters.contract.adapter import Adapter
from adapters.contract.errors import AdapterError, Rejected
from adapters.contract.optional import AsksAuthor, Delivers, Retracts
from adapters.contract.sending import Reference
from bot.context import Context
from bot.delivery.outbox import OutgoingKind, Send, send_due
from bot.delivery.summary import compose_delivery
from bot.log import get_logger
from bot.posts.outcome import NotWanted
from bot.quotes.consent_requests import write_key
from bot.steps import LOOK_AGAIN, for_each
from storage.accounts import accounts
from storage.engine import Session
from storage.models import Outgoing
from storage.replies import consents, requests
from storage.replies.replies import load_known
from storage.states import UNDECIDED, ConsentState

CONSENT, DIGEST, EDITORS, LOG = requests.KIND, "digest", "editors", "log"

log = get_logger(__name__)


async def send_due_messages(context: Context) -> int:
    """Send what is due, unless all posting is paused; answers how much was taken."""
    async with context.store.read() as session:
        if await accounts.posting_is_paused(session):
            return 0
    return await send_due(context, KINDS)


async def _prepare_request(context: Context, request: Outgoing, _stack: AsyncExitStack) -> Send:
    adapter = await _open_account(context, request)
    if not isinstance(adapter, AsksAuthor):
        raise Rejected("this network carries no requests for leave")
    async with context.store.read() as session:
        found = await requests.load_request(session, request.account_id or 0, request.id)
        if found is None or found.is_gone or not request.payload:
            raise NotWanted("its words are gone")
        reply = found.reply
        newest = [revision for _, revision in await load_known(session, [reply.id])]
        ledger = await requests.load_ledger(session, reply.id)
    if [(each.id, each.text is None) for each in newest] != [(request.payload["revision"], False)]:
        raise NotWanted("its author has changed the words since")
    if _is_decided(ledger) and request.intent_at is None:
        raise NotWanted("its author has decided since")
    stands = Reference(reply.remote_id, reply.link, reply.extra)
    return partial(adapter.ask_author, stands, str(request.payload["wording"]), write_key(request.id))


def _is_decided(ledger: Sequence[tuple[int, ConsentState]]) -> bool:
    """Whether there is more in it than what the reply itself wishes."""
    return any(state not in UNDECIDED for _, state in ledger)


async def _record_request(session: Session, request: Outgoing, reference: Reference, now: datetime) -> None:
    """Store that consent was asked, with wording, time and proof, unless the author has decided already."""
    assert request.reply_id is not None
    if _is_decided(await requests.load_ledger(session, request.reply_id)):
        return
    wording, proof = request.payload["wording"], reference.link or f"request {reference.remote_id}"
    revisions = [request.payload["revision"]]
    await consents.add_consent(session, revisions, ConsentState.ASKED, now, wording=wording, proof=proof)


async def _prepare_text(context: Context, message: Outgoing, _stack: AsyncExitStack) -> Send:
    return _deliver(await _open_account(context, message), message, str(message.payload["text"]), {})


async def _prepare_digest(context: Context, digest: Outgoing, _stack: AsyncExitStack) -> Send:
    adapter = await _open_account(context, digest)
    text, files = await compose_delivery(context, digest.payload["digests"], adapter.capabilities)
    return _deliver(adapter, digest, text, files)


async def _open_account(context: Context, claimed: Outgoing) -> Adapter:
    assert claimed.account_id is not None
    return await context.accounts.adapter(claimed.account_id)


def _deliver(adapter: Adapter, claimed: Outgoing, text: str, files: Mapping[str, bytes]) -> Send:
    if not isinstance(adapter, Delivers):
        raise Rejected("this network takes no deliveries")
    return partial(adapter.deliver, claimed.place, text, files, f"{claimed.kind}-{claimed.id}")


KINDS = {
    CONSENT: OutgoingKind("a request for leave", _prepare_request, _record_request),
    DIGEST: OutgoingKind("a digest for a channel", _prepare_digest),
    EDITORS: OutgoingKind("a reminder for the editors", _prepare_text),
    # what is told goes to the log channel: of its own failures that would go on for ever
    LOG: OutgoingKind("a line for the log channel", _prepare_text, is_told=False),
}


# ---------------------------------------------------------------- taking requests back


async def retract_orphans(context: Context) -> int:
    """Remove the requests that repeat words which were deleted, erased or purged; answers how many."""
    async with context.store.read() as session:
        orphans = await requests.list_orphans(session, context.accounts.ids, context.now())
    removed = 0

    async def retract(request: Outgoing) -> None:
        nonlocal removed
        assert request.account_id is not None
        try:
            adapter = await context.accounts.adapter(request.account_id)
            if isinstance(adapter, Retracts):
                await adapter.retract(_find_reference(request))
        except AdapterError as error:
            async with context.store.write() as session:
                await requests.try_again(session, request.id, context.now() + LOOK_AGAIN)
            log.warning("a request for leave was not removed", id=request.id, reason=str(error))
            return
        async with context.store.write() as session:
            await requests.take_back(session, request.id)
        removed += 1

    await for_each(orphans, retract)
    return removed


def _find_reference(request: Outgoing) -> Reference:
    stands = request.payload.get("reference", {})
    return Reference(request.remote_id or "", stands.get("link", ""), stands.get("extra", {}))
