"""A row of a file as a reply: every value is of the kind and the length that its column takes, or it is refused."""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.desk.answers.import_files import COLUMNS
from bot.desk.bringing.given import ImportDefaults, PastedChoice
from bot.desk.bringing.leave import NOTHING_SAID, RowLeave
from bot.desk.bringing.pasted import Pasted, find_pasted
from bot.words.cleaning import clean_line, shorten
from storage.models import Question
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import Origin

LONGEST = {"text": 50_000, "link": 2_000}
LONGEST_NAME = 500
LONGEST_SOURCE = 200
_SHOWN = 60  # characters of a bad value

_TOMBSTONE = re.compile(
    r"\[ ?(?:deleted|removed|gelöscht|entfernt|supprimé|eliminado|eliminato|verwijderd|removido)"
    r"(?: by (?:user|moderator|reddit|author))? ?\]",
    re.IGNORECASE,
)
"""What a network leaves where somebody's words stood."""


class TombstoneError(ValueError):
    """The row has no words any more: they were deleted where they were written."""


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """A row as a reply. also: ids under which older versions stored it. said: about being quoted.

    pasted: its text looks copied from a page, and nobody decided about it.
    """

    line: int
    reply: ReplyRow
    also: tuple[str, ...] = ()
    said: RowLeave = NOTHING_SAID
    pasted: Pasted | None = None

    @property
    def where(self) -> str:
        """`line 7`."""
        return f"line {self.line}"

    def saying(self, said: RowLeave) -> "BroughtRow":
        """The same row, where it says something else about being quoted."""
        return replace(self, said=said)


def read_row(
    context: Context, question: Question, line: int, values: Mapping[str, object], given: ImportDefaults
) -> BroughtRow:
    """One row as a reply, `given.source` with it. Raises ValueError naming the column, TombstoneError for none."""
    for column in COLUMNS:
        _check_column(column, values.get(column))
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("'text' is missing or empty")
    if _TOMBSTONE.fullmatch(text.strip()):
        raise TombstoneError(f"{text.strip()}: deleted where it was written")
    handle, id_ = _write(values.get("handle")), _write(values.get("id"))
    author = _write(values.get("author")) or handle
    if _TOMBSTONE.fullmatch(author):
        author = ""
    remote_id, *also = _name_row(given.source, id_, author, handle, text)
    # without a name each row is somebody else: answers of unknown people are never one answer
    person = handle or author or f"unknown-{remote_id}"
    reply = ReplyRow(
        question_id=question.id,
        platform=given.network,
        remote_id=remote_id,
        author=AuthorRow(person, handle, author),
        text=text,
        posted_at=_moment(values.get("at"), context),
        origin=Origin.IMPORTED,
        link=_write(values.get("link")) or given.link,
        extra={} if values.get("at") not in (None, "") else {"undated": "no time was given"},
        source=given.source,
        source_id=id_,
    )
    return BroughtRow(line, reply, tuple(also))


def decide_pasted(row: BroughtRow, given: ImportDefaults) -> BroughtRow:
    """The row as an editor wants copied texts to be taken. Raises ValueError where its words cannot be told."""
    if given.pasted is PastedChoice.AS_TYPED:
        return row
    pasted = find_pasted(row.reply.text or "", row.reply.author.display_name)
    if pasted is None or given.pasted is PastedChoice.ASK:
        return replace(row, pasted=pasted)
    if pasted.words is None:
        raise ValueError(
            f"looks copied from a page ({tell_signs(pasted)}), and it cannot be told which words are its author's: "
            "leave only those in the file, one person a row"
        )
    return _with_text(row, pasted.words, given)


def tell_signs(pasted: Pasted) -> str:
    """What shows it."""
    return ", ".join(f"“{shorten(sign, _SHOWN)}”" for sign in pasted.signs[:4])


def _with_text(row: BroughtRow, text: str, given: ImportDefaults) -> BroughtRow:
    """The same row with other words: those of a pasted text that are its author's."""
    author = row.reply.author
    remote_id, *also = _name_row(given.source, row.reply.source_id, author.display_name, author.handle, text)
    unknown = f"unknown-{row.reply.remote_id}"
    if author.remote_id == unknown:
        author = replace(author, remote_id=f"unknown-{remote_id}")
    return replace(row, reply=replace(row.reply, remote_id=remote_id, author=author, text=text), also=tuple(also))


def _name_row(source: str, id_: str, author: str, handle: str, text: str) -> list[str]:
    """What identifies a row, and what did in older versions: its id within its source, else who said what."""
    said = _hash(author, text)
    if id_:
        return [_hash(source, id_), id_]
    return [_hash(author, text, handle), said] if handle and handle != author else [said]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def _write(value: object) -> str:
    """A value that `_check_column` let pass, as text; 7.0 is the 7 of a spreadsheet."""
    if isinstance(value, float):
        return str(int(value))
    return "" if value is None else str(value).strip()


def _check_column(column: str, value: object) -> None:
    """Raise ValueError for a value of another kind, and for what no database takes: half a surrogate pair, a NUL, a
    name too long for an index.
    """
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        kind = "true or false" if isinstance(value, bool) else "a list" if isinstance(value, list) else "an object"
        raise ValueError(  # noqa: TRY004  # of a row, like all that is wrong with one
            f"{column!r} is {kind}; write a text{_also_taken(column)}"
        )
    if column == "at":
        written = str(value)
    elif isinstance(value, float) and not (math.isfinite(value) and value.is_integer()):
        raise ValueError(f"{column!r} is {value}; write a text or a whole number")
    elif column in ("text", "link") and not isinstance(value, str):
        raise ValueError(f"{column!r} is {shorten(str(value), _SHOWN)}; write a text")
    else:
        written = _write(value) if not isinstance(value, str) else value
    longest = LONGEST.get(column, LONGEST_NAME)
    if len(written) > longest:
        raise ValueError(f"{column!r} has {len(written):,} characters, at most {longest:,} are taken")
    if not is_storable(written):
        raise ValueError(f"{column!r} holds bytes that are no UTF-8, or a NUL; save the file as UTF-8")


def _also_taken(column: str) -> str:
    return {"at": " or a number of seconds"}.get(column, "" if column in ("text", "link") else " or a whole number")


def is_storable(text: str) -> bool:
    """Whether a database takes it."""
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)


def _moment(value: object, context: Context) -> datetime:
    if value in (None, ""):
        return context.now()
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        at = datetime.fromisoformat(str(value))
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(context.zone))).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        shown = repr(clean_line(shorten(value, _SHOWN))) if isinstance(value, str) else repr(value)
        raise ValueError(f"'at' is {shown}; write a time such as 2026-11-16T09:30 or 2026-11-16T09:30+01:00") from None
