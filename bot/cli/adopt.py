"""`pullquote adopt`: a post that is already published becomes a question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import Opened, open_pullquote
from bot.cli.parts.options import confirm, yes_option
from bot.cli.parts.page import count, show_moment, wrap, wrap_text
from bot.cli.parts.posts import print_collected
from bot.cli.parts.terminal import ask_yes, show, show_json
from bot.words.money import show_money

if TYPE_CHECKING:
    from adapters.contract.reading import FoundPost
    from bot.desk import Sighting
    from bot.posts.notices import NoticeState
    from storage.models import Question


@click.command()
@click.argument("link")
@click.option("--slug", help="Its name in commands and files; by default its first words.")
@click.option("--mine/--not-mine", default=None, help="Whether the post is yours; by default you are asked.")
@yes_option
@prints_json
def adopt(shell: Shell, *, link: str, slug: str | None, mine: bool | None, yes: bool, as_json: bool) -> None:
    """Take the post at LINK as a question and collect its replies; the post itself is never touched.

    Where reading costs, it is told and asked first. Below a post of yours the notice goes out that replies may be
    quoted, and what is written after it may be. All other replies are public posts that were not asked: they are for
    your eyes until you quote one as a public post (pullquote quote-public).
    """
    from bot.replies.judge import judge_question
    from storage.states import CONFIG_WORKSPACE

    with open_pullquote(shell, begins=True) as pullquote:
        sighting = pullquote.wait(desk.sight(pullquote.context, link))
        _ask_about_cost(sighting, yes=yes, quiet=as_json)
        mine = _ask_whose(pullquote, sighting, mine, yes=yes, quiet=as_json)
        question, found, is_new = pullquote.wait(
            desk.adopt(
                pullquote.context,
                link,
                workspace=CONFIG_WORKSPACE,
                zone=pullquote.zone,
                slug=slug,
                sighting=sighting,
            )
        )
        if not as_json:
            _print_post(question, found, is_new=is_new, zone=pullquote.zone)
        notice = pullquote.wait(_post_notice(pullquote, question)) if mine else "none"
        asks_first = pullquote.context.accounts.capabilities_of(sighting.account_id).consent_first
        collected = pullquote.wait(desk.collect_question(pullquote.context, question))
        pullquote.wait(judge_question(pullquote.context, question.id))
    if as_json:
        counts = {"replies": found.replies, "added": sum(each.added for each in collected)}
        author = {"handle": found.author.handle, "display_name": found.author.display_name}
        told = {"question": question.slug, "new": is_new, "text": found.text, "author": author, "notice": notice}
        show_json(told | counts)
    print_collected(collected, quiet=as_json)
    if not as_json:
        show(wrap(ASKED_FIRST if asks_first else NOTICES[notice]))
        show(f"next: pullquote digest {question.slug}, or pullquote replies --question {question.slug}", gap=True)


NOTICES = {  # by what `NoticeState` says
    "stands": "the notice stands below it: what is written from now on may be quoted",
    "on its way": "the notice has not gone out yet; what is written before it is public and was not asked",
    "refused": "the notice was refused there: replies are public and were not asked (pullquote status)",
    "gone": "the notice is gone there: replies are public and were not asked",
    "none": (
        "nobody there is told that replies may be quoted: they are public and were not asked, so they are in the "
        "digest for you alone until: pullquote quote-public REPLY"
    ),
}

ASKED_FIRST = "nothing is quoted from there before its author said yes"


def _ask_whose(pullquote: Opened, sighting: Sighting, mine: bool | None, *, yes: bool, quiet: bool) -> bool:
    """Whether the post is the editor's, so that the notice goes below it; nobody is asked without a terminal."""
    if mine is None and not yes and not quiet and sys.stdin.isatty():
        show(wrap_text(sighting.found.text, "  "))
        mine = ask_yes(f"Is this your post (@{sighting.found.author.handle})?")
    if not mine:
        return False
    text = pullquote.wait(desk.read_notice(pullquote.context, sighting.account_id, sighting.found, pullquote.zone))
    if text and not quiet:
        show("below it goes:")
        show(wrap(text, "  "))
    if text:
        confirm("Post this?", yes=yes)
    return True


async def _post_notice(pullquote: Opened, question: Question) -> NoticeState:
    """Let the notice go out; what became of it."""
    await desk.post_notice(pullquote.context, question)
    return (await desk.post_now(pullquote.context, question))[-1].notice


def _ask_about_cost(sighting: Sighting, *, yes: bool, quiet: bool) -> None:
    if sighting.cost is None:
        return
    if not quiet:
        replies = count(sighting.found.replies or 0, "reply", "replies")
        show(wrap(f"{replies} there; reading them and who wrote the best costs about {show_money(sighting.cost)}."))
        if sighting.reaches_back is not None:
            show(wrap(f"What is older than {sighting.reaches_back.days} days cannot be reached."))
    confirm("Read them?", yes=yes)


def _print_post(question: Question, found: FoundPost, *, is_new: bool, zone: str) -> None:
    name = found.author.display_name or found.author.handle
    show(f"{name} (@{found.author.handle}), {show_moment(found.posted_at, zone)}", bold=True)
    show(wrap_text(found.text, "  "))
    answered = "" if found.replies is None else f", {count(found.replies, 'reply', 'replies')} there"
    show(f"{'adopted as' if is_new else 'known already as'} {question.slug}{answered}", gap=True)
