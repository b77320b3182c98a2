"""`pullquote ask`: show a question as each network will show it, and post it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import Opened, open_pullquote
from bot.cli.parts.options import confirm, refuse_unasked, yes_option
from bot.cli.parts.page import count, heading, show_moment, wrap, wrap_text
from bot.cli.parts.posts import print_posted
from bot.cli.parts.terminal import Laid, show, show_json
from bot.words.money import show_money

if TYPE_CHECKING:
    from bot.desk import Preview
    from bot.questions.content import Content


@click.command()
@click.argument("text")
@click.option("--option", "options", multiple=True, help="One choice of a poll; say it two or more times.")
@click.option("--why", default="", help="The line that asks for more than a vote.")
@click.option("--wanted", default="", help="Whose answers help.")
@click.option("--asker", default="", help="Who asks.")
@click.option("--hide-outlet", is_flag=True, help="The outlet is named nowhere.")
@click.option("--region", default="", help="From where answers help.")
@click.option("--medium", default="", help="For what they are: a newsletter, a podcast.")
@click.option("--human-only", is_flag=True, help="Say that nothing is wanted that a chat model wrote.")
@click.option("--pitches", type=click.IntRange(min=1), default=1, show_default=True, help="Mails a person.")
@click.option("--link", type=click.Choice(["none", "nofollow", "ours to decide"]), help="What becomes of links.")
@click.option("--show", "only_show", is_flag=True, help="Print the text to paste into a mail or a form; post nothing.")
@click.option("--account", "accounts", multiple=True, help="Where: NAME of the config, or NAME:PLACE. Repeatable.")
@click.option("--at", help="When it goes out, as 'tomorrow 9:00'; by default now.")
@click.option("--closes", help="When it closes: 7d, 'friday 17:30'. By default at the deadline, or after 7d.")
@click.option("--deadline", help="Until when answers help, as 17:30, 'friday 9:00', '4 hours' or 2027-01-15T18:00.")
@click.option("--language", help="Such as en or de; by default that of the config.")
@click.option("--enough", type=click.IntRange(min=1), default=5, show_default=True, help="Usable answers wanted.")
@click.option("--slug", help="Its name in commands and files; by default its first words.")
@click.option("--thread", is_flag=True, help="A text too long for one post goes on in replies to itself.")
@yes_option
@prints_json
def ask(
    shell: Shell,
    *,
    text: str,
    options: tuple[str, ...],
    why: str,
    wanted: str,
    accounts: tuple[str, ...],
    only_show: bool,
    at: str | None,
    closes: str | None,
    deadline: str | None,
    language: str | None,
    enough: int,
    slug: str | None,
    thread: bool,
    asker: str,
    hide_outlet: bool,
    region: str,
    medium: str,
    human_only: bool,
    pitches: int,
    link: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Show TEXT as each network will show it, its length and when it closes; post it after a yes."""
    from storage.states import CONFIG_WORKSPACE

    refuse_unasked(yes=yes or only_show)
    with open_pullquote(shell) as pullquote:
        general = pullquote.context.config.pullquote
        now = pullquote.context.now()
        times = _read_times(at, closes, deadline, now, general.zone)
        content = _make_content(
            text=text,
            options=options,
            why=why,
            wanted=wanted,
            accounts=accounts or (() if only_show else _default_accounts(pullquote)),
            **times,
            language=language or general.language,
            outlet=general.name,
            zone=general.zone,
            enough=enough,
            thread=thread,
            asker=asker,
            hide_outlet=hide_outlet,
            region=region,
            medium=medium,
            human_only=human_only,
            pitches=pitches,
            link=link or "",
        )
        desk.check_times(content, now)
        if only_show:
            _show_call_out(desk.write_call_out(pullquote.context, content), as_json=as_json)
            return
        previews = pullquote.wait(desk.preview(pullquote.context, content, pullquote.posting, now, slug=slug or ""))
        if not as_json:
            _print_times(content, now)
            _print_previews(previews, pullquote.zone)
        if any(preview.problems for preview in previews):
            raise desk.DeskError("nothing was sent: no network gets it unless all can take it")
        confirm("Post it?", yes=yes, gap=True)
        asked = desk.ask(pullquote.context, content, pullquote.posting, workspace=CONFIG_WORKSPACE, slug=slug)
        question = pullquote.wait(asked)
        posts = pullquote.wait(desk.post_now(pullquote.context, question))
        address = desk.find_question_address(pullquote.context, content.accounts, question.slug)
    if as_json:
        show_json({"question": question.slug, "posts": [asdict(post) for post in posts], "address": address})
    elif not posts:
        show("planned; it goes out then, while this is at work: pullquote run")
    else:
        show()
    print_posted(question.slug, posts, zone=general.zone, quiet=as_json or not posts)
    if address and not as_json:
        show(f"answers by mail to {address}")


def _show_call_out(text: str, *, as_json: bool) -> None:
    if as_json:
        show_json({"call_out": text})
    else:
        show(Laid(text.rstrip()))


def _read_times(
    at: str | None, closes: str | None, deadline: str | None, now: datetime, zone: str
) -> dict[str, object]:
    """When it goes out, how long it runs and its deadline, as `Content` has them."""
    from bot.questions.clock import nominal_now
    from bot.questions.moments import read_close

    due, times = now, dict[str, object]()
    if at is not None:
        due = _read("--at", at, now, zone)
        times["at"] = nominal_now(due, zone)
    if deadline is not None:
        times["deadline"] = nominal_now(_read("--deadline", deadline, now, zone), zone)
    if closes is not None:
        try:
            times["closes_after"] = read_close(closes, due, zone)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--closes") from None
    return times


def _read(option: str, text: str, now: datetime, zone: str) -> datetime:
    from bot.questions.moments import read_moment

    try:
        return read_moment(text, now, zone)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None


def _make_content(**values: object) -> Content:
    from pydantic import ValidationError

    from bot.questions.content import Content

    try:
        return Content.model_validate(values)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise click.UsageError("; ".join(map(_describe_fault, faults))) from None


def _describe_fault(found: Mapping[str, Any]) -> str:
    from bot.words.faults import explain_fault

    message = explain_fault(found)
    return f"{found['loc'][0]} {message}" if found["loc"] and found["type"] != "value_error" else message


def _default_accounts(pullquote: Opened) -> tuple[str, ...]:
    """The only account that can post, where there is one."""
    posting = tuple(pullquote.posting)
    if len(posting) == 1:
        return posting
    if posting:
        raise click.UsageError(f"say where with --account: {', '.join(posting)}")
    raise desk.DeskError("there is no account to post with: `pullquote init` sets one up")


# ---------------------------------------------------------------- what is shown


def _print_times(content: Content, now: datetime) -> None:
    """The moments that were understood."""
    from bot.questions.clock import find_deadline, next_due

    due = next(iter(next_due(content, now, 1)), None)
    if due is not None:
        show(f"goes out {show_moment(due.due_at, content.zone)}")
    if (deadline := find_deadline(content)) is not None:
        show(f"answers until {show_moment(deadline, content.zone)}")


def _print_previews(previews: list[Preview], zone: str) -> None:
    for preview in previews:
        heading(f"{preview.account}, closes {show_moment(preview.closes_at, zone)}")
        for number, text in enumerate(preview.texts):
            show(wrap_text(text, "  │ "))
            lengths = "; ".join(f"{each.used} of {each.maximum} {each.unit}" for each in preview.lengths[number])
            show(f"  └ {lengths}", dim=True)
        if preview.options:
            show(f"  a poll of {count(len(preview.options), 'option')}:")
            for number, option in enumerate(preview.options, 1):
                show(wrap(f"{number}. {option}", "    "))
        if preview.cost is not None:
            units = ", ".join(f"{amount} × {unit}" for unit, amount in sorted(preview.units.items()))
            show(f"  posting costs {show_money(preview.cost)} ({units})")
        if preview.address:
            show(f"  answers to {preview.address}")
        for problem in preview.problems:
            show(wrap(problem, "  ✗ ", "    "), fg="red")
