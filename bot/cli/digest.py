"""`pullquote digest`: one pass from the platforms to the files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.completion import any_question_argument
from bot.cli.parts.opened import Opened, open_pullquote
from bot.cli.parts.page import count, show_path, wrap
from bot.cli.parts.terminal import show, show_json

if TYPE_CHECKING:
    from bot.config.sections import FormatName
    from bot.desk import Digested

THIS = "this"
FORMATS: tuple[FormatName, ...] = ("html", "markdown", "docx", "csv", "json")


@click.command()
@any_question_argument
@click.option(
    "--week",
    is_flag=False,
    flag_value=THIS,
    metavar="[DATE]",
    help="Of the week with DATE (2026-11-16) or of this one.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="Write both editions in this format instead of those of the config; may be given again.",
)
@click.option("--offline", is_flag=True, help="Ask no network: from what is stored.")
@prints_json
def digest(
    shell: Shell,
    *,
    question: str | None,
    week: str | None,
    formats: tuple[FormatName, ...],
    offline: bool,
    as_json: bool,
) -> None:
    """Collect, judge, compile and write the digest of QUESTION (the newest without one), or of a week."""
    from bot.delivery.digests import monday_of
    from storage.states import CONFIG_WORKSPACE

    if week is not None and question is not None:
        raise click.UsageError("a digest is of one question or of a week, not both")
    with open_pullquote(shell) as pullquote:
        if week is not None:
            monday = monday_of(_read_day(pullquote, week))
            digested = desk.digest_week_now(
                pullquote.context, monday, CONFIG_WORKSPACE, offline=offline, formats=formats
            )
        else:
            found = pullquote.find_question(question)
            digested = desk.digest_now(pullquote.context, found, offline=offline, formats=formats)
        done = pullquote.wait(digested)
    if as_json:
        show_json(_as_data(done))
    else:
        print_digested(done)
    for each in done.collected:
        if each.error is not None:
            message = f"{each.account}: {each.error}; the digest was made from what is stored"
            show(wrap(message), err=True, fg="yellow")


def _read_day(pullquote: Opened, week: str) -> date:
    from zoneinfo import ZoneInfo

    today = pullquote.context.now().astimezone(ZoneInfo(pullquote.zone)).date()
    if week == THIS:
        return today
    try:
        return date.fromisoformat(week)
    except ValueError:
        raise click.UsageError(f"--week {week!r} is no date; write one such as {today}") from None


def print_digested(done: Digested) -> None:
    for sentence in done.summary:
        show(wrap(sentence))
    for each in done.written:
        show(EDITIONS[each.edition], gap=True, bold=True)
        for path in each.paths:
            show(f"  {show_path(path)}")
    for sentence in (sentence for each in done.written for sentence in each.told):
        show(wrap(sentence), err=True, fg="yellow", bold=True)
    if done.mailed:
        show(f"mailed to {count(done.mailed, 'recipient')}", gap=True)


def _as_data(done: Digested) -> dict[str, object]:
    return {
        "final": done.final,
        "as_of": done.as_of,
        "summary": done.summary,
        "mailed": done.mailed,
        "files": {each.edition: list(map(str, each.paths)) for each in done.written},
        "edited": [sentence for each in done.written for sentence in each.told],
        "errors": [f"{each.account}: {each.error}" for each in done.collected if each.error],
    }


EDITIONS = {"private": "For you", "public": "To share"}
