"""How posts, and what was collected below them, are printed: a line each, with the link or the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bot.cli.parts.page import count, show_moment, wrap
from bot.cli.parts.terminal import show
from storage.states import OUT

if TYPE_CHECKING:
    from bot.desk.operating.sentences import StatusTeller
    from bot.desk.operating.status import PostStatus
    from bot.replies.collect import Collected


def print_posted(slug: str, posts: Sequence[PostStatus], *, zone: str, quiet: bool = False) -> None:
    """Print one line a post; exit code 1 where any is not out."""
    for post in () if quiet else posts:
        if post.state in OUT:
            show(f"{post.account}: posted {post.link}", fg="green")
        else:
            show(wrap(f"{post.account}: {describe_state(post, zone)}"), fg="red")
    if not quiet:
        show(f"next: pullquote collect {slug}, pullquote digest {slug}; or leave it to pullquote run", gap=True)
    if any(post.state not in OUT for post in posts):
        raise click.exceptions.Exit(1)


def describe_state(post: PostStatus, zone: str) -> str:
    """Why a post is not out, and what happens next."""
    return make_teller(zone).describe_state(post)


def make_teller(zone: str) -> StatusTeller:
    """How the terminal says how things stand."""
    from bot.desk.operating.sentences import Remedy, StatusTeller

    remedies = {
        Remedy.RUN: "pullquote run",
        Remedy.RESUME: "pullquote resume",
        Remedy.LOOK: "pullquote replies --held",
        Remedy.MORE: "extend it (pullquote extend), remind once (pullquote remind), or ask on another account",
    }
    return StatusTeller("en", lambda moment: show_moment(moment, zone), remedies)


def print_collected(collected: Sequence[Collected], *, quiet: bool = False) -> None:
    """Print what came; errors go to stderr, and then the exit code is 1."""
    for each in collected:
        if each.error is not None:
            show(wrap(f"{each.account}: {each.error}"), err=True, fg="red")
        if not quiet:
            show(f"{each.account}: {describe_collected(each)}")
    if any(each.error is not None for each in collected):
        raise click.exceptions.Exit(1)


def describe_collected(each: Collected) -> str:
    """`12 new replies, 1 edited, 2 gone`."""
    counts = [f"{count(each.added, 'new reply', 'new replies')}"]
    counts += [f"{number} {word}" for number, word in ((each.edited, "edited"), (each.gone, "gone")) if number]
    return ", ".join(counts)
