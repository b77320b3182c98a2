"""`pullquote source`, `check-source`, `forget`: one author."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.consent import print_rewritten
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import confirm, name_user, refuse_unasked, yes_option
from bot.cli.parts.page import count, heading, shorten, show_moment, wrap, wrap_text
from bot.cli.parts.terminal import show, show_json

if TYPE_CHECKING:
    from bot.desk import SourceReport


@click.command()
@click.argument("author")
@prints_json
def source(shell: Shell, *, author: str, as_json: bool) -> None:
    """Show what AUTHOR (a handle, PLATFORM:HANDLE or id) said with consent, where it was quoted, and your checks.

    For you alone: nothing of this is in an edition to share.
    """
    with open_pullquote(shell) as pullquote:
        report = pullquote.do(desk.read_source, author)
    if as_json:
        show_json(_as_data(report))
    else:
        _print_report(report, pullquote.zone)


def _as_data(report: SourceReport) -> dict[str, Any]:
    who = report.author
    return {
        "id": who.id,
        "platform": who.platform,
        "handle": who.handle,
        "name": who.display_name,
        "link": who.link,
        "do_not_quote": who.do_not_quote,
        "do_not_quote_reason": who.do_not_quote_reason or "",
        "credit": _take(report.credit, "name", "role", "organisation", "link", "said_by", "at"),
        "said": [asdict(each) for each in report.replies],
        "printed": [_take(each, "reply_id", "url", "title", "fidelity", "consent", "at") for each in report.printed],
        "checks": [_take(each, "found_at", "spoken", "by", "note", "at") for each in report.checks],
    }


def _take(row: object, *names: str) -> dict[str, Any] | None:
    return None if row is None else {name: getattr(row, name) for name in names}


def _print_report(report: SourceReport, zone: str) -> None:
    who = report.author
    show(wrap(f"{who.display_name or who.handle} ({who.platform}:{who.handle}, author {who.id})"), bold=True)
    if who.link:
        show(f"  {shorten(who.link, 500)}")
    if report.credit:
        credit = report.credit
        given = ", ".join(filter(None, (credit.name, credit.role, credit.organisation)))
        show(wrap(f"to be credited as {given} (said by {credit.said_by})", "  "))
    if who.do_not_quote:
        why = f": {who.do_not_quote_reason}" if who.do_not_quote_reason else ""
        show(wrap(f"on the do-not-quote list since {show_moment(who.do_not_quote_at, zone)}{why}", "  "), fg="red")
    for each in report.replies:
        quoted = f", in {' and '.join(each.digests)}" if each.digests else ""
        show(f"{each.reply_id}  {each.question}, {show_moment(each.posted_at, zone)}{quoted}", gap=True, bold=True)
        show(wrap_text(each.text or f"[not to be printed: {each.barrier.replace('_', ' ')}]", "    "))
    _print_notes(report, zone)


def _print_notes(report: SourceReport, zone: str) -> None:
    if report.printed:
        heading("Printed")
    for use in report.printed:
        show(wrap(f"{use.reply_id}  {show_moment(use.at, zone)}  {use.title} {use.url} ({use.fidelity})", "  "))
    heading("Checks")
    for check in report.checks:
        found, spoken = f"found at {check.found_at}" if check.found_at else "", "spoken to" if check.spoken else ""
        basis = "; ".join(filter(None, (found, spoken, check.note)))
        show(wrap(f"{show_moment(check.at, zone)} by {check.by}: {basis}", "  "))
    if not report.checks:
        show("  none: pullquote check-source notes how you know who this is")


@click.command("check-source")
@click.argument("author")
@click.option("--found-at", default="", metavar="URL", help="Where else this person was found.")
@click.option("--spoken", is_flag=True, help="You spoke to them.")
@click.option("--by", help="Who did; by default your login name.")
@click.option("--note", default="", help="What came of it.")
@prints_json
def check_source(
    shell: Shell, *, author: str, found_at: str, spoken: bool, by: str | None, note: str, as_json: bool
) -> None:
    """Note how you know who AUTHOR is. It stays with you."""
    with open_pullquote(shell) as pullquote:
        found = pullquote.do(
            desk.check_source, author, found_at=found_at, spoken=spoken, by=by or name_user(), note=note
        )
    if as_json:
        show_json({"author": found.id, "found_at": found_at, "spoken": spoken, "by": by or name_user(), "note": note})
        return
    show(f"noted about {found.display_name or found.handle}; pullquote source {found.id} shows it")


def _list_what_goes(report: SourceReport) -> None:
    """What `forget` will erase: nothing of it comes back."""
    who = report.author
    show(
        f"This goes, from the database, the digests and their files: {who.display_name or who.handle} ({who.platform})"
    )
    for each in report.replies:
        show(wrap(f"{each.reply_id} to {each.question}: {each.text or f'[{each.barrier}]'}", "  ", "    "))
    for number, one, many in (
        (len(report.checks), "check", "checks"),
        (len(report.printed), "note of print", "notes of print"),
        (1 if report.credit else 0, "credit", "credits"),
    ):
        if number:
            show(f"  {count(number, one, many)}")


@click.command()
@click.argument("author")
@yes_option
@prints_json
def forget(shell: Shell, *, author: str, yes: bool, as_json: bool) -> None:
    """Erase AUTHOR: words, names, votes, notes, also in digests and their files. It cannot be undone."""
    refuse_unasked(yes=yes)
    with open_pullquote(shell) as pullquote:
        report = pullquote.do(desk.read_source, author)
        if not as_json:
            _list_what_goes(report)
        confirm("Erase all of this? It cannot be undone.", yes=yes)
        done = pullquote.do(desk.forget_author, str(report.author.id), by=name_user())
    if as_json:
        show_json(asdict(done))
        return
    show(f"erased: {count(done.replies, 'reply', 'replies')}; a later collection does not bring them back")
    print_rewritten(done.rewritten, done.told)
    for url in done.printed:
        show(wrap(f"printed at {url}: that is yours to take out, its record here is gone"), fg="yellow")
