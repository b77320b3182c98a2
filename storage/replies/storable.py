"""Replies as they are handed to the store, without what a database refuses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from storage.models import PUBLIC
from storage.states import Origin, ReplyState

_REFUSED = re.compile("[\\0\ud800-\udfff]")
"""PostgreSQL takes no NUL in a text; half of a surrogate pair has no UTF-8. Each becomes U+FFFD: spans still fit."""


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """A profile as a platform gives it. One without a handle was not read, and replaces none that was."""

    remote_id: str
    handle: str = ""
    display_name: str = ""
    link: str = ""
    labels: tuple[str, ...] = ()
    opted_out: bool = False
    evidence: tuple[tuple[str, str], ...] = ()
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A reply to be stored; its identity is (question_id, platform, remote_id). text None: it could not be read."""

    question_id: int
    platform: str
    remote_id: str
    author: AuthorRow
    text: str | None
    posted_at: datetime
    origin: Origin
    post_id: int | None = None
    account_id: int | None = None
    parent_remote_id: str | None = None
    link: str = ""
    state: ReplyState = ReplyState.STANDING
    version: str = ""
    language: str = ""
    foreign: tuple[tuple[int, int], ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    audience: str = PUBLIC
    original: str | None = None
    source: str = ""
    source_id: str = ""


def make_storable(row: ReplyRow) -> ReplyRow:
    """The row without the characters that a database refuses, so that one hostile reply cannot stop its page."""
    author, text = row.author, row.text
    of_author = f"{author.handle}{author.display_name}{author.link}{author.evidence or ''}"
    if _is_storable(f"{text}{row.original or ''}{of_author}{row.link}{row.language}"):
        return row
    return replace(
        row,
        author=replace(
            author,
            handle=replace_refused(author.handle),
            display_name=replace_refused(author.display_name),
            link=replace_refused(author.link),
            evidence=tuple((kind, replace_refused(detail)) for kind, detail in author.evidence),
        ),
        text=None if text is None else replace_refused(text),
        original=None if row.original is None else replace_refused(row.original),
        link=replace_refused(row.link),
        language=replace_refused(row.language),
    )


def _is_storable(text: str) -> bool:
    """Whether it has nothing of `_REFUSED`; a fifth of what a search takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def replace_refused(text: str) -> str:
    """The text with U+FFFD for each character that a database refuses."""
    return _REFUSED.sub("\N{REPLACEMENT CHARACTER}", text)
