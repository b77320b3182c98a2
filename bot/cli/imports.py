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
from bot.cli.digest import print_digested
from bot.cli.parts.completion import question_argument
from bot.cli.parts.imported import print_imported, print_pasted
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import confirm, name_user, yes_option
from bot.cli.parts.page import count, wrap
from bot.cli.parts.terminal import ask, show, show_counter, show_json

if TYPE_CHECKING:
    from bot.desk.answers.imports import ImportPreview
    from bot.desk.bringing.given import PastedChoice
    from bot.desk.bringing.store import Imported, PastedRow


_HEADINGS = f"{__name__}.headings"
_OWN = {  # by column of ours
    "text": "The heading over what they said.",
    "author": "The heading over their names.",
    "role": "Over what they do.",
    "organisation": "Over whom they work for.",
    "page": "Over their own page.",
    "email": "Over their address; it is never shown.",
    "at": "Over when they said it.",
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


def _offer_columns(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which heading of the file holds what, where it is not guessed rightly."""
    for name in reversed(_OWN):
        option = click.option(
            f"--{name}", metavar="HEADING", help=_OWN[name], callback=_note_heading, expose_value=False
        )
        command = option(command)
    return command


def _note_heading(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.meta.setdefault(_HEADINGS, {})[param.name] = value


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
@_offer_columns
@click.option("--dates", type=click.Choice(["dmy", "mdy", "ymd"]), help="The order in dates such as 11/12/2026.")
@click.option("--zone", default="", help="Of times without one, such as Europe/Berlin; by default that of the config.")
@offer_pasted
@click.option("--digest", "digests", is_flag=True, help="Write the question's digest afterwards.")
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
    dates: str | None,
    zone: str,
    digests: bool,
) -> None:
    """Read replies to QUESTION from FILE: CSV, XLSX, ODS, JSON, an export of a form or a chat, or a copied page.

    The columns are guessed, or read as last time, and shown with the first rows before anything is added. Our own
    headings are text, and if known id, author, handle, role, organisation, page, email, link, at.

    A column that asks who may be quoted decides row by row, whatever --consent says. A second import of the same rows
    adds nothing but what they say about quoting since. Bad rows are reported with their line and the others are taken.
    """
    from bot.desk.bringing.cells import Leave
    from bot.desk.bringing.given import ImportDefaults, LeaveChoices
    from bot.replies.judge import judge_question

    means = dict.fromkeys(yes_means, Leave.YES) | dict.fromkeys(anonymous_means, Leave.ANONYMOUS)
    means |= dict.fromkeys(ask_means, Leave.ASK) | dict.fromkeys(no_means, Leave.NO)
    choices = LeaveChoices(consent_column, ignore_column, means)
    columns |= click.get_current_context().meta.get(_HEADINGS, {})
    pasted = choose_pasted(is_pasted)
    given = ImportDefaults(network, link, consent, source, columns, choices, pasted, by=name_user())
    given = replace(given, dates=dates or "", zone=zone)
    with open_pullquote(shell) as pullquote:
        found = pullquote.find_question(question)
        preview = pullquote.wait(desk.preview_import(pullquote.context, found, file, given, _show_progress))
        can_ask = not (as_json or yes or dry_run) and sys.stdin.isatty()
        if can_ask and preview.understanding.questions:
            given = replace(given, columns=dict(given.columns) | {"text": _ask_about_text(preview)})
            preview = pullquote.wait(desk.preview_import(pullquote.context, found, file, given, _show_progress))
        if can_ask and preview.found.pasted:
            given = replace(given, pasted=_ask_about_pasted(file, preview.found.pasted))
            preview = pullquote.wait(desk.preview_import(pullquote.context, found, file, given, _show_progress))
        asks = can_ask and not preview.questions
        if asks:
            print_imported(preview.found, preview)
            confirm(f"Add {count(preview.found.added, 'reply', 'replies')} to {found.slug}?", yes=False)
        done = preview.found
        digested = None
        if not dry_run:
            done = pullquote.wait(desk.take_import(pullquote.context, preview, _show_progress))
            pullquote.wait(judge_question(pullquote.context, found.id, _JudgingCounter()))
        if digests and not dry_run:
            digested = pullquote.wait(desk.digest_now(pullquote.context, found, offline=True))
    if as_json:
        show_json({**asdict(done), "how": [*map(str, done.how)], "questions": preview.questions})
    else:
        print_imported(done, preview, is_done=not dry_run, repeats=asks)
        if digested is not None:
            print_digested(digested)
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


def _ask_about_text(preview: ImportPreview) -> str:
    for question in preview.understanding.questions:
        show(wrap(question))
    answer: str = ask("Which column holds what they said?", default=preview.understanding.columns["text"])
    return answer


def _ask_about_pasted(file: object, pasted: Sequence[PastedRow]) -> PastedChoice:
    from bot.desk.bringing.given import PastedChoice

    print_pasted(file, pasted)
    answer = ask(
        "Take only their authors' words, all as typed, or leave them out?",
        type=click.Choice(["words", "typed", "out"]),
        default="out",
    )
    return {"words": PastedChoice.AS_PASTED, "typed": PastedChoice.AS_TYPED}.get(answer, PastedChoice.ASK)
