"""Real Bluesky servers on loopback, and people who write on them."""

import json
import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from shutil import which
from typing import Any

import httpx

from adapters.bluesky.links import make_link, parse_uri
from adapters.bluesky.settings import BlueskySettings
from adapters.bluesky.tid import encode_tid
from adapters.contract.sending import Reference

FOLDER = Path(__file__).parent / "devnet"
_READY_SECONDS = 120
_ADMIN = ("admin", "admin-pass")  # of @atproto/dev-env
_POST = "app.bsky.feed.post"
_numbers = count(1)


def read_clock() -> datetime:
    """The real time: the servers have no other."""
    return datetime.now(UTC)  # noqa: TID251


def find_missing() -> str | None:
    """Why the servers cannot run here, or None."""
    if which("node") is None:
        return "node is not installed"
    if not (FOLDER / "node_modules").is_dir():
        return "the Bluesky servers are not installed: run tests/servers/bluesky/install.py"
    if which("redis-server") is None:
        return "redis-server is not installed: run tests/servers/bluesky/install.py"
    return None


class Person:
    """One account of the network that writes through its own session on the PDS."""

    def __init__(self, pds: httpx.Client, account: dict[str, str]) -> None:
        self.did = account["did"]
        self.handle = account["handle"]
        self.app_password = account["appPassword"]
        self._pds = pds
        self._headers = {"authorization": f"Bearer {account['accessJwt']}"}

    def call(self, nsid: str, **body: Any) -> dict[str, Any]:
        answer = self._pds.post(nsid, json=body or None, headers=self._headers)
        answer.raise_for_status()
        return answer.json() if answer.content else {}

    def query(self, nsid: str, **params: Any) -> dict[str, Any]:
        answer = self._pds.get(nsid, params=params, headers=self._headers)
        answer.raise_for_status()
        return answer.json()

    def put(self, collection: str, record: dict[str, Any], rkey: str | None = None) -> Reference:
        """Write a record; without `rkey` a new one."""
        key = rkey or encode_tid(int(read_clock().timestamp() * 1_000_000) << 10 | next(_numbers) % 1024)
        record = {"$type": collection, "createdAt": _write_moment(read_clock()), **record}
        answer = self.call("com.atproto.repo.putRecord", repo=self.did, collection=collection, rkey=key, record=record)
        return Reference(answer["uri"], make_link(answer["uri"]), {"cid": answer["cid"]})

    def read(self, reference: Reference) -> dict[str, Any]:
        """A record of one's own."""
        return self.query("com.atproto.repo.getRecord", **parse_uri(reference.remote_id)._asdict())["value"]

    def post(self, text: str, **record: Any) -> Reference:
        return self.put(_POST, {"text": text, **record})

    def reply(self, to: Reference, text: str, *, root: Reference | None = None, **record: Any) -> Reference:
        """Reply to `to`. root: the thread's first post, where `to` is not it."""
        pointer = {"root": _point_at(root or to), "parent": _point_at(to)}
        return self.post(text, reply=pointer, **record)

    def backdated_reply(self, to: Reference, text: str, by: timedelta, root: Reference | None = None) -> Reference:
        return self.reply(to, text, root=root, createdAt=_write_moment(read_clock() - by))

    def mentioning_reply(self, to: Reference, who: "Person", text: str, root: Reference | None = None) -> Reference:
        """A reply that begins with @who."""
        name = f"@{who.handle}"
        facet = {
            "index": {"byteStart": 0, "byteEnd": len(name)},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": who.did}],
        }
        return self.reply(to, f"{name} {text}", root=root, facets=[facet])

    def quote(self, what: Reference, text: str) -> Reference:
        return self.post(text, embed={"$type": "app.bsky.embed.record", "record": _point_at(what)})

    def chain(self, to: Reference, texts: list[str], root: Reference | None = None) -> list[Reference]:
        """An answer in several replies, each to the one before."""
        written: list[Reference] = []
        for text in texts:
            written.append(self.reply(written[-1] if written else to, text, root=root or to))
        return written

    def write_many(self, records: list[dict[str, Any]]) -> None:
        """Create posts by the batch, 200 a call, which costs the PDS one commit."""
        for start in range(0, len(records), 200):
            writes = [
                {
                    "$type": "com.atproto.repo.applyWrites#create",
                    "collection": _POST,
                    "value": {"$type": _POST, "createdAt": _write_moment(read_clock()), **record},
                }
                for record in records[start : start + 200]
            ]
            self.call("com.atproto.repo.applyWrites", repo=self.did, writes=writes)

    def edit(self, post: Reference, text: str) -> Reference:
        """Another wording under the same key."""
        return self.put(_POST, {**self.read(post), "text": text}, parse_uri(post.remote_id).rkey)

    def delete(self, post: Reference) -> None:
        self.call("com.atproto.repo.deleteRecord", **parse_uri(post.remote_id)._asdict())

    def hide(self, root: Reference, replies: list[Reference]) -> Reference:
        """Hide replies to one's own `root` for everybody."""
        gate = {"post": root.remote_id, "hiddenReplies": [reply.remote_id for reply in replies]}
        return self.put("app.bsky.feed.threadgate", gate, parse_uri(root.remote_id).rkey)

    def detach(self, quoted: Reference, quotes: list[Reference]) -> Reference:
        """Take quotes of one's own post off it."""
        gate = {"post": quoted.remote_id, "detachedEmbeddingUris": [quote.remote_id for quote in quotes]}
        return self.put("app.bsky.feed.postgate", gate, parse_uri(quoted.remote_id).rkey)

    def block(self, whom: "Person") -> Reference:
        return self.put("app.bsky.graph.block", {"subject": whom.did})

    def close_account(self) -> None:
        """Deactivate it, to come back."""
        self.call("com.atproto.server.deactivateAccount", deleteAfter="2100-01-01T00:00:00Z")

    def reopen_account(self) -> None:
        self.call("com.atproto.server.activateAccount")

    def describe(self, *, bio: str = "", labels: tuple[str, ...] = ()) -> None:
        """Write the own profile; labels are put on oneself."""
        record: dict[str, Any] = {"displayName": self.handle.split(".")[0], "description": bio}
        if labels:
            values = [{"val": label} for label in labels]
            record["labels"] = {"$type": "com.atproto.label.defs#selfLabels", "values": values}
        self.put("app.bsky.actor.profile", record, "self")


class Devnet:
    """A running network."""

    def __init__(self, control: str, plc: str, pds: str, appview: str) -> None:
        self.plc = plc
        self.pds = pds
        self.appview = appview
        self._control_client = httpx.Client(base_url=control, timeout=90)
        bypass = {"x-ratelimit-bypass": "devnet"}
        self._pds_client = httpx.Client(base_url=f"{pds}/xrpc/", timeout=30, headers=bypass)

    def close(self) -> None:
        self._control_client.close()
        self._pds_client.close()

    def settle(self) -> None:
        """Return when the AppView has seen every write."""
        self._control("settle")

    def set_indexing(self, *, on: bool) -> None:
        """False: writes go on, what is read grows stale."""
        self._control("indexing", on=on)

    def set_thread_depth(self, most: int | None) -> None:
        """Cut threads, as production does at 10."""
        self._control("thread-depth", most=most)

    def add_person(self, name: str) -> Person:
        """A new account; its handle is `name`, made unique."""
        unique = f"{name}{next(_numbers)}x{os.getpid() % 1000}"
        return Person(self._pds_client, self._control("accounts", name=unique))

    def delete_account(self, person: Person) -> None:
        """Delete an account with everything in it, as its moderators or its owner would."""
        answer = self._pds_client.post("com.atproto.admin.deleteAccount", json={"did": person.did}, auth=_ADMIN)
        answer.raise_for_status()

    def settings(self, person: Person | None = None) -> BlueskySettings:
        """What config.toml would say for an account, or for reading without one."""
        if person is None:
            return BlueskySettings(appview=self.appview, service=self.pds, directory=self.plc)
        return BlueskySettings(
            handle=person.handle,
            password=person.app_password,
            service=self.pds,
            appview=self.appview,
            directory=self.plc,
        )

    def _control(self, call: str, **body: Any) -> dict[str, Any]:
        answer = self._control_client.post(call, json=body)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def run_devnet(*flags: str) -> Iterator[Devnet]:
    """The servers, for as long as the block; they end with this process in any case (their stdin)."""
    node = ["node", "--no-warnings", "devnet.mjs", *flags]
    with subprocess.Popen(node, cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            with closing(Devnet(**json.loads(_read_first_line(process)))) as devnet:
                yield devnet
        finally:
            process.stdin.close()
            process.wait(timeout=30)


def _read_first_line(process: "subprocess.Popen[str]") -> str:
    ready, _, _ = select.select([process.stdout], [], [], _READY_SECONDS)
    line = process.stdout.readline() if ready else ""
    if not line:
        raise RuntimeError("the Bluesky servers did not start; see their words above")
    return line


def _point_at(reference: Reference) -> dict[str, str]:
    return {"uri": reference.remote_id, "cid": reference.extra["cid"]}


def _write_moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
