"""`pullquote consent`, `do-not-quote`: what an author decided, entered by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import name_user
from bot.cli.parts.page import count, say_leave, show_path, wrap
from bot.cli.parts.terminal import show, show_json
from bot.desk.people.decisions import DECISIONS

if TYPE_CHECKING:
    from bot.desk.people.consent import RecordedConsent


@click.command()
@click.argument("reply")
@click.argument("decision", type=click.Choice(list(DECISIONS)))
@click.option("--wording", default="", help="What was asked or agreed, in their words.")
@click.option("--proof", default="", help="Where that can be seen: a link, a mail, a date.")
@click.option("--credit", default="", help="How they want to be named.")
@click.option("--by", help="Who looked, with no-refusal; by default your login name.")
@prints_json
def consent(
    shell: Shell, *, reply: str, decision: str, wording: str, proof: str, credit: str, by: str | None, as_json: bool
) -> None:
    """Enter what the author of REPLY decided about being quoted; no-refusal: what may be one was read, and is none.

    refused and withdrawn reach every digest, also the files that are written already. A no is lifted by a yes with
    --proof alone; a name for who wants none needs --credit and --proof.
    """
    given = {"wording": wording, "proof": proof, "credit": credit, "by": by or name_user()}
    with open_pullquote(shell) as pullquote:
        reply_id = pullquote.do(desk.name_reply, reply)
        done = pullquote.do(desk.record_consent, reply_id, decision, **given)
    if as_json:
        show_json(
            {
                "replies": done.replies,
                "state": done.state,
                "rewritten": done.rewritten,
                "may_be_quoted": not done.why_not,
                "why_not": done.why_not,
                "unnamed": done.unnamed,
            }
        )
        return
    whole = f" (an answer of {count(len(done.replies), 'reply', 'replies')})" if len(done.replies) > 1 else ""
    show(f"{reply_id}: {_name_state(done, decision)}{whole}")
    if decision not in {"refused", "withdrawn"}:
        show(wrap(f"it {say_leave(done.why_not, unnamed=done.unnamed)}"))
    print_rewritten(done.rewritten, done.told)
    if decision in ("refused", "withdrawn"):
        show("pullquote withdrawn says whether it was printed or given away already")


def _name_state(done: RecordedConsent, decision: str) -> str:
    """What was entered, where that is not what was typed."""
    if done.state is DECISIONS[decision]:
        return decision
    return "anonymous, as they want no name; to name them: --credit, as they said it, and --proof"


@click.command("do-not-quote")
@click.argument("author")
@click.option("--undo", is_flag=True, help="Take them off the list.")
@click.option("--reason", default="", help="Why, for later.")
@prints_json
def do_not_quote(shell: Shell, *, author: str, undo: bool, reason: str, as_json: bool) -> None:
    """Never quote AUTHOR (a handle, PLATFORM:HANDLE or id), in no digest."""
    with open_pullquote(shell) as pullquote:
        done = pullquote.do(desk.mark_do_not_quote, author, on=not undo, reason=reason, by=name_user())
    if as_json:
        show_json({"author": done.author_id, "changed": done.changed, "rewritten": done.rewritten})
        return
    already = "" if done.changed else " already"
    may = "may be quoted again" if undo else "is not quoted"
    show(wrap(f"{done.name} ({done.platform}, author {done.author_id}) {may}{already}"))
    print_rewritten(done.rewritten, done.told)


def print_rewritten(paths: Sequence[Path], told: Sequence[str] = ()) -> None:
    """The files that had shown what they may no longer show; told: what a person has to do, loudly."""
    for path in paths:
        show(f"rewritten: {show_path(path)}")
    for sentence in told:
        show(wrap(sentence), err=True, fg="yellow", bold=True)
