"""The loopback X as the network of a kill test."""

from datetime import datetime
from typing import Any

from adapters.contract.sending import Reference
from tests.promises.soak.people import CAST
from tests.promises.soak.seen import Seen, SeenPost
from tests.promises.soak.world import HANDLES, JSON
from tests.running import START
from tests.servers.x.network import Network

KINDS: dict[str, JSON] = {
    "forgetful": {"duplicates": "none"},  # nothing but patience keeps a post from being sent twice
    "refusing": {"duplicates": "any"},  # a second sending is refused: then the first one must be adopted
}
LAG = 840
"""Seconds that a post stays out of the own timeline: less than `settle_after` (15 minutes), and longer than it takes
until the next bot looks for it.
"""

NO_CEILING = 1000.0


class LoopbackX:
    """Two accounts of bots and three of people on an X that was emptied. Its clock is the bots'."""

    can_change = False  # edits and deletions are found by reading again, which is not killed here
    start = START

    def __init__(self, network: Network, kind: str, lag: int = LAG) -> None:
        self.name = kind
        self._network = network
        network.reset()
        network.set_clock(START)
        network.behave(page_size=3, timeline_lag=lag, mentions_lag=60, **KINDS[kind])
        bots = {name: network.add_person(name) for name in HANDLES}
        self._people = {name: network.add_person(name) for name in CAST}
        self._names = {person.id: name for name, person in (bots | self._people).items()}
        ceilings: dict[str, Any] = {"monthly_ceiling": NO_CEILING, "daily_ceiling": NO_CEILING}
        accounts = {name: network.settings(person, **ceilings) for name, person in bots.items()}
        self.world: JSON = {"platform": "x", "accounts": accounts, "start": START.isoformat(), "clock": network.clock}

    def seen(self) -> Seen:
        return Seen(
            SeenPost(
                id=change["post"],
                author=self._names[change["author"]],
                parent=change["parent"],
                root=change["root"],
                texts=[change["text"]],
                changes=[int(change["post"])],
            )
            for change in self._network.changes()
        )

    def write(self, who: str, to: str, text: str, at: datetime) -> str:  # bots set the time
        return self._network.reply(self._people[who], Reference(to), text).remote_id

    def edit(self, post_id: str, text: str, at: datetime) -> None:
        raise NotImplementedError

    def delete(self, post_id: str, at: datetime) -> None:
        raise NotImplementedError

    def settle(self) -> None:
        """Lags end with the time that bots let pass."""
