"""What is made when it is first used, made while the first screen is looked at: screens, templates and statements."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Router

from bot import desk
from bot.desk import DeskError, Shelf
from bot.web.rendering import load_templates

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from bot.web.visit import PageState

PATHS = ("/strip", "/check", "/add", "/ask", "/running", "/running/people", "/running/printed", "/history")
"""Screens that change nothing when they are shown."""


@cache
def load_screens() -> Router:
    """All screens: they import most of pullquote, and the first one does without."""
    from bot.web.pages import SCREENS

    return Router([route for screen in SCREENS for route in screen.routes], redirect_slashes=False)


async def show_screen(scope: Scope, receive: Receive, send: Send) -> None:
    """Any screen, loaded where that was not done."""
    await load_screens()(scope, receive, send)


async def warm_up(app: Starlette, state: PageState) -> None:
    """Whoever goes on from the first screen waits for none of it."""
    await asyncio.to_thread(_load)
    for path in PATHS:
        await _show(app, path)
    with suppress(DeskError):  # where nothing was asked yet
        listed = await desk.list_answers(state.context, state.workspace, None, Shelf.WORTH)
        for path in ("list", "basket"):
            await _show(app, f"/answers/{listed.question}/{path}")
        for answer in listed.answers[:1]:
            await desk.read_answer(state.context, state.workspace, answer.id)  # on the page it would be looked at


def _load() -> None:
    load_screens()
    templates = load_templates()
    for name in templates.list_templates():
        templates.get_template(name)


async def _show(app: Starlette, path: str) -> None:
    """To nobody."""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_message: Message) -> None:
        pass

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [(b"hx-request", b"true")]}
    await show_screen({**scope, "app": app}, receive, send)
