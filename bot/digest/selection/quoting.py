"""From usable answers to quotes: which of them, which passage of each, who said it, and what they argue for. Pure."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from adapters.contract.capabilities import Capabilities
from bot.digest.credit import Credit, DatedEvidence
from bot.digest.model import LeftOut, MoreFor, Passage, Quote
from bot.digest.selection.noticed import has_hint, is_common
from bot.digest.selection.select import (
    Answer,
    AnswerPart,
    is_kept,
    quotable_passages,
    rank_answer,
    read_passages,
)
from bot.digest.selection.variety import LOOKED_AT, Entrant, pick
from bot.quotes import Basis, Edition, choose_passage, find_stated_option, infer_option
from bot.words.cleaning import clean_line
from storage.replies.current import CurrentReply

MOST_OTHERS = 200
"""Answers beside the quotes whose words stand in a digest; what is beyond is counted, and `replies` shows it."""
_YES_OR_NO = ("Yes", "No")
"""The sides of a question that has no options and asks for one of them."""


@dataclass(frozen=True, slots=True)
class QuotedQuestion:
    """The question as far as quoting needs it. choices: the option that an author chose by name, by author id.
    capabilities: by platform. sensitive: no stance is inferred.
    """

    text: str
    options: tuple[str, ...]
    choices: Mapping[int, int]
    capabilities: Mapping[str, Capabilities]
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a digest quotes; the rest, counted; for the writer what is left out because it says the same; and whatever
    else may be quoted, whole, the best first.
    """

    quotes: tuple[Quote, ...]
    more_for: tuple[MoreFor, ...]
    left_out: tuple[LeftOut, ...]
    others: tuple[Quote, ...]


def quote_answers(answers: Sequence[Answer], asked: QuotedQuestion, edition: Edition, most: int) -> Quoted:
    """The best `most` of `answers` (best first) of which no two say the same, those for each option together.

    Each option that somebody argues for has one of them at least; so have yes and no where they are no options.
    """
    stances = [find_stance(answer, asked, edition) for answer in answers]
    pool = _list_looked_at([option for option, _ in stances], most)
    picked = pick([_enter(answers[number], stances[number][0], asked, edition) for number in pool], most)
    chosen = [pool[place] for place in picked.chosen]
    ordered = sorted(chosen, key=lambda number: (_place(stances[number][0], asked), number))
    rest = Counter(option for number, (option, _) in enumerate(stances) if number not in set(chosen))
    counted = sorted(rest.items(), key=lambda item: _place(item[0], asked))
    repeats = picked.repeats.items() if edition is Edition.PRIVATE else ()
    shown = {*chosen, *(pool[place] for place, _ in repeats)}
    others = islice(_list_others(answers, shown, asked, edition), MOST_OTHERS)
    return Quoted(
        tuple(_quote_answer(answers[number], asked, edition, stances[number]) for number in ordered),
        tuple(MoreFor(option, count) for option, count in counted),
        tuple(
            LeftOut(quotable_passages(answers[pool[place]], edition), answers[pool[like]].id) for place, like in repeats
        ),
        tuple(_quote_answer(answers[number], asked, edition, stances[number], whole=True) for number in others),
    )


def _list_others(
    answers: Sequence[Answer], shown: Container[int], asked: QuotedQuestion, edition: Edition
) -> Iterator[int]:
    """Whatever is not shown yet; in the edition to share only what is read again before a question closes."""
    for number, answer in enumerate(answers):
        if number not in shown and not (edition is Edition.PUBLIC and _costs(answer, asked)):
            yield number


def _costs(answer: Answer, asked: QuotedQuestion) -> bool:
    known = asked.capabilities.get(answer.parts[0].reply.platform)
    return known is not None and known.bills_reads


def _list_looked_at(options: Sequence[int | None], most: int) -> list[int]:
    """The best answers, and behind them the first one for each option that none of them argues for."""
    firsts = {option: number for number, option in reversed(list(enumerate(options))) if option is not None}
    best = range(min(len(options), max(LOOKED_AT, most)))
    return [*best, *sorted(number for number in firsts.values() if number not in best)]


def _enter(answer: Answer, option: int | None, asked: QuotedQuestion, edition: Edition) -> Entrant:
    assert answer.verdict is not None
    parts = [part for part in answer.parts if part.barriers[edition] is None]
    words = (
        (part.reply.text or "")[passage.start : passage.end]
        for part in _list_quoted(answer, edition)
        for passage in choose_passages(part, asked)
    )
    side = option if asked.options or asked.sensitive else _infer(parts, replace(asked, options=_YES_OR_NO))
    return Entrant(rank_answer(answer), answer.verdict.score, is_kept(answer), side, "\n".join(words))


def _list_quoted(answer: Answer, edition: Edition) -> list[AnswerPart]:
    """The parts of an answer that are quoted: those of which an editor chose words, else all that may be."""
    quoted = {passage.reply_id for passage in quotable_passages(answer, edition)}
    parts = [part for part in answer.parts if part.reply.id in quoted]
    return [part for part in parts if part.reply.chosen] or parts


def _place(option: int | None, asked: QuotedQuestion) -> int:
    return len(asked.options) if option is None else option


def find_stance(answer: Answer, asked: QuotedQuestion, edition: Edition) -> tuple[int | None, Basis]:
    """(the option that an answer argues for, how that is known). What it says weighs more than what its author chose.

    A vote is private: where words need consent, and in the public edition, it shows only where consent covers it. What
    is only concluded weighs least, and is not where the question is sensitive or the platform forbids it.
    """
    parts = [part for part in answer.parts if part.barriers[edition] is None]
    stated = find_stated_option(_read_start(parts), asked.options)
    chosen = asked.choices.get(parts[0].reply.author_id) if asked.options else None
    known = asked.capabilities.get(parts[0].reply.platform)
    asks_first = known is None or known.consent_first or not all(part.reply.is_public for part in parts)
    is_open = edition is Edition.PRIVATE and not asks_first
    may_tell = is_open or any(part.consent and part.consent.covers_vote for part in parts)
    if chosen is not None and may_tell and chosen < len(asked.options) and stated in {None, chosen}:
        return chosen, Basis.VOTED
    if stated is not None:
        return stated, Basis.STATED
    inferred = None if asked.sensitive else _infer(parts, asked)
    return inferred, Basis.UNKNOWN if inferred is None else Basis.INFERRED


def _infer(parts: Sequence[AnswerPart], asked: QuotedQuestion) -> int | None:
    """From all that the author says in the answer; of one who voted for another option nothing is concluded."""
    known = asked.capabilities.get(parts[0].reply.platform)
    if known is None or not known.may_infer:
        return None
    own_words = [(part.reply.text or "")[each.start : each.end] for part in parts for each in read_passages(part)]
    inferred = infer_option("\n\n".join(own_words), asked.text, asked.options)
    return inferred if asked.choices.get(parts[0].reply.author_id, inferred) == inferred else None


def _read_start(parts: Sequence[AnswerPart]) -> str:
    """The first of the author's own words."""
    words = parts[0].reply.text or ""
    return next((words[passage.start : passage.end] for passage in read_passages(parts[0])), "")


def _quote_answer(
    answer: Answer, asked: QuotedQuestion, edition: Edition, stance: tuple[int | None, Basis], *, whole: bool = False
) -> Quote:
    """An answer as a quote; the public edition carries no flags. whole: all of it, but for what an editor chose."""
    said, parts = quotable_passages(answer, edition), _list_quoted(answer, edition)
    is_chosen = any(part.reply.chosen for part in parts)
    passages = said if whole and not is_chosen else tuple(_choose_all(parts, asked))
    credit = Credit() if any(part.wants_no_name for part in answer.parts) else find_credit(parts)
    if edition is Edition.PUBLIC:
        credit = replace(credit, said_by="", said_at=None)
    first, verdict = parts[0].reply, answer.verdict
    quote = Quote(
        tuple(map(_hide_origin, passages)) if credit == Credit() else passages,
        credit,
        first.platform,
        first.language,
        option=stance[0],
        basis="" if stance[1] is Basis.UNKNOWN else stance[1],
        abridged=[(each.start, each.end) for each in passages] != [(each.start, each.end) for each in said],
    )
    if edition is Edition.PUBLIC or verdict is None:
        return quote
    return replace(
        quote,
        verdict=verdict.value,
        score=verdict.score,
        editor=verdict.editor or "",
        common=is_common(verdict),
        noticed=has_hint(verdict),
        not_reread=whole and _costs(answer, asked),
        not_public=next((barrier for part in parts if (barrier := part.barriers[Edition.PUBLIC])), ""),
    )


def _choose_all(parts: Sequence[AnswerPart], asked: QuotedQuestion) -> Iterator[Passage]:
    for part in parts:
        yield from choose_passages(part, asked)


def choose_passages(part: AnswerPart, asked: QuotedQuestion) -> list[Passage]:
    """What an editor chose; else all of a short reply and the best sentences of a long one; all of it where its
    platform allows no parts.
    """
    whole, reply = read_passages(part), part.reply
    if part.is_whole:
        return whole
    if reply.chosen is not None:
        start, end = reply.chosen
        return [replace(whole[0], start=start, end=end)]
    chosen = [
        (passage.start + start, passage.start + end)
        for passage in whole
        if (best := choose_passage((reply.text or "")[passage.start : passage.end], asked.text)) is not None
        for start, end in [best]
    ]
    return [replace(whole[0], start=start, end=end) for start, end in chosen]


def find_credit(parts: Sequence[AnswerPart]) -> Credit:
    """How the author wants to be named; nothing at all where any part was granted without a name."""
    if any(part.wants_no_name for part in parts):
        return Credit()
    wanted = [part.consent.credit for part in parts if part.consent is not None]
    reply, given = parts[0].reply, parts[0].reply.given
    entered = given.name if given else ""
    name = next((each for each in (entered, *wanted, reply.display_name, reply.handle) if clean_line(each)), "")
    return Credit(
        name=name,
        handle=reply.handle,
        link=reply.author_link,
        unknown=not name,
        role=given.role if given else "",
        organisation=given.organisation if given else "",
        said_by=given.said_by if given else "",
        said_at=given.at if given else None,
        evidence=tuple(_list_evidence(reply)),
    )


def _list_evidence(reply: CurrentReply) -> Iterator[DatedEvidence]:
    if reply.profile_at is not None:
        yield from (DatedEvidence(kind, detail, reply.profile_at) for kind, detail in reply.evidence)
    if reply.given is not None and reply.given.rel_me:
        yield DatedEvidence("rel_me", reply.given.link, reply.given.at)


def _hide_origin(passage: Passage) -> Passage:
    """Neither a link nor the minute: both lead to the author."""
    day = passage.posted_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(passage, link="", posted_at=day)
