"""Where a bot is killed: at a line, at an edge (before or after a call or a commit); by the clock kills its parent."""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import event

from adapters.contract.adapter import Adapter
from adapters.contract.reading import Page, Tally, Watched, WatchedPost
from adapters.contract.sending import Found, Part, Reference
from bot.context import Accounts
from storage.engine import Store

ROOT = Path(__file__).parents[3]
TRACED = ("bot", "storage", "adapters")
ASIDE = ("bot/filter", "bot/quotes", "bot/digest", "bot/words")
"""Neither publishing nor collecting."""


class Points:
    """Counts what a bot passes, and kills it where it is told to.

    edge: "after publish 2", or with the number of edges of the store since then "after publish 2 +1".
    line: "bot/posts/publish.py:80", and hit: at which passing of it.
    """

    def __init__(self, report: int, *, edge: str = "", line: str = "", hit: int = 1, trace: bool = False) -> None:
        self.edges: list[str] = []
        self._calls = Counter({"start": 1})
        self._call = "start"
        self._since_call = 0
        self.lines: Counter[str] = Counter()
        self._report = report
        self._edge = edge
        self._line = line
        self._hit = hit
        self._traces = trace or bool(line)
        self._files: dict[str, str] = {}

    def pass_call(self, name: str) -> None:
        """Beside a call of the adapter."""
        self._calls[name] += 1
        self._call, self._since_call = f"{name} {self._calls[name]}", 0
        self._pass_edge(self._call)

    def pass_store(self) -> None:
        """Beside a transaction."""
        self._since_call += 1
        self._pass_edge(f"{self._call} +{self._since_call}")

    def _pass_edge(self, name: str) -> None:
        self.edges.append(name)
        if name == self._edge:
            self.die(name)

    def die(self, point: str) -> None:
        """By `kill -9`: nothing is cleaned up, nothing is flushed."""
        self.say({"point": point})
        os.kill(os.getpid(), signal.SIGKILL)

    def say(self, what: Mapping[str, Any]) -> None:
        os.write(self._report, json.dumps(what).encode() + b"\n")

    # ------------------------------------------------------------ lines

    def start(self) -> None:
        if self._traces:
            sys.settrace(self._enter)

    def stop(self) -> None:
        sys.settrace(None)

    def _enter(self, frame: FrameType, _what: str, _value: object) -> "Callable[..., Any] | None":
        name = frame.f_code.co_filename
        file = self._files.get(name)
        if file is None:
            file = self._files[name] = _shorten(name)
        return self._step if file else None

    def _step(self, frame: FrameType, what: str, _value: object) -> "Callable[..., Any]":
        if what == "line":
            line = f"{self._files[frame.f_code.co_filename]}:{frame.f_lineno}"
            self.lines[line] += 1
            if line == self._line and self.lines[line] == self._hit:
                self.die(line)
        return self._step

    # ------------------------------------------------------------ edges

    def watch_store(self, store: Store) -> None:
        """Before each commit, and after it: when its connection is free again."""
        engine = store.engine.sync_engine
        event.listen(engine, "commit", lambda _connection: self.pass_store())
        event.listen(engine, "checkin", lambda *_: self.pass_store())


def _shorten(file: str) -> str:
    path = Path(file)
    if not path.is_relative_to(ROOT):
        return ""
    short = path.relative_to(ROOT).as_posix()
    return short if short.startswith(TRACED) and not short.startswith(ASIDE) else ""


class WatchedAccounts:
    """Accounts whose adapters are watched."""

    def __init__(self, accounts: Accounts, points: Points) -> None:
        self._accounts = accounts
        self._points = points
        self.ids = accounts.ids
        self.capabilities_of = accounts.capabilities_of
        self.tariff_of = accounts.tariff_of
        self.collect_every = accounts.collect_every

    async def adapter(self, account_id: int) -> "WatchedAdapter":
        return WatchedAdapter(await self._accounts.adapter(account_id), self._points)


class WatchedAdapter:
    """An adapter whose calls have edges."""

    def __init__(self, adapter: Adapter, points: Points) -> None:
        self._adapter = adapter
        self._pass = points.pass_call

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)

    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference:
        self._pass("before publish")
        reference = await self._adapter.publish(part, parents)
        self._pass("after publish")
        return reference

    async def find(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:
        self._pass("before find")
        found = await self._adapter.find(part, parents, since)
        self._pass("after find")
        return found

    async def collect(self, watched: Watched) -> AsyncIterator[Page]:
        async for page in self._adapter.collect(watched):
            self._pass("after a page")
            yield page
            self._pass("before the next page")

    async def tally(self, posts: Sequence[WatchedPost]) -> Mapping[int, Tally]:
        counts = await self._adapter.tally(posts)
        self._pass("after tally")
        return counts
