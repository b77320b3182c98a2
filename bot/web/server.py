"""The server of the page: on loopback, on a free port, until it is stopped."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot.context import Context
from bot.log import get_logger
from bot.web.pages import SCREENS
from bot.web.screens.answers import read_on
from bot.web.security import HOST, MOST_BYTES, Guard, TooMuch
from bot.web.visit import PageState, Visit
from storage.models import Question
from storage.states import CONFIG_WORKSPACE

log = get_logger(__name__)
GRACE = 3
"""Seconds in which what is asked for when it ends is still answered."""


class _Quiet(uvicorn.Server):
    """Signals are the process's: it has more to end than the page."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page that is about to be served. address: with the token that lets one browser in."""

    address: str
    state: PageState
    guard: Guard
    listening: socket.socket

    def read_on(self, question: Question) -> None:
        """Read its answers while the page is looked at."""
        read_on(self.state, question)

    async def serve(self, stopped: asyncio.Event) -> None:
        """Answer until `stopped` is set."""
        config = uvicorn.Config(
            self.guard,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            http="h11",
            timeout_graceful_shutdown=GRACE,
        )
        server = _Quiet(config)
        serving = asyncio.create_task(server.serve(sockets=[self.listening]))
        stopping = asyncio.create_task(stopped.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            server.should_exit = True
            stopping.cancel()
            await self.state.stop()
            await serving


def make_page(
    context: Context, *, by: str, port: int = 0, first: str = "/", workspace: str = CONFIG_WORKSPACE
) -> WebPage:
    """Listen on a port, a free one by default; first: the path that is opened. Raises OSError where it is taken."""
    listening = socket.create_server((HOST, port))
    listening.setblocking(False)
    state = PageState(context, workspace, by, tuple(screen.name for screen in SCREENS if screen.name))
    guard = Guard(_make_app(state), listening.getsockname()[1], first)
    return WebPage(guard.address, state, guard, listening)


def _make_app(state: PageState) -> Starlette:
    static = Mount("/static", StaticFiles(packages=[("bot.web", "static")]))
    routes = [static, *(route for screen in SCREENS for route in screen.routes)]
    handlers = {HTTPException: _tell_missing, TooMuch: _tell_size, Exception: _tell_mistake}
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    app.state.page = state
    return app


async def _tell_missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    visit = Visit(request, request.app.state.page)
    return visit.refuse(visit.say("nothing_here"), error.status_code)


async def _tell_size(request: Request, _error: Exception) -> Response:
    visit = Visit(request, request.app.state.page)
    return visit.refuse(visit.say("too_large", mb=MOST_BYTES // 1024 // 1024), 413)


async def _tell_mistake(request: Request, error: Exception) -> Response:
    log.error("the page failed", exc_info=error)
    visit = Visit(request, request.app.state.page)
    return visit.refuse(visit.explain(error), 500)
