"""Checking the quotations of a draft against the store, each source read again where it was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.context import Context
from bot.digest.select import Part
from bot.drafts.answers import Answer, load_leave, read_answers, reread_answers
from bot.drafts.article import Paragraph
from bot.drafts.candidates import Candidates, list_words
from bot.drafts.naming import Named, Naming, Person, find_naming
from bot.drafts.nearest import Near, find_nearest
from bot.drafts.quotations import Quotation, find_quotations
from bot.freshness import refresh_replies
from bot.quotes import Barrier, Caution, Edition, Proof
from storage import replies
from storage.digests import HeardReply
from storage.models import Reply
from storage.states import ConsentState, Origin

SCARE_QUOTES = 2
"""Words up to which a passage in marks may be no quotation at all."""


class Problem(StrEnum):
    """Why a quotation cannot be printed as it stands."""

    NOT_FOUND = "not_found"  # nobody said anything like it
    OTHER_WORDS = "other_words"  # somebody said nearly that
    EDITED_SINCE = "edited_since"  # its author has changed these words
    DELETED = "deleted"
    NOT_REREAD = "not_reread"  # whether it is still up could not be told
    NO_LEAVE = "no_leave"
    WRONG_NAME = "wrong_name"
    NAMED_AGAINST_WISH = "named_against_wish"  # leave was given without the name
    NOT_WHOLE = "not_whole"  # the network wants posts quoted whole


class Standing(StrEnum):
    """What a live look at the source found. NOT_READABLE: a form's answer or an import has no place to look at."""

    UP = "up"
    GONE = "gone"
    UNKNOWN = "unknown"
    NOT_READABLE = "not_readable"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Checked:
    """One quotation and what was found about it. answer: who said it, or something near it; reading: the words of the
    quotation that were proven. barrier: what forbids printing it.
    """

    quotation: Quotation
    answer: Answer | None = None
    reading: str = ""
    proof: Proof | None = None
    warnings: tuple[Caution, ...] = ()
    problems: tuple[Problem, ...] = ()
    barrier: Barrier | None = None
    consent: ConsentState | None = None
    standing: Standing = Standing.NOT_ASKED
    named: Named = field(default_factory=lambda: Named(Naming.UNNAMED))
    near: Near | None = None

    @property
    def holds(self) -> bool:
        """Whether it can be printed as it stands."""
        return not self.problems

    @property
    def said_in(self) -> list[HeardReply]:
        """The replies that it quotes; where nothing is proven, the first one of the nearest answer."""
        if self.answer is None:
            return []
        return self.answer.quoted(self.proof.spans) if self.proof else [self.answer.replies[0]]


@dataclass(frozen=True, slots=True)
class Report:
    """checked: every quotation in order. passed_over: what stands in marks and is no quotation. errors: of the
    accounts that could not be asked.
    """

    checked: tuple[Checked, ...]
    passed_over: tuple[Quotation, ...]
    at: datetime
    offline: bool
    errors: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every quotation can be printed as it stands."""
        return all(each.holds for each in self.checked)


async def check_draft(
    context: Context, workspace: str, article: Sequence[Paragraph], *, offline: bool = False
) -> Report:
    """Find the quotations of an article and check each. offline: from what is stored, without asking a network."""
    quotations = find_quotations(article)
    picked = await _pick(context, workspace, quotations)
    answers = {pick.id: pick for pick in picked.values()}
    errors: list[str] = []
    since = None if offline else context.now()
    if not offline:
        refreshed = await refresh_replies(context, [reply.id for each in answers.values() for reply in each.replies])
        errors = refreshed.errors
    material = await _read_material(context, list(answers.values()), since)
    said = {quotation.number: _prove(quotation, picked.get(quotation.number), material) for quotation in quotations}
    quoted = [each for each in said.values() if not _is_passed_over(each)]
    people = [each.answer.author for each in quoted if each.answer]
    checked = tuple(_judge(each, material, people) for each in quoted)
    passed_over = tuple(each.quotation for each in said.values() if _is_passed_over(each))
    return Report(checked, passed_over, context.now(), offline, tuple(errors))


# ---------------------------------------------------------------- whose words


async def _pick(context: Context, workspace: str, quotations: Sequence[Quotation]) -> dict[int, Answer]:
    """For each quotation, by its number, the answer that says it, or else the one that says most of it."""
    candidates: Candidates[Answer] = Candidates([list_words(quotation.text) for quotation in quotations])
    async with context.store.read() as session:
        async for answer in read_answers(session, workspace):
            candidates.read(list_words(answer.text), answer)
    picked = {}
    for index, quotation in enumerate(quotations):
        best = _choose(quotation, candidates.best(index))
        if best is not None:
            picked[quotation.number] = best
    return picked


def _choose(quotation: Quotation, candidates: Sequence[Answer]) -> Answer | None:
    """Of several who said the same, the one whom the draft names."""
    saying = [answer for answer in candidates if answer.prove(quotation.readings)]
    named = (answer for answer in saying if find_naming(quotation, answer.author).naming is Naming.RIGHT)
    likeness = {answer.id: _measure(quotation, answer) for answer in candidates} if not saying else {}
    nearest = max(candidates, key=lambda answer: likeness[answer.id], default=None) if not saying else None
    return next(named, None) or next(iter(saying), None) or nearest


def _measure(quotation: Quotation, answer: Answer) -> float:
    near = find_nearest(quotation.text, answer.text)
    return near.likeness if near else 0.0


# ---------------------------------------------------------------- what is true of it now


@dataclass(frozen=True, slots=True)
class _Material:
    """The picked answers as they were stored and as they are now, what bars their replies, and their rows by id.

    since: what was looked at since then was looked at for this; None offline.
    """

    before: Mapping[int, Answer]
    now: Mapping[int, Answer]
    leave: Mapping[int, Part]
    rows: Mapping[int, Reply]
    whole_posts: frozenset[str]
    since: datetime | None


async def _read_material(context: Context, answers: Sequence[Answer], since: datetime | None) -> _Material:
    reply_ids = [reply.id for answer in answers for reply in answer.replies]
    async with context.store.read() as session:
        now = await reread_answers(session, answers)
        leave = await load_leave(session, answers, context.capabilities)
        rows = {reply.id: reply for reply, _ in await replies.load_known(session, reply_ids)}
    whole = frozenset(name for name, able in context.capabilities.items() if able.whole_posts_only)
    return _Material({answer.id: answer for answer in answers}, now, leave, rows, whole, since)


def _prove(quotation: Quotation, answer: Answer | None, material: _Material) -> Checked:
    """Who says it now; or said it until it was edited or deleted; or said something near it."""
    if answer is None:
        return Checked(quotation, problems=(Problem.NOT_FOUND,))
    current = material.now.get(answer.id, answer)
    proven = current.prove(quotation.readings)
    if proven is not None:
        return Checked(quotation, current, *proven)
    former = answer.prove(quotation.readings)
    if former is not None:
        parts = answer.quoted(former[1].spans)
        is_gone = any(material.leave[part.id].reply.text is None for part in parts)
        problem = Problem.DELETED if is_gone else Problem.EDITED_SINCE
        near = None if is_gone else find_nearest(quotation.text, current.text)
        return Checked(quotation, answer, *former, problems=(problem,), near=near)
    near = find_nearest(quotation.text, current.text)
    if near is None:
        return Checked(quotation, problems=(Problem.NOT_FOUND,))
    return Checked(quotation, current, problems=(Problem.OTHER_WORDS,), near=near)


def _is_passed_over(checked: Checked) -> bool:
    """Scare quotes and titles: few words in marks that nobody near them is said to have said."""
    words = checked.quotation.words
    if not words:
        return True
    if len(words) > SCARE_QUOTES:
        return checked.answer is None and _looks_like_title(checked.quotation.text, words)
    if checked.answer is None or checked.proof is None:
        return True
    return find_naming(checked.quotation, checked.answer.author).naming is not Naming.RIGHT


def _looks_like_title(text: str, words: Sequence[str]) -> bool:
    """`The Mythical Man-Month`: every word of some length has a capital, and no sentence ends."""
    long = [word for word in words if len(word) > 3]
    return bool(long) and all(word[0].isupper() for word in long) and words[0][0].isupper() and text[-1] not in ".!?…,"


def _judge(checked: Checked, material: _Material, people: Iterable[Person]) -> Checked:
    """The same with everything else that can be wrong with it."""
    if checked.answer is None:
        return checked
    parts = checked.said_in
    leave = [material.leave[part.id] for part in parts]
    barrier = next((found for each in leave if (found := each.barriers[Edition.PUBLIC])), None)
    consent = next((each.consent for each in leave if each.consent), None)
    author = _with_credit(checked.answer.author, consent.credit if consent else "")
    named = find_naming(checked.quotation, author, [person for person in people if person != checked.answer.author])
    standing = _look_up(parts, material)
    problems = [*checked.problems]
    if checked.proof is not None:
        is_gone = Problem.DELETED in problems
        problems += [Problem.NOT_REREAD] if standing is Standing.UNKNOWN else []
        problems += [Problem.NO_LEAVE] if barrier and not is_gone else []
        problems += _find_problems_of_form(checked, material)
        problems += _find_problems_of_name(named, consent.state if consent else None)
    warnings = [*(checked.proof.warnings if checked.proof else ())]
    if any(checked.answer.is_to_other(part) for part in parts):
        warnings.append(Caution.REPLY_TO_OTHER)
    return Checked(
        checked.quotation,
        checked.answer,
        checked.reading,
        checked.proof,
        tuple(warnings),
        tuple(problems),
        barrier,
        consent.state if consent else None,
        standing,
        named,
        checked.near,
    )


def _with_credit(author: Person, credit: str) -> Person:
    return Person((credit, *author.names), author.handle) if credit.strip() else author


def _look_up(parts: Iterable[HeardReply], material: _Material) -> Standing:
    """What the live look found: the worst of all parts."""
    found = {_look_up_reply(part.id, material) for part in parts}
    order = (Standing.GONE, Standing.UNKNOWN, Standing.NOT_ASKED, Standing.NOT_READABLE, Standing.UP)
    return next(standing for standing in order if standing in found)


def _look_up_reply(reply_id: int, material: _Material) -> Standing:
    row = material.rows.get(reply_id)
    if row is None:
        return Standing.GONE
    if row.origin is not Origin.COLLECTED:
        return Standing.NOT_READABLE
    if material.since is None:
        return Standing.NOT_ASKED
    is_read = row.unknown_at is None and row.checked_at is not None and row.checked_at >= material.since
    return Standing.UP if is_read else Standing.UNKNOWN


def _find_problems_of_form(checked: Checked, material: _Material) -> list[Problem]:
    """Where the network wants posts whole: an edit, or a part of one."""
    assert checked.answer is not None
    for span in checked.proof.spans if checked.proof else ():
        reply = checked.answer.replies[span.part]
        said = reply.text or ""
        if reply.platform in material.whole_posts and said[span.start : span.end] != said.strip():
            return [Problem.NOT_WHOLE]
    return []


def _find_problems_of_name(named: Named, consent: ConsentState | None) -> list[Problem]:
    if consent is ConsentState.GRANTED_ANONYMOUSLY:
        return [Problem.NAMED_AGAINST_WISH] if named.naming is Naming.RIGHT else []
    return [Problem.WRONG_NAME] if named.naming is Naming.WRONG else []
