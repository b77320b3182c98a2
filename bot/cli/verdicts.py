"""`pullquote keep`, `maybe`, `aside`, `restore`: an editor's verdict stands over all rules."""

import click

from bot import desk
from bot.cli import Shell, json_option, print_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import name_user
from bot.cli.parts.page import count
from storage.models import CONFIG_WORKSPACE
from storage.states import VerdictValue

ids_argument = click.argument("ids", metavar="ID...", type=int, nargs=-1, required=True)
by_option = click.option("--by", help="Who decides; by default your login name.")


@click.command()
@ids_argument
@by_option
@click.option("--reason", default="", help="Why, for later.")
@json_option
@click.pass_obj
def keep(shell: Shell, *, ids: tuple[int, ...], by: str | None, reason: str, as_json: bool) -> None:
    """Keep replies by their ID, whatever the rules say."""
    _decide(shell, ids, VerdictValue.KEEP, by, reason, as_json=as_json)


@click.command()
@ids_argument
@by_option
@click.option("--reason", default="", help="Why, for later.")
@json_option
@click.pass_obj
def maybe(shell: Shell, *, ids: tuple[int, ...], by: str | None, reason: str, as_json: bool) -> None:
    """Mark replies as maybe."""
    _decide(shell, ids, VerdictValue.MAYBE, by, reason, as_json=as_json)


@click.command()
@ids_argument
@by_option
@click.option("--reason", required=True, help="Why it is not used.")
@json_option
@click.pass_obj
def aside(shell: Shell, *, ids: tuple[int, ...], by: str | None, reason: str, as_json: bool) -> None:
    """Set replies aside. Nothing is deleted."""
    _decide(shell, ids, VerdictValue.ASIDE, by, reason, as_json=as_json)


@click.command()
@ids_argument
@json_option
@click.pass_obj
def restore(shell: Shell, *, ids: tuple[int, ...], as_json: bool) -> None:
    """Take an editor's verdict back: the rules' stands again."""
    done: list[dict[str, object]] = []
    with open_pullquote(shell) as pullquote:
        for id_ in ids:
            pullquote.wait(desk.restore(pullquote.context, CONFIG_WORKSPACE, id_))
            verdict = pullquote.wait(desk.explain(pullquote.context, CONFIG_WORKSPACE, id_)).verdict
            done.append({"reply": id_, "verdict": verdict or None})
            if not as_json:
                click.echo(f"{id_}: {verdict or 'not judged'}, as the rules say")
    if as_json:
        print_json(done)


def _decide(
    shell: Shell, ids: tuple[int, ...], value: VerdictValue, by: str | None, note: str, *, as_json: bool
) -> None:
    """Done and printed one by one: where one of several fails, those before it are done."""
    editor = by or name_user()
    done: list[dict[str, object]] = []
    with open_pullquote(shell) as pullquote:
        for id_ in ids:
            decided = desk.decide(pullquote.context, CONFIG_WORKSPACE, id_, value, editor=editor, note=note)
            parts = pullquote.wait(decided)
            done.append({"reply": id_, "verdict": value, "by": editor, "replies": parts})
            whole = f" (an answer of {count(parts, 'reply', 'replies')})" if parts > 1 else ""
            if not as_json:
                click.echo(f"{id_}: {value} by {editor}{whole}")
    if as_json:
        print_json(done)
