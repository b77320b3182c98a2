"""What X makes of a text: handles before it, links shortened, HTML escaped, a long one cut."""

import hashlib
import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from twitter_text import extract_urls_with_indices, parse_tweet

from tests.servers.x.posts import Post, Wording

MOST_WEIGHT = 280
_HANDLE = re.compile(r"(?<![A-Za-z0-9_@])@([A-Za-z0-9_]{1,15})")

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """As the API gives it. begins: where the author's own words begin in `text`. note: the whole of a long post."""

    text: str
    begins: int
    entities: JSON
    note: JSON | None = None


@lru_cache(maxsize=10_000)
def weigh(words: str) -> int:
    """The length as X counts it."""
    return parse_tweet(words).weightedLength


def find_links(words: str) -> list[tuple[int, int, str]]:
    """Everything that becomes a link, `main.py` too: start, end, as written."""
    return [(*found["indices"], found["url"]) for found in extract_urls_with_indices(words)]


def show(post: Post, wording: Wording) -> Shown:
    """One wording as the API gives it; spans count code points of the text as given."""
    before = "".join(f"@{handle} " for handle in post.before)
    text, entities = _mark_up(before + wording.words, wording.id)
    if weigh(wording.words) <= MOST_WEIGHT:
        return Shown(text, len(before), entities)
    cut = text[: len(before) + MOST_WEIGHT - 1]
    kept = {kind: [each for each in found if each["end"] <= len(cut)] for kind, found in entities.items()}
    return Shown(f"{cut}…", len(before), _drop_empty(kept), {"text": text, "entities": entities})


@lru_cache(maxsize=10_000)
def _mark_up(raw: str, id_: int) -> tuple[str, JSON]:
    """Escaped, with short links, and where handles and links stand in the outcome."""
    links = find_links(raw)
    inside = [(start, end) for start, end, _ in links]
    handles = [
        (match.start(), match.end(), "")
        for match in _HANDLE.finditer(raw)
        if not any(start <= match.start() < end for start, end in inside)
    ]
    text, at = "", 0
    entities: JSON = {"mentions": [], "urls": []}
    for start, end, link in sorted([*links, *handles]):
        text += html.escape(raw[at:start], quote=False)
        begins = len(text)
        if link:
            short = _shorten(id_, start)
            text += short
            full = link if "://" in link else f"http://{link}"
            found = {"url": short, "expanded_url": full, "display_url": full.split("://", 1)[1]}
            entities["urls"].append({"start": begins, "end": len(text), **found})
        else:
            text += raw[start:end]
            entities["mentions"].append({"start": begins, "end": len(text), "username": raw[start + 1 : end]})
        at = end
    return text + html.escape(raw[at:], quote=False), _drop_empty(entities)


def _shorten(id_: int, at: int) -> str:
    return f"https://t.co/{hashlib.sha256(f'{id_} {at}'.encode()).hexdigest()[:10]}"


def _drop_empty(entities: JSON) -> JSON:
    return {kind: found for kind, found in entities.items() if found}
