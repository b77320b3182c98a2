"""What members can do about their own words, wherever they said them on one network."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from adapters.contract.forms import ConsentDecision
from bot.config.communities import Guild
from bot.context import Context
from bot.desk.errors import refuse
from bot.desk.find import load_parts
from bot.desk.people.source import Forgotten, erase_and_rewrite, list_quoting
from bot.digest.rewrite import rewrite_stale
from bot.digest.selection.select import AnswerPart
from bot.host.inbox import add_decision, find_state
from bot.questions.content import Content
from bot.quotes import Edition
from storage.accounts import accounts, interactions
from storage.digests import printed
from storage.digests.digests import all_digests
from storage.engine import Session
from storage.models import Reply
from storage.questions import form_posts, questions
from storage.replies import authors, consents, ingest, replies
from storage.states import ConsentState, Origin


@dataclass(frozen=True, slots=True)
class MyAnswer:
    """One thing that a member said. question: its words, in `language`. options: what could be chosen. by_form: handed
    in, so that it can be changed here; can_edit: it still can. consent: the standing entry of the ledger, "" for none;
    covers_vote: with what they chose; barrier: why it is not quoted, "" where it may be. quoted_in: periods of digests;
    printed: addresses.
    """

    reply_id: int
    question: str
    options: tuple[str, ...]
    language: str
    text: str | None
    link: str
    posted_at: datetime
    by_form: bool
    can_edit: bool
    consent: str
    covers_vote: bool
    barrier: str
    credit: str
    quoted_in: tuple[str, ...]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept, how long, and who sees it. editor_role: "" where whoever manages the server edits."""

    outlet: str
    retention_days: int
    collect_grace_hours: int
    editor_role: str = ""
    editors_channel: str = ""
    log_channel: str = ""
    digest_channel: str = ""


async def privacy(context: Context, guild: Guild | None) -> Privacy:
    """The facts for a notice; without a community those that hold everywhere."""
    return Privacy(
        outlet=context.name,
        retention_days=context.config.retention.after_close.days,
        collect_grace_hours=int(context.config.collect.after_close.total_seconds()) // 3600,
        editor_role=guild.keys.editor_role if guild else "",
        editors_channel=guild.keys.editors_channel if guild else "",
        log_channel=guild.keys.log_channel if guild else "",
        digest_channel=guild.keys.digest_channel if guild else "",
    )


# ---------------------------------------------------------------- seeing


async def my_answers(context: Context, account_id: int, remote_id: str) -> list[MyAnswer]:
    """All that a member said and that is still there, the newest first."""
    async with context.store.read() as session:
        author = await authors.find_member(session, account_id, remote_id)
        if author is None:
            return []
        rows = {reply.id: reply for reply in await replies.list_replies_of(session, author.id)}
        parts = await load_parts(context, session, rows)
        quoting = await asyncio.to_thread(list_quoting, await all_digests(session))
        found = [
            await _describe(context, session, rows[part.reply.id], part, quoting[part.reply.id])
            for part in parts
            if part.reply.id in rows
        ]
    return sorted(found, key=lambda answer: (answer.posted_at, answer.reply_id), reverse=True)


async def _describe(
    context: Context, session: Session, reply: Reply, part: AnswerPart, quoting: Collection[str]
) -> MyAnswer:
    question, version = await questions.load_question(session, reply.question_id)
    content = Content.model_validate(version.content)
    by_form = reply.origin is Origin.SUBMITTED
    return MyAnswer(
        reply_id=reply.id,
        question=content.text,
        options=content.options,
        language=content.language,
        text=part.reply.text,
        link=reply.link,
        posted_at=reply.posted_at,
        by_form=by_form,
        can_edit=by_form and await _takes_answers(context, session, reply),
        consent=part.told_consent,
        covers_vote=part.consent is not None and part.consent.covers_vote,
        barrier=str(part.barriers[Edition.PUBLIC] or ""),
        credit=part.consent.credit if part.consent else "",
        quoted_in=tuple(sorted(quoting)),
        printed=tuple(
            row.url
            for row, _ in await printed.load_printings(session, question.workspace, reply.author_id)
            if row.reply_id == reply.id
        ),
    )


async def _takes_answers(context: Context, session: Session, reply: Reply) -> bool:
    if reply.post_id is None or reply.account_id is None:
        return False
    post = await form_posts.load_form_post(session, reply.account_id, reply.post_id)
    return post is not None and post.takes_answers(context.now())


async def _find_own(session: Session, account_id: int, remote_id: str, reply_id: int) -> Reply:
    """A reply of this member. Raises DeskError: of others' not even that they exist is told."""
    author = await authors.find_member(session, account_id, remote_id)
    own = await replies.list_replies_of(session, author.id, reply_id) if author is not None else []
    if not own:
        raise refuse("answer_gone")
    return own[0]


# ---------------------------------------------------------------- changing, taking back


async def edit_answer(  # noqa: PLR0917  # whose, which, and what they say
    context: Context,
    account_id: int,
    remote_id: str,
    reply_id: int,
    text: str,
    leave: ConsentDecision | None,
    *,
    interaction_id: str = "",
) -> MyAnswer:
    """Other words for what a member handed in by form, with what they say about quoting these. Raises DeskError.

    Leave that was given to the words before does not hold for the new ones.
    """
    if not text.strip():
        raise refuse("empty_answer")
    async with context.store.write() as session:
        reply = await _find_own(session, account_id, remote_id, reply_id)
        if reply.origin is not Origin.SUBMITTED:
            raise refuse("was_message")
        if not await _takes_answers(context, session, reply):
            raise refuse("question_closed")
        await ingest.revise(session, reply, text, context.now())
        if leave is not None:
            revisions = await replies.newest_revisions_of(session, reply.platform, reply.remote_id)
            proof = f"interaction {interaction_id}" if interaction_id else "edited by its author"
            await add_decision(session, revisions, find_state(leave), leave, proof=proof, now=context.now())
    await rewrite_stale(context)
    return next(each for each in await my_answers(context, account_id, remote_id) if each.reply_id == reply_id)


async def withdraw_answer(
    context: Context, account_id: int, remote_id: str, reply_id: int, *, interaction_id: str
) -> tuple[Path, ...]:
    """Take an answer back: it is quoted nowhere any more, and what was handed in by form is deleted here.

    Answers the files that had shown it. Raises DeskError.
    """
    now = context.now()
    async with context.store.write() as session:
        if not await interactions.record(session, account_id, interaction_id, "withdrew", now):
            return ()
        reply = await _find_own(session, account_id, remote_id, reply_id)
        revisions = await replies.revisions_of_author(session, reply.platform, remote_id, reply.remote_id)
        proof = f"interaction {interaction_id}"
        await consents.add_consent(session, revisions, ConsentState.WITHDRAWN, now, proof=proof)
        if reply.origin is Origin.SUBMITTED:
            await replies.empty_replies(session, [reply.id], now)
    return (await rewrite_stale(context)).paths


async def count_said(context: Context, account_id: int, remote_id: str) -> int:
    """How many replies of a member `forget_me` would erase the words of."""
    async with context.store.read() as session:
        author = await authors.find_member(session, account_id, remote_id)
        return len(await replies.list_replies_of(session, author.id)) if author is not None else 0


async def forget_me(context: Context, account_id: int, remote_id: str) -> Forgotten:
    """Erase a member: words, names, links, votes, notes, in every workspace and out of every file."""
    said = await count_said(context, account_id, remote_id)
    async with context.store.read() as session:
        platform = (await accounts.load_account(session, account_id)).platform
        author = await authors.find_member(session, account_id, remote_id)
        rows = await printed.load_printings(session, None, author.id) if author is not None else []
    erased = await erase_and_rewrite(context, platform, remote_id, [row.url for row, _ in rows])
    return replace(erased, replies=said)  # of what was deleted before, only an empty row was left
