"""What an import shows: how a file was read, its first rows as they will be quoted, and what became of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.cli.parts.page import count, shorten, wrap
from bot.cli.parts.terminal import end_counter, show

if TYPE_CHECKING:
    from bot.desk.answers.import_files import BadRow
    from bot.desk.answers.imports import ImportPreview
    from bot.desk.bringing.store import Imported, PastedRow

SHOWN = 20  # bad rows
SHOWN_ROWS = 3
_LEAVE = {  # by what `Leave` says
    "yes": "may be quoted by name",
    "anonymous": "may be quoted without a name",
    "ask first": "to be asked first",
    "no": "not to be quoted",
    "unasked": "said nothing about quoting",
}


def print_imported(done: Imported, preview: ImportPreview, *, is_done: bool = False, repeats: bool = False) -> None:
    """What it brings or brought. repeats: the rows were told before, so that only numbers follow."""
    from bot.desk.answers.import_files import COLUMNS

    file = preview.path
    end_counter()
    if not repeats:
        _print_reading(done, preview, file)
        _print_rows(file, done.bad, "bad", "red")
        _print_rows(file, done.held_back, "such", "yellow")
        print_pasted(file, done.pasted)
        if done.unread:
            there = f"nothing reads {', '.join(shorten(column, 40) for column in done.unread)}"
            show(
                wrap(f"{file}: {there}; known are {', '.join(COLUMNS[:4])} and others; --column says which is which"),
                err=True,
                fg="yellow",
            )
    for question in preview.questions:
        show(wrap(f"{file}: {question}"), err=True, fg="red")
    for sentence in _describe_leave(done, preview, is_done=is_done):
        show(wrap(sentence))
    word = "added" if is_done else "to be added"
    show(f"{done.read:,} read, {done.added:,} {word}, {done.known:,} known already, {len(done.bad):,} bad")


def _print_reading(done: Imported, preview: ImportPreview, file: object) -> None:
    """How it was read, and the first rows, unless it is a table that was made for us."""
    for sentence in done.how:
        show(wrap(f"{file}: {sentence}"), err=True, fg="yellow")
    guessed = {column: heading for column, heading in done.mapping.items() if column != heading.casefold()}
    if not (guessed or done.tool):
        return
    by = "read as last time" if preview.understanding.is_remembered else "read"
    tool = f" as {done.tool}" if done.tool and not preview.understanding.is_remembered else ""
    pairs = ", ".join(f"{column} = “{shorten(heading, 40)}”" for column, heading in guessed.items())
    show(wrap(f"{file}: {by}{tool}{': ' if pairs else ''}{pairs}"), err=True, fg="yellow")
    for row in preview.found.shown[:SHOWN_ROWS]:
        show(wrap(f"“{shorten(row.text, 200)}” – {row.author or 'nobody named'}"), err=True)


def print_pasted(file: object, pasted: Sequence[PastedRow]) -> None:
    """Each with what its author's words would be."""
    for row in pasted[:SHOWN]:
        signs = ", ".join(f"“{shorten(sign, 40)}”" for sign in row.signs[:4])
        words = f"it would read “{shorten(row.words, 200)}”" if row.words else "which words are its author's is unclear"
        looks = "has broken letters" if row.is_broken else "looks copied from a page"
        show(wrap(f"{file}:{row.line}: {looks} ({signs}); {words}"), err=True, fg="yellow")
    if len(pasted) > SHOWN:
        show(f"and {len(pasted) - SHOWN:,} more such rows", err=True, fg="yellow")


def _print_rows(file: object, rows: Sequence[BadRow], kind: str, colour: str) -> None:
    for row in rows[:SHOWN]:
        show(wrap(f"{file}:{row.line}: {row.message}"), err=True, fg=colour)
    if len(rows) > SHOWN:
        show(f"and {len(rows) - SHOWN:,} more {kind} rows", err=True, fg=colour)


def _describe_leave(done: Imported, preview: ImportPreview, *, is_done: bool) -> list[str]:
    """What the rows said about quoting, and what else became of them."""
    from bot.desk.bringing.cells import Leave

    sentences = []
    if done.columns:
        names = ", ".join(f"“{shorten(name, 40)}”" for name in done.columns)
        told = ", ".join(f"{done.leave[leave]:,} {_LEAVE[leave]}" for leave in reversed(Leave) if leave in done.leave)
        sentences.append(f"{names} was read row by row: of the new ones {told or 'none says anything'}")
        if preview.given.consent and Leave.UNASKED in done.leave:
            sentences.append("--consent is for files without such a column: who left it empty was not asked")
    if done.granted:
        sentences.append(f"{count(done.granted, 'known reply', 'known replies')} {_tell(is_done, 'given leave')}")
    if done.refused:
        sentences.append(
            f"{count(done.refused, 'known reply', 'known replies')} {_tell(is_done, 'not to be quoted now')}"
        )
    if done.pasted:
        broken = sum(row.is_broken for row in done.pasted)
        rows = count(len(done.pasted), "row")
        why = "with broken letters" if broken == len(done.pasted) else "copied from a page, as it seems"
        sentences.append(f"{rows} not taken: {why}. --as-pasted takes only the words shown; --as-typed takes all of it")
    return sentences + _describe_others(done)


def _describe_others(done: Imported) -> list[str]:
    """What became of rows whatever they said about quoting."""
    rows = [
        (count(done.heard, "answer to a read-back", "answers to read-backs"), done.heard, ", which are no replies"),
        (
            count(done.newer, "mail"),
            done.newer,
            " became the newest words of who wrote before",
        ),
        (count(done.over, "mail"), done.over, " are more of a person than were asked for: each an answer of its own"),
        (count(done.deleted, "row"), done.deleted, " without words: deleted where they were written"),
        (count(done.left_out, "row"), done.left_out, " left out: their authors had themselves erased here"),
        (count(done.undated, "row"), done.undated, " without a time that can be read: taken as undated"),
        (count(done.marked, "text"), done.marked, " had markup, and became what was shown"),
    ]
    sentences = [f"{counted}{what}" for counted, number, what in rows if number]
    sentences += [f"{number:,} not taken: {why}" for why, number in done.skipped.items()]
    return sentences + [f"rewritten: {path}" for path in done.rewritten] + done.told


def _tell(is_done: bool, what: str) -> str:
    return what if is_done else f"to be {what}"
