"""`pullquote import`: what came by mail, form or another tool."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.completion import question_argument
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import confirm, name_user, yes_option
from bot.cli.parts.page import count, shorten, wrap
from bot.cli.parts.terminal import ask, end_counter, show, show_counter, show_json

if TYPE_CHECKING:
    from bot.desk.answers.import_files import BadRow
    from bot.desk.answers.imports import ImportPreview
    from bot.desk.bringing.given import PastedChoice
    from bot.desk.bringing.store import Imported, PastedRow

SHOWN = 20  # bad rows
_LEAVE = {  # by what `Leave` says
    "yes": "may be quoted by name",
    "anonymous": "may be quoted without a name",
    "ask first": "to be asked first",
    "no": "not to be quoted",
    "unasked": "said nothing about quoting",
}


def _offer_leave(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options about columns that say who may be quoted."""
    for option in (
        click.option("--ask-means", multiple=True, metavar="CELL", help="What asks to be asked again first."),
        click.option("--anonymous-means", multiple=True, metavar="CELL", help="What allows quoting without a name."),
        click.option("--no-means", multiple=True, metavar="CELL", help="What forbids quoting."),
        click.option("--yes-means", multiple=True, metavar="CELL", help="What in that column allows quoting by name."),
        click.option("--ignore-column", multiple=True, metavar="COLUMN", help="It does not ask about quoting."),
        click.option(
            "--consent-column", multiple=True, metavar="COLUMN", help="It says of each row who may be quoted."
        ),
    ):
        command = option(command)
    return command


def offer_pasted(command: Callable[..., Any]) -> Callable[..., Any]:
    """What becomes of texts that look copied from a page."""
    option = click.option(
        "--as-pasted/--as-typed",
        "is_pasted",
        default=None,
        help="Of a text copied from a page take only its author's words, or all of it; without either, none.",
    )
    return option(command)


def choose_pasted(is_pasted: bool | None) -> PastedChoice:
    from bot.desk.bringing.given import PastedChoice

    if is_pasted is None:
        return PastedChoice.ASK
    return PastedChoice.AS_PASTED if is_pasted else PastedChoice.AS_TYPED


def _read_columns(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """`author=Your name`, once for each of our columns."""
    from bot.desk.answers.import_files import COLUMNS

    columns = dict(each.split("=", 1) for each in value if "=" in each)
    wrong = [each for each in value if "=" not in each] + [name for name in columns if name not in COLUMNS]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r}: write one of {', '.join(COLUMNS)}, =, and the heading in the file")
    return columns


@click.command("import")
@question_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--network", default="import", show_default=True, help="Where the replies were written.")
@click.option("--link", default="", help="A link for all rows that have none.")
@click.option("--source", default="", help="Within what an id counts; by default the file's name.")
@click.option("--consent", metavar="TEXT", default="", help="The words by which all the authors agreed to be quoted.")
@_offer_leave
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="OURS=THEIRS",
    callback=_read_columns,
    help='Where a column has another heading: --column author="Your name".',
)
@offer_pasted
@click.option("--dry-run", is_flag=True, help="Show what would be added, and add nothing.")
@yes_option
@prints_json
def import_file(
    shell: Shell,
    *,
    question: str,
    file: Path,
    network: str,
    link: str,
    source: str,
    consent: str,
    columns: dict[str, str],
    dry_run: bool,
    yes: bool,
    as_json: bool,
    consent_column: tuple[str, ...],
    ignore_column: tuple[str, ...],
    yes_means: tuple[str, ...],
    no_means: tuple[str, ...],
    anonymous_means: tuple[str, ...],
    ask_means: tuple[str, ...],
    is_pasted: bool | None,
) -> None:
    """Read replies to QUESTION from FILE, CSV or JSON lines. Columns: text, and if known id, author, handle, link, at.

    A column that asks who may be quoted decides row by row, whatever --consent says. A second import of the same rows
    adds nothing but what they say about quoting since. Bad rows are reported with their line and the others are taken.
    """
    from bot.desk.bringing.cells import Leave
    from bot.desk.bringing.given import ImportDefaults, LeaveChoices
    from bot.replies.judge import judge_question

    means = dict.fromkeys(yes_means, Leave.YES) | dict.fromkeys(anonymous_means, Leave.ANONYMOUS)
    means |= dict.fromkeys(ask_means, Leave.ASK) | dict.fromkeys(no_means, Leave.NO)
    choices = LeaveChoices(consent_column, ignore_column, means)
    given = ImportDefaults(network, link, consent, source, columns, choices, choose_pasted(is_pasted), by=name_user())
    with open_pullquote(shell) as pullquote:
        found = pullquote.find_question(question)
        preview = pullquote.wait(desk.preview_import(pullquote.context, found, file, given, _show_progress))
        can_ask = not (as_json or yes or dry_run) and sys.stdin.isatty()
        if can_ask and preview.found.pasted:
            given = replace(given, pasted=_ask_about_pasted(file, preview.found.pasted))
            preview = pullquote.wait(desk.preview_import(pullquote.context, found, file, given, _show_progress))
        asks = can_ask and not preview.questions
        if asks:
            _print_imported(preview.found, preview)
            confirm(f"Add {count(preview.found.added, 'reply', 'replies')} to {found.slug}?", yes=False)
        done = preview.found
        if not dry_run:
            done = pullquote.wait(desk.take_import(pullquote.context, preview, _show_progress))
            pullquote.wait(judge_question(pullquote.context, found.id, _JudgingCounter()))
    if as_json:
        show_json({**asdict(done), "questions": preview.questions})
    else:
        _print_imported(done, preview, is_done=not dry_run, repeats=asks)
    if done.bad or done.pasted or preview.questions:
        raise click.exceptions.Exit(1)


def _show_progress(done: Imported) -> None:
    """A number that counts up, on a terminal."""
    show_counter(f"{done.read:,} rows read")


class _JudgingCounter:
    """The same, of replies that are judged."""

    def __init__(self) -> None:
        self.judged = 0

    def __call__(self, judged: int) -> None:
        self.judged += judged
        show_counter(f"{self.judged:,} replies judged")


def _print_imported(done: Imported, preview: ImportPreview, *, is_done: bool = False, repeats: bool = False) -> None:
    """What it brings or brought. repeats: the rows were told before, so that only numbers follow."""
    from bot.desk.answers.import_files import COLUMNS

    file = preview.path
    end_counter()
    if not repeats:
        _print_rows(file, done.bad, "bad", "red")
        _print_rows(file, done.held_back, "such", "yellow")
        _print_pasted(file, done.pasted)
        if done.unread:
            there = f"nothing reads {', '.join(shorten(column, 40) for column in done.unread)}"
            show(
                wrap(f"{file}: {there}; known are {', '.join(COLUMNS)}; --column says which is which"),
                err=True,
                fg="yellow",
            )
    for question in preview.questions:
        show(wrap(f"{file}: {question}"), err=True, fg="red")
    for sentence in _describe_leave(done, preview, is_done=is_done):
        show(wrap(sentence))
    word = "added" if is_done else "to be added"
    show(f"{done.read:,} read, {done.added:,} {word}, {done.known:,} known already, {len(done.bad):,} bad")


def _ask_about_pasted(file: object, pasted: Sequence[PastedRow]) -> PastedChoice:
    from bot.desk.bringing.given import PastedChoice

    _print_pasted(file, pasted)
    answer = ask(
        "Take only their authors' words, all as typed, or leave them out?",
        type=click.Choice(["words", "typed", "out"]),
        default="out",
    )
    return {"words": PastedChoice.AS_PASTED, "typed": PastedChoice.AS_TYPED}.get(answer, PastedChoice.ASK)


def _print_pasted(file: object, pasted: Sequence[PastedRow]) -> None:
    """Each with what its author's words would be."""
    for row in pasted[:SHOWN]:
        signs = ", ".join(f"“{shorten(sign, 40)}”" for sign in row.signs[:4])
        words = f"it would read “{shorten(row.words, 200)}”" if row.words else "which words are its author's is unclear"
        show(wrap(f"{file}:{row.line}: looks copied from a page ({signs}); {words}"), err=True, fg="yellow")
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
        rows = count(len(done.pasted), "row")
        sentences.append(
            f"{rows} not taken: copied from a page, as it seems. --as-pasted takes only the words shown; "
            "--as-typed takes all of it"
        )
    if done.heard:
        sentences.append(f"{count(done.heard, 'answer to a read-back', 'answers to read-backs')}, which are no replies")
    if done.deleted:
        sentences.append(f"{count(done.deleted, 'row')} without words: deleted where they were written")
    if done.left_out:
        sentences.append(f"{count(done.left_out, 'row')} left out: their authors had themselves erased here")
    return sentences + [f"rewritten: {path}" for path in done.rewritten] + done.told


def _tell(is_done: bool, what: str) -> str:
    return what if is_done else f"to be {what}"
