"""Real Bluesky servers as the network of a kill test."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from adapters.contract.sending import Reference
from tests.promises.soak.people import CAST
from tests.promises.soak.seen import Seen, SeenPost
from tests.promises.soak.world import HANDLES, JSON
from tests.servers.bluesky.network import Devnet, Person, read_clock

POST = "app.bsky.feed.post"


class Bluesky:
    """Two accounts of bots and three of people, all new. What bots posted is read from their own repositories.

    The simulated hours begin three days ago, so that they end before the servers' own present.
    """

    name = "bluesky"
    can_change = False  # edits and deletions are found by refreshing, which is not killed here

    def __init__(self, devnet: Devnet) -> None:
        self._devnet = devnet
        self._bots = {name: devnet.add_person(name) for name in HANDLES}
        self._people = {name: devnet.add_person(name) for name in CAST}
        self._replies: list[SeenPost] = []
        self._references: dict[str, Reference] = {}
        self.start = read_clock().replace(minute=0, second=0, microsecond=0) - timedelta(days=3)
        accounts = {name: _settings(devnet, person) for name, person in self._bots.items()}
        self.world: JSON = {"platform": "bluesky", "accounts": accounts, "start": self.start.isoformat()}

    def seen(self) -> Seen:
        own = [post for name, person in self._bots.items() for post in self._read_posts(name, person)]
        return Seen([*own, *self._replies])

    def write(self, who: str, to: str, text: str, at: datetime) -> str:  # the servers have the real time
        above = self.seen().posts[to]
        written = self._people[who].reply(self._references[to], text, root=self._references[above.root])
        self._references[written.remote_id] = written
        self._replies.append(SeenPost(written.remote_id, who, to, above.root, [text], []))
        return written.remote_id

    def edit(self, post_id: str, text: str, at: datetime) -> None:
        raise NotImplementedError

    def delete(self, post_id: str, at: datetime) -> None:
        raise NotImplementedError

    def settle(self) -> None:
        self._devnet.settle()

    def _read_posts(self, name: str, person: Person) -> Iterator[SeenPost]:
        for record in _list_posts(person):
            uri, reply = record["uri"], record["value"].get("reply", {})
            self._references[uri] = Reference(uri, extra={"cid": record["cid"]})
            root = reply["root"]["uri"] if reply else uri
            yield SeenPost(uri, name, reply["parent"]["uri"] if reply else "", root, [record["value"]["text"]], [])


def _list_posts(person: Person) -> Iterator[dict[str, Any]]:
    """The whole collection, oldest first."""
    cursor: dict[str, str] = {}
    while True:
        page = person.query(
            "com.atproto.repo.listRecords", repo=person.did, collection=POST, limit=100, reverse=True, **cursor
        )
        yield from page["records"]
        if "cursor" not in page:
            return
        cursor = {"cursor": page["cursor"]}


def _settings(devnet: Devnet, person: Person) -> JSON:
    reached = {"service": devnet.pds, "appview": devnet.appview, "directory": devnet.plc}
    return {"handle": person.handle, "password": person.app_password, **reached}
