"""`pullquote keep`, `maybe`, `aside`, `restore`: an editor's verdict stands over all rules."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import name_user, yes_option
from bot.cli.parts.page import count, wrap
from bot.cli.parts.terminal import show, show_json
from storage.states import VerdictValue

if TYPE_CHECKING:
    from bot.desk import FoundReply

ids_argument = click.argument("ids", metavar="REPLY...", nargs=-1, required=True)


def _make_command(value: VerdictValue, text: str, **reason: Any) -> click.Command:
    """The command that gives one verdict. reason: what its option `--reason` has."""

    @click.command(str(value), help=text)
    @ids_argument
    @click.option("--by", help="Who decides; by default your login name.")
    @click.option("--reason", **reason)
    @prints_json
    def decide(shell: Shell, *, ids: tuple[str, ...], by: str | None, reason: str, as_json: bool) -> None:
        editor = by or name_user()
        done: list[dict[str, object]] = []
        with open_pullquote(shell) as pullquote:
            for named in ids:  # done and printed one by one: where one fails, those before it are done
                id_ = pullquote.do(desk.name_reply, named)
                parts = pullquote.do(desk.decide, id_, value, editor=editor, note=reason)
                found = pullquote.do(desk.explain, id_)
                leave = {"may_be_quoted": found.may_be_quoted, "why_not": found.why_not}
                done.append({"reply": id_, "verdict": value, "by": editor, "replies": parts, **leave})
                whole = f" (an answer of {count(parts, 'reply', 'replies')})" if parts > 1 else ""
                if not as_json:
                    but = f"; but it may not be quoted: {found.why_not}" if _is_in_vain(value, found) else ""
                    show(wrap(f"{id_}: {value} by {editor}{whole}{but}"))
        if as_json:
            show_json(done)

    return decide


def _is_in_vain(value: VerdictValue, found: FoundReply) -> bool:
    """Whether what an editor wants to be quoted may not be."""
    return value is not VerdictValue.ASIDE and not found.may_be_quoted


WHY: Mapping[str, Any] = {"default": "", "help": "Why, for later."}
keep = _make_command(VerdictValue.KEEP, "Keep each REPLY (its ID, or who said it), whatever the rules say.", **WHY)
maybe = _make_command(VerdictValue.MAYBE, "Mark replies as maybe.", **WHY)
aside = _make_command(
    VerdictValue.ASIDE, "Set replies aside. Nothing is deleted.", required=True, help="Why it is not used."
)


def _is_copy(path: Path) -> bool:
    with suppress(OSError):  # too long for the name of a file
        return path.is_file() or path.suffix == ".db"
    return False


@click.command()
@click.argument("ids", metavar="REPLY...|FILE", nargs=-1, required=True)
@yes_option
@prints_json
def restore(shell: Shell, *, ids: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Take an editor's verdict on each REPLY back: the rules' stands again. Or put FILE, which `pullquote backup`
    wrote, in place of the database: what was due since is looked for before it is sent.
    """
    if len(ids) == 1 and _is_copy(Path(ids[0])):
        from bot.cli.backups import restore_copy

        restore_copy(shell, Path(ids[0]), yes=yes, as_json=as_json)
        return
    done: list[dict[str, object]] = []
    with open_pullquote(shell) as pullquote:
        for named in ids:
            id_ = pullquote.do(desk.name_reply, named)
            pullquote.do(desk.restore, id_, by=name_user())
            verdict = pullquote.do(desk.explain, id_).verdict
            done.append({"reply": id_, "verdict": verdict or None})
            if not as_json:
                show(f"{id_}: {verdict or 'not judged'}, as the rules say")
    if as_json:
        show_json(done)
