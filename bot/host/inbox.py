"""The Inbox: what people hand in through buttons and forms of one account. The second way into the one ingest."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from adapters.contract.errors import Rejected
from adapters.contract.forms import ConsentDecision
from adapters.contract.reading import Reply as Read
from bot.questions.content import Content
from bot.quotes.consent_requests import find_decision, read_key
from bot.replies.collect import reply_row
from storage.accounts import communities, interactions
from storage.accounts.accounts import load_account
from storage.engine import Session, Store
from storage.questions import form_posts
from storage.questions.form_posts import FormPost
from storage.replies import consents, ingest, replies, requests, tallies, verdicts
from storage.replies.requests import Request
from storage.states import ConsentState, Origin, VerdictValue


class AccountInbox:
    """Every call is one transaction, and an interaction that was handled before does nothing."""

    def __init__(self, store: Store, account_id: int, now: Callable[[], datetime]) -> None:
        self._store = store
        self._account_id = account_id
        self._now = now

    @asynccontextmanager
    async def _once(self, interaction_id: str, kind: str) -> AsyncIterator[tuple[Session, bool]]:
        """A transaction, and whether the interaction is new. What raises within was not handled."""
        async with self._store.write() as session:
            yield session, await interactions.record(session, self._account_id, interaction_id, kind, self._now())

    # ------------------------------------------------------------ answers

    async def answered(self, interaction_id: str, reply: Read, leave: ConsentDecision | None) -> int:
        """A form's answer, stored as a submitted reply with what was said about quoting it."""
        async with self._once(interaction_id, "answered") as (session, is_new):
            if is_new:
                post = await self._load_post(session, reply.post_id)
                if not post.takes_answers(self._now()):
                    raise Rejected("the question is closed: its answers are no longer collected")
                await self._store_answer(session, post, reply, leave, interaction_id)
            return await form_posts.count_form_answers(session, reply.post_id)

    async def _store_answer(
        self, session: Session, post: FormPost, reply: Read, leave: ConsentDecision | None, interaction_id: str
    ) -> None:
        account = await load_account(session, self._account_id)
        row = reply_row(reply, account, post.question.id, Origin.SUBMITTED)
        await ingest.upsert_replies(session, [row], self._now())
        if leave is not None:
            revisions = await replies.newest_revisions_of(session, account.platform, reply.remote_id)
            proof = f"interaction {interaction_id}"
            await add_decision(session, revisions, find_state(leave), leave, proof=proof, now=self._now())

    async def saved(self, interaction_id: str, reply: Read, by: str) -> int:
        """What an editor saved, as an answer that this editor keeps."""
        async with self._once(interaction_id, "saved") as (session, is_new):
            account = await load_account(session, self._account_id)
            if is_new:
                post = await self._load_post(session, reply.post_id)
                row = reply_row(reply, account, post.question.id, Origin.SAVED)
                await ingest.upsert_replies(session, [row], self._now())
            held = (await replies.find_reply_ids(session, account.platform, [reply.remote_id])).get(reply.remote_id)
            if not held:
                raise Rejected("its author had everything of theirs erased here: it cannot be saved")
            if is_new:
                revisions = await replies.newest_revisions_of(session, account.platform, reply.remote_id)
                await verdicts.add_editors(session, revisions, VerdictValue.KEEP, editor=by, now=self._now())
            return held[-1]

    # ------------------------------------------------------------ votes

    async def voted(self, interaction_id: str, post_id: int, voter: str, option: int) -> tuple[int, ...] | None:
        """One button vote a voter; the last one counts."""
        async with self._once(interaction_id, "voted") as (session, is_new):
            post = await self._load_post(session, post_id)
            content = Content.model_validate(post.version.content)
            if is_new:
                if not post.is_open(self._now()):
                    raise Rejected("the question is closed: no vote counts any more")
                if not 0 <= option < len(content.options):
                    raise Rejected(f"the question has {len(content.options)} options")
                await tallies.save_vote(session, post_id, voter, option, self._now())
            if content.hide_results:
                return None
            return await tallies.read_rows(session, post_id, len(content.options))

    async def _load_post(self, session: Session, post_id: int) -> FormPost:
        post = await form_posts.load_form_post(session, self._account_id, post_id)
        if post is None:
            raise Rejected("there is no such question")
        return post

    # ------------------------------------------------------------ leave

    async def consented(self, interaction_id: str, author_remote_id: str, request: str, leave: ConsentDecision) -> None:
        """What the author decided about the very words that they were asked about."""
        async with self._once(interaction_id, "consented") as (session, is_new):
            found = await self._load_request(session, request)
            if found is None or found.is_gone:
                raise Rejected("nothing is asked here any more")
            if found.author.remote_id != author_remote_id:
                raise Rejected("only whoever wrote the message can decide that")
            if is_new:
                await self._decide(session, found, leave, interaction_id)

    async def _load_request(self, session: Session, key: str) -> Request | None:
        request_id = read_key(key)
        return None if request_id is None else await requests.load_request(session, self._account_id, request_id)

    async def _decide(self, session: Session, found: Request, leave: ConsentDecision, interaction_id: str) -> None:
        """A no after a yes takes the yes back."""
        revision_id = found.row.payload["revision"]
        before = find_decision(await requests.load_ledger(session, found.reply.id), revision_id)
        state = find_state(leave)
        if state is ConsentState.REFUSED and before in {"yes", "anonymous"}:
            state = ConsentState.WITHDRAWN
        proof = f"interaction {interaction_id}"
        await add_decision(session, [revision_id], state, leave, proof=proof, now=self._now())

    # ------------------------------------------------------------ communities

    async def left(self, guild: str) -> None:
        """The account is no longer there."""
        async with self._store.write() as session:
            await communities.note_left(session, self._account_id, guild, self._now())

    async def joined(self, guild: str) -> None:
        """The account is there. Written only where that is news: every connection says it."""
        async with self._store.read() as session:
            if await communities.is_there(session, self._account_id, guild):
                return
        async with self._store.write() as session:
            await communities.note_joined(session, self._account_id, guild)


async def add_decision(
    session: Session,
    revision_ids: list[int],
    state: ConsentState,
    leave: ConsentDecision,
    *,
    proof: str,
    now: datetime,
) -> None:
    """What somebody said about being quoted, for these wordings."""
    await consents.add_consent(
        session,
        revision_ids,
        state,
        now,
        wording=leave.wording,
        proof=proof,
        credit=leave.credit,
        covers_vote=leave.covers_vote,
    )


def find_state(leave: ConsentDecision) -> ConsentState:
    """What a decision is in the ledger."""
    if not leave.granted:
        return ConsentState.REFUSED
    return ConsentState.GRANTED_ANONYMOUSLY if leave.anonymous else ConsentState.GRANTED
