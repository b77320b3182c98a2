"""Who is let in. A page on this machine is reached by every site that the browser has open, and by every other user.

One middleware for all that is answered: the Host (DNS rebinding), the Origin (requests of other sites), a session that
the address of `pullquote open` is exchanged for, once, and the headers of everything that goes out.
"""

import hashlib
import hmac
import secrets
from html import escape
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
ENTER = "/enter"
OPEN_TO_ALL = "/static/"
"""The files that are shipped: they say nothing of anybody."""
MOST_BYTES = 32 * 1024 * 1024
"""Of one request: a dropped file, and what forms are around it."""
SAFE = frozenset({"GET", "HEAD"})

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}

# A page that goes on by itself: a cookie that is Strict is not sent where another site's link led here by redirects.
ENTERED = """<!doctype html><meta charset="utf-8"><title>pullquote</title><link rel="icon" href="/static/icon.svg">
<meta http-equiv="refresh" content="0;url={}"><p><a href="{}">pullquote</a>"""


class Guard:
    """Around everything. token: of the address that is opened, None once it was used. first: where that leads."""

    def __init__(self, app: ASGIApp, port: int, first: str = "/") -> None:
        self._first = escape(first)
        self._app, self._origin, self._host = app, f"http://{HOST}:{port}", f"{HOST}:{port}"
        # Cookies know no ports: two pages that are open at once are told apart by the name.
        self._cookie = f"pullquote_{port}"
        self._sessions: set[bytes] = set()
        self.token: str | None = secrets.token_urlsafe(32)

    @property
    def address(self) -> str:
        """What is opened in the browser, once."""
        return f"{self._origin}{ENTER}?token={self.token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on; what goes out has the headers either way."""
        if scope["type"] != "http":
            return
        sending = _with_headers(send)
        refused = self._check(scope)
        if refused is None:
            await self._app(scope, _limit(receive), sending)
        else:
            await refused(scope, receive, sending)

    def _check(self, scope: Scope) -> Response | None:
        headers, path = Headers(scope=scope), scope["path"]
        if headers.getlist("host") != [self._host]:
            return _refuse(f"this is pullquote's page on {self._host}, and it answers to no other name")
        if path == ENTER and scope["method"] == "GET":
            return self._enter(headers, scope)
        if not self._comes_from_here(headers, scope["method"]):
            return _refuse("another site asked for this: nothing was done")
        is_open = path.startswith(OPEN_TO_ALL) and scope["method"] in SAFE
        if not is_open and not self._is_known(headers):
            return _refuse("type `pullquote open` in a terminal: this browser was not let in by the address it gives")
        if int(_number(headers.get("content-length"))) > MOST_BYTES:
            return _refuse(f"that is more than {MOST_BYTES // 1024 // 1024} MB", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return None

    def _enter(self, headers: Headers, scope: Scope) -> Response:
        """Exchange the token for a session of a new name, whatever the browser brought."""
        if self._is_known(headers):
            return RedirectResponse("/", HTTPStatus.SEE_OTHER)
        given = QueryParams(scope["query_string"]).get("token", "")
        if self.token is None or not hmac.compare_digest(given.encode(), self.token.encode()):
            return _refuse("this address was used already, or is an old one: type `pullquote open` again")
        self.token = None
        session = secrets.token_urlsafe(32)
        self._sessions.add(_digest(session))
        entered = HTMLResponse(ENTERED.format(self._first, self._first))
        entered.set_cookie(self._cookie, session, httponly=True, samesite="strict", path="/")
        return entered

    def _comes_from_here(self, headers: Headers, method: str) -> bool:
        site, origin = headers.get("sec-fetch-site", ""), headers.get("origin")
        if site in {"cross-site", "same-site"}:
            return False
        if origin == self._origin or (origin is None and method in SAFE):
            return True
        # With no-referrer a browser says "null" for the form of a page, and then says itself whose page that is.
        return origin == "null" and site == "same-origin"

    def _is_known(self, headers: Headers) -> bool:
        given = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        return _digest(given) in self._sessions


def _digest(session: str) -> bytes:
    """Looked up by its hash: how long that takes says nothing of the session."""
    return hashlib.sha256(session.encode("utf-8", "surrogateescape")).digest()


def _number(given: str | None) -> str:
    return given if given is not None and given.isascii() and given.isdecimal() else "0"


def _refuse(sentence: str, status: int = HTTPStatus.FORBIDDEN) -> Response:
    return PlainTextResponse(f"{sentence}\n", status)


class TooMuch(Exception):
    """A request that goes on for longer than it said."""


def _limit(receive: Receive) -> Receive:
    """A body without a length is counted as it comes."""
    read = 0

    async def receive_some() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BYTES:
            raise TooMuch
        return message

    return receive_some


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return send_with_headers
