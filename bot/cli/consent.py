"""`pullquote consent`, `do-not-quote`: what an author is asked, and what they decided, entered by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import confirm, name_user, refuse_unasked, yes_option
from bot.cli.parts.page import count, say_leave, show_path, wrap, wrap_text
from bot.cli.parts.terminal import show, show_json
from bot.desk.people.decisions import DECISIONS

if TYPE_CHECKING:
    from bot.desk import ReadBackCard
    from bot.desk.people.consent import RecordedConsent


class _ConsentGroup(click.Group):
    """`consent REPLY DECISION`, with commands below it by their first word."""

    def __init__(self, entering: click.Command, below: dict[str, click.Command]) -> None:
        super().__init__("consent", commands=below, params=entering.params, help=entering.help)
        self._entering = entering

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        below = self.commands.get(args[0]) if args else None
        if below is None:
            return self._entering.make_context(info_name, args, parent=parent, **extra)
        return below.make_context(f"{info_name} {args[0]}", args[1:], parent=parent, **extra)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return self.commands.get(cmd_name, self._entering)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return self._entering.collect_usage_pieces(ctx)


@click.command()
@click.argument("reply")
@click.argument("decision", type=click.Choice(list(DECISIONS)))
@click.option("--wording", default="", help="What was asked or agreed, in their words.")
@click.option("--proof", default="", help="Where that can be seen: a link, a mail, a date.")
@click.option("--credit", default="", help="How they want to be named.")
@click.option("--by", help="Who looked, with no-refusal; by default your login name.")
@prints_json
def _enter(
    shell: Shell, *, reply: str, decision: str, wording: str, proof: str, credit: str, by: str | None, as_json: bool
) -> None:
    """Enter what the author of REPLY decided about being quoted; no-refusal: what may be one was read, and is none.

    To show its author the very words first: pullquote consent ask REPLY.

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


@click.command("ask")
@click.argument("reply")
@click.option("--follow-up", default="", help="One question more to its author.")
@click.option("--to", default="", metavar="ADDRESS", help="One that they publish; by default that of their mail.")
@yes_option
@prints_json
def _ask(shell: Shell, *, reply: str, follow_up: str, to: str, yes: bool, as_json: bool) -> None:
    """Show the author of REPLY the exact passage and credit, once; by mail, or ready for you to send.

    Where leave stands they are asked whether words and credit are right, else for leave. Their plain yes or no is
    entered when it comes; all else you read.
    """
    with open_pullquote(shell) as pullquote:
        reply_id = pullquote.do(desk.name_reply, reply)
        given = {"follow_up": follow_up, "to": to}
        card = pullquote.do(desk.prepare_read_back, reply_id, **given)
        if card.address:
            refuse_unasked(yes=yes)
            if not as_json:
                _print_card(card)
            confirm("Send it, once?", yes=yes, gap=True)
        card = pullquote.do(desk.ask_read_back, reply_id, **given, by=name_user())
    if as_json:
        show_json(
            {
                "reply": card.reply_id,
                "to": card.address,
                "is_own_address": card.is_own,
                "wants": card.letter.wants,
                "subject": card.letter.subject,
                "text": card.letter.text,
                "state": card.told,
            }
        )
        return
    if not card.address:
        _print_card(card)
        entered = f"pullquote consent {card.reply_id} granted --proof …"
        show(wrap(f"send it yourself, where they can be reached; what they answer you enter: {entered}"), gap=True)
    show(wrap(f"{card.reply_id}: {card.told}"), gap=True)


def _print_card(card: ReadBackCard) -> None:
    if card.address:
        whose = "the address their answer came from" if card.is_own else "an address that they publish, by your word"
        show(wrap(f"to {card.address}, {whose}"))
    show(f"subject: {card.letter.subject}")
    show()
    show(wrap_text(card.letter.text.rstrip(), "  │ "))


consent = _ConsentGroup(_enter, {"ask": _ask})


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
