"""`pullquote open`: the page in the browser, and the bot with it where none runs yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot import desk
from bot.cli import Shell
from bot.cli.parts.opened import Opened, open_pullquote
from bot.cli.parts.options import name_user
from bot.cli.parts.page import wrap
from bot.cli.parts.terminal import show
from storage.states import CONFIG_WORKSPACE

if TYPE_CHECKING:
    import asyncio

    from bot.app import App
    from bot.web.server import WebPage
    from storage.models import Question

FIRST_SCREEN = 2.0
"""Seconds that the bot waits for it at most."""
LOOK_AGAIN = 20.0
"""Seconds after which it is looked whether the bot that runs beside has ended."""


@click.command("open")
@click.argument("link", default="")
@click.option("--no-browser", is_flag=True, help="Print the address, and open nothing.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="By default a free one.")
@click.pass_obj
def open_command(shell: Shell, *, link: str, no_browser: bool, port: int) -> None:
    """Show pullquote as a page in the browser; with LINK, the answers to that post are read at once.

    The page listens on this machine only. Where no `pullquote run` is at work it posts, collects and judges too, until
    Ctrl-C ends it.
    """
    import webbrowser

    from bot.web.server import make_page

    with open_pullquote(shell, begins=True) as pullquote:
        question = _adopt(pullquote, link) if link else None
        page = make_page(
            pullquote.context, by=name_user(), port=port, first=f"/answers/{question.slug}" if question else "/"
        )
        show(page.address)
        show(wrap("It listens on this machine only; Ctrl-C ends it."))
        show(wrap(f"Folder: {pullquote.context.config.folder.resolve()}"))
        if not no_browser:
            webbrowser.open(page.address)
        pullquote.wait(_serve(pullquote.app, page, question))


def _adopt(pullquote: Opened, link: str) -> Question:
    work = desk.adopt(pullquote.context, link, workspace=CONFIG_WORKSPACE, zone=pullquote.zone)
    return pullquote.wait(work)[0]


async def _serve(app: App, page: WebPage, question: Question | None) -> None:
    """The page until a signal, and the bot for as long as no other process is it."""
    import asyncio

    from bot.scheduler.signals import catch_signals

    stopped = catch_signals()
    if question is not None:
        page.read_on(question)
    running = asyncio.create_task(_run_where_nobody_does(app, page, stopped))
    serving = asyncio.create_task(page.serve(stopped))
    try:
        await asyncio.wait({running, serving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.set()
        await serving
    await running


async def _run_where_nobody_does(app: App, page: WebPage, stopped: asyncio.Event) -> None:
    import asyncio
    from contextlib import suppress

    with suppress(TimeoutError):  # somebody waits for the first screen, and nobody yet for the bot
        await asyncio.wait_for(page.wait_for_first(), FIRST_SCREEN)
    from bot.run import serve
    from storage.lock import AlreadyRuns

    while not stopped.is_set():
        try:
            await serve(app, stopped)
        except AlreadyRuns:
            with suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), LOOK_AGAIN)
