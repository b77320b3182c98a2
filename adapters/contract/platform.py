"""A platform as its entry point names it, and what its calls cost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from adapters.contract.adapter import Adapter, Host
from adapters.contract.capabilities import Capabilities
from adapters.contract.sending import Draft


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the calls of one account cost. Money is in millionths of a US dollar.

    prices: by unit of `Host.spend`. as_of: the day on which they were last looked up. posting: the units that posting
    takes; the others are reads. monthly: the most that may be spent in a UTC month, by reads and posts. reserve: the
    part of it that reads leave for posts. daily: the most that reads may spend in a UTC day.
    bill_draft: units that posting takes. bill_replies: units that collecting so many replies to a post in so long
    takes. bill_adoption: units that reading so many replies to somebody else's post takes. reaches_back: how old
    those may be. tell_owner: whether the account that is logged in with a handle reads at the lower price, a sentence.
    """

    as_of: date
    prices: Mapping[str, int]
    posting: frozenset[str]
    monthly: int
    daily: int
    reserve: int
    bill_draft: Callable[[Draft], Mapping[str, int]]
    bill_replies: Callable[[int, timedelta], Mapping[str, int]]
    bill_adoption: Callable[[int], Mapping[str, int]]
    reaches_back: timedelta
    describe_owner: Callable[[str], str]

    def price(self, units: Mapping[str, int]) -> int:
        """What these units cost."""
        return sum(self.prices[unit] * amount for unit, amount in units.items())


@dataclass(frozen=True, slots=True)
class Platform:
    """What an entry point of the group `pullquote.adapters` names. Importing it must not import an SDK.

    settings: the keys of an account in config.toml; a field of type SecretStr is given as `{ env }` or `{ file }`.
    connect: makes the adapter of one account (imports the SDK; sends nothing).
    recognises: whether a link belongs to this platform.
    capabilities_of: where what an account can do depends on its settings.
    tariff_of: what an account with these settings pays; None where nothing costs.
    reads_without_account: `connect(settings(), host)` can look up and collect public posts.
    """

    name: str
    title: str
    settings: type[BaseModel]
    capabilities: Capabilities
    connect: Callable[[Any, Host], Adapter]
    recognises: Callable[[str], bool]
    reads_without_account: bool = False
    capabilities_of: Callable[[Any], Capabilities] | None = None
    tariff_of: Callable[[Any], Tariff] | None = None

    def capabilities_with(self, settings: Any) -> Capabilities:
        """What an account with these settings can do; no SDK is imported."""
        return self.capabilities_of(settings) if self.capabilities_of else self.capabilities

    def tariff_with(self, settings: Any) -> Tariff | None:
        """What an account with these settings pays; no SDK is imported."""
        return self.tariff_of(settings) if self.tariff_of else None
