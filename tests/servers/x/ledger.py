"""What X would bill: prices as of August 2026, in US dollars."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tests.servers.x.posts import Account, Post

PRICES = {
    "post_read": 0.005,
    "owned_read": 0.001,
    "user_read": 0.010,
    "post_create": 0.015,
    "post_create_url": 0.200,
    "post_delete": 0.010,
    "summoned_reply": 0.010,
}


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of the bill. of: whose the post is, "" for a user."""

    at: datetime
    account: str
    unit: str
    resource: str
    of: str
    usd: float
    operation: str


@dataclass(slots=True)
class Ledger:
    """A resource is billed once a UTC day to an account, by unit: the same post as an owned read and as a post read is
    billed twice. X does not say that it is not, so the dearer reading is assumed.
    """

    charges: list[Charge] = field(default_factory=list)
    _read: set[tuple[str, str, str, str]] = field(default_factory=set)

    def bill_posts(self, account: Account, unit: str, posts: Iterable[Post], operation: str, at: datetime) -> float:
        """Reads of posts; answers what they cost."""
        return sum(self._bill_read(account, unit, str(post.id), post.author.id, operation, at) for post in posts)

    def bill_users(self, account: Account, users: Iterable[Account], operation: str, at: datetime) -> float:
        """Reads of profiles; answers what they cost."""
        return sum(self._bill_read(account, "user_read", user.id, "", operation, at) for user in users)

    def bill_creation(self, account: Account, unit: str, post: Post, at: datetime) -> float:
        """Each creation counts."""
        return self._bill(Charge(at, account.id, unit, str(post.id), account.id, PRICES[unit], "create"))

    def bill_deletion(self, account: Account, post: Post, at: datetime) -> float:
        """X lists two prices and does not say which is a post's: the dearer one."""
        return self._bill(
            Charge(at, account.id, "post_delete", str(post.id), account.id, PRICES["post_delete"], "delete")
        )

    def _bill_read(self, account: Account, unit: str, resource: str, of: str, operation: str, at: datetime) -> float:
        read = (account.id, unit, resource, f"{at:%Y-%m-%d}")
        if read in self._read:
            return 0
        self._read.add(read)
        return self._bill(Charge(at, account.id, unit, resource, of, PRICES[unit], operation))

    def _bill(self, charge: Charge) -> float:
        self.charges.append(charge)
        return charge.usd
