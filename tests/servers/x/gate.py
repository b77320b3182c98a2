"""Every request passes here: whether it fails, who signed it, what it may ask, how it is answered."""

import asyncio
import json
from collections.abc import Callable
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from tests.servers.x import reading, writing
from tests.servers.x.conduct import Failure
from tests.servers.x.posts import Account
from tests.servers.x.problems import Problem, out_of_credits, refuse
from tests.servers.x.reading import Asked
from tests.servers.x.schema import OPERATIONS
from tests.servers.x.site import Call, Site
from tests.servers.x.spelling import is_new, is_old, read_old, write_old

JSON = dict[str, Any]
Operation = Callable[[Asked], JSON]

HANDLERS: dict[str, Operation] = {
    "create": writing.create,
    "delete": writing.delete,
    "mentions": reading.read_mentions,
    "timeline": reading.read_timeline,
    "search": reading.read_search,
    "posts": reading.read_posts,
    "post": reading.read_post,
    "users": reading.read_users,
    "me": reading.read_me,
    "user_by_name": reading.read_user_by_name,
}
PAGE = "<!DOCTYPE html><html><head><title>X</title></head><body><h1>Something is technically wrong.</h1></body></html>"


def add_routes(application: web.Application, site: Site) -> None:
    """All operations; /2/tweets/search/recent stands before /2/tweets/{id}."""
    for name, (method, path) in sorted(OPERATIONS.items(), key=lambda item: "{" in item[1][1]):
        application.router.add_route(method, path, Gate(site, name).answer)


class Gate:
    """One operation."""

    def __init__(self, site: Site, operation: str) -> None:
        self._site = site
        self._operation = operation

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Failures that are planned come first or last; in between it is done as X does it."""
        site = self._site
        call = Call(self._operation, dict(request.query), site.now())
        site.calls.append(call)
        body = await request.read()
        failure = site.conduct.next_failure(self._operation)
        if failure is not None and not failure.after_effect:
            return await self._fail(request, call, failure)
        try:
            status, answer, headers = self._do(request, body, call)
        except Problem as problem:
            status, answer, headers = problem.status, problem.body, problem.headers
        if failure is not None:
            return await self._fail(request, call, failure)
        await asyncio.sleep(site.conduct.latency)
        call.status = status
        return self._write(status, answer, headers)

    def _do(self, request: web.Request, body: bytes, call: Call) -> tuple[int, JSON, dict[str, str]]:
        """Nothing is awaited in here: what one call does and writes down, no other call gets between."""
        site = self._site
        caller = self._find_caller(request)
        call.account = caller.id
        if site.conduct.credits is not None and site.conduct.credits <= 0:
            raise out_of_credits(caller.id)
        headers = site.limits.count(caller.id, self._operation, site.now()) if site.conduct.rate_limits else {}
        asked = Asked(site, caller, self._operation, request.match_info, self._read_query(request), _read_body(body))
        if site.spec is not None:
            site.spec.check_query(self._operation, asked.query)
            if self._operation == "create":
                site.spec.check_body(self._operation, asked.body)
        answer = HANDLERS[self._operation](asked)
        status = 201 if self._operation == "create" else 200
        if site.spec is not None and (breach := site.spec.find_breach(self._operation, status, answer)):
            site.breaches.append(f"{self._operation}: {breach}")
        return status, answer, headers

    def _find_caller(self, request: web.Request) -> Account:
        query = [(name, value) for name, value in request.query.items()]
        header = request.headers.get("Authorization", "")
        accounts, now = self._site.world.accounts.values(), self._site.read_signing_clock()
        return self._site.signatures.check(request.method, request.path, query, header, accounts, now)

    def _read_query(self, request: web.Request) -> dict[str, str]:
        """In the names of 2.167. Raises Problem (400) for a spelling that is not taken."""
        query, taken = dict(request.query), self._site.conduct.requests
        if (taken == "new" and is_old(query)) or (taken == "old" and is_new(query)):
            raise refuse(400, "The query parameters are not those of this version.")
        return read_old(query)

    async def _fail(self, request: web.Request, call: Call, failure: Failure) -> web.StreamResponse:
        await asyncio.sleep(failure.hang)
        if not failure.status:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        call.status = failure.status
        headers = dict(failure.headers)
        if failure.reset_at is not None:
            headers["x-rate-limit-reset"] = str(int(failure.reset_at.timestamp()))
        if failure.html:
            return self._finish(web.Response(status=failure.status, text=PAGE, content_type="text/html"), headers)
        problem = out_of_credits(call.account) if failure.status == 402 else refuse(failure.status)
        return self._write(failure.status, failure.body or problem.body, headers)

    def _write(self, status: int, answer: JSON, headers: dict[str, str]) -> web.Response:
        if self._site.conduct.answers == "old":
            answer = write_old(answer)
        return self._finish(web.json_response(answer, status=status), headers)

    def _finish(self, response: web.Response, headers: dict[str, str]) -> web.Response:
        response.headers.update(headers)
        response.headers["Date"] = format_datetime(self._site.read_own_clock(), usegmt=True)
        return response


def _read_body(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        raise refuse(400, "The body is no JSON.") from None
