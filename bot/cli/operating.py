"""`pullquote pause`, `resume`, `collect`, `publish`: one thing, now."""

from dataclasses import asdict

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.completion import any_question_argument
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import name_user
from bot.cli.parts.page import wrap
from bot.cli.parts.posts import describe_state, print_collected
from bot.cli.parts.terminal import show, show_json
from storage.states import OUT


@click.command()
@any_question_argument
@prints_json
def pause(shell: Shell, *, question: str | None, as_json: bool) -> None:
    """Stop all posting at once, or that of QUESTION. Collecting goes on; it holds over restarts."""
    with open_pullquote(shell) as pullquote:
        if question is None:
            pullquote.do(desk.pause_all, name_user())
        else:
            pullquote.wait(desk.pause_question(pullquote.context, pullquote.find_question(question), name_user()))
    if as_json:
        show_json({"paused": True, "question": question})
        return
    named, wanted = (f"posting of {question}", f" {question}") if question else ("all posting", "")
    show(f"{named} is paused; replies are still collected. Go on with: pullquote resume{wanted}")


@click.command()
@any_question_argument
@prints_json
def resume(shell: Shell, *, question: str | None, as_json: bool) -> None:
    """Post again: everything, or QUESTION. Accounts that were refused are tried again."""
    again: list[str] = []
    with open_pullquote(shell) as pullquote:
        if question is None:
            again = pullquote.do(desk.resume_all, name_user())
        else:
            pullquote.wait(desk.resume_question(pullquote.context, pullquote.find_question(question)))
    if as_json:
        show_json({"paused": False, "question": question, "tried_again": again})
    elif question is None:
        show("posting goes on" + (f"; tried again: {', '.join(again)}" if again else ""))
    else:
        show(f"{question} goes on with its next date")


@click.command()
@any_question_argument
@prints_json
def collect(shell: Shell, *, question: str | None, as_json: bool) -> None:
    """Collect replies once, now: of all open posts, or on the accounts of QUESTION."""
    with open_pullquote(shell) as pullquote:
        found = None if question is None else pullquote.find_question(question)
        collected = pullquote.wait(desk.collect_now(pullquote.context, found))
    if as_json:
        show_json([{"account": c.account, "added": c.added, "edited": c.edited, "gone": c.gone} for c in collected])
    elif not collected:
        show("no post is open: nothing to collect")
    print_collected(collected, quiet=as_json)


@click.command()
@prints_json
def publish(shell: Shell, *, as_json: bool) -> None:
    """Publish what is due, now."""
    with open_pullquote(shell) as pullquote:
        posts = pullquote.do(desk.publish_due)
    if as_json:
        show_json([asdict(post) for post in posts])
    elif not posts:
        show("nothing is due; pullquote check says what is due next")
    for post in () if as_json else posts:
        outcome = f"posted {post.link}" if post.state in OUT else describe_state(post, pullquote.zone)
        show(wrap(f"{post.account} {post.occurrence}: {outcome}"), fg="green" if post.state in OUT else "red")
    if any(post.state not in OUT for post in posts):
        raise click.exceptions.Exit(1)
