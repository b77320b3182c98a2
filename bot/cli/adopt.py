"""`pullquote adopt`: a post that is already published becomes a question."""

import click

from adapters.contract.reading import FoundPost
from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import confirm, yes_option
from bot.cli.parts.page import count, show_moment, wrap, wrap_text
from bot.cli.parts.posts import print_collected
from bot.cli.parts.terminal import show, show_json
from bot.desk import Sighting
from bot.replies.judge import judge_question
from bot.words.money import show_money
from storage.models import CONFIG_WORKSPACE, Question


@click.command()
@click.argument("link")
@click.option("--slug", help="Its name in commands and files; by default its first words.")
@yes_option
@prints_json
def adopt(shell: Shell, *, link: str, slug: str | None, yes: bool, as_json: bool) -> None:
    """Take the post at LINK as a question and collect its replies; the post itself is never touched.

    Where reading costs, it is told and asked first.
    """
    with open_pullquote(shell) as pullquote:
        sighting = pullquote.wait(desk.sight(pullquote.context, link))
        _ask_about_cost(sighting, yes=yes, quiet=as_json)
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
        collected = pullquote.wait(desk.collect_question(pullquote.context, question))
        pullquote.wait(judge_question(pullquote.context, question.id))
    if as_json:
        counts = {"replies": found.replies, "added": sum(each.added for each in collected)}
        author = {"handle": found.author.handle, "display_name": found.author.display_name}
        show_json({"question": question.slug, "new": is_new, "text": found.text, "author": author} | counts)
    print_collected(collected, quiet=as_json)
    if not as_json:
        show(f"next: pullquote digest {question.slug}, or pullquote replies --question {question.slug}", gap=True)


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
