"""Reviewing one answer after the other: what waits for a look, which words to quote, asking their author."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from adapters.contract.errors import AdapterError
from adapters.contract.optional import AsksAuthor
from bot.config.communities import Guild
from bot.context import Context
from bot.desk.answers.search import FoundReply, explain
from bot.desk.errors import DeskError
from bot.desk.find import find_reply
from bot.digest.selection.quoting import QuotedQuestion, choose_passages, find_credit
from bot.digest.selection.select import Answer, AnswerPart
from bot.questions.clock import start_of_day
from bot.questions.content import Content
from bot.quotes import Barrier, Edition, Fidelity, QuoteSource, prove_quote
from bot.quotes.consent_requests import LONGEST_PASSAGE, write_key, write_wording
from bot.replies.unreviewed import find_bar, list_unreviewed, load_answer
from storage.digests import outgoings, printed
from storage.digests.digests import load_question
from storage.models import PUBLIC, ChosenPassage, Outgoing, Reply
from storage.replies import requests
from storage.states import Origin, OutgoingState


@dataclass(frozen=True, slots=True)
class UsedIn:
    """Where words of an answer were printed already, entered by whom."""

    url: str
    title: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """One answer for a look. reply: its first part. left: how many wait, with this one.

    barrier: what forbids quoting it, "" for nothing; consent: the standing entry of the ledger, "" for none.
    passage: what the digest would quote. cannot_ask: why its author cannot be asked for leave.
    """

    workspace: str
    reply: FoundReply
    parts: tuple[FoundReply, ...]
    left: int
    barrier: str
    consent: str
    decided_by: str
    decided_at: datetime | None
    passage: str
    credit: str
    used: tuple[UsedIn, ...]
    can_ask: bool
    cannot_ask: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The words of a reply that will be quoted, exactly as they stand there."""

    reply_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A request for leave on its way. left_today: how many more can be asked today."""

    key: str
    left_today: int


# ---------------------------------------------------------------- what waits


async def next_review(
    context: Context, workspaces: Collection[str], *, question: str | None = None, after: int | None = None
) -> Review | None:
    """The next answer that waits for a look, the best of the newest question first; None where none does.

    question: only those to this one. after: the reply that was shown last.
    """
    found = [(name, answer) for name in workspaces for _, answer in await list_unreviewed(context, name, question)]
    if not found:
        return None
    ids = [answer.id for _, answer in found]
    place = ids.index(after) + 1 if after in ids else 0
    workspace, answer = found[place % len(found)]
    if answer.id == after:
        return None
    return await _describe(context, workspace, answer, len(found))


# ---------------------------------------------------------------- one answer


async def read_review(context: Context, workspace: str, reply_id: int) -> Review:
    """The answer that a reply belongs to. Raises DeskError."""
    _, answer = await _find(context, workspace, reply_id)
    return await _describe(context, workspace, answer, len(await list_unreviewed(context, workspace)))


async def _find(context: Context, workspace: str, reply_id: int) -> tuple[Content, Answer]:
    async with context.store.read() as session:
        reply = await find_reply(session, reply_id, workspace)
        return await _read_content(session, reply.question_id), await load_answer(context, session, reply)


async def _read_content(session: AsyncSession, question_id: int) -> Content:
    _, version = await load_question(session, question_id)
    return Content.model_validate(version.content)


async def _describe(context: Context, workspace: str, answer: Answer, left: int) -> Review:
    heard = [part.reply for part in answer.parts]
    parts = tuple([await explain(context, each.id, shown_on=each.platform) for each in heard])
    reply_ids = {part.reply.id for part in answer.parts}
    async with context.store.read() as session:
        content = await _read_content(session, heard[0].question_id)
        rows = await printed.load_printings(session, workspace, answer.parts[0].reply.author_id)
    why_not = await _find_hindrance(context, answer)
    consent = next((part.consent.state for part in answer.parts if part.consent), None)
    verdict = answer.verdict
    return Review(
        workspace=workspace,
        reply=parts[0],
        parts=parts,
        left=left,
        barrier=str(find_bar(answer) or ""),
        consent=str(consent or ""),
        decided_by=(verdict.editor or "") if verdict else "",
        decided_at=verdict.judged_at if verdict and verdict.editor else None,
        passage=_read_passage(answer, content, context),
        credit=find_credit(answer.parts).name,
        used=tuple(UsedIn(row.url, row.title, row.by, row.at) for row, _ in rows if row.reply_id in reply_ids),
        can_ask=not why_not,
        cannot_ask=why_not,
    )


def _read_passage(answer: Answer, content: Content, context: Context) -> str:
    """What an editor chose, else what the digest would choose."""
    parts = [part for part in answer.parts if part.reply.chosen] or list(answer.parts)
    asked = QuotedQuestion(content.text, content.options, {}, context.capabilities)
    spans = [(part, passage) for part in parts if part.reply.text for passage in choose_passages(part, asked)]
    return "\n\n".join((part.reply.text or "")[each.start : each.end] for part, each in spans)


# ---------------------------------------------------------------- which words


async def choose_passage(context: Context, workspace: str, reply_id: int, words: str, *, by: str) -> Chosen:
    """Quote these words of an answer. Raises DeskError where it does not say them in one go, in the author's words."""
    _, answer = await _find(context, workspace, reply_id)
    for part in answer.parts:
        heard, known = part.reply, context.capabilities.get(part.reply.platform)
        if heard.text is None:
            continue
        proof = prove_quote(QuoteSource([heard.text], [[(start, end) for start, end in heard.foreign]]), words.strip())
        if proof.fidelity not in (Fidelity.VERBATIM, Fidelity.NORMALISED):
            continue
        if known is not None and known.whole_posts_only:
            raise DeskError("this network wants posts quoted whole: no passage of one can be chosen")
        span = proof.spans[0]
        async with context.store.write() as session:
            row = ChosenPassage(revision_id=heard.revision_id, start=span.start, end=span.end, by=by, at=context.now())
            session.add(row)
        return Chosen(heard.id, heard.text[span.start : span.end])
    raise DeskError("the answer does not say that word for word: copy the words from it, without a gap")


# ---------------------------------------------------------------- asking its author


async def ask_consent(context: Context, workspace: str, reply_id: int, *, by: str, guild: Guild) -> Asking:
    """Ask the author of a passage that an editor chose, once, in public; `tick` sends it. Raises DeskError."""
    content, answer = await _find(context, workspace, reply_id)
    if why_not := await _find_hindrance(context, answer):
        raise DeskError(why_not)
    part = next(part for part in answer.parts if part.reply.chosen is not None)
    heard, span = part.reply, part.reply.chosen
    assert span is not None
    assert heard.text is not None
    passage = heard.text[span[0] : span[1]]
    if len(passage) > LONGEST_PASSAGE:
        message = f"the passage has {len(passage)} characters; its author must be able to read it all: "
        raise DeskError(f"{message}choose one of at most {LONGEST_PASSAGE}")
    payload = {
        "revision": heard.revision_id,
        "start": span[0],
        "end": span[1],
        "wording": write_wording(content, context.name, passage),
        "language": content.language,
        "votes": bool(content.options),
        "by": by,
    }
    async with context.store.write() as session:
        reply = await session.get_one(Reply, heard.id)
        assert reply.account_id is not None
        made = await requests.count_requests(session, reply.account_id, guild.id, _start_of_today(context))
        if made >= guild.consent_requests_a_day:
            raise DeskError(f"{made} authors were asked today, which is the limit (leave_a_day): ask tomorrow")
        await requests.drop_failed(session, reply.id)
        planned = await outgoings.plan(
            session,
            requests.KIND,
            subject=f"revision {heard.revision_id}",
            places=[guild.id],
            payload=payload,
            now=context.now(),
            account_id=reply.account_id,
            reply_id=reply.id,
        )
        if not planned:
            raise DeskError("its author was asked already: ask once, and wait")
    return Asking(write_key(planned[0]), guild.consent_requests_a_day - made - 1)


def _start_of_today(context: Context) -> datetime:
    return start_of_day(context.now().astimezone(ZoneInfo(context.zone)).date(), context.zone)


async def _find_hindrance(context: Context, answer: Answer) -> str:
    """Why the author of an answer cannot be asked for leave, "" where they can."""
    part = next((part for part in answer.parts if part.reply.chosen is not None), None)
    if part is None:
        return "choose the passage first: its author is asked about the very words"
    if part.barriers[Edition.PUBLIC] is None:
        return "it may be quoted already"
    if part.barriers[Edition.PUBLIC] is not Barrier.WAITING:
        return f"it may not be quoted: {part.barriers[Edition.PUBLIC]}"
    async with context.store.read() as session:
        reply = await session.get_one(Reply, part.reply.id)
        made = await requests.list_requests(session, [reply.id])
    if any(_stands(each, part) for each in made):
        return "its author was asked already: ask once, and wait"
    if reply.origin is Origin.SUBMITTED:
        return "it was handed in by a form, in which its author decided"
    return await _find_silence(context, reply)


def _stands(request: Outgoing, part: AnswerPart) -> bool:
    return request.state is not OutgoingState.FAILED and request.payload.get("revision") == part.reply.revision_id


async def _find_silence(context: Context, reply: Reply) -> str:
    """Why the network of a reply cannot carry a request."""
    if reply.audience != PUBLIC:
        return "it was not written for everybody, as a request would be: ask by hand, where it was written"
    if reply.account_id is None or reply.account_id not in context.accounts.ids:
        return "no account of the config reaches its author: ask by hand"
    try:
        adapter = await context.accounts.adapter(reply.account_id)
    except AdapterError as error:
        return f"its network cannot be reached: {error}"
    return "" if isinstance(adapter, AsksAuthor) else "its network carries no requests for leave: ask by hand"
