"""From the wordings of the store to judgements of each: grouped into answers, judged, written as JSON. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.filter.compare.elsewhere import confirm, pick_heaviest
from bot.filter.compare.printed import Print, list_prints
from bot.filter.hints.elsewhere import make_all_prints
from bot.filter.judge import SHIPPED, judge
from bot.filter.own.phrases import find_own_phrases
from bot.filter.own.plug_ins import run_plug_ins
from bot.filter.rules.text import prepare
from bot.filter.values import (
    AuthorProfile,
    Candidate,
    Elsewhere,
    FilterSettings,
    JudgedQuestion,
    JudgedWording,
    Judgement,
    OtherPassage,
    Reason,
    Wording,
)
from bot.quotes import find_wish, group_answers


def judge_wordings(
    asked: JudgedQuestion,
    wordings: Iterable[Wording],
    settings: FilterSettings = FilterSettings(),  # noqa: B008  # frozen
) -> list[JudgedWording]:
    """Judge all answers to one question; each part that can be read gets the judgement of its answer."""
    grouped = (tuple(part for part in parts if part.text is not None) for parts in group_answers(wordings))
    answers = [parts for parts in grouped if parts]
    made = [_make_candidate(asked, parts, settings) for parts in answers]
    judged = judge(asked, [candidate for candidate, _ in made], settings.weights or SHIPPED, settings.thresholds)
    by_id = {candidate.id: parts for parts, (candidate, _) in zip(answers, made, strict=True)}
    return [
        each
        for parts, judgement, (_, faults) in zip(answers, judged, made, strict=True)
        for each in _spread(parts, judgement, tuple(faults), by_id)
    ]


def print_texts(texts: Iterable[str]) -> list[list[Print]]:
    """The prints of each text."""
    return [list_prints(each) for each in make_all_prints([prepare((text,)) for text in texts])]


def _make_candidate(
    asked: JudgedQuestion, parts: tuple[Wording, ...], settings: FilterSettings
) -> tuple[Candidate, list[str]]:
    """The answer with what the installation's own rules say of it, and what went wrong in them."""
    head = parts[0]
    texts = tuple(part.text or "" for part in parts)
    said, faults = run_plug_ins(settings.plug_ins, texts, asked.text)
    own = (*find_own_phrases(texts, settings.phrases), *said)
    author = str(head.author_id)
    found = [
        _place(each, number)
        for number, part in enumerate(parts)
        if part.near
        for each in confirm(asked, part.text or "", author, part.near)
    ]
    elsewhere = pick_heaviest(found)
    identity = f"{head.platform}:{head.remote_id}"
    profile = AuthorProfile(head.platform, head.author_name, head.profile_made_at, head.imported, head.asked_at)
    return Candidate(identity, texts, author, head.posted_at, head.language, own, elsewhere, profile), faults


def _place(found: Elsewhere, part: int) -> Elsewhere:
    """The same with its words in the part of the answer that they stand in."""
    return found if found.here is None else replace(found, here=found.here._replace(part=part))


def _spread(
    parts: tuple[Wording, ...],
    judgement: Judgement,
    faults: tuple[str, ...],
    by_id: Mapping[str, tuple[Wording, ...]],
) -> Iterator[JudgedWording]:
    reasons = json.dumps([_write_reason(reason, parts, by_id) for reason in judgement.reasons])
    for part in parts:
        wish = find_wish(part.text) or ""
        yield JudgedWording(
            part.revision_id, judgement.verdict, judgement.score, reasons, wish, judgement.quotable, faults
        )


def _write_reason(
    reason: Reason, parts: tuple[Wording, ...], by_id: Mapping[str, tuple[Wording, ...]]
) -> dict[str, Any]:
    """Return a reason as JSON; its spans name the revisions that they are in."""
    entry: dict[str, Any] = {"rule": reason.rule, "weight": reason.weight, "detail": reason.detail}
    if reason.span is not None:
        revision_id = parts[reason.span.part].revision_id
        entry |= {"revision": revision_id, "start": reason.span.start, "end": reason.span.end}
    if reason.others:
        entry["others"] = [_write_passage(other, by_id) for other in reason.others]
    return entry


def _write_passage(other: OtherPassage, by_id: Mapping[str, tuple[Wording, ...]]) -> dict[str, int]:
    revision_id = by_id[other.answer][other.span.part].revision_id if other.answer else other.revision
    return {"revision": revision_id, "start": other.span.start, "end": other.span.end}
