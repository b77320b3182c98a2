"""Links, tags and mentions in our own posts: Bluesky shows only what a facet names, by UTF-8 byte offsets."""

from typing import Any

from atproto_client.utils.facet_detection import detect_facets, detect_mentions


def find_mentions(text: str) -> tuple[str, ...]:
    """The handles named as @handle, in lower case, each once, in order of appearance."""
    return tuple(dict.fromkeys(mention.handle.lower() for mention in detect_mentions(text)))


def build_facets(text: str, dids: dict[str, str]) -> list[dict[str, Any]]:
    """The `facets` of a post record; a mention whose handle is not in `dids` stays plain text."""
    facets = [facet.model_dump(by_alias=True, exclude_none=True) for facet in detect_facets(text)]
    facets += [
        _mention(dids[mention.handle.lower()], mention.byte_start, mention.byte_end)
        for mention in detect_mentions(text)
        if mention.handle.lower() in dids
    ]
    return sorted(facets, key=lambda facet: int(facet["index"]["byteStart"]))


def _mention(did: str, start: int, end: int) -> dict[str, Any]:
    return {
        "$type": "app.bsky.richtext.facet",
        "index": {"$type": "app.bsky.richtext.facet#byteSlice", "byteStart": start, "byteEnd": end},
        "features": [{"$type": "app.bsky.richtext.facet#mention", "did": did}],
    }
