"""One HTTP request from the line to the route and back: who asks, failures, validation, the log of calls."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.servers.discord import faults, polls
from tests.servers.discord.errors import ApiError, NoAnswer, invalid
from tests.servers.discord.state import Call
from tests.servers.discord.world import JSON, Application, Attachment, Channel, Guild, Message

if TYPE_CHECKING:
    from tests.servers.discord.state import Loopback

Body = JSON | list[Any] | None
Route = Callable[["Asked"], Awaitable[tuple[int, Body]]]
ROUTES: list[tuple[str, str, Route]] = []
"""Filled by the modules of `routes`."""


@dataclass
class Asked:
    """A request as a route sees it."""

    state: "Loopback"
    application: Application
    params: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: list[Attachment] = field(default_factory=list)

    def channel(self, *permissions: str) -> Channel:
        """The channel of the path, which the bot sees. Raises ApiError where it may not do these things there."""
        channel = self.state.world.channels.get(self.params["channel_id"])
        if channel is None:
            raise ApiError(404, 10003, "Unknown Channel")
        if not self.state.may(self.application.user.id, channel, "view_channel"):
            raise ApiError(403, 50001, "Missing Access")
        if not self.state.may(self.application.user.id, channel, *permissions):
            raise ApiError(403, 50013, "Missing Permissions")
        return channel

    def message(self, channel: Channel) -> Message:
        message = channel.messages.get(self.params["message_id"])
        if message is None:
            raise ApiError(404, 10008, "Unknown Message")
        return message

    def guild(self) -> Guild:
        guild = self.state.world.guilds.get(self.params["guild_id"])
        if guild is None or self.application.user.id not in guild.members:
            raise ApiError(404, 10004, "Unknown Guild")
        return guild

    def limit(self, usual: int, most: int) -> int:
        """How many entries a page is to have. Raises ApiError where Discord gives no such page."""
        limit = int(self.query.get("limit", usual))
        if not 1 <= limit <= most:
            raise invalid(f"int value should be between 1 and {most}", "limit")
        return limit

    def show(self, message: Message) -> JSON:
        """To this bot."""
        return self.state.show(message, self.application)


def route(method: str, path: str) -> Callable[[Route], Route]:
    """Serve this operation; `path` as in the OpenAPI file."""

    def remember(function: Route) -> Route:
        ROUTES.append((method, path, function))
        return function

    return remember


class Desk:
    """Answers requests."""

    def __init__(self, state: "Loopback") -> None:
        self._state = state

    def serve(self, router: web.UrlDispatcher) -> None:
        # aiohttp takes the first that fits: @me before {user_id}
        for method, path, function in sorted(ROUTES, key=lambda entry: entry[1].count("{")):
            if not self._state.spec.knows(method, path):
                raise RuntimeError(f"{method} {path} is no operation of Discord")
            router.add_route(method, f"/api/v10{path}", self._answer(method, path, function))
        router.add_route("*", "/api/{rest:.*}", self._refuse_unknown)

    def _answer(self, method: str, path: str, function: Route) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            application = self._who(request)
            name = application.id if application else ""
            call = Call(
                name, f"{method} {path}", request.path.removeprefix("/api/v10"), dict(request.query), None, [], 0
            )
            call.at = asyncio.get_running_loop().time()
            self._state.calls.append(call)
            try:
                reply = await self._work(request, application, call, function)
            except NoAnswer:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response(status=500)
            finally:
                self._state.touch()
            call.status = reply.status
            self._state.touch()
            return _write(reply)

        return answer

    async def _work(
        self, request: web.Request, application: Application | None, call: Call, function: Route
    ) -> faults.Answer:
        state = self._state
        if application is not None and application.id in state.faults.cut_off:
            raise NoAnswer
        body, files = await self._read(request)
        call.body, call.files = body, [file.name for file in files]
        if application is None or application.revoked:
            return faults.Answer(401, {"message": "401: Unauthorized", "code": 0}, {})
        failure = state.faults.take(application.id, call.route)
        if failure is not None and failure.status != 200 and not failure.after_effect:
            return await faults.answer(failure)
        if failure is not None and failure.status == 200 and not failure.after_effect:
            await asyncio.sleep(failure.latency)
        polls.expire_due(state)
        asked = Asked(state, application, dict(request.match_info), dict(request.query), body, files)
        reply = await self._do(asked, call, function)
        if failure is not None and failure.after_effect:
            if failure.status != 200:
                return await faults.answer(failure)
            await asyncio.sleep(failure.latency)
        return reply

    async def _do(self, asked: Asked, call: Call, function: Route) -> faults.Answer:
        """Validate what is asked, do it, validate what is answered."""
        spec, application = self._state.spec, asked.application
        method, path = call.route.split(" ")
        wrong = [*spec.check_query(method, path, asked.query), *spec.check_request(method, path, asked.body)]
        for problem in wrong:
            self._state.note(application, f"{call.route} was sent {problem}")
        try:
            status, body = _refuse(wrong) if wrong else await function(asked)
        except ApiError as error:
            status, body = error.status, error.body
            if error.body["code"] == 50035 and not wrong:
                self._state.note(application, f"{call.route} was sent {error}")
        for problem in spec.check_answer(method, path, status, body):
            self._state.note(application, f"{call.route} answered {status} with {problem}")
        return faults.Answer(status, body, {})

    def _who(self, request: web.Request) -> Application | None:
        """By the token of the bot, or of an interaction."""
        world = self._state.world
        token = request.headers.get("Authorization", "")
        if token.startswith("Bot "):
            return world.by_token(token.removeprefix("Bot "))
        if "interaction_id" in request.match_info:
            interaction = self._state.interactions.get(request.match_info["interaction_id"])
            return interaction.application if interaction else next(iter(world.applications.values()), None)
        return world.applications.get(request.match_info.get("webhook_id", ""))

    async def _read(self, request: web.Request) -> tuple[Any, list[Attachment]]:
        if not request.body_exists:
            return None, []
        if not request.content_type.startswith("multipart/"):
            raw = await request.read()
            return (json.loads(raw) if raw else None), []
        body: Any = None
        files: list[Attachment] = []
        async for part in await request.multipart():
            content = bytes(await part.read(decode=False))
            if part.name == "payload_json":
                body = json.loads(content)
            else:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                name = _clean_name(part.filename or "file")
                files.append(Attachment(self._state.ids.make(), name, content, content_type=kind))
        described = {str(told["id"]): told.get("description") or "" for told in _attachments(body)}
        for index, file in enumerate(files):
            file.description = described.get(str(index), "")
        return body, files

    async def _refuse_unknown(self, request: web.Request) -> web.Response:
        application = self._who(request)
        self._state.note(application, f"{request.method} {request.path} is not served here")
        return _write(faults.Answer(404, {"message": "404: Not Found", "code": 0}, {}))


def _refuse(wrong: list[str]) -> tuple[int, Body]:
    error = invalid("; ".join(wrong))
    return error.status, error.body


def _clean_name(name: str) -> str:
    """As Discord does: blanks become underscores, most other signs go (discord-api-docs #7754, #4292)."""
    return re.sub(r"[^A-Za-z0-9._-]", "", re.sub(r"\s", "_", name))


def _attachments(body: Any) -> list[JSON]:
    data = body.get("data") if isinstance(body, dict) and isinstance(body.get("data"), dict) else body
    return (data.get("attachments") or []) if isinstance(data, dict) else []


def _write(reply: faults.Answer) -> web.Response:
    if reply.html:
        return web.Response(status=reply.status, text=reply.html, content_type="text/html", headers=reply.headers)
    if reply.body is None:
        return web.Response(status=reply.status, headers=reply.headers)
    # exactly this: discord.py compares the whole header
    headers = reply.headers | {"Content-Type": "application/json"}
    return web.Response(status=reply.status, body=json.dumps(reply.body).encode(), headers=headers)
