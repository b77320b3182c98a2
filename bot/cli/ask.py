"""`pullquote ask`: show a question as each network will show it, and post it."""

from dataclasses import asdict
from datetime import timedelta

import click
from pydantic import ValidationError

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import Opened, open_pullquote
from bot.cli.parts.options import confirm, read_duration, refuse_unasked, yes_option
from bot.cli.parts.page import count, heading, show_moment, wrap, wrap_text
from bot.cli.parts.posts import print_posted
from bot.cli.parts.terminal import show, show_json
from bot.desk import Preview
from bot.questions.content import Content
from bot.words.money import show_money
from storage.models import CONFIG_WORKSPACE


@click.command()
@click.argument("text")
@click.option("--option", "options", multiple=True, help="One choice of a poll; say it two or more times.")
@click.option("--why", default="", help="The line that asks for more than a vote.")
@click.option("--wanted", default="", help="Whose answers help.")
@click.option("--account", "accounts", multiple=True, help="Where: NAME of the config, or NAME:PLACE. Repeatable.")
@click.option("--closes", callback=read_duration, default="7d", show_default=True, help="When it closes.")
@click.option("--deadline", help="Until when answers help, as 2027-01-15T18:00.")
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
    closes: timedelta,
    deadline: str | None,
    language: str | None,
    enough: int,
    slug: str | None,
    thread: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Show TEXT as each network will show it, its length and when it closes; post it after a yes."""
    refuse_unasked(yes=yes)
    with open_pullquote(shell) as pullquote:
        general = pullquote.context.config.pullquote
        content = _make_content(
            text=text,
            options=options,
            why=why,
            wanted=wanted,
            accounts=accounts or _default_accounts(pullquote),
            closes_after=closes,
            deadline=deadline,
            language=language or general.language,
            outlet=general.name,
            zone=general.zone,
            enough=enough,
            thread=thread,
        )
        now = pullquote.context.now()
        previews = pullquote.wait(desk.preview(pullquote.context, content, pullquote.posting, now))
        if not as_json:
            _print_previews(previews, pullquote.zone)
        if any(preview.problems for preview in previews):
            raise desk.DeskError("nothing was sent: no network gets it unless all can take it")
        confirm("Post it?", yes=yes, gap=True)
        asked = desk.ask(pullquote.context, content, pullquote.posting, workspace=CONFIG_WORKSPACE, slug=slug)
        question = pullquote.wait(asked)
        posts = pullquote.wait(desk.post_now(pullquote.context, question))
    if as_json:
        show_json({"question": question.slug, "posts": [asdict(post) for post in posts]})
    else:
        show()
    print_posted(question.slug, posts, zone=general.zone, quiet=as_json)


def _make_content(**values: object) -> Content:
    try:
        return Content.model_validate(values)
    except ValidationError as error:
        problems = [found["msg"].removeprefix("Value error, ") for found in error.errors(include_url=False)]
        raise click.UsageError("; ".join(problems)) from None


def _default_accounts(pullquote: Opened) -> tuple[str, ...]:
    """The only account that can post, where there is one."""
    posting = tuple(pullquote.posting)
    if len(posting) == 1:
        return posting
    if posting:
        raise click.UsageError(f"say where with --account: {', '.join(posting)}")
    raise desk.DeskError("there is no account to post with: `pullquote init` sets one up")


# ---------------------------------------------------------------- what is shown


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
        for problem in preview.problems:
            show(wrap(problem, "  ✗ ", "    "), fg="red")
