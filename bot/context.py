"""What every step is given: the store, the settings, the clock and the accounts that can be reached."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from adapters.contract.adapter import Adapter
from adapters.contract.capabilities import Capabilities
from adapters.contract.platform import Tariff
from bot.config import Config
from bot.config.communities import Guild
from bot.filter.values import JudgedQuestion, JudgedWording, ReadWordings, StoredThread
from storage.engine import Store


class Accounts(Protocol):
    """The configured accounts by the id of their row; an adapter is opened when it is first asked for."""

    @property
    def ids(self) -> frozenset[int]:
        """Accounts that this process is configured for."""

    async def adapter(self, account_id: int) -> Adapter:
        """The open adapter of an account. Raises AdapterError where it cannot be opened."""

    def capabilities_of(self, account_id: int) -> Capabilities:
        """What one account can do: as its adapter says where it is open, else as its platform does."""

    def tariff_of(self, account_id: int) -> Tariff | None:
        """What one account pays; None where nothing costs."""

    def collect_every(self, account_id: int) -> timedelta:
        """How often replies are collected."""

    async def reconfigure(self, config: Config) -> None:
        """Go on with another config, also in the context; a gateway that listens keeps to the one before."""


class Judges(Protocol):
    """Where the filter runs."""

    def judge(
        self, asked: JudgedQuestion, read: ReadWordings, stored: StoredThread
    ) -> AsyncGenerator[list[JudgedWording], None]:
        """Judge what is new of a question, and what that changes; it comes back a batch at a time.

        `read` and what is stored are read again where the work has to be repeated; then judgements may come twice.
        Raises ThreadMoved where what was read does not fit together.
        """

    async def make_prints(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """What each of these texts is found again by in other questions: (kind, hash)."""


@dataclass(frozen=True, slots=True)
class Doing:
    """The step that a tick is at, and since when."""

    step: str
    since: datetime


@dataclass(slots=True)
class Context:
    """One opened pullquote. `holder` names this process in claims and leases.

    rules_hash: of the filter's rules and of what the config sets of it. capabilities: what each installed platform can
    do. name: the outlet, as the notice says it. guilds: communities in which editors work, by id. hints: ids of
    accounts to collect at the next tick. rereads: (account id, remote id) of what is to be read again then. doing: what
    a tick is at. quiet_until: when it is logged again that the database cannot be written. counting: is told how many
    changes were counted so far, where there are many. skews: how far our clock is ahead of a network's, by account id.
    """

    store: Store
    config: Config
    accounts: Accounts
    judges: Judges
    capabilities: Mapping[str, Capabilities]
    now: Callable[[], datetime]
    holder: str
    rules_hash: str
    name: str
    zone: str
    guilds: Mapping[str, Guild]
    hints: set[int] = field(default_factory=set)
    rereads: set[tuple[int, str]] = field(default_factory=set)
    doing: Doing | None = None
    quiet_until: datetime | None = None
    counting: Callable[[int], None] | None = None
    skews: dict[int, timedelta] = field(default_factory=dict)

    @property
    def shorter_retentions(self) -> dict[str, timedelta]:
        """By platform, where its rules let texts be kept for less time than the config says."""
        return {
            platform: capabilities.retention
            for platform, capabilities in sorted(self.capabilities.items())
            if capabilities.retention is not None and capabilities.retention < self.config.retention.after_close
        }
