"""The login of one account: one client, and a session that outlives the process.

The SDK renews tokens by the local clock, but does not react when the server says ExpiredToken. Here only the
server's word counts: a refused token is renewed once, by one task of one process, whatever the clock says.
Logins are few (300 a day), so the session string is stored and the app password is the last resort.
"""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

from atproto_client.models.base import ParamsModelBase
from atproto_client.request import Response
from pydantic import SecretStr

from adapters.bluesky.client import BlueskySession, SdkClient, find_data_host
from adapters.bluesky.directory import FindHome
from adapters.bluesky.errors import RAISED, find_advice, is_expired, is_unreachable, translate_error
from adapters.contract.adapter import Host
from adapters.contract.errors import AdapterError, Unauthorized, Unavailable
from adapters.contract.reading import Identity
from adapters.contract.sending import Payload

_STORED = "session"
_JSON = "application/json"

_NO_LOGIN_FOR = timedelta(seconds=50)
"""How long a refused login is not tried again, whatever is called: a server that mistook itself is asked again, and the
300 logins a day are not used up."""

_NO_MOVE_FOR = timedelta(minutes=30)
"""How often it is looked up whether an account has left a host that does not answer."""

_CHECK_LOGIN = "check the handle, and make a new app password (Bluesky, Settings, Privacy and security, App passwords)"

Send: TypeAlias = Callable[[], Awaitable[Response]]


_PROMISED = {
    "app.bsky.actor.getProfiles": ("profiles",),
    "app.bsky.feed.getPostThread": ("thread",),
    "app.bsky.feed.getPosts": ("posts",),
    "app.bsky.feed.getQuotes": ("posts",),
    "app.bsky.notification.listNotifications": ("notifications",),
    "com.atproto.identity.resolveHandle": ("did",),
    "com.atproto.repo.getRecord": ("uri", "cid"),
    "com.atproto.repo.listRecords": ("records",),
    "com.atproto.repo.putRecord": ("uri", "cid"),
    "com.atproto.server.createSession": ("did", "handle", "accessJwt", "refreshJwt"),
    "com.atproto.server.getSession": ("did", "handle"),
    "com.atproto.server.refreshSession": ("did", "handle", "accessJwt", "refreshJwt"),
}
"""What an answer must hold to be one: a captive portal also says 200."""


def _write_body(body: Payload) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _read_body(nsid: str, response: Response) -> Payload:
    body = response.content or {}  # some procedures answer nothing
    if not isinstance(body, dict):
        raise ValueError("the body is no JSON object")  # noqa: TRY004 (one of RAISED)
    missing = [name for name in _PROMISED.get(nsid, ()) if name not in body]
    if missing:
        raise ValueError(f"the answer holds no {missing[0]}")
    return body


class PublicReader:
    """Reads from the public AppView without a login."""

    def __init__(self, server: str, host: Host) -> None:
        self._server = server
        self._host = host
        self._client = SdkClient(server, host)

    async def query(self, nsid: str, **params: object) -> Payload:
        """The JSON answer of one query; parameters that are None are left out."""
        try:
            return _read_body(nsid, await self._client.invoke_query(nsid, ParamsModelBase.model_validate(params)))
        except RAISED as error:
            raise translate_error(error, f"{nsid} at {self._server}", self._host.now()) from None

    async def close(self) -> None:
        await self._client.request.close()


class AccountClient:
    """Calls as one account. Nothing is sent before the first call."""

    def __init__(self, handle: str, password: SecretStr, server: str, host: Host, find_home: FindHome) -> None:
        self.handle = handle
        self._password = password
        self._server = server
        self._find_home = find_home
        self._host = host
        self._client = SdkClient(server, host)
        self._session: BlueskySession | None = None
        self._refusal: Unauthorized | None = None
        self._refused_until = self._no_move_before = host.now()

    async def query(self, nsid: str, **params: object) -> Payload:
        """The JSON answer of one query; parameters that are None are left out."""
        model = ParamsModelBase.model_validate(params)
        return await self._call(nsid, lambda: self._client.invoke_query(nsid, model))

    async def send(self, nsid: str, body: Payload, *, writes: bool = False) -> Payload:
        """The JSON answer of one procedure. writes: a lost answer is Uncertain."""
        content = _write_body(body)

        def send() -> Awaitable[Response]:
            return self._client.invoke_procedure(nsid, content=content, input_encoding=_JSON)

        return await self._call(nsid, send, writes=writes)

    async def identify(self) -> Identity:
        """Who the account is; sends nothing where a session is stored."""
        session = await self._sign_in()
        return Identity(session.did, session.handle)

    async def name_repo(self) -> str:
        """The DID where a login has told it, which goes on when the handle changes; else the handle. Sends nothing."""
        session = self._session or await self._load()
        return session.did if session is not None else self.handle

    async def verify(self) -> Identity:
        """Ask the server who we are; a refused password is tried again."""
        self._refusal = None
        answer = await self.query("com.atproto.server.getSession")
        return Identity(str(answer["did"]), str(answer["handle"]))

    async def close(self) -> None:
        await self._client.request.close()

    async def _call(self, nsid: str, send: Send, *, writes: bool = False) -> Payload:
        session = await self._sign_in()
        used = session.access_jwt
        try:
            return _read_body(nsid, await send())
        except RAISED as error:
            if not is_expired(error):
                refusal = self._translate(error, nsid, writes=writes)
                if isinstance(refusal, Unavailable) and is_unreachable(error):
                    await self._leave_silent_host(session)
                raise refusal from None
        await self._renew(used)
        try:
            return _read_body(nsid, await send())
        except RAISED as error:
            if is_expired(error):
                raise Unauthorized(
                    f"{self._server} refuses {self.handle} right after a new login; the account's data is at "
                    f"{self._host_of_data}: if it has moved there, set service to that"
                ) from None
            raise self._translate(error, nsid, writes=writes) from None

    def _translate(self, error: Exception, nsid: str, *, writes: bool = False) -> AdapterError:
        return translate_error(error, f"{nsid} as {self.handle} at {self._server}", self._host.now(), writes=writes)

    async def _sign_in(self) -> BlueskySession:
        if self._session is None:
            async with self._host.exclusive(_STORED):
                if self._session is None:
                    self._use(await self._load() or await self._log_in())
        assert self._session is not None
        return self._session

    async def _renew(self, refused: str) -> None:
        """Get a better token than `refused`: another's from the store, else a refreshed one, else by password."""
        async with self._host.exclusive(_STORED):
            stored = await self._load()
            if stored is None:
                self._use(await self._log_in())
            elif stored.access_jwt == refused:
                self._use(await self._refresh(stored) or await self._log_in())
            else:
                self._use(stored)

    async def _leave_silent_host(self, session: BlueskySession) -> None:
        """The account may have moved (bridgy #2101): where its DID document says so, the next call logs in anew."""
        now = self._host.now()
        if now < self._no_move_before:
            return
        self._no_move_before = now + _NO_MOVE_FOR
        if await self._find_home(session.did) in (None, session.host):
            return
        async with self._host.exclusive(_STORED):
            await self._host.save(_STORED, "")
        self._session = None

    @property
    def _host_of_data(self) -> str:
        return self._session.host if self._session else self._server

    def _use(self, session: BlueskySession) -> None:
        self._client.use(session)
        self._session = session

    async def _refresh(self, session: BlueskySession) -> BlueskySession | None:
        """A renewed session, saved before it is used; None where the refresh token is no longer good."""
        nsid = "com.atproto.server.refreshSession"
        bearer = {"Authorization": f"Bearer {session.refresh_jwt}"}
        try:
            answer = await self._client.invoke_procedure(nsid, headers=bearer)
            body = _read_body(nsid, answer)
            renewed = BlueskySession(body["handle"], body["did"], body["accessJwt"], body["refreshJwt"], session.host)
        except RAISED as error:
            if is_expired(error):
                return None
            refusal = self._translate(error, nsid)
            if isinstance(refusal, Unauthorized):
                return None
            raise refusal from None
        await self._save(renewed)
        return renewed

    async def _log_in(self) -> BlueskySession:
        """A new session by app password: at the configured server, else where the account's DID document says it is."""
        if self._refusal is not None and self._host.now() < self._refused_until:
            raise self._refusal
        try:
            session = await self._log_in_at(self._server)
        except RAISED as error:
            refusal = self._refuse_login(error)
            if not isinstance(refusal, Unauthorized) and not is_unreachable(error):
                raise refusal from None
            session = await self._log_in_at_home(refusal)
        self._refusal = None
        await self._save(session)
        return session

    async def _log_in_at_home(self, refusal: AdapterError) -> BlueskySession:
        home = await self._find_home(self.handle)
        if home is None or home == self._server:
            raise refusal from None
        try:
            return await self._log_in_at(home)
        except RAISED:  # what the configured server said is what can be mended
            raise refusal from None

    async def _log_in_at(self, server: str) -> BlueskySession:
        """On a fresh client: one that holds an expired token cannot log in. Raises one of RAISED."""
        nsid, client = "com.atproto.server.createSession", SdkClient(server, self._host)
        content = _write_body({"identifier": self.handle, "password": self._password.get_secret_value()})
        try:
            body = _read_body(nsid, await client.invoke_procedure(nsid, content=content, input_encoding=_JSON))
            where = find_data_host(body.get("didDoc")) or server
            return BlueskySession(body["handle"], body["did"], body["accessJwt"], body["refreshJwt"], where)
        finally:
            await client.request.close()

    def _refuse_login(self, error: Exception) -> AdapterError:
        nsid = "com.atproto.server.createSession"
        refusal = self._translate(error, nsid)
        if isinstance(refusal, Unavailable):
            return refusal
        self._refused_until = self._host.now() + _NO_LOGIN_FOR
        advice = find_advice(error, nsid) or _CHECK_LOGIN
        self._refusal = Unauthorized(f"{self._server} refused the login of {self.handle}: {advice}")
        return self._refusal

    async def _load(self) -> BlueskySession | None:
        """The stored session if it belongs to this login."""
        text = await self._host.load(_STORED)
        try:
            stored = json.loads(text or "")
            if (stored["handle"], stored["server"]) != (self.handle, self._server):
                return None
            return BlueskySession.decode(stored["session"])
        except (ValueError, KeyError, TypeError):
            return None

    async def _save(self, session: BlueskySession) -> None:
        stored = {"handle": self.handle, "server": self._server, "session": session.encode()}
        await self._host.save(_STORED, json.dumps(stored))
