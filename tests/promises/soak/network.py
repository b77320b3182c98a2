"""What a kill test asks of a network, and the sandbox in another process that answers it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from adapters.sandbox.process import SandboxProcess
from tests.promises.soak.seen import Seen, SeenPost
from tests.promises.soak.world import HANDLES, JSON
from tests.running import START

KINDS: dict[str, JSON] = {
    "keyed": {},  # as Bluesky: a repeat with the same key is the same post
    "searched": {"repeats_safely": False},  # as Discord after minutes: found, or proven absent
    "unproven": {"repeats_safely": False, "settle_after": 900},  # as X
}
LAGS = {"keyed": 0, "searched": 0, "unproven": 300}
"""Seconds that a post stays out of look-ups; below `settle_after`, as X promises nothing and we assume no more."""


class Network(Protocol):
    """A network on which bots live. world: what they must be told, but for the number of questions."""

    name: str
    start: datetime
    can_change: bool
    world: JSON

    def seen(self) -> Seen:
        """All that is or was visible."""

    def write(self, who: str, to: str, text: str, at: datetime) -> str:
        """A reply; answers its id."""

    def edit(self, post_id: str, text: str, at: datetime) -> None:
        """Another wording, where `can_change`."""

    def delete(self, post_id: str, at: datetime) -> None:
        """It stands no more, where `can_change`."""

    def settle(self) -> None:
        """Wait until everybody can read what was written."""


class Sandbox:
    """A sandbox network; its log of visible changes outlives every bot."""

    can_change = True
    start = START

    def __init__(self, process: SandboxProcess, kind: str) -> None:
        self.name = kind
        self.process = process
        settings = {"url": process.url, "polls": False} | KINDS[kind]
        accounts = {name: {"handle": name, **settings} for name in HANDLES}
        accounts[HANDLES[1]]["newest_first"] = True  # read from the newest reply back to the mark
        self.world = {"platform": "sandbox", "accounts": accounts, "start": START.isoformat()}

    def seen(self) -> Seen:
        return Seen(_read_log(self.process.changes()).values())

    def write(self, who: str, to: str, text: str, at: datetime) -> str:
        post_id: str = self.process.act("reply", who=who, to=to, text=text, at=at.isoformat())["id"]
        return post_id

    def edit(self, post_id: str, text: str, at: datetime) -> None:
        self.process.act("edit", id=post_id, text=text, at=at.isoformat())

    def delete(self, post_id: str, at: datetime) -> None:
        self.process.act("delete", id=post_id, at=at.isoformat())

    def settle(self) -> None:
        """It is one process: nothing lags behind."""


@contextmanager
def run_sandbox(folder: Path, kind: str) -> Iterator[Sandbox]:
    with SandboxProcess(folder / "visible.jsonl") as process:
        process.behave(page_size=3, find_lag=LAGS[kind])
        yield Sandbox(process, kind)


def _read_log(changes: list[dict[str, Any]]) -> dict[str, SeenPost]:
    posts: dict[str, SeenPost] = {}
    for change in changes:
        name, sequence, detail = change["post"], change["sequence"], change["detail"]
        match change["change"]:
            case "posted":
                root, texts = change["root"], [detail["text"]]
                posts[name] = SeenPost(name, detail["author"], detail["parent"], root, texts, [sequence])
            case "edited":
                posts[name].texts.append(detail["text"])
                posts[name].changes.append(sequence)
            case "deleted":
                posts[name].deleted, posts[name].deletion = True, sequence
    return posts
