"""How the loopback X behaves: what lags, what is refused, what fails."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

ANY = "*"


@dataclass(slots=True)
class Failure:
    """See `tests.servers.x.network.Network.fail`. `nth` and `times` are counted down by `Conduct.next_failure`."""

    operation: str
    status: int = 0
    html: bool = False
    after_effect: bool = False
    hang: float = 0
    nth: int = 1
    times: int = 1
    reset_at: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None


@dataclass(slots=True)
class Conduct:
    """Lags, latency and skew in seconds; lags by the clock that tests set, latency by the real one.

    duplicates: which equal texts of an account are refused while the first stands; X promises nothing ("any", only
    below the same parent, none). skew: how far X's own clock is ahead. requests: spellings of parameters that are
    taken; answers: of names that are given. page_size: the most of a page, below what is asked for. credits: US dollars
    that are left, None for no end. rate_limits: whether calls are counted.
    """

    timeline_lag: float = 0
    mentions_lag: float = 0
    search_lag: float = 0
    duplicates: Literal["any", "same_parent", "none"] = "any"
    latency: float = 0
    skew: float = 0
    requests: Literal["old", "new", "both"] = "both"
    answers: Literal["old", "new"] = "new"
    page_size: int | None = None
    credits: float | None = None
    rate_limits: bool = True
    failures: list[Failure] = field(default_factory=list)

    def pay(self, usd: float) -> None:
        """Take from the credits; the call that uses up the last ones is still answered."""
        if self.credits is not None:
            self.credits -= usd

    def next_failure(self, operation: str) -> Failure | None:
        """Count one call; answers how it fails, where it does."""
        fits = [failure for failure in self.failures if failure.operation in (operation, ANY)]
        for failure in fits:
            failure.nth -= 1
        failing = next((failure for failure in fits if failure.nth <= 0), None)
        if failing is not None:
            failing.times -= 1
            if not failing.times:
                self.failures.remove(failing)
        return failing


def change(conduct: Conduct, told: dict[str, Any]) -> None:
    """Set fields by name; raises ValueError for one that is none."""
    for name, value in told.items():
        if name not in Conduct.__slots__ or name == "failures":
            raise ValueError(f"there is no conduct {name!r}")
        setattr(conduct, name, value)
