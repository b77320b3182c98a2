"""The digest as JSON (`schema.json`): the lossless form, every text exactly as it was written."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from bot.digest.credit import Credit
from bot.digest.model import (
    Block,
    Changes,
    Cost,
    DigestModel,
    LeftOut,
    NotQuoted,
    PostedWording,
    Quote,
    Result,
    SetAside,
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
    private, selection = model.edition is Edition.PRIVATE, model.selection
    described = {
        "schema": SCHEMA,
        **_take(model, "kind", "period", "edition", "revision", "final", "as_of", "zone"),
        "language": selection.language,
        "pullquote_version": model.version,
        "summary": list(summarise(model, load_phrases(selection.language, model.zone))),
        "questions": [_describe_block(block, private=private) for block in selection.blocks],
        "open": [
            _take(line, "slug", "text", "closes_at", "answers", "usable", "target", "platforms")
            for line in selection.open
        ],
        "changes": _describe_changes(model.changes),
    }
    return described | ({"costs": [_describe_cost(each) for each in selection.costs]} if private else {})


def _take(value: object, *names: str) -> dict[str, Any]:
    """The fields that JSON has under their own names."""
    return {name: _convert(getattr(value, name)) for name in names}


def _convert(value: object) -> object:
    """A moment as UTC, `2026-11-17T09:05:00Z`; what is no list yet as one."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return list(value) if isinstance(value, tuple) else value


def _describe_cost(cost: Cost) -> dict[str, Any]:
    taken = _take(cost, "platform", "account", "since", "until")
    return {**taken, "dollars": cost.micros / 1_000_000, "new_replies": cost.replies}


def _describe_block(block: Block, *, private: bool) -> dict[str, Any]:
    described: dict[str, Any] = {
        **_take(block, "slug", "text", "options", "wanted", "asker", "outlet", "platforms"),
        **_take(block, "closes_at", "closed", "since_close"),
        "posted": [_describe_wording(wording) for wording in block.wordings],
        "votes": [_describe_result(result, block.options) for result in block.results],
        "enough": {"state": block.enough, "usable": block.usable, "target": block.target},
        **_take(block, "replies", "answers", "unjudged", "ranked_out"),
        "quotes": [_describe_quote(quote, block.options, private=private) for quote in block.quotes],
        "others": [_describe_quote(quote, block.options, private=private) for quote in block.others],
        "more": block.more,
        "more_by_stance": [
            {"option": None if each.option is None else block.options[each.option], "count": each.count}
            for each in block.more_for
        ],
        "withdrawn": block.withdrawn,
        "set_aside": [_describe_set_aside(rule, private=private) for rule in block.set_aside],
        "not_quoted": [_describe_not_quoted(each, private=private) for each in block.not_quoted],
        "collections": [
            _take(each, "platform", "account", "stored", "counted", "hidden", "unreadable", "deleted")
            for each in block.collections
        ],
    }
    if private:
        described["left_out"] = [_describe_left_out(each) for each in block.left_out]
        described["common"] = block.common
        not_sent = ("platform", "account", "occurrence", "state", "reason")
        described["not_sent"] = [_take(each, *not_sent) for each in block.not_sent]
        described["events"] = [_take(each, "at", "message") for each in block.told]
    return described


def _describe_quote(quote: Quote, options: tuple[str, ...], *, private: bool) -> dict[str, Any]:
    described: dict[str, Any] = {
        "text": [passage.text for passage in quote.passages],
        "author": _describe_credit(quote.credit, private=private),
        "platform": quote.platform,
        "language": quote.language,
        "posted_at": None if quote.passages[0].undated else _convert(quote.passages[0].posted_at),
        "stance": _describe_stance(quote, options),
        "abridged": quote.abridged,
        "links": _list_links(passage.link for passage in quote.passages),
    }
    if private:
        described["spans"] = [
            {"revision": each.revision_id, "start": each.start, "end": each.end} for each in quote.passages
        ]
        described["replies"] = list(dict.fromkeys(each.reply_id for each in quote.passages))
        described["verdict"] = quote.verdict
        described["score"] = None if quote.score is None else round(quote.score, 3)
        described["judged_by"] = quote.editor
        described["not_public"] = quote.not_public
        described |= _take(quote, "common", "noticed", "not_reread", "number")
    return described


def _describe_left_out(left_out: LeftOut) -> dict[str, Any]:
    return {
        "text": [passage.text for passage in left_out.passages],
        "replies": list(dict.fromkeys(each.reply_id for each in left_out.passages)),
        "links": _list_links(passage.link for passage in left_out.passages),
        **_take(left_out, "like", "number"),
    }


def _describe_stance(quote: Quote, options: tuple[str, ...]) -> dict[str, str] | None:
    if quote.option is None or quote.option >= len(options):
        return None
    return {"option": options[quote.option], "basis": quote.basis}


def _describe_credit(credit: Credit, *, private: bool) -> dict[str, Any] | None:
    if credit == Credit():
        return None
    described = {
        **_take(credit, "name", "role", "organisation", "handle"),
        "link": safe_link(credit.link),
        "evidence": [_take(each, "kind", "detail", "at") for each in credit.evidence],
    }
    if private:
        described["said_by"] = credit.said_by
    return described


def _describe_wording(wording: PostedWording) -> dict[str, Any]:
    posts = (_take(posting, "platform", "account", "link", "at", "late") for posting in wording.postings)
    return {"texts": list(wording.texts), "posts": [post | {"link": safe_link(post["link"])} for post in posts]}


def _describe_result(result: Result, options: tuple[str, ...]) -> dict[str, Any]:
    return {
        **_take(result, "platform", "account", "source"),
        "n": sum(result.votes),
        "votes": [{"option": option, "votes": votes} for option, votes in zip(options, result.votes, strict=True)],
        **_take(result, "at", "final"),
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
        described["replies"] = list(each.ids)
    return described


def _describe_changes(changes: Changes | None) -> dict[str, Any] | None:
    if changes is None:
        return None
    return {
        "since_revision": changes.revision,
        "since": _convert(changes.at),
        "became_final": changes.became_final,
        "quotes_came": changes.came,
        "quotes_left": changes.left,
        "usable": list(changes.usable),
        "votes": list(changes.votes),
    }


def _list_links(links: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(safe for link in links if (safe := safe_link(link))))
