"""`pullquote questions`, `extend`, `remind`, `take-back`: the questions, and what can be done to one that runs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell, prints_json
from bot.cli.parts.completion import any_question_argument, question_argument
from bot.cli.parts.opened import Opened, open_pullquote
from bot.cli.parts.options import confirm, read_duration, yes_option
from bot.cli.parts.page import count, show_moment, tabulate, wrap
from bot.cli.parts.posts import print_posted
from bot.cli.parts.terminal import Laid, show, show_json
from bot.words import words

if TYPE_CHECKING:
    from bot.desk.operating.status import QuestionStatus
    from storage.models import Question

NONE_YET = "no question yet: pullquote ask TEXT, pullquote adopt LINK, or [questions.NAME] in the config"

LISTED = 50


@click.command()
@any_question_argument
@click.option("--limit", type=click.IntRange(min=1), default=LISTED, show_default=True, help="How many: the newest.")
@prints_json
def questions(shell: Shell, *, question: str | None, limit: int, as_json: bool) -> None:
    """List the questions: state, when each is asked next, answers that may be quoted of those wanted, posts.

    With QUESTION: its text for a mail, a form or a service for journalists, to be pasted there.
    """
    if question is not None:
        _show_call_out(shell, question, as_json=as_json)
        return
    with open_pullquote(shell) as pullquote:
        status = pullquote.do(desk.read_status, limit=limit)
    if as_json:
        show_json([asdict(each) for each in status.questions])
    elif status.questions:
        head = ("question", "state", "next", "may be quoted", "posts")
        show(tabulate([head, *(_row(each, pullquote.zone) for each in status.questions)], indent=""))
        if rest := status.asked - len(status.questions):
            show(f"{count(rest, 'older one')} not shown; --limit {status.asked} shows all", gap=True)
    else:
        show(NONE_YET)


def _show_call_out(shell: Shell, slug: str, *, as_json: bool) -> None:
    with open_pullquote(shell) as pullquote:
        found = pullquote.find_question(slug)
        text = pullquote.wait(desk.read_call_out(pullquote.context, found))
    if as_json:
        show_json({"question": found.slug, "call_out": text})
    else:
        show(Laid(text.rstrip()))


def _row(question: QuestionStatus, zone: str) -> tuple[str, ...]:
    labels = words("en")["status"]["states"]
    states = [labels[post.state] if post.reason else str(post.state) for post in question.posts]
    shown = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    due = show_moment(question.next_due_at, zone) if question.next_due_at else "-"
    return question.slug, question.state, due, f"{question.usable} of {question.target}", shown or "none"


@click.command()
@question_argument
@click.argument("duration", callback=read_duration)
@prints_json
def extend(shell: Shell, *, question: str, duration: timedelta, as_json: bool) -> None:
    """Let QUESTION close DURATION (3d, 12h) later than it would, or than now where it has closed."""
    with open_pullquote(shell) as pullquote:
        found = pullquote.find_question(question)
        closes_at = pullquote.wait(desk.extend(pullquote.context, found, duration))
    if as_json:
        show_json({"question": found.slug, "closes_at": closes_at})
    else:
        show(f"{found.slug} now closes {show_moment(closes_at, pullquote.zone)}")


@click.command()
@question_argument
@yes_option
@prints_json
def remind(shell: Shell, *, question: str, yes: bool, as_json: bool) -> None:
    """Post one reminder under the open posts of QUESTION. One a post: more would be spam."""
    with open_pullquote(shell) as pullquote:
        found = pullquote.find_question(question)
        confirm(f"Post one reminder under {found.slug}?", yes=yes)
        posts = pullquote.wait(_remind(pullquote, found))
    if as_json:
        show_json([asdict(post) for post in posts])
    print_posted(found.slug, posts, zone=pullquote.zone, quiet=as_json)


async def _remind(pullquote: Opened, question: Question) -> list[desk.PostStatus]:
    reminded = await desk.remind(pullquote.context, question)
    posts = await desk.post_now(pullquote.context, question)
    last = max(post.occurrence for post in posts)
    return [post for post in posts if post.account in reminded and post.occurrence == last]


@click.command("take-back")
@question_argument
@yes_option
@prints_json
def take_back(shell: Shell, *, question: str, yes: bool, as_json: bool) -> None:
    """Remove the posts of QUESTION everywhere, and report each. Replies that are stored stay."""
    with open_pullquote(shell) as pullquote:
        found = pullquote.find_question(question)
        confirm(f"Remove every post of {found.slug}, everywhere?", yes=yes)
        reports = pullquote.wait(desk.take_back(pullquote.context, found))
    if as_json:
        show_json([asdict(report) for report in reports])
    for report in () if as_json else reports:
        show(wrap(f"{report.account} {report.link}: {report.message}"), fg="green" if report.done else "red")
    if not as_json:
        show(f"{found.slug} is taken back: {count(sum(r.done for r in reports), 'post')} done, nothing planned")
    if not all(report.done for report in reports):
        raise click.exceptions.Exit(1)
