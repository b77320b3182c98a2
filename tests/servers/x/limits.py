"""How many calls X takes in a quarter of an hour, by account and operation."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.servers.x.problems import refuse

WINDOW = timedelta(minutes=15)
MOST_CALLS = {"search": 300, "mentions": 300, "timeline": 900, "create": 100}
"""The others have limits too; nothing here comes near them."""


@dataclass(slots=True)
class RateLimits:
    """Fixed windows that begin with their first call."""

    _windows: dict[tuple[str, str], tuple[datetime, int]] = field(default_factory=dict)

    def count(self, account_id: str, operation: str, now: datetime) -> dict[str, str]:
        """Count one call and answer X's headers. Raises Problem (429)."""
        most = MOST_CALLS.get(operation)
        if most is None:
            return {}
        began, calls = self._windows.get((account_id, operation), (now, 0))
        if not began <= now < began + WINDOW:
            began, calls = now, 0
        calls += 1
        self._windows[account_id, operation] = (began, calls)
        headers = {
            "x-rate-limit-limit": str(most),
            "x-rate-limit-remaining": str(max(0, most - calls)),
            "x-rate-limit-reset": str(int((began + WINDOW).timestamp())),
        }
        if calls > most:
            raise refuse(429, headers=headers)
        return headers
