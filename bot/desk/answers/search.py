"""Reviewing answers: search, decide, restore, explain. An editor's verdict stands over every rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.context import Context
from bot.desk.find import find_question, find_reply
from bot.digest.selection.select import find_barriers
from bot.filter.sentences import describe
from bot.filter.values import Reason
from bot.quotes import Edition
from storage.models import PUBLIC, Author, Question, Reply, Revision, Verdict
from storage.questions import questions
from storage.replies import replies, verdicts
from storage.replies.current import load_author_replies, load_ledgers, load_texts
from storage.states import ReplyState, VerdictValue


@dataclass(frozen=True, slots=True)
class Why:
    """One reason of a verdict. weight: in log-odds, below zero against the reply. sentence: goes on after "This
    reply". evidence: the words of the reply that it rests on, "" for none.
    """

    rule: str
    weight: float
    sentence: str
    evidence: str


@dataclass(frozen=True, slots=True)
class FoundReply:
    """A reply as an editor sees it; `verdict` None: not judged yet. `editor`: who decided, "" for the rules.

    stays: its words may not leave its network without its author's leave, and are not here.
    """

    id: int
    question: str
    author: str
    handle: str
    platform: str
    posted_at: datetime
    link: str
    state: ReplyState
    text: str | None
    verdict: VerdictValue | None
    score: float | None
    reasons: tuple[Why, ...]
    editor: str
    note: str
    stays: bool = False

    @property
    def top_reason(self) -> Why | None:
        """The heaviest reason that speaks for the verdict."""
        sign = {VerdictValue.KEEP: 1, VerdictValue.ASIDE: -1}.get(self.verdict) if self.verdict else None
        speaking = (reason for reason in self.reasons if sign is None or reason.weight * sign > 0)
        return next(speaking, None)


async def search(
    context: Context,
    workspace: str,
    *,
    question: str | None = None,
    words: str = "",
    verdict: VerdictValue | None = None,
    unjudged: bool = False,
    shown_on: str = "",
) -> list[FoundReply]:
    """Replies whose text or author contains `words` (any case), newest question first, best first within it.

    question: the slug of the only one to look in. shown_on: the network on which they are shown; elsewhere the words
    of one that needs leave first are left out. Raises DeskError.
    """
    found: list[FoundReply] = []
    async with context.store.read() as session:
        for each in reversed(await _list_questions(session, workspace, question)):
            rows = await replies.load_replies(session, each.id)
            standing = await verdicts.load_current(session, each.id)
            wanted = [
                _describe(each, row, standing.get(row[2].id))
                for row in rows
                if _matches(row, words.casefold()) and _is_wanted(standing.get(row[2].id), verdict, unjudged=unjudged)
            ]
            staying = await _find_staying(context, session, rows, shown_on)
            wanted = [withhold(reply) if reply.id in staying else reply for reply in wanted]
            found += sorted(wanted, key=lambda reply: (-(reply.score or 0.0), reply.posted_at, reply.id))
    return found


async def is_question(context: Context, workspace: str, words: str) -> bool:
    """Whether what an editor searches for is the name of a question."""
    async with context.store.read() as session:
        return await questions.find_question(session, workspace, words) is not None


async def _list_questions(session: AsyncSession, workspace: str, slug: str | None) -> list[Question]:
    newest = await find_question(session, workspace, slug)
    if slug is not None:
        return [newest]
    return [question for question, _ in await questions.list_questions(session, workspace)]


def _matches(row: tuple[Reply, Author, Revision], words: str) -> bool:
    _, author, revision = row
    return words in f"{revision.text or ''}\n{author.handle}\n{author.display_name}".casefold()


def _is_wanted(standing: Verdict | None, wanted: VerdictValue | None, *, unjudged: bool) -> bool:
    if unjudged:
        return standing is None
    return wanted is None or (standing is not None and standing.value is wanted)


def _describe(question: Question, row: tuple[Reply, Author, Revision], standing: Verdict | None) -> FoundReply:
    reply, author, revision = row
    return FoundReply(
        id=reply.id,
        question=question.slug,
        author=author.display_name or author.handle,
        handle=author.handle,
        platform=reply.platform,
        posted_at=reply.posted_at,
        link=reply.link,
        state=reply.state,
        text=revision.text,
        verdict=standing.value if standing else None,
        score=standing.score if standing else None,
        reasons=tuple(_say_why(reason, {revision.id: revision.text}) for reason in standing.reasons)
        if standing
        else (),
        editor=(standing.editor or "") if standing else "",
        note=standing.note if standing else "",
    )


def _say_why(reason: Mapping[str, Any], texts: Mapping[int, str | None]) -> Why:
    """A stored reason with its sentence. texts: by revision id, those that its span may lie in."""
    rule, detail = str(reason["rule"]), str(reason.get("detail", ""))
    try:
        sentence = describe(Reason(rule, reason["weight"], None, detail))
    except KeyError:  # judged by an older pullquote
        sentence = f"was judged by the rule {rule}"
    text = texts.get(reason.get("revision", 0)) or ""
    return Why(rule, float(reason["weight"]), sentence, text[reason.get("start", 0) : reason.get("end", 0)])


async def _find_staying(
    context: Context, session: AsyncSession, rows: Iterable[tuple[Reply, Author, Revision]], shown_on: str
) -> set[int]:
    """Which of these replies must be read where they were written: they need leave first, and have none."""
    asking = {name for name, able in context.capabilities.items() if able.consent_first}
    reply_ids = [
        reply.id
        for reply, _, _ in rows
        if reply.platform != shown_on and (reply.platform in asking or reply.audience != PUBLIC)
    ]
    if not reply_ids:
        return set()
    heard = await load_author_replies(session, reply_ids)
    parts = find_barriers(heard, await load_ledgers(session, heard), context.capabilities)
    return {part.reply.id for part in parts if part.barriers[Edition.PUBLIC] is not None}


def withhold(reply: FoundReply) -> FoundReply:
    """The same without a word of it: reasons repeat them too."""
    reasons = (Why(each.rule, each.weight, f"was judged by the rule {each.rule}", "") for each in reply.reasons)
    return replace(reply, text=None, reasons=tuple(reasons), stays=True)


async def explain(context: Context, reply_id: int, *, shown_on: str = "") -> FoundReply:
    """One reply with all the reasons of its verdict; under an editor's those of the rules. shown_on: as for `search`.

    Raises DeskError.
    """
    async with context.store.read() as session:
        reply = await find_reply(session, reply_id)
        question = await session.get_one(Question, reply.question_id)
        rows = await replies.load_replies(session, question.id, author_id=reply.author_id)
        row = next(row for row in rows if row[0].id == reply_id)
        held = await verdicts.load_verdicts(session, question.id, revision_id=row[2].id)
        by_rules = verdicts.last_by_rules(held).get(row[2].id)
        reasons = by_rules.reasons if by_rules else []
        texts = await load_texts(session, [each["revision"] for each in reasons if "revision" in each])
        staying = await _find_staying(context, session, [row], shown_on)
    found = _describe(question, row, verdicts.choose_current(held).get(row[2].id))
    said = tuple(_say_why(reason, texts) for reason in reasons)
    found = replace(found, reasons=(*(found.reasons if found.editor else ()), *said))
    return withhold(found) if reply_id in staying else found
