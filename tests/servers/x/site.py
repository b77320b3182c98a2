"""One loopback X: its world, its conduct, its bill, its clock."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TextIO

from bot.questions.clock import now as read_real_clock
from tests.servers.x.conduct import Conduct
from tests.servers.x.ledger import Ledger
from tests.servers.x.limits import RateLimits
from tests.servers.x.oauth import Signatures
from tests.servers.x.posts import Post
from tests.servers.x.schema import Spec
from tests.servers.x.world import World

JSON = dict[str, Any]


@dataclass(slots=True)
class Call:
    """One request. status: 0 until it is answered, and for ever where it never is."""

    operation: str
    query: dict[str, str]
    at: datetime
    account: str = ""
    status: int = 0


class Site:
    """What the handlers share. `file`: where visible changes are written before anybody is answered."""

    def __init__(self, file: TextIO, spec: Spec | None) -> None:
        self.spec = spec
        self._file = file
        self.reset()

    def reset(self) -> None:
        """A new, empty X; the log goes on empty too."""
        self._file.seek(0)
        self._file.truncate()
        self._moment: datetime | None = None
        self._sequence = 0
        self.world = World(self.now, self._write_change)
        self.conduct = Conduct()
        self.ledger = Ledger()
        self.limits = RateLimits()
        self.signatures = Signatures()
        self.calls: list[Call] = []
        self.breaches: list[str] = []

    def now(self) -> datetime:
        """Where tests set it, else the real time."""
        return self._moment or read_real_clock()

    def set_clock(self, moment: datetime) -> None:
        self._moment = moment

    def read_own_clock(self) -> datetime:
        """What the Date header says."""
        return self.now() + timedelta(seconds=self.conduct.skew)

    def read_signing_clock(self) -> float:
        """What signatures are compared with: SDKs sign with the real time, whatever time a test plays in."""
        return read_real_clock().timestamp() + self.conduct.skew

    def _write_change(self, change: str, post: Post) -> None:
        """One visible change, handed to the operating system before this returns."""
        self._sequence += 1
        line = {
            "sequence": self._sequence,
            "change": change,
            "post": str(post.id),
            "author": post.author.id,
            "handle": post.author.handle,
            "parent": str(post.parent.id) if post.parent else "",
            "root": str(post.conversation),
            "text": post.newest.words,
            "at": self.now().isoformat(),
        }
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()
