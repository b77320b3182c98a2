"""Reviewing answers: search, decide, restore, explain. An editor's verdict stands over every rule."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.context import Context
from bot.desk.answers.found import FoundReplies, FoundReply, OtherWords, Why
from bot.desk.find import find_answer, find_question
from bot.digest.selection.noticed import count_alike
from bot.digest.selection.select import AnswerPart, find_barriers
from bot.filter.sentences import describe
from bot.filter.values import Reason
from bot.quotes import SAID_IN_REPLY, Barrier, Edition, explain_barriers, find_refusal
from bot.replies.counting import count_anew
from bot.replies.outcomes import is_ranked_out
from storage.engine import Session
from storage.models import Question
from storage.questions import questions
from storage.replies.current import CurrentVerdict, load_ledgers
from storage.replies.review import JudgedReplies, ReviewedQuestion
from storage.replies.verdicts import load_passages, load_reasons
from storage.search.counted import list_authors, load_said, load_verdicts
from storage.search.words import Wanted, find_replies
from storage.states import VerdictValue

SHOWN = 20
"""Replies a page."""


async def search(
    context: Context,
    workspace: str,
    *,
    question: str | None = None,
    words: str = "",
    verdict: VerdictValue | None = None,
    unjudged: bool = False,
    barrier: Barrier | None = None,
    ranked_out: bool = False,
    limit: int = SHOWN,
    page: int = 1,
    shown_on: str = "",
) -> FoundReplies:
    """Replies, newest question first, best first within it; with `words` those whose text has them all, or whose
    author's name has, the nearest first. A word finds those that begin with it, whatever their case and accents.

    question: the slug of the only one to look in. barrier: what keeps them from being quoted. page: from 1, `limit`
    replies each. shown_on: the network on which they are shown; elsewhere the words of one that needs leave first are
    left out. Raises DeskError.
    """
    await count_anew(context)
    async with context.store.read() as session:
        asked = {each.id: each.slug for each in reversed(await _list_questions(session, workspace, question))}
        wanted = Wanted(
            question_ids=list(asked),
            words=words,
            verdict=verdict,
            unjudged=unjudged,
            ranked_out=ranked_out,
            barrier=None if barrier is None else str(barrier),
        )
        ids, total = await find_replies(session, wanted, limit, limit * (page - 1))
        return FoundReplies(tuple(await load_found(context, session, ids, asked, shown_on=shown_on)), total)


async def load_found(
    context: Context, session: Session, reply_ids: Sequence[int], slugs: Mapping[int, str], *, shown_on: str = ""
) -> list[FoundReply]:
    """These replies in their order. slugs: of their questions, by id."""
    shown = await _load_shown(context, session, reply_ids)
    staying = find_staying(context, shown.parts, shown_on)
    found = []
    for part in shown.parts:
        judged = shown.verdicts.get(part.reply.revision_id)
        wishes = part.reply.revision_id not in shown.silent
        reply = _describe(slugs[part.reply.question_id], part, judged, wishes=wishes)
        found.append(withhold(reply) if reply.id in staying else reply)
    return found


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page in its order, and the verdicts by revision id. silent: revisions that are known to wish nothing."""

    parts: Sequence[AnswerPart]
    verdicts: Mapping[int, CurrentVerdict]
    silent: set[int]


async def _load_shown(context: Context, session: Session, reply_ids: Sequence[int]) -> _Shown:
    """Of each author all that they said to the question is read: a wish can stand in any of it."""
    parts: dict[int, AnswerPart] = {}
    verdicts: dict[int, CurrentVerdict] = {}
    silent: set[int] = set()
    for question_id, author_ids in (await list_authors(session, reply_ids)).items():
        heard = await load_said(session, question_id, author_ids)
        revision_ids = [reply.revision_id for reply in heard]
        found, noted, _ = await load_verdicts(session, revision_ids, context.rules_hash, reasons=True)
        ledgers = await load_ledgers(session, heard)
        said = {entry.revision_id for ledger in ledgers.values() for entry in ledger if entry.proof == SAID_IN_REPLY}
        verdicts |= found
        silent |= noted - said
        parts |= {each.reply.id: each for each in find_barriers(heard, ledgers, context.capabilities, noted=noted)}
    return _Shown([parts[id_] for id_ in reply_ids], verdicts, silent)


async def is_question(context: Context, workspace: str, words: str) -> bool:
    """Whether what an editor searches for is the name of a question."""
    async with context.store.read() as session:
        return await questions.find_question(session, workspace, words) is not None


async def _list_questions(session: Session, workspace: str, slug: str | None) -> list[Question]:
    newest = await find_question(session, workspace, slug)
    known = [(newest, None)] if slug is not None else await questions.list_questions(session, workspace)
    return [question for question, _ in known]


def _describe(slug: str, part: AnswerPart, verdict: CurrentVerdict | None, *, wishes: bool = True) -> FoundReply:
    """wishes: it may say something about being quoted."""
    reply, found = part.reply, find_refusal(part.reply.text) if wishes else None
    return FoundReply(
        id=reply.id,
        question=slug,
        author=reply.display_name or reply.handle,
        handle=reply.handle,
        platform=reply.platform,
        posted_at=reply.posted_at,
        link=reply.link,
        state=reply.state,
        text=reply.text,
        verdict=verdict.value if verdict else None,
        score=verdict.score if verdict else None,
        reasons=tuple(_say_why(reason, {reply.revision_id: reply.text}) for reason in verdict.reasons)
        if verdict
        else (),
        editor=(verdict.editor or "") if verdict else "",
        note=verdict.note if verdict else "",
        may_be_quoted=part.barriers[Edition.PUBLIC] is None,
        why_not=explain_barriers(part.barriers),
        barrier=str(part.barriers[Edition.PUBLIC] or ""),
        for_writer=part.barriers[Edition.PUBLIC] is not None and part.barriers[Edition.PRIVATE] is None,
        unnamed=part.wants_no_name,
        wish=(reply.text or "")[found.start : found.end] if found else "",
        ranked_out=is_ranked_out(verdict),
        said_by=count_alike(verdict),
    )


def _say_why(reason: Mapping[str, Any], texts: Mapping[int, str | None]) -> Why:
    """A stored reason with its sentence. texts: by revision id, those that its span may lie in."""
    rule, detail = str(reason["rule"]), str(reason.get("detail", ""))
    read = Reason(rule, float(reason["weight"]), None, detail)
    text = texts.get(reason.get("revision", 0)) or ""
    evidence = text[reason.get("start", 0) : reason.get("end", 0)]
    try:
        return Why(rule, read.weight, describe(read), evidence, reason=read)
    except KeyError:  # judged by an older pullquote
        return Why(rule, read.weight, f"was judged by the rule {rule}", evidence)


def find_staying(context: Context, parts: Iterable[AnswerPart], shown_on: str) -> set[int]:
    """Those that must be read where they were written, as nobody gave leave; a mail, without a link, is read here."""
    asking = {name for name, able in context.capabilities.items() if able.consent_first}
    return {
        part.reply.id
        for part in parts
        if part.barriers[Edition.PUBLIC] is not None
        and part.reply.platform != shown_on
        and (part.reply.platform in asking or (not part.reply.is_public and part.reply.link))
    }


def withhold(reply: FoundReply) -> FoundReply:
    """The same without a word of it: reasons repeat them too."""
    reasons = (Why(each.rule, each.weight, f"was judged by the rule {each.rule}", "") for each in reply.reasons)
    return replace(reply, text=None, reasons=tuple(reasons), stays=True, wish="")


async def explain(context: Context, workspace: str, reply_id: int, *, shown_on: str = "") -> FoundReply:
    """One reply with all the reasons of its verdict; under an editor's those of the rules. shown_on: as for `search`.

    Raises DeskError.
    """
    async with context.store.read() as session:
        answer, judged, question = await find_answer(context, session, [workspace], reply_id)
        parts = [part for part in answer.parts if part.reply.id == reply_id]
        (found,) = await explain_parts(context, session, judged, question, parts, shown_on=shown_on)
    staying = find_staying(context, parts, shown_on)
    return withhold(found) if reply_id in staying else found


async def explain_parts(
    context: Context,
    session: Session,
    judged: JudgedReplies,
    question: ReviewedQuestion,
    parts: Iterable[AnswerPart],
    *,
    shown_on: str = "",
) -> list[FoundReply]:
    """Some of the replies that one author wrote to a question, as `explain` shows them."""
    reasons, texts = await load_reasons(session, judged.replies)
    meant = {other["revision"] for each in reasons.values() for reason in each for other in reason.get("others", ())}
    stored = await load_passages(session, meant) if meant else {}
    staying = {name for name, able in context.capabilities.items() if able.consent_first} - {shown_on}
    described = []
    for part in parts:
        found = _describe(question.slug, part, judged.verdicts.get(part.reply.revision_id))
        by_rules = tuple(
            replace(_say_why(reason, texts), others=tuple(_list_others(reason, stored, staying)))
            for reason in reasons[part.reply.revision_id]
        )
        described.append(replace(found, reasons=(*(found.reasons if found.editor else ()), *by_rules)))
    return described


def _list_others(
    reason: Mapping[str, Any], stored: Mapping[int, tuple[int, str, str, bool, str]], staying: Collection[str]
) -> Iterator[OtherWords]:
    """Those that have their words yet. staying: networks whose words are read there alone, as what is not public is."""
    for other in reason.get("others", ()):
        if other["revision"] in stored:
            reply_id, author, platform, is_public, text = stored[other["revision"]]
            words = text[other["start"] : other["end"]] if is_public and platform not in staying else ""
            yield OtherWords(reply_id, author, words)
