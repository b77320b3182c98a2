"""`pullquote check-draft`: the quotations of an article, checked against what was said."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, BinaryIO
from zoneinfo import ZoneInfo

import click

from bot import desk
from bot.cli import Shell, json_option, print_answers
from bot.cli.parts.options import name_user
from bot.cli.parts.page import count, show_moment
from bot.cli.parts.terminal import show, show_json

if TYPE_CHECKING:
    from bot.articles.report import ArticleReport
    from bot.desk.print.drafts import SeenDraft

LINES = "{id, source, quote}"
ANSWERS = "{id, fidelity, edits, warnings, span}"


@click.command(
    "check-draft",
    help="Check each quotation of an article against the replies it comes from, and read those again where they were "
    "written. FILE is Markdown, HTML, DOCX, ODT or text; without one, or with -, paste the text. Exit code 1: "
    "something cannot be printed as it stands.",
)
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--offline", is_flag=True, help="Do not read the replies again: from what is stored.")
@click.option(
    "--source", "sources", multiple=True, metavar="LINK|FILE", help="A source for this check alone; nothing is stored."
)
@click.option("--mine", multiple=True, type=int, metavar="NUMBER", help="You vouch for this quotation, for good.")
@click.option("--watch", is_flag=True, help="Watch its quotes for 14 days: status and notices tell what changes.")
@click.option("--until", metavar="TIME", default="", help="Until it is printed, as 2026-11-20T18:00; with --watch.")
@json_option
@click.option("--jsonl", is_flag=True, help=f"Read lines {LINES}, answer {ANSWERS}, without a database.")
@click.pass_obj
def check_draft(
    shell: Shell,
    *,
    file: BinaryIO,
    offline: bool,
    sources: Sequence[str],
    mine: Sequence[int],
    watch: bool,
    until: str,
    as_json: bool,
    jsonl: bool,
) -> None:
    from bot.articles.lines import prove_lines

    if jsonl:
        print_answers(partial(prove_lines, io.TextIOWrapper(file, encoding="utf-8-sig")))
        return
    from bot.articles import UnreadableArticle, read_article

    remarks: list[str] = []
    try:
        article = read_article(_read(file), PurePath(getattr(file, "name", "")).name, remarks.append)
    except UnreadableArticle as error:
        raise click.ClickException(f"{_name(file)}: {error}") from None
    report, zone, draft = _check(shell, article, Wishes(offline, sources, mine, watch or bool(until), until))
    if as_json:
        from bot.cli.parts.article_report import as_data

        show_json(as_data(report, zone) | {"remarks": remarks})
    else:
        from bot.cli.parts.article_report import print_report

        for remark in remarks:
            show(f"{_name(file)}: {remark}", fg="yellow")
        print_report(report, zone)
        if draft is not None:
            show(f"{count(draft.quotes, 'quote')} watched until {show_moment(draft.until, zone)}")
    if not report.holds:
        raise click.exceptions.Exit(1)


def _read(file: BinaryIO) -> bytes:
    if file.isatty():
        show("Paste the article; ctrl-D on a line of its own ends it (Windows: ctrl-Z, enter).", err=True)
    return file.read()


def _name(file: BinaryIO) -> str:
    return str(getattr(file, "name", "")) or "the draft"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted of a check besides the check."""

    offline: bool
    sources: Sequence[str]
    mine: Sequence[int]
    watches: bool
    until: str


def _check(shell: Shell, article: Any, wishes: Wishes) -> "tuple[ArticleReport, str, SeenDraft | None]":
    from bot.articles.check import check_article
    from bot.cli.parts.opened import open_pullquote

    with open_pullquote(shell) as pullquote:
        given = [pullquote.wait(desk.read_given(pullquote.context, *_read_source(each))) for each in wishes.sources]
        report = pullquote.do(check_article, article, offline=wishes.offline, given=given)
        for number in wishes.mine:
            pullquote.do(desk.vouch_for, report, number, name_user())
        if wishes.mine:
            report = pullquote.do(check_article, article, offline=wishes.offline, given=given, since=report.at)
        draft = None
        if wishes.watches:
            until = _read_time(wishes.until, pullquote.zone)
            draft = pullquote.do(desk.watch_draft, report, until=until, by=name_user())
        return report, pullquote.zone, draft


def _read_source(source: str) -> tuple[str, str, str]:
    """The words, the name and the link of a file or a link."""
    from bot.articles import UnreadableArticle, read_article

    path = Path(source)
    if not path.is_file():
        return "", "", source
    try:
        words = "\n\n".join(paragraph.text for paragraph in read_article(path.read_bytes(), path.name))
    except UnreadableArticle as error:
        raise click.ClickException(f"{source}: {error}") from None
    return words, path.stem, ""


def _read_time(until: str, zone: str) -> datetime | None:
    if not until:
        return None
    try:
        at = datetime.fromisoformat(until)
    except ValueError:
        raise click.ClickException(f"--until is {until!r}; write a time such as 2026-11-20T18:00") from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
