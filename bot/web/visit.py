"""One request of somebody who was let in: what an act is given, and how it answers."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.context import Context
from bot.desk import DeskError
from bot.log import get_logger
from bot.questions.schedules import list_zones
from bot.web.rendering import FOR_PEOPLE, Speech, choose_language, explain_error, load_templates

UNDO_FOR = 30
"""Seconds for which an act shows its Undo; the history keeps it."""
HELD_FOR = timedelta(minutes=10)
MOST_HELD = 20
"""Things brought for another screen that wait in memory."""

Act = Callable[["Visit"], Awaitable[Response]]
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody brought: a file with its name, or a pasted text without one."""

    name: str
    data: bytes
    until: datetime


@dataclass(slots=True)
class Errand:
    """Work that goes on after its request was answered. problem: why it ended early."""

    task: asyncio.Task[None]
    problem: Exception | None = None


@dataclass(frozen=True, slots=True)
class PageState:
    """What all visits share. by: the editor, whose name stands beside what is done. shown: set when a first screen was.

    Nothing of it outlives the page.
    """

    context: Context
    workspace: str
    by: str
    screens: tuple[str, ...] = ()
    held: dict[str, Held] = field(default_factory=dict)
    errands: dict[str, Errand] = field(default_factory=dict)
    shown: asyncio.Event = field(default_factory=asyncio.Event)

    def start(self, name: str, work: Coroutine[Any, Any, object]) -> None:
        """Let work go on; one of a name at a time."""
        if self.is_busy(name):
            work.close()
            return
        for over in [key for key, errand in self.errands.items() if errand.task.done() and not errand.problem]:
            del self.errands[over]

        async def run() -> None:
            try:
                await work
            except Exception as error:  # shown where the work is waited for
                self.errands[name].problem = error
                if not isinstance(error, FOR_PEOPLE):
                    log.exception("the page failed")

        self.errands[name] = Errand(asyncio.create_task(run()))

    def is_busy(self, name: str) -> bool:
        """Whether work of this name goes on."""
        errand = self.errands.get(name)
        return errand is not None and not errand.task.done()

    def find_problem(self, name: str) -> Exception | None:
        """Why the last work of this name ended early; None where it did not."""
        errand = self.errands.get(name)
        return errand.problem if errand is not None else None

    async def stop(self) -> None:
        """End what goes on; each of it can be begun anew."""
        tasks = [errand.task for errand in self.errands.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True)
class Visit:
    """One request."""

    request: Request
    state: PageState

    @property
    def context(self) -> Context:
        """What every step is given."""
        return self.state.context

    @property
    def workspace(self) -> str:
        """Where everything that is asked for must stand."""
        return self.state.workspace

    @property
    def by(self) -> str:
        """Whose acts these are."""
        return self.state.by

    @cached_property
    def zone(self) -> str:
        """The config's zone, and the browser's where no config says one."""
        if "zone" in self.context.config.pullquote.model_fields_set:
            return self.context.zone
        told = unquote(self.request.cookies.get("zone", ""))
        return told if told in list_zones() else self.context.zone

    @cached_property
    def speech(self) -> Speech:
        """How the page speaks to this browser."""
        accepted = self.request.headers.get("accept-language", "")
        language = choose_language(accepted, self.context.config.pullquote.language)
        return Speech(language, self.zone, self.context.now())

    def say(self, key: str, n: int | None = None, **given: object) -> str:
        """A sentence of the page's words."""
        return self.speech.say(key, n, **given)

    @property
    def is_fragment(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return "hx-request" in self.request.headers

    async def read_form(self) -> FormData:
        """What was sent. Raises DeskError where it cannot be read."""
        try:
            return await self.request.form(max_files=20, max_fields=500, max_part_size=16 * 1024 * 1024)
        except HTTPException as error:
            raise DeskError(str(error.detail)) from error

    async def read_field(self, name: str) -> str:
        """One field of the form, "" where it is not there or a file."""
        given = (await self.read_form()).get(name, "")
        return given.replace("\r\n", "\n") if isinstance(given, str) else ""

    def number(self, name: str) -> int:
        """A number of the address; one that no row can have is 0."""
        given = self.request.path_params.get(name, self.request.query_params.get(name, ""))
        return int(given) if str(given).isascii() and str(given).isdecimal() and len(str(given)) < 19 else 0

    # ------------------------------------------------------------ answering

    def render(self, template: str, **given: object) -> str:
        """A template as text."""
        shared = {
            "say": self.speech.say,
            "has": self.speech.has,
            "tell_time": self.speech.tell_time,
            "tell_day": self.speech.tell_day,
            "language": self.speech.language,
            "screens": self.state.screens,
            "path": self.request.url.path,
            "undo_for": UNDO_FOR,
        }
        return load_templates().get_template(template).render(shared | given)

    def show(self, template: str, **given: object) -> Response:
        """A page, or a fragment of one."""
        return HTMLResponse(self.render(template, **given))

    def tell(self, sentence: str, *, act: int | None = None, template: str = "", **given: object) -> Response:
        """What was done, with Undo for a while where the history has it as `act`; and a fragment in place of another.

        Without a template nothing is replaced.
        """
        told = self.render("_told.html", sentence=sentence, act=act)
        answer = HTMLResponse(told + (self.render(template, **given) if template else ""))
        answer.headers["HX-Trigger"] = "changed"
        if not template:
            answer.headers["HX-Reswap"] = "none"
        return answer

    def go(self, path: str) -> Response:
        """Lead on to another screen."""
        if self.is_fragment:
            return Response(headers={"HX-Redirect": path})
        return RedirectResponse(path, HTTPStatus.SEE_OTHER)

    def refuse(self, sentence: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> Response:
        """Say why something was not done, in place."""
        if not self.is_fragment:
            return HTMLResponse(self.render("refused.html", sentence=sentence), status)
        return HTMLResponse(
            self.render("_told.html", sentence=sentence, act=None, is_refusal=True),
            status,
            headers={"HX-Reswap": "none"},
        )

    def explain(self, error: Exception) -> str:
        """The sentence of an error."""
        return explain_error(error, self.speech)

    # ------------------------------------------------------------ what outlasts a request

    def start(self, name: str, work: Coroutine[Any, Any, object]) -> None:
        """Let work go on when this is answered; one of a name at a time."""
        self.state.start(name, work)

    def is_busy(self, name: str) -> bool:
        """Whether work of this name goes on."""
        return self.state.is_busy(name)

    def find_problem(self, name: str) -> str:
        """Why the last work of this name ended early; "" where it did not."""
        problem = self.state.find_problem(name)
        return "" if problem is None else self.explain(problem)

    def hold(self, name: str, data: bytes) -> str:
        """Keep what was brought for the next screen; answers the key for its address."""
        now, held = self.context.now(), self.state.held
        for key in [key for key, each in held.items() if each.until < now]:
            del held[key]
        while len(held) >= MOST_HELD:
            del held[next(iter(held))]
        key = secrets.token_urlsafe(16)
        held[key] = Held(name, data, now + HELD_FOR)
        return key

    def find_held(self, key: str) -> Held | None:
        """What is kept under a key."""
        return self.state.held.get(key)


async def answer(act: Act, request: Request) -> Response:
    """Let an act answer a request; what is refused, by the desk or a network, becomes a sentence."""
    visit = Visit(request, request.app.state.page)
    try:
        return await act(visit)
    except FOR_PEOPLE as error:
        return visit.refuse(visit.explain(error))
    finally:
        visit.state.shown.set()
        await request.close()  # a file that was sent is not left open


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. name: in the navigation, and of its address; "" for one that is not there."""

    name: str
    routes: tuple[Route, ...]


def get(path: str, act: Act) -> Route:
    """What is shown at an address."""
    return _route(path, act, "GET")


def post(path: str, act: Act) -> Route:
    """What is done at an address."""
    return _route(path, act, "POST")


def _route(path: str, act: Act, method: str) -> Route:
    async def endpoint(request: Request) -> Response:
        return await answer(act, request)

    return Route(path, endpoint, methods=[method], name=f"{method} {path}")
