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
    """What the calls of one account cost. Money is in millionths of a US dollar, days and months are UTC."""

    as_of: date  # when the prices were last looked up
    prices: Mapping[str, int]  # by unit of `Host.spend`
    posting: frozenset[str]  # the units that posting takes; the others are reads
    monthly: int  # the most that may be spent in a month, by reads and posts
    daily: int  # the most that reads may spend in a day
    reserve: int  # the part of `monthly` that reads leave for posts
    bill_draft: Callable[[Draft], Mapping[str, int]]  # units that posting takes
    bill_replies: Callable[[int, timedelta], Mapping[str, int]]  # that collecting so many replies in so long takes
    bill_adoption: Callable[[int], Mapping[str, int]]  # that reading so many replies to somebody else's post takes
    reaches_back: timedelta  # how old those may be
    describe_owner: Callable[[str], str]  # whether who has this handle reads at the lower price, a sentence

    def price(self, units: Mapping[str, int]) -> int:
        """What these units cost."""
        return sum(self.prices[unit] * amount for unit, amount in units.items())


@dataclass(frozen=True, slots=True)
class Platform:
    """What an entry point of the group `pullquote.adapters` names. Importing it must not import an SDK."""

    name: str
    title: str
    settings: type[BaseModel]  # an account's keys in config.toml; a SecretStr is given as `{ env }` or `{ file }`
    capabilities: Capabilities
    connect: Callable[[Any, Host], Adapter]  # makes the adapter of one account; imports the SDK, sends nothing
    recognises: Callable[[str], bool]  # whether a link belongs to this platform
    reads_without_account: bool = False  # `connect(settings(), host)` can look up and collect public posts
    capabilities_of: Callable[[Any], Capabilities] | None = None  # where they depend on the account's settings
    tariff_of: Callable[[Any], Tariff] | None = None  # what an account with these settings pays

    def capabilities_with(self, settings: Any) -> Capabilities:
        """What an account with these settings can do; no SDK is imported."""
        return self.capabilities_of(settings) if self.capabilities_of else self.capabilities

    def tariff_with(self, settings: Any) -> Tariff | None:
        """What an account with these settings pays, None where nothing costs; no SDK is imported."""
        return self.tariff_of(settings) if self.tariff_of else None
