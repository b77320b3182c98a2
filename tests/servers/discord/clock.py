"""The server's time, which tests move, and the ids that carry it."""

import time
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""Of snowflakes."""


class Clock:
    """Runs with the real time until it is set; then it stands still, or runs on from where it was set."""

    def __init__(self) -> None:
        self.run_in_real_time()

    def now(self) -> datetime:
        if not self._running:
            return self._moment
        return self._moment + timedelta(seconds=time.monotonic() - self._mark)

    def run_in_real_time(self) -> None:
        self.set(datetime.now(UTC), running=True)  # noqa: TID251 (the server has no Host)

    def set(self, moment: datetime, *, running: bool) -> None:
        self._moment = moment
        self._mark = time.monotonic()
        self._running = running

    def advance(self, by: timedelta) -> None:
        self._moment += by


class Snowflakes:
    """Ids in the order of their making: the millisecond above, a counter of this server below."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._made = 0

    def make(self) -> str:
        self._made += 1
        return str(to_snowflake(self._clock.now()) | self._made & 0x3FFFFF)


def to_snowflake(moment: datetime) -> int:
    """The smallest id of that millisecond."""
    return (moment - EPOCH) // timedelta(milliseconds=1) << 22


def to_moment(snowflake: str) -> datetime:
    """When an id was made."""
    return EPOCH + timedelta(milliseconds=int(snowflake) >> 22)


def write_moment(moment: datetime | None) -> str | None:
    """As Discord writes it."""
    return None if moment is None else moment.isoformat(timespec="microseconds")
