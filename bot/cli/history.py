"""`pullquote history`, `undo`: what editors did, and taking an act back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.consent import print_rewritten
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import confirm, name_user, refuse_unasked, yes_option
from bot.cli.parts.page import count, show_moment, tabulate
from bot.cli.parts.terminal import show, show_json

if TYPE_CHECKING:
    from bot.desk import PastAct

ENTRIES = {
    "verdicts": ("verdict", "verdicts"),
    "consents": ("entry about consent", "entries about consent"),
    "credits_given": ("credit", "credits"),
    "source_checks": ("check", "checks"),
    "printings": ("note of print", "notes of print"),
    "replies": ("reply", "replies"),
}


@click.command()
@click.option(
    "--limit", type=click.IntRange(min=1, max=10_000), default=20, show_default=True, help="How many are shown."
)
@prints_json
def history(shell: Shell, *, limit: int, as_json: bool) -> None:
    """List what editors did here, in the terminal and on Discord, the newest first."""
    with open_pullquote(shell) as pullquote:
        found, zone = pullquote.do(desk.list_history, limit), pullquote.zone
    if as_json:
        show_json([asdict(each) | {"can_be_undone": each.can_be_undone} for each in found])
    elif found:
        show(tabulate([(str(each.id), show_moment(each.at, zone), *_describe(each)) for each in found], indent=""))
        show("pullquote undo ACT takes one back", gap=True)
    else:
        show("nobody has done anything here yet")


def _describe(act: PastAct) -> tuple[str, str, str]:
    undone = f"taken back by {act.undone_by or 'somebody'}" if act.undone_at else ""
    return f"{act.kind} {act.subject}", act.by or "somebody", undone if act.can_be_undone or undone else "no undo"


@click.command()
@click.argument("act", required=False)
@yes_option
@prints_json
def undo(shell: Shell, *, act: str | None, yes: bool, as_json: bool) -> None:
    """Take ACT (its number in `pullquote history`) back; without one, what you did last.

    It reverses what an editor entered, never what a person said. What was sent or erased cannot be taken back.
    """
    refuse_unasked(yes=yes)
    with open_pullquote(shell) as pullquote:
        found = pullquote.do(desk.find_act, None if act is None else _read_number(act), by=name_user())
        confirm(f"Take back act {found.id}, {_name(found)}: {_list_entries(found)}?", yes=yes)
        done = pullquote.do(desk.undo, found.id, by=name_user())
    if as_json:
        show_json({"act": asdict(done.act), "rewritten": done.rewritten})
        return
    show(f"taken back: act {found.id}, {_name(found)}: {_list_entries(found)}")
    print_rewritten(done.rewritten, done.told)


def _read_number(act: str) -> int:
    from bot.desk import DeskError

    number = act.removeprefix("#")
    if not number.isdecimal() or len(number.lstrip("0")) > LONGEST_NUMBER:
        raise DeskError(f"there is no act {act!r}: `pullquote history` lists what was done, each with its number")
    return int(number)


LONGEST_NUMBER = 18
"""Digits: the database holds 64 bits."""


def _name(act: PastAct) -> str:
    return f"{act.kind} of {act.subject} by {act.by or 'somebody'}"


def _list_entries(act: PastAct) -> str:
    """What will go: `1 reply, 2 verdicts`."""
    return ", ".join(count(number, *ENTRIES.get(table, ("entry", "entries"))) for table, number in act.entries.items())
