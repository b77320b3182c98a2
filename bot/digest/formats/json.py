"""The digest as JSON (`schema.json`): the lossless form, every text exactly as it was written."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from bot.digest.model import (
    Block,
    Changes,
    Collection,
    Cost,
    Credit,
    DigestModel,
    NotQuoted,
    NotSent,
    OpenLine,
    Passage,
    PostedWording,
    Quote,
    Result,
    SetAside,
    Told,
)
from bot.digest.page.phrases import load_phrases
from bot.digest.page.report import summarise
from bot.quotes import Edition
from bot.words.cleaning import UNSEEN, safe_link

SCHEMA = "pullquote.digest/1"

# What cannot be seen in an editor stands as an escape; the text is the same.
_UNSEEN = re.compile(rf"[{UNSEEN}\x85\u2028\u2029]")
_LINES = 4  # levels that are spread over lines: digest, questions, question, quotes; a quote is one line


@cache
def load_schema() -> dict[str, Any]:
    """The JSON Schema of a digest."""
    schema: dict[str, Any] = json.loads(files("bot.digest.formats").joinpath("schema.json").read_text(encoding="utf-8"))
    return schema


def write_json(model: DigestModel) -> bytes:
    """The whole file, UTF-8."""
    text = "".join(_spread(describe_digest(model), "\n", _LINES))
    return (_UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n").encode()


def _spread(value: Any, line: str, levels: int) -> Iterator[str]:
    """`value` as JSON, its first `levels` levels with an entry a line. `line` is the line break and what follows it.

    json.dumps with `indent` would leave the C encoder: five times as slow, and a line for every bracket.
    """
    if levels == 0 or not value or not isinstance(value, dict | list):
        yield _encode(value)
        return
    deeper = line + "  "
    entries = value.items() if isinstance(value, dict) else (("", each) for each in value)
    yield "{" if isinstance(value, dict) else "["
    for number, (key, each) in enumerate(entries):
        yield f"{',' if number else ''}{deeper}"
        if isinstance(value, dict):
            yield f"{_encode(key)}: "
        yield from _spread(each, deeper, levels - 1)
    yield line
    yield "}" if isinstance(value, dict) else "]"


_encode = json.JSONEncoder(ensure_ascii=False).encode


def describe_digest(model: DigestModel) -> dict[str, Any]:
    """The digest as JSON values."""
    private = model.edition is Edition.PRIVATE
    described = {
        "schema": SCHEMA,
        "kind": model.kind,
        "period": model.period,
        "edition": model.edition,
        "revision": model.revision,
        "final": model.final,
        "as_of": _moment(model.as_of),
        "zone": model.zone,
        "language": model.selection.language,
        "pullquote_version": model.version,
        "summary": list(summarise(model, load_phrases(model.selection.language, model.zone))),
        "questions": [_describe_block(block, private=private) for block in model.selection.blocks],
        "open": [_describe_line(line) for line in model.selection.open],
        "changes": _describe_changes(model.changes),
    }
    return described | ({"costs": [_describe_cost(each) for each in model.selection.costs]} if private else {})


def _describe_cost(cost: Cost) -> dict[str, Any]:
    return {
        "platform": cost.platform,
        "account": cost.account,
        "since": _moment(cost.since),
        "until": _moment(cost.until),
        "dollars": cost.micros / 1_000_000,
        "new_replies": cost.replies,
    }


def _describe_block(block: Block, *, private: bool) -> dict[str, Any]:
    described: dict[str, Any] = {
        "slug": block.slug,
        "text": block.text,
        "options": list(block.options),
        "wanted": block.wanted,
        "asker": block.asker,
        "outlet": block.outlet,
        "platforms": list(block.platforms),
        "closes_at": _moment(block.closes_at),
        "closed": block.closed,
        "since_close": block.since_close,
        "posted": [_describe_wording(wording) for wording in block.wordings],
        "votes": [_describe_result(result, block.options) for result in block.results],
        "enough": {"state": block.enough, "usable": block.usable, "target": block.target},
        "replies": block.replies,
        "answers": block.answers,
        "unjudged": block.unjudged,
        "quotes": [_describe_quote(quote, block.options, private=private) for quote in block.quotes],
        "more": block.more,
        "more_by_stance": [
            {"option": None if each.option is None else block.options[each.option], "count": each.count}
            for each in block.more_for
        ],
        "withdrawn": block.withdrawn,
        "set_aside": [_describe_set_aside(rule, private=private) for rule in block.set_aside],
        "not_quoted": [_describe_not_quoted(each, private=private) for each in block.not_quoted],
        "collections": [_describe_collection(each) for each in block.collections],
    }
    if private:
        described["not_sent"] = [_describe_not_sent(each) for each in block.not_sent]
        described["events"] = [_describe_event(each) for each in block.told]
    return described


def _describe_quote(quote: Quote, options: tuple[str, ...], *, private: bool) -> dict[str, Any]:
    described: dict[str, Any] = {
        "text": [passage.text for passage in quote.passages],
        "author": _describe_credit(quote.credit, private=private),
        "platform": quote.platform,
        "language": quote.language,
        "posted_at": None if quote.passages[0].undated else _moment(quote.passages[0].posted_at),
        "stance": _describe_stance(quote, options),
        "abridged": quote.abridged,
        "links": _list_links(passage.link for passage in quote.passages),
    }
    if private:
        described["spans"] = [_describe_span(passage) for passage in quote.passages]
        described["verdict"] = quote.verdict
        described["score"] = None if quote.score is None else round(quote.score, 3)
        described["judged_by"] = quote.editor
        described["not_public"] = quote.not_public
    return described


def _describe_stance(quote: Quote, options: tuple[str, ...]) -> dict[str, str] | None:
    if quote.option is None or quote.option >= len(options):
        return None
    return {"option": options[quote.option], "basis": quote.basis}


def _describe_span(passage: Passage) -> dict[str, Any]:
    return {"revision": passage.revision_id, "start": passage.start, "end": passage.end}


def _describe_credit(credit: Credit, *, private: bool) -> dict[str, Any] | None:
    if credit == Credit():
        return None
    described: dict[str, Any] = {
        "name": credit.name,
        "role": credit.role,
        "organisation": credit.organisation,
        "handle": credit.handle,
        "link": safe_link(credit.link),
        "evidence": [{"kind": each.kind, "detail": each.detail, "at": _moment(each.at)} for each in credit.evidence],
    }
    if private:
        described["said_by"] = credit.said_by
    return described


def _describe_wording(wording: PostedWording) -> dict[str, Any]:
    return {
        "texts": list(wording.texts),
        "posts": [
            {
                "platform": posting.platform,
                "account": posting.account,
                "link": safe_link(posting.link),
                "at": _moment(posting.at),
                "late": posting.late,
            }
            for posting in wording.postings
        ],
    }


def _describe_result(result: Result, options: tuple[str, ...]) -> dict[str, Any]:
    return {
        "platform": result.platform,
        "account": result.account,
        "source": result.source,
        "n": sum(result.votes),
        "votes": [{"option": option, "votes": votes} for option, votes in zip(options, result.votes, strict=True)],
        "at": _moment(result.at),
        "final": result.final,
    }


def _describe_set_aside(rule: SetAside, *, private: bool) -> dict[str, Any]:
    described: dict[str, Any] = {"rule": rule.rule, "count": rule.count}
    if private:
        described["examples"] = [passage.text for passage in rule.examples]
    return described


def _describe_not_quoted(each: NotQuoted, *, private: bool) -> dict[str, Any]:
    described: dict[str, Any] = {"reason": each.barrier, "count": each.count}
    if private:
        described["links"] = _list_links(each.links)
    return described


def _describe_collection(each: Collection) -> dict[str, Any]:
    return {
        "platform": each.platform,
        "account": each.account,
        "stored": each.stored,
        "counted": each.counted,
        "hidden": each.hidden,
        "unreadable": each.unreadable,
        "deleted": each.deleted,
    }


def _describe_not_sent(each: NotSent) -> dict[str, Any]:
    return {
        "platform": each.platform,
        "account": each.account,
        "occurrence": each.occurrence,
        "state": each.state,
        "reason": each.reason,
    }


def _describe_event(each: Told) -> dict[str, Any]:
    return {"at": _moment(each.at), "message": each.message}


def _describe_changes(changes: Changes | None) -> dict[str, Any] | None:
    if changes is None:
        return None
    return {
        "since_revision": changes.revision,
        "since": _moment(changes.at),
        "became_final": changes.became_final,
        "quotes_came": changes.came,
        "quotes_left": changes.left,
        "usable": list(changes.usable),
        "votes": list(changes.votes),
    }


def _describe_line(line: OpenLine) -> dict[str, Any]:
    return {
        "slug": line.slug,
        "text": line.text,
        "closes_at": _moment(line.closes_at),
        "answers": line.answers,
        "usable": line.usable,
        "target": line.target,
        "platforms": list(line.platforms),
    }


def _list_links(links: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(safe for link in links if (safe := safe_link(link))))


def _moment(moment: datetime | None) -> str | None:
    """UTC, `2026-11-17T09:05:00Z`."""
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
