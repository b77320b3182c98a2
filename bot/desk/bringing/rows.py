"""A row of a file as a reply: every value is of the kind and the length that its column takes, or it is refused."""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.desk.answers.import_files import COLUMNS
from bot.desk.bringing.given import ImportDefaults, PastedChoice
from bot.desk.bringing.leave import NOTHING_SAID, RowLeave
from bot.desk.bringing.markup import mend_letters, read_markup
from bot.desk.bringing.moments import Moments
from bot.desk.bringing.pasted import Pasted, find_pasted
from bot.words.cleaning import clean_line, shorten
from storage.models import Question
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import Origin

LONGEST = {"text": 50_000, "link": 2_000, "page": 2_000}
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
class BroughtCredit:
    """How somebody describes themselves in the row that holds their words."""

    role: str = ""
    organisation: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """A row as a reply. also: ids under which older versions stored it. said: about being quoted.

    pasted: its text looks copied from a page, or its letters are broken, and nobody decided about it. is_undated: its
    moment is written and cannot be read. is_marked: its text had markup.
    """

    line: int
    reply: ReplyRow
    also: tuple[str, ...] = ()
    said: RowLeave = NOTHING_SAID
    pasted: Pasted | None = None
    credit: BroughtCredit = BroughtCredit()
    is_undated: bool = False
    is_marked: bool = False

    @property
    def where(self) -> str:
        """`line 7`."""
        return f"line {self.line}"

    def saying(self, said: RowLeave) -> "BroughtRow":
        """The same row, where it says something else about being quoted."""
        return replace(self, said=said)


def read_row(
    context: Context,
    question: Question,
    line: int,
    values: Mapping[str, object],
    given: ImportDefaults,
    *,
    moments: Moments,
) -> BroughtRow:
    """One row as a reply, `given.source` with it. Raises ValueError naming the column, TombstoneError for none."""
    for column in COLUMNS:
        _check_column(column, values.get(column))
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("'text' is missing or empty")
    if _TOMBSTONE.fullmatch(text.strip()):
        raise TombstoneError(f"{text.strip()}: deleted where it was written")
    written, text = text, read_markup(text)
    handle, id_ = _write(values.get("handle")), _write(values.get("id"))
    author = read_markup(_write(values.get("author"))) or handle
    if _TOMBSTONE.fullmatch(author):
        author = ""
    remote_id, *also = _name_row(given.source, id_, author, handle, text)
    # without a name each row is somebody else: answers of unknown people are never one answer
    person = handle or author or f"unknown-{remote_id}"
    at = None if values.get("at") in (None, "") else moments.read(values["at"])
    extra = {"email": email} if (email := _write(values.get("email"))) else {}
    if at is None:
        extra["undated"] = "no time was given" if values.get("at") in (None, "") else "its time could not be read"
    reply = ReplyRow(
        question_id=question.id,
        platform=given.network,
        remote_id=remote_id,
        author=AuthorRow(person, handle, author),
        text=text,
        posted_at=context.now() if at is None else at,
        origin=Origin.IMPORTED,
        link=_write(values.get("link")) or given.link,
        extra=extra,
        source=given.source,
        source_id=id_,
    )
    credit = BroughtCredit(
        clean_line(_write(values.get("role"))),
        clean_line(_write(values.get("organisation"))),
        _read_page(_write(values.get("page"))),
    )
    is_undated = at is None and values.get("at") not in (None, "")
    return BroughtRow(line, reply, tuple(also), credit=credit, is_undated=is_undated, is_marked=text != written)


def _read_page(page: str) -> str:
    """The address of somebody's page, "" for what is none; forms take it without `https://`."""
    if re.match(r"https?://[^\s/]+\.[^\s]+$", page, re.IGNORECASE):
        return page
    return f"https://{page}" if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}(?:/\S*)?", page, re.IGNORECASE) else ""


def make_moments(context: Context, given: ImportDefaults) -> Moments:
    """How the moments of a file are read. given.zone is one that is known."""
    return Moments(ZoneInfo(given.zone or context.zone), given.dates)


def decide_pasted(row: BroughtRow, given: ImportDefaults) -> BroughtRow:
    """The row as an editor wants copied texts to be taken. Raises ValueError where its words cannot be told."""
    if given.pasted is PastedChoice.AS_TYPED:
        return row
    pasted = find_pasted(row.reply.text or "", row.reply.author.display_name) or _find_broken(row)
    if pasted is None or given.pasted is PastedChoice.ASK:
        return replace(row, pasted=pasted)
    if pasted.words is None:
        raise ValueError(
            f"looks copied from a page ({tell_signs(pasted)}), and it cannot be told which words are its author's: "
            "leave only those in the file, one person a row"
        )
    return _with_text(row, pasted.words, given)


def _find_broken(row: BroughtRow) -> Pasted | None:
    """Letters that a wrong encoding broke, as something to decide about: nobody wrote `aufgehÃ¶rt`."""
    text, name = row.reply.text or "", row.reply.author.display_name
    mended = mend_letters(text)
    if mended is None and mend_letters(name) is None:
        return None
    broken = [word for word in f"{text} {name}".split() if mend_letters(word) is not None]
    return Pasted(mended or text, tuple(broken[:4]) or (shorten(text, _SHOWN),), is_broken=True)


def tell_signs(pasted: Pasted) -> str:
    """What shows it."""
    return ", ".join(f"“{shorten(sign, _SHOWN)}”" for sign in pasted.signs[:4])


def _with_text(row: BroughtRow, text: str, given: ImportDefaults) -> BroughtRow:
    """The same row with other words: those of a pasted text that are its author's."""
    author = row.reply.author
    name = mend_letters(author.display_name) or author.display_name
    if name != author.display_name:
        was_named = author.remote_id == author.display_name
        author = replace(author, display_name=name, remote_id=name if was_named else author.remote_id)
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
        return  # whatever it is, no row is refused for its moment
    if isinstance(value, float) and not (math.isfinite(value) and value.is_integer()):
        raise ValueError(f"{column!r} is {value}; write a text or a whole number")
    if column in ("text", "link") and not isinstance(value, str):
        raise ValueError(f"{column!r} is {shorten(str(value), _SHOWN)}; write a text")
    written = _write(value) if not isinstance(value, str) else value
    longest = LONGEST.get(column, LONGEST_NAME)
    if len(written) > longest:
        raise ValueError(f"{column!r} has {len(written):,} characters, at most {longest:,} are taken")
    if not is_storable(written):
        raise ValueError(f"{column!r} holds bytes that are no UTF-8, or a NUL; save the file as UTF-8")


def _also_taken(column: str) -> str:
    if column == "at":
        return " or a number of seconds"
    return "" if column in ("text", "link") else " or a whole number"


def is_storable(text: str) -> bool:
    """Whether a database takes it."""
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)
