"""Reviewing one answer after the other: what waits for a look, which words to quote, asking their author."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.config.communities import Guild
from bot.context import Context
from bot.desk.answers.found import FoundReply
from bot.desk.answers.hindrance import find_chosen, find_hindrance
from bot.desk.answers.search import explain_parts
from bot.desk.errors import DeskError, refuse
from bot.desk.find import find_answer
from bot.digest.selection.quoting import QuotedQuestion, choose_passages, find_credit
from bot.digest.selection.select import Answer
from bot.questions.clock import start_of_day
from bot.questions.content import Content
from bot.quotes import Fidelity, QuoteSource, prove_quote
from bot.quotes.consent_requests import LONGEST_PASSAGE, write_key, write_wording
from bot.replies.counting import count_anew
from bot.replies.unreviewed import find_bar, find_next, list_unreviewed
from storage.digests import outgoings, printed
from storage.engine import Session
from storage.models import ChosenPassage, Outgoing, Printing
from storage.replies import requests
from storage.replies.review import add_passage


@dataclass(frozen=True, slots=True)
class Seen:
    """What an editor who decides has seen: the words, and who decided before, "" for nobody."""

    workspace: str
    text: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Review(Seen):
    """One answer for a look. reply: its first part. left: how many wait, with this one.

    barrier: what forbids quoting it, "" for nothing; consent: the standing entry of the ledger, "" for none.
    passage: what the digest would quote. used: where words of it were printed already. cannot_ask: why its author
    cannot be asked for leave.
    """

    reply: FoundReply
    parts: tuple[FoundReply, ...]
    left: int
    barrier: str
    consent: str
    passage: str
    credit: str
    used: tuple[Printing, ...]
    can_ask: bool
    cannot_ask: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The words of a reply that will be quoted, exactly as they stand there."""

    reply_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A request for consent on its way. left_today: how many more can be asked today."""

    key: str
    left_today: int


# ---------------------------------------------------------------- what waits


async def next_review(
    context: Context, workspaces: Sequence[str], *, question_id: int | None = None, after: int | None = None
) -> Review | None:
    """The next answer that waits for a look, the best of the newest question first; None where none does.

    question_id: only those to this question. after: the reply that was shown last.
    """
    await count_anew(context)
    async with context.store.read() as session:
        waiting = await list_unreviewed(session, workspaces, question_id=question_id)
        found = await find_next(session, waiting, after)
        if found is None:
            return None
        read = await _read(context, session, *found)
    return await _describe(context, read, sum(each.count for each in waiting))


# ---------------------------------------------------------------- one answer


@dataclass(frozen=True, slots=True)
class _Read:
    """What the store knows of an answer. asked_before: requests to the author of the passage that was chosen."""

    workspace: str
    answer: Answer
    content: Content
    parts: Sequence[FoundReply]
    used: Sequence[Printing]
    asked_before: Sequence[Outgoing]


async def read_review(context: Context, workspace: str, reply_id: int) -> Review:
    """The answer that a reply belongs to. Raises DeskError."""
    await count_anew(context)
    async with context.store.read() as session:
        read = await _read(context, session, workspace, reply_id)
        waiting = await list_unreviewed(session, [workspace])
    return await _describe(context, read, sum(each.count for each in waiting))


async def read_seen(context: Context, workspaces: Sequence[str], reply_id: int) -> Seen:
    """What an editor decides about. Raises DeskError."""
    async with context.store.read() as session:
        answer, _, question = await find_answer(context, session, workspaces, reply_id)
    return see(question.workspace, answer)


def see(workspace: str, answer: Answer) -> Seen:
    """What an editor sees of an answer before they decide."""
    verdict = answer.verdict if answer.verdict and answer.verdict.editor else None
    return Seen(
        workspace=workspace,
        text="\n\n".join(part.reply.text for part in answer.parts if part.reply.text is not None),
        decided_by=(verdict.editor or "") if verdict else "",
        decided_at=verdict.judged_at if verdict else None,
    )


async def _read(context: Context, session: Session, workspace: str, reply_id: int) -> _Read:
    answer, judged, question = await find_answer(context, session, [workspace], reply_id)
    reply_ids = {part.reply.id for part in answer.parts}
    rows = await printed.load_printings(session, workspace, answer.parts[0].reply.author_id)
    return _Read(
        workspace=workspace,
        answer=answer,
        content=Content.model_validate(question.content),
        parts=await explain_parts(context, session, judged, question, answer.parts),
        used=[row for row, _ in rows if row.reply_id in reply_ids],
        asked_before=await _load_requests(session, answer),
    )


async def _load_requests(session: Session, answer: Answer) -> Sequence[Outgoing]:
    part = find_chosen(answer)
    return await requests.list_requests(session, [part.reply.id]) if part else ()


async def _describe(context: Context, read: _Read, left: int) -> Review:
    answer, seen = read.answer, see(read.workspace, read.answer)
    why_not = await find_hindrance(context, answer, read.asked_before)
    consent = next((told for part in answer.parts if (told := part.told_consent)), "")
    return Review(
        **asdict(seen),
        reply=read.parts[0],
        parts=tuple(read.parts),
        left=left,
        barrier=str(find_bar(answer) or ""),
        consent=str(consent),
        passage=_read_passage(answer, read.content, context),
        credit=find_credit(answer.parts).name,
        used=tuple(read.used),
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
    async with context.store.read() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
    passage, chosen = find_passage(context, answer, words, by=by)
    async with context.store.write() as session:
        await add_passage(session, passage)
    return chosen


def find_passage(context: Context, answer: Answer, words: str, *, by: str) -> tuple[ChosenPassage, Chosen]:
    """A row of these words of an answer, not yet stored, and what they are. Raises DeskError like `choose_passage`."""
    for part in answer.parts:
        heard, known = part.reply, context.capabilities.get(part.reply.platform)
        if heard.text is None:
            continue
        proof = prove_quote(QuoteSource([heard.text], [[(start, end) for start, end in heard.foreign]]), words.strip())
        if proof.fidelity not in (Fidelity.VERBATIM, Fidelity.NORMALISED):
            continue
        if known is not None and known.whole_posts_only:
            raise refuse("whole_posts")
        span = proof.spans[0]
        where = {"revision_id": heard.revision_id, "start": span.start, "end": span.end}
        return ChosenPassage(**where, by=by, at=context.now()), Chosen(heard.id, heard.text[span.start : span.end])
    raise refuse("not_word_for_word")


# ---------------------------------------------------------------- asking its author


async def ask_consent(context: Context, workspace: str, reply_id: int, *, by: str, guild: Guild) -> Asking:
    """Ask the author of a passage that an editor chose, once, in public; `tick` sends it. Raises DeskError."""
    async with context.store.read() as session:
        answer, _, question = await find_answer(context, session, [workspace], reply_id)
        asked_before = await _load_requests(session, answer)
    if why_not := await find_hindrance(context, answer, asked_before):
        raise DeskError(why_not)
    part, content = find_chosen(answer), Content.model_validate(question.content)
    assert part is not None
    heard, span, account_id = part.reply, part.reply.chosen, part.reply.account_id
    assert span is not None
    assert heard.text is not None
    assert account_id is not None
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
    midnight = start_of_day(context.now().astimezone(ZoneInfo(context.zone)).date(), context.zone)
    async with context.store.write() as session:
        made = await requests.count_requests(session, account_id, guild.id, midnight)
        if made >= guild.keys.leave_a_day:
            raise DeskError(f"{made} authors were asked today, which is the limit (leave_a_day): ask tomorrow")
        await requests.drop_failed(session, heard.id)
        planned = await outgoings.plan(
            session,
            requests.KIND,
            subject=f"revision {heard.revision_id}",
            places=[guild.id],
            payload=payload,
            now=context.now(),
            account_id=account_id,
            reply_id=heard.id,
        )
        if not planned:
            raise DeskError("its author was asked already: ask once, and wait")
    return Asking(write_key(planned[0]), guild.keys.leave_a_day - made - 1)
