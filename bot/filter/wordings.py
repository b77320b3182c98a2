"""From the wordings of the store to judgements of each: grouped into answers, judged, written as JSON. Pure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.filter.compare.elsewhere import confirm, pick_heaviest
from bot.filter.compare.printed import Print, list_prints
from bot.filter.compare.prints import make_all_prints
from bot.filter.judge import SHIPPED, judge
from bot.filter.own.phrases import find_own_phrases
from bot.filter.own.plug_ins import run_plug_ins
from bot.filter.rules.text import prepare
from bot.filter.values import Candidate, FilterSettings, JudgedQuestion, JudgedWording, Judgement, Reason, Wording
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
    return [
        each
        for parts, judgement, (_, faults) in zip(answers, judged, made, strict=True)
        for each in _spread(parts, judgement, tuple(faults))
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
    found = [each for part in parts if part.near for each in confirm(asked, part.text or "", author, part.near)]
    elsewhere = pick_heaviest(found)
    identity = f"{head.platform}:{head.remote_id}"
    return Candidate(identity, texts, author, head.posted_at, head.language, own, elsewhere), faults


def _spread(parts: tuple[Wording, ...], judgement: Judgement, faults: tuple[str, ...]) -> Iterator[JudgedWording]:
    reasons = json.dumps([_write_reason(reason, parts) for reason in judgement.reasons])
    for part in parts:
        wish = find_wish(part.text) or ""
        yield JudgedWording(
            part.revision_id, judgement.verdict, judgement.score, reasons, wish, judgement.quotable, faults
        )


def _write_reason(reason: Reason, parts: tuple[Wording, ...]) -> dict[str, Any]:
    """Return a reason as JSON; its span names the revision that it is in."""
    entry: dict[str, Any] = {"rule": reason.rule, "weight": reason.weight, "detail": reason.detail}
    if reason.span is not None:
        revision_id = parts[reason.span.part].revision_id
        entry |= {"revision": revision_id, "start": reason.span.start, "end": reason.span.end}
    return entry
