"""`pullquote check-draft`: the quotations of an article, checked against what was said."""

import io
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from bot.cli import Shell, json_option, print_answers
from bot.cli.parts.terminal import show, show_json

if TYPE_CHECKING:
    from bot.articles.report import ArticleReport

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
@json_option
@click.option("--jsonl", is_flag=True, help=f"Read lines {LINES}, answer {ANSWERS}, without a database.")
@click.pass_obj
def check_draft(shell: Shell, *, file: BinaryIO, offline: bool, as_json: bool, jsonl: bool) -> None:
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
    report, zone = _check(shell, article, offline=offline)
    if as_json:
        from bot.cli.parts.article_report import as_data

        show_json(as_data(report, zone) | {"remarks": remarks})
    else:
        from bot.cli.parts.article_report import print_report

        for remark in remarks:
            show(f"{_name(file)}: {remark}", fg="yellow")
        print_report(report, zone)
    if not report.holds:
        raise click.exceptions.Exit(1)


def _read(file: BinaryIO) -> bytes:
    if file.isatty():
        show("Paste the article; ctrl-D on a line of its own ends it (Windows: ctrl-Z, enter).", err=True)
    return file.read()


def _name(file: BinaryIO) -> str:
    return str(getattr(file, "name", "")) or "the draft"


def _check(shell: Shell, article: Any, *, offline: bool) -> "tuple[ArticleReport, str]":
    from bot.articles.check import check_article
    from bot.cli.parts.opened import open_pullquote

    with open_pullquote(shell) as pullquote:
        report = pullquote.do(check_article, article, offline=offline)
        return report, pullquote.zone
