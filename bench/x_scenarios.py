"""What is tried on the loopback X."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

AROUND = timedelta(minutes=15)
SHORT_STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Scenario:
    """posts are out at the start and closed after `lasts`; replies come in `over`.

    A tick and a collection each `step`, and every five minutes around midnight: what was read just before is billed
    again there.

    worth: the share of replies that says something, which passes the filter and is read again before the digest.
    """

    name: str
    posts: int
    replies: int
    over: timedelta
    lasts: timedelta
    step: timedelta
    options: tuple[str, ...] = ()
    worth: float = 0.2

    def next_moment(self, now: datetime) -> datetime:
        """When there is a tick again."""
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
        if now >= midnight - AROUND or now < midnight - timedelta(days=1) + AROUND:
            return now + SHORT_STEP
        return min(now + self.step, midnight - AROUND)


SCENARIOS = (
    Scenario(
        "1 post and 30 replies a day for a week",
        posts=1,
        replies=210,
        over=timedelta(days=7),
        lasts=timedelta(days=7),
        step=timedelta(hours=1),
        options=("I stopped", "I never began"),
    ),
    Scenario(
        "10 posts and 2,000 replies in three days",
        posts=10,
        replies=2000,
        over=timedelta(days=3),
        lasts=timedelta(days=4),
        step=timedelta(hours=1),
    ),
    Scenario(
        "1 post, 20 replies and 50 idle days",
        posts=1,
        replies=20,
        over=timedelta(days=1),
        lasts=timedelta(days=51),
        step=timedelta(hours=6),
    ),
)
