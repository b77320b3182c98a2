"""From the platform's JSON to our values. Pure; tested by pairs of files in tests/adapters/bluesky/pairs."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from adapters.bluesky.links import POST, make_link
from adapters.contract.reading import Author, Evidence, FoundPost, Reply, Standing
from adapters.contract.sending import Payload, Reference

_NOBOT = re.compile(r"#nobot\b", re.IGNORECASE)
_HIDING_LABELS = frozenset({"!hide", "!takedown", "!suspend"})
_SHARED_HANDLES = (".bsky.social", ".brid.gy", ".invalid", ".test")
"""Domains that hand out handles to everybody, and names that belong to nobody (RFC 6761)."""
_DETACHED = "app.bsky.embed.record#viewDetached"
_BLOCKS = ("blocking", "blockedBy", "blockingByList")


def to_reference(view: Payload) -> Reference:
    """The reference of a post view or of what putRecord and getRecord answer."""
    return Reference(view["uri"], make_link(view["uri"]), {"cid": view["cid"]})


def to_author(view: Payload, profile: Payload | None = None) -> Author:
    """Who wrote it. profile: the detailed profile where it was read; only that one holds the bio."""
    described = {**view, **(profile or {})}
    return Author(
        remote_id=view["did"],
        handle=described["handle"],
        display_name=described.get("displayName") or "",
        labels=_read_labels(view) | _read_labels(profile or {}),
        opted_out=bool(_NOBOT.search(described.get("description") or "")),
        link=f"https://bsky.app/profile/{view['did']}",
        evidence=tuple(_list_evidence(described)),
        made_at=_read_made_at(described),
    )


def _read_made_at(view: Payload) -> datetime | None:
    """When the account was made, in every view of a profile: app.bsky.actor.defs#profileViewBasic."""
    try:
        return parse_moment(view["createdAt"])
    except (KeyError, TypeError, ValueError):
        return None


def _list_evidence(view: Payload) -> Iterator[Evidence]:
    """A handle of one's own is a domain that its owner proved to hold; a mark is given by Bluesky or by whom it trusts.

    https://atproto.com/specs/handle, app.bsky.actor.defs#verificationState.
    """
    if not view["handle"].endswith(_SHARED_HANDLES):
        yield Evidence("domain", view["handle"])
    verified = view.get("verification") or {}
    if "valid" in (verified.get("verifiedStatus"), verified.get("trustedVerifierStatus")):
        yield Evidence("verified")


def to_reply(view: Payload, post_id: int, standing: Standing, profile: Payload | None = None) -> Reply:
    """One reply or quote to the watched post `post_id`."""
    record = view["record"]
    return Reply(
        remote_id=view["uri"],
        post_id=post_id,
        author=to_author(view["author"], profile),
        text=_read_text(record),
        posted_at=_read_posted_at(view),
        link=make_link(view["uri"]),
        parent_remote_id=_find_parent(record),
        version=view["cid"],
        languages=_read_languages(record),
        standing=standing,
        extra={"cid": view["cid"]},
    )


def to_found_post(view: Payload) -> FoundPost:
    """Somebody's post, to adopt it."""
    languages = _read_languages(view["record"])
    return FoundPost(
        reference=to_reference(view),
        author=to_author(view["author"]),
        text=_read_text(view["record"]) or "",
        posted_at=_read_posted_at(view),
        language=languages[0] if languages else "",
        replies=count_answers(view),
    )


def judge_standing(view: Payload, hidden: frozenset[str]) -> Standing:
    """Whether a post may be seen where it was written. hidden: what the thread's author hid, with what is below."""
    if any(view["author"].get("viewer", {}).get(flag) for flag in _BLOCKS):
        return Standing.BLOCKED
    parent = _uri_at(view["record"], "reply", "parent")
    if view["uri"] in hidden or parent in hidden or _read_labels(view) & _HIDING_LABELS:
        return Standing.HIDDEN
    return Standing.VISIBLE


def find_hidden(root: Payload) -> frozenset[str]:
    """The URIs of the replies that the author of `root` (a post view) hid for everybody."""
    record = (root.get("threadgate") or {}).get("record") or {}
    return frozenset(record.get("hiddenReplies") or ())


def find_root(record: Payload) -> str | None:
    """The URI of the thread that a post record belongs to, None for a post of its own."""
    return _uri_at(record, "reply", "root")


def find_quoted(record: Payload) -> str | None:
    """The URI that a post record quotes, alone or beside pictures."""
    return _uri_at(record, "embed", "record") or _uri_at(record, "embed", "record", "record")


def find_detached(view: Payload) -> str | None:
    """The URI of the post that a view quotes and whose author took the quote off (a postgate), else None."""
    outer = (view.get("embed") or {}).get("record") or {}
    for quoted in (outer, outer.get("record") or {}):  # alone, or beside pictures
        if quoted.get("$type") == _DETACHED:
            return str(quoted["uri"])
    return None


def count_answers(view: Payload) -> int:
    """Direct replies and quotes, as the platform counts them."""
    return int(view.get("replyCount") or 0) + int(view.get("quoteCount") or 0)


def parse_moment(text: str) -> datetime:
    """A platform's timestamp as aware UTC; one without an offset is taken as UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{text!r} lies outside the calendar in UTC") from None


def _read_posted_at(view: Payload) -> datetime:
    """What the author's client wrote; where that is no time, when the platform saw it."""
    try:
        return parse_moment(view["record"]["createdAt"])
    except (KeyError, TypeError, ValueError):
        return parse_moment(view["indexedAt"])


def _read_text(record: Payload) -> str | None:
    text = record.get("text")
    return text if record.get("$type") == POST and isinstance(text, str) else None


def _read_languages(record: Payload) -> tuple[str, ...]:
    return tuple(language for language in record.get("langs") or () if isinstance(language, str))


def _find_parent(record: Payload) -> str | None:
    return _uri_at(record, "reply", "parent") or find_quoted(record)


def _read_labels(view: Payload) -> frozenset[str]:
    return frozenset(label["val"] for label in view.get("labels") or () if not label.get("neg"))


def _uri_at(record: Payload, *path: str) -> str | None:
    """The `uri` of the strong reference at `path`, None where the record has none."""
    value: object = record
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    uri = value.get("uri") if isinstance(value, Mapping) else None
    return uri if isinstance(uri, str) else None
