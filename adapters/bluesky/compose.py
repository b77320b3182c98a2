"""From a draft to the exact bytes of its parts. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from atproto_client.models.string_formats import LANG_RE

from adapters.bluesky.facets import build_facets
from adapters.bluesky.links import POST
from adapters.bluesky.text import LIMITS
from adapters.bluesky.tid import derive_tid
from adapters.checks import check_text
from adapters.contract.errors import Rejected
from adapters.contract.sending import Draft, Part, Payload, Reference, Role


def check_draft(draft: Draft) -> None:
    """Raises Rejected where Bluesky would refuse the draft, or take what nobody wants (an empty post)."""
    if draft.poll is not None:
        raise Rejected("Bluesky has no polls: print the options in the post")
    if draft.language and not LANG_RE.fullmatch(draft.language):
        raise Rejected(f"language {draft.language!r} is no BCP 47 tag such as 'en' or 'pt-BR'")
    for number, text in enumerate((draft.root, *draft.thread), start=1):
        check_text(text, f"post {number} of {1 + len(draft.thread)}", LIMITS, "Bluesky")


def compose_parts(draft: Draft, key: str, at: datetime, repo: str, dids: dict[str, str]) -> tuple[Part, ...]:
    """The root and its self-replies. repo: the account's handle or DID. dids: by handle, who is mentioned."""
    parts = []
    for index, text in enumerate((draft.root, *draft.thread)):
        created_at = at + timedelta(milliseconds=index)  # a thread stays in order where it is sorted by time
        record = {
            "$type": POST,
            "text": text,
            "createdAt": created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            **({"langs": [draft.language]} if draft.language else {}),
            **({"facets": facets} if (facets := build_facets(text, dids)) else {}),
        }
        rkey = derive_tid(key, at, index)
        payload = {"repo": repo, "collection": POST, "rkey": rkey, "record": record}
        parts.append(Part(rkey, Role.THREAD if index else Role.ROOT, payload))
    return tuple(parts)


def complete_body(part: Part, parents: Sequence[Reference]) -> Payload:
    """The body of putRecord: the stored payload, and for a self-reply the root and the post before it."""
    if part.role is not Role.THREAD:
        return part.payload
    if not parents:
        raise Rejected(f"part {part.key} continues a thread, but no post comes before it")
    reply = {"root": _point_at(parents[0]), "parent": _point_at(parents[-1])}
    return {**part.payload, "record": {**part.payload["record"], "reply": reply}}


def _point_at(reference: Reference) -> dict[str, str]:
    return {"uri": reference.remote_id, "cid": reference.extra["cid"]}
