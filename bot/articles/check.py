"""Checking the quotations of an article against the store, each source read again where it was written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from bot.articles.answers import SourceAnswer, load_permissions, reread_answers
from bot.articles.drafts.given import GivenSource, choose_among_given, form_given, permit_given
from bot.articles.drafts.vouched import mark_vouched
from bot.articles.naming import KnownPeople, NamedSpeaker, Naming, Person, find_naming
from bot.articles.nearest import find_nearest
from bot.articles.paragraphs import Paragraph
from bot.articles.quotation import Quotation
from bot.articles.quotations import read_quotations
from bot.articles.report import ArticleReport, CheckedQuotation, Defect, LiveState
from bot.articles.scare_quotes import is_no_quotation
from bot.articles.sources import find_sources
from bot.context import Context
from bot.digest.selection.select import AnswerPart
from bot.quotes import Caution, Edition
from bot.replies.counting import count_anew
from bot.replies.reread import refresh_replies
from storage.models import Reply
from storage.replies import replies
from storage.replies.current import CurrentReply
from storage.states import Origin

_WORD = re.compile(r"\w")


async def check_article(
    context: Context,
    workspace: str,
    article: Sequence[Paragraph],
    *,
    offline: bool = False,
    given: Sequence[GivenSource] = (),
    since: datetime | None = None,
) -> ArticleReport:
    """Find the quotations of an article and check each. offline: from what is stored, without asking a network.

    given: sources for this check alone. since: what was read again since then is not read once more.
    """
    quotations, unpaired = read_quotations(article)
    await count_anew(context)
    async with context.store.read() as session:
        picked, people = await find_sources(session, workspace, quotations, article)
    picked = choose_among_given(quotations, picked, form_given(given, context.now()))
    for answer in picked.values():
        if answer.is_given:
            people.add(answer.author)
    answers = {pick.id: pick for pick in picked.values()}
    errors: list[str] = []
    since = None if offline else since or context.now()
    if since is not None:
        errors = await _read_again(context, answers.values(), since)
    material = await _read_material(context, list(answers.values()), since)
    by_number = {each.number: _prove(each, picked.get(each.number), material) for each in quotations}
    quoted = [each for each in by_number.values() if not is_no_quotation(each)]
    surroundings = _Surroundings(
        article, [*dict.fromkeys(each.answer.author for each in quoted if each.answer)], people
    )
    judged = join_split([_judge(each, material, surroundings) for each in quoted])
    checked = await mark_vouched(context, workspace, judged)
    passed_over = tuple(each.quotation for each in by_number.values() if is_no_quotation(each))
    return ArticleReport(checked, passed_over, context.now(), offline, tuple(errors), tuple(unpaired))


async def _read_again(context: Context, answers: Iterable[SourceAnswer], since: datetime) -> list[str]:
    """Read what was not read since then; answers what accounts could not be asked."""
    async with context.store.read() as session:
        reply_ids = [reply.id for answer in answers if not answer.is_given for reply in answer.replies]
        known = await replies.load_known(session, reply_ids)
    stale = [reply.id for reply, _ in known if reply.checked_at is None or reply.checked_at < since]
    return (await refresh_replies(context, stale)).errors


# ---------------------------------------------------------------- what is true of it now


@dataclass(frozen=True, slots=True)
class _SourceMaterial:
    """The picked answers as they are now, what bars their replies, and their rows by id.

    since: what was looked at since then was looked at for this; None offline.
    """

    now: Mapping[int, SourceAnswer]
    permissions: Mapping[int, AnswerPart]
    rows: Mapping[int, Reply]
    whole_posts: frozenset[str]
    asking_first: frozenset[str]
    since: datetime | None


async def _read_material(context: Context, answers: Sequence[SourceAnswer], since: datetime | None) -> _SourceMaterial:
    stored = [answer for answer in answers if not answer.is_given]
    reply_ids = [reply.id for answer in stored for reply in answer.replies]
    async with context.store.read() as session:
        now = await reread_answers(session, stored)
        permissions = await load_permissions(session, stored, context.capabilities, context.rules_hash)
        rows = {reply.id: reply for reply, _ in await replies.load_known(session, reply_ids)}
    permissions |= permit_given([answer for answer in answers if answer.is_given], context.capabilities)
    whole = frozenset(name for name, able in context.capabilities.items() if able.whole_posts_only)
    asking = frozenset(name for name, able in context.capabilities.items() if able.consent_first)
    return _SourceMaterial(now, permissions, rows, whole, asking, since)


def _prove(quotation: Quotation, answer: SourceAnswer | None, material: _SourceMaterial) -> CheckedQuotation:
    """The quotation with the answer that says it, that said it before an edit or deletion, or that is nearest to it."""
    current = answer and material.now.get(answer.id, answer)
    checked = prove_words(quotation, current)
    if answer is None or current is None or checked.proof is not None:
        return checked
    former = answer.prove(quotation.readings)
    if former is not None:
        parts = answer.quoted(former.spans)
        is_gone = any(material.permissions[part.id].reply.text is None for part in parts)
        problem = Defect.DELETED if is_gone else Defect.EDITED_SINCE
        near = None if is_gone else find_nearest(quotation.text, current.own_text)
        return CheckedQuotation(quotation, answer, former, problems=(problem,), near=near)
    return checked


def prove_words(quotation: Quotation, answer: SourceAnswer | None) -> CheckedQuotation:
    """The quotation with the answer that says it, or that is nearest to it."""
    proven = answer and answer.prove(quotation.readings)
    if proven:
        return CheckedQuotation(quotation, answer, proven)
    near = find_nearest(quotation.text, answer.own_text) if answer else None
    if near is None:
        return CheckedQuotation(quotation, problems=(Defect.NOT_FOUND,))
    return CheckedQuotation(quotation, answer, problems=(Defect.OTHER_WORDS,), near=near)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The article, whom it quotes, and everybody who answered."""

    article: Sequence[Paragraph]
    quoted: Sequence[Person]
    people: KnownPeople


def _judge(checked: CheckedQuotation, material: _SourceMaterial, around: _Surroundings) -> CheckedQuotation:
    """The quotation with every other problem and warning that it has."""
    if checked.answer is None:
        return checked
    parts = checked.quoted_replies
    permissions = [material.permissions[part.id] for part in parts]
    edition = Edition.PRIVATE if checked.answer.is_given else Edition.PUBLIC
    barrier = next((found for each in permissions if (found := each.barriers[edition])), None)
    consent = next((each.consent for each in permissions if each.consent), None)
    author = _with_credit(checked.answer.author, consent.credit if consent else "")
    others = [person for person in around.quoted if person != checked.answer.author]
    speaker = find_naming(checked.quotation, author, others, around.people, around.article)
    live_state = LiveState.GIVEN if checked.answer.is_given else _look_up(parts, material)
    problems = [*checked.problems]
    if checked.proof is not None:
        is_gone = Defect.DELETED in problems
        problems += [Defect.NOT_REREAD] if live_state is LiveState.UNKNOWN else []
        problems += [Defect.NO_CONSENT] if barrier and not is_gone else []
        problems += _find_problems_of_form(checked, material)
        problems += _find_problems_of_name(speaker, unnamed=any(each.wants_no_name for each in permissions))
    warnings = [*(checked.proof.warnings if checked.proof else ())]
    if any(checked.answer.is_to_other(part) for part in parts):
        warnings.append(Caution.REPLY_TO_OTHER)
    judged = replace(
        checked,
        warnings=tuple(warnings),
        problems=tuple(problems),
        barrier=barrier,
        consent=consent.state if consent else None,
        live_state=live_state,
        speaker=speaker,
    )
    asks_first = parts[0].platform in material.asking_first or not all(part.is_public for part in parts)
    return _withhold(judged) if barrier and asks_first else judged


def _withhold(checked: CheckedQuotation) -> CheckedQuotation:
    """Without words of the reply that the article lacks: they stay on its network until there is consent.

    A warning repeats what the article omits; and what may not be printed cannot mislead.
    """
    proof = checked.proof
    if proof is not None:
        proof = replace(proof, edits=tuple(replace(edit, text="") for edit in proof.edits))
    problems = tuple(Defect.NO_CONSENT if each is Defect.OTHER_WORDS else each for each in checked.problems)
    return replace(checked, proof=proof, problems=problems, warnings=(), near=None)


def join_split(checked: Sequence[CheckedQuotation]) -> tuple[CheckedQuotation, ...]:
    """`“One,” said Ada, “two”`: where a quotation goes on after its speaker, its first half is not clipped; and where
    the sentence goes on, nothing may be left out between its halves.
    """
    joined = list(checked)
    for index, (first, second) in enumerate(pairwise(checked)):
        if _goes_on(first, second):
            if Caution.CLIPPED in first.warnings:
                rest = tuple(warning for warning in first.warnings if warning is not Caution.CLIPPED)
                joined[index] = replace(first, warnings=rest)
        elif second.answer and first.proof and second.proof and _is_one_sentence(first.quotation, second.quotation):
            near = find_nearest(f"{first.quotation.text.rstrip(',')} {second.quotation.text}", second.answer.own_text)
            joined[index + 1] = replace(second, problems=(Defect.OTHER_WORDS, *second.problems), near=near, proof=None)
    return tuple(joined)


def _is_one_sentence(first: Quotation, second: Quotation) -> bool:
    """Commas on both sides of the speaker; brackets mark what is left out."""
    text, between = first.text.rstrip(), first.after.strip()
    is_split = first.paragraph == second.paragraph and first.after == second.before and text[-1:] == ","
    is_marked = text.rstrip(", ").endswith("]") or second.text.lstrip().startswith("[")
    return is_split and between[-1:] == "," and not is_marked


def _goes_on(first: CheckedQuotation, second: CheckedQuotation) -> bool:
    if first.quotation.paragraph != second.quotation.paragraph or not (first.proof and second.proof and first.answer):
        return False
    end, start = first.proof.spans[-1], second.proof.spans[0]
    is_same = first.answer is second.answer and end.part == start.part and end.end <= start.start
    return is_same and not _WORD.search(first.answer.source.parts[end.part][end.end : start.start])


def _with_credit(author: Person, credit: str) -> Person:
    return Person((credit, *author.names), author.handle) if credit.strip() else author


def _look_up(parts: Iterable[CurrentReply], material: _SourceMaterial) -> LiveState:
    """What the live look found: the worst state of all parts."""
    found = {_look_up_reply(part.id, material) for part in parts}
    order = (LiveState.GONE, LiveState.UNKNOWN, LiveState.NOT_ASKED, LiveState.NOT_READABLE, LiveState.UP)
    return next(state for state in order if state in found)


def _look_up_reply(reply_id: int, material: _SourceMaterial) -> LiveState:
    row = material.rows.get(reply_id)
    if row is None:
        return LiveState.GONE
    if row.origin not in (Origin.COLLECTED, Origin.SAVED):
        return LiveState.NOT_READABLE
    if material.since is None:
        return LiveState.NOT_ASKED
    is_read = row.unknown_at is None and row.checked_at is not None and row.checked_at >= material.since
    return LiveState.UP if is_read else LiveState.UNKNOWN


def _find_problems_of_form(checked: CheckedQuotation, material: _SourceMaterial) -> list[Defect]:
    """Where the network wants posts whole: an edit, or a part of one."""
    assert checked.answer is not None
    for span in checked.proof.spans if checked.proof else ():
        reply = checked.answer.replies[span.part]
        text = reply.text or ""
        if reply.platform in material.whole_posts and text[span.start : span.end] != text.strip():
            return [Defect.NOT_WHOLE]
    return []


def _find_problems_of_name(speaker: NamedSpeaker, *, unnamed: bool) -> list[Defect]:
    if unnamed:
        return [Defect.NAMED_AGAINST_WISH] if speaker.naming is Naming.RIGHT else []
    return [Defect.WRONG_NAME] if speaker.naming is Naming.WRONG else []
