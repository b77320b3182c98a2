"""From the wordings of the store to judgements of each: grouped into answers, judged, written as JSON. Pure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.filter.compare.elsewhere import confirm, pick_heaviest
from bot.filter.compare.printed import Print, list_prints
from bot.filter.compare.prints import make_all_prints
from bot.filter.judge import judge
from bot.filter.rules.text import prepare
from bot.filter.values import Candidate, JudgedQuestion, JudgedWording, Judgement, Reason, Wording
from bot.quotes import find_wish, group_answers


def judge_wordings(asked: JudgedQuestion, wordings: Iterable[Wording]) -> list[JudgedWording]:
    """Judge all answers to one question; each part that can be read gets the judgement of its answer."""
    grouped = (tuple(part for part in parts if part.text is not None) for parts in group_answers(wordings))
    answers = [parts for parts in grouped if parts]
    judged = judge(asked, [_make_candidate(asked, parts) for parts in answers])
    return [each for parts, judgement in zip(answers, judged, strict=True) for each in _spread(parts, judgement)]


def print_texts(texts: Iterable[str]) -> list[list[Print]]:
    """The prints of each text."""
    return [list_prints(each) for each in make_all_prints([prepare((text,)) for text in texts])]


def _make_candidate(asked: JudgedQuestion, parts: tuple[Wording, ...]) -> Candidate:
    head = parts[0]
    texts, author = tuple(part.text or "" for part in parts), str(head.author_id)
    found = [each for part in parts if part.near for each in confirm(asked, part.text or "", author, part.near)]
    return Candidate(f"{head.platform}:{head.remote_id}", texts, author, head.posted_at, elsewhere=pick_heaviest(found))


def _spread(parts: tuple[Wording, ...], judgement: Judgement) -> Iterator[JudgedWording]:
    reasons = json.dumps([_write_reason(reason, parts) for reason in judgement.reasons])
    for part in parts:
        wish = find_wish(part.text) or ""
        yield JudgedWording(part.revision_id, judgement.verdict, judgement.score, reasons, wish)


def _write_reason(reason: Reason, parts: tuple[Wording, ...]) -> dict[str, Any]:
    """Return a reason as JSON; its span names the revision that it is in."""
    entry: dict[str, Any] = {"rule": reason.rule, "weight": reason.weight, "detail": reason.detail}
    if reason.span is not None:
        revision_id = parts[reason.span.part].revision_id
        entry |= {"revision": revision_id, "start": reason.span.start, "end": reason.span.end}
    return entry
