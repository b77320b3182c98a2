"""A quote is a span of a revision: the whole reply or an exact substring of it, resolved when it is read."""

from collections.abc import Iterable
from dataclasses import dataclass


class Unproven(ValueError):
    """The passage is not in the revision it is said to come from: it cannot be quoted."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of the text of the revision `revision_id`."""

    revision_id: int
    start: int
    end: int


def prove(passage: str, source: str | None, revision_id: int) -> Span:
    """Where `passage` stands in `source`, character for character. Raises Unproven where it does not."""
    if not passage.strip():
        raise Unproven("an empty passage quotes nobody; give the words that were said")
    if source is None:
        raise Unproven(f"revision {revision_id} has no text any more, so nothing can be quoted from it")
    start = source.find(passage)
    if start < 0:
        raise Unproven(f"revision {revision_id} does not say {passage!r}; quote it as it was written")
    return Span(revision_id, start, start + len(passage))


def read_span(span: Span, source: str | None) -> str | None:
    """The words of `span`, or None where the text was emptied or never had them: no words, no quote."""
    if source is None or not 0 <= span.start < span.end <= len(source):
        return None
    words = source[span.start : span.end]
    return words if words.strip() else None


def find_own_words(revision_id: int, text: str | None, foreign: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """The passages of `text` that are its author's own: all of it but for `foreign` (what they quoted of others)."""
    if text is None:
        return []
    spans, start = [], 0
    for foreign_start, foreign_end in [*sorted(foreign), (len(text), len(text))]:
        span = _trim(Span(revision_id, start, min(foreign_start, len(text))), text)
        if span is not None:
            spans.append(span)
        start = max(start, foreign_end)
    return spans


def _trim(span: Span, text: str) -> Span | None:
    """Without the white space around it; None where nothing is left."""
    words = text[span.start : span.end]
    if not words.strip():
        return None
    start = span.start + len(words) - len(words.lstrip())
    return Span(span.revision_id, start, start + len(words.strip()))
