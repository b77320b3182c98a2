"""The gateway: connections, sessions that outlive them, and what each is told."""

import asyncio
import json
import secrets
import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.servers.discord import show
from tests.servers.discord.world import JSON, Application

if TYPE_CHECKING:
    from tests.servers.discord.state import Loopback

GUILDS = 1 << 0
MEMBERS = 1 << 1
MODERATION = 1 << 2
MESSAGES = 1 << 9
DIRECT_MESSAGES = 1 << 12
MESSAGE_CONTENT = 1 << 15
POLLS = 1 << 24
"""Intents."""
_PRESENCES = 1 << 8
_MESSAGE_EVENTS = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE"})


@dataclass
class Session:
    """What READY began; it is told things whether it is connected or not, and a RESUME replays them."""

    id: str
    application: Application
    intents: int
    connection: "Connection | None"
    sequence: int = 0
    told: list[JSON] = field(default_factory=list)
    lost_at: datetime | None = None

    def tell(self, event: str, data: Any) -> None:
        self.sequence += 1
        payload = {"op": 0, "s": self.sequence, "t": event, "d": data}
        self.told.append(payload)
        if self.connection is not None:
            self.connection.send(payload)


class Connection:
    """One WebSocket. What is sent goes through a queue, so that telling is never a wait."""

    def __init__(self, socket: web.WebSocketResponse, compression: str) -> None:
        self.socket = socket
        self.half_open = False
        self.session: Session | None = None
        self._queue: asyncio.Queue[JSON | int] = asyncio.Queue()
        self._compress = _COMPRESSIONS[compression]() if compression else None

    def send(self, payload: JSON) -> None:
        if not self.half_open:
            self._queue.put_nowait(payload)

    def close(self, code: int) -> None:
        """After what was sent before."""
        self._queue.put_nowait(code)

    def cut(self) -> None:
        """The line is dead, without a word."""
        transport = self.socket._req.transport if self.socket._req else None
        if transport is not None:
            transport.abort()

    async def write(self) -> None:
        """Send what is queued, until a close is."""
        while True:
            payload = await self._queue.get()
            if isinstance(payload, int):
                await self.socket.close(code=payload)
                return
            text = json.dumps(payload)
            if self._compress is None:
                await self.socket.send_str(text)
            else:
                await self.socket.send_bytes(self._compress(text.encode()))


class Gateway:
    """All sessions of all applications. log: what happened, by application."""

    def __init__(self, state: "Loopback") -> None:
        self._state = state
        self.sessions: dict[str, Session] = {}
        self.log: defaultdict[str, list[str]] = defaultdict(list)
        self.heartbeats: dict[str, float] = {}
        self.refusals: list[int] = []
        self._connections: set[Connection] = set()

    # ------------------------------------------------------------ telling

    def tell(
        self,
        event: str,
        data: Any,
        *,
        to: Callable[[Application], bool],
        intent: int = 0,
    ) -> None:
        """Tell every session with the intent whose application is among `to`.

        data: what is told, or a function of the session where they are told different things.
        """
        self._forget_lost()
        for session in list(self.sessions.values()):
            if session.intents & intent != intent or not to(session.application):
                continue
            told = data(session) if callable(data) else data
            if event in _MESSAGE_EVENTS:
                for problem in self._state.spec.check_message(told):
                    self._state.note(session.application, f"{event} {problem}")
            session.tell(event, told)
        self._state.touch()

    def connected(self, application_id: str) -> list[Session]:
        return [
            session
            for session in self.sessions.values()
            if session.application.id == application_id and session.connection is not None
        ]

    def _forget_lost(self) -> None:
        now = self._state.now()
        for session in list(self.sessions.values()):
            if session.lost_at is not None and now - session.lost_at > self._state.limits.resume:
                del self.sessions[session.id]

    # ------------------------------------------------------------ a connection

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One WebSocket from HELLO to its end."""
        if self.refusals:
            status = self.refusals.pop(0)
            if status:
                return web.Response(status=status)
            _abort(request)
            return web.Response(status=500)
        named = request.match_info.get("application_id")
        if named in self._state.faults.cut_off or (named is None and self._state.faults.cut_off):
            _abort(request)
            return web.Response(status=500)
        socket = web.WebSocketResponse(compress=False, autoclose=True, timeout=1)
        await socket.prepare(request)
        connection = Connection(socket, request.query.get("compress", ""))
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        try:
            interval = self.heartbeats.get(named or "", self.heartbeats.get("", 41.25))
            connection.send({"op": 10, "s": None, "t": None, "d": {"heartbeat_interval": int(interval * 1000)}})
            async for message in socket:
                if message.type is not WSMsgType.TEXT or connection.half_open:
                    continue
                self._hear(connection, json.loads(message.data))
        except ConnectionError:
            pass
        finally:
            self._connections.discard(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            self._lose(connection, socket.close_code)
        return socket

    def _hear(self, connection: Connection, payload: JSON) -> None:
        match payload["op"]:
            case 1:
                connection.send({"op": 11, "s": None, "t": None, "d": None})
            case 2:
                self._identify(connection, payload["d"])
            case 6:
                self._resume(connection, payload["d"])
            case 8 if connection.session:
                self._list_members(connection.session, payload["d"])
            case 3 | 4:
                pass
            case _:
                connection.close(4001)

    def _identify(self, connection: Connection, told: JSON) -> None:
        application = self._authenticate(connection, told)
        if application is None:
            return
        intents = told["intents"]
        allowed = MESSAGE_CONTENT * application.message_content | MEMBERS * application.members
        if intents & (MESSAGE_CONTENT | MEMBERS | _PRESENCES) & ~allowed:
            self._end(connection, application, 4014)
            return
        session = Session(secrets.token_hex(16), application, intents, connection)
        self.sessions[session.id] = session
        connection.session = session
        self.log[application.id].append("identify")
        world = self._state.world
        guilds = [guild for guild in world.guilds.values() if application.user.id in guild.members]
        session.tell(
            "READY",
            {
                "v": 10,
                "user": show.show_me(application.user),
                "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": f"ws{self._state.base.removeprefix('http')}/gateway/{application.id}",
                "application": {"id": application.id, "flags": show.show_application(application)["flags"]},
                "session_type": "normal",
                "private_channels": [],
                "presences": [],
                "relationships": [],
                "geo_ordered_rtc_regions": [],
                "auth": {},
            },
        )
        if intents & GUILDS:
            for guild in guilds:
                if guild.available:
                    session.tell("GUILD_CREATE", show.show_guild_to(guild, application, world))
        self._state.touch()

    def _resume(self, connection: Connection, told: JSON) -> None:
        application = self._authenticate(connection, told)
        if application is None:
            return
        self._forget_lost()
        session = self.sessions.get(told["session_id"])
        if session is None or session.application is not application:
            self.log[application.id].append("invalid")
            connection.send({"op": 9, "s": None, "t": None, "d": False})
            return
        if session.connection is not None:
            session.connection.session = None
        session.connection, session.lost_at = connection, None
        connection.session = session
        self.log[application.id].append("resume")
        for payload in session.told:
            if payload["s"] > told["seq"]:
                connection.send(payload)
        session.tell("RESUMED", {})
        self._state.touch()

    def _authenticate(self, connection: Connection, told: JSON) -> Application | None:
        application = self._state.world.by_token(told["token"].removeprefix("Bot "))
        if application is None or application.revoked:
            self._end(connection, application, 4004)
            return None
        if application.id in self._state.faults.cut_off:
            connection.cut()
            return None
        return application

    def _end(self, connection: Connection, application: Application | None, code: int) -> None:
        self.log[application.id if application else ""].append(f"close {code}")
        connection.close(code)
        self._state.touch()

    def _list_members(self, session: Session, told: JSON) -> None:
        guild = self._state.world.guilds[str(told["guild_id"])]
        wanted = told.get("user_ids")
        ids = [wanted] if isinstance(wanted, str) else wanted
        found = [
            member
            for member in guild.members.values()
            if (ids is not None and member.user.id in map(str, ids))
            or (ids is None and member.user.name.startswith(told.get("query", "")))
        ]
        chunk = {"guild_id": guild.id, "members": [show.show_member(m) for m in found], "nonce": told.get("nonce")}
        session.tell("GUILD_MEMBERS_CHUNK", chunk | {"chunk_index": 0, "chunk_count": 1, "not_found": []})

    def _lose(self, connection: Connection, code: int | None) -> None:
        """The line is gone: the session waits for a RESUME, unless the bot said goodbye."""
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection, session.lost_at = None, self._state.now()
            said_goodbye = code in {WSCloseCode.OK, WSCloseCode.GOING_AWAY}
            if said_goodbye:
                self.sessions.pop(session.id, None)
            self.log[session.application.id].append("gone" if said_goodbye else "lost")
        self._state.touch()

    # ------------------------------------------------------------ what tests do to it

    def close(self, application_id: str, code: int, *, resumable: bool) -> None:
        for session in self.connected(application_id):
            assert session.connection is not None
            self.log[application_id].append(f"close {code}")
            if not resumable:
                self.sessions.pop(session.id, None)
            if code == 1006:
                session.connection.cut()
                self._lose(session.connection, None)  # now, not when the line notices: the clock may jump meanwhile
            else:
                session.connection.close(code)

    def say(self, application_id: str, payload: JSON, *, ending: bool = False) -> None:
        """Send any payload to its connections. ending: their sessions cannot be resumed."""
        for session in self.connected(application_id):
            assert session.connection is not None
            session.connection.send(payload)
            if ending:
                self.sessions.pop(session.id, None)
                session.connection.session = None

    def tell_raw(self, application_id: str, event: str, data: Any) -> None:
        """Any dispatch, unchecked."""
        for session in self.connected(application_id):
            session.tell(event, data)

    def cut(self, application_id: str) -> None:
        for session in self.connected(application_id):
            assert session.connection is not None
            session.connection.cut()

    def go_half_open(self, application_id: str) -> None:
        for session in self.connected(application_id):
            assert session.connection is not None
            session.connection.half_open = True

    def forget(self, application_id: str) -> None:
        """Nothing of it stays, nor of what was to happen to the next connection."""
        self.cut(application_id)
        self.heartbeats.clear()
        self.refusals.clear()
        for session in list(self.sessions.values()):
            if session.application.id == application_id:
                del self.sessions[session.id]


def _deflate() -> Callable[[bytes], bytes]:
    stream = zlib.compressobj(1)
    return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)


def _zstandard() -> Callable[[bytes], bytes]:
    import zstandard

    stream = zstandard.ZstdCompressor(1).compressobj()
    return lambda data: stream.compress(data) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


_COMPRESSIONS = {"zlib-stream": _deflate, "zstd-stream": _zstandard}
"""One stream a connection, a block a message."""


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
