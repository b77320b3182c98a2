"""What the next month will cost, before it does. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from adapters.contract.platform import Tariff
from bot.config import AccountConfig, Config
from bot.questions import clock
from bot.questions.content import Content, split_account
from bot.questions.render import DoesNotFit, render

MONTH = timedelta(days=30)
REPLIES = 30
"""So many replies a post are reckoned with; nobody knows."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """One account's next 30 days: how many posts, and what they and reading `replies` replies to each will cost.

    Money is in millionths of a dollar. as_of: when the prices were looked up.
    """

    account: str
    posts: int
    replies: int
    posting: int
    reading: int
    ceiling: int
    as_of: date

    @property
    def total(self) -> int:
        """All of it."""
        return self.posting + self.reading

    @property
    def exceeds(self) -> bool:
        """Whether the ceiling will stop it."""
        return self.total > self.ceiling


def forecast(config: Config, account: AccountConfig, tariff: Tariff, now: datetime) -> Forecast:
    """What the questions of the config will cost on an account."""
    posts = posting = reading = 0
    for content in config.questions.values():
        if account.name not in {split_account(entry)[0] for entry in content.accounts}:
            continue
        due = len(clock.due_between(content, now, now + MONTH))
        posts += due
        posting += due * tariff.price(_bill(config, account, content, tariff, now))
        lasts = clock.find_close(content, now) - now + config.collect.after_close
        reading += due * tariff.price(tariff.bill_replies(REPLIES, lasts))
    return Forecast(account.name, posts, REPLIES, posting, reading, tariff.monthly, tariff.as_of)


def _bill(config: Config, account: AccountConfig, content: Content, tariff: Tariff, now: datetime) -> Mapping[str, int]:
    capabilities = account.platform.capabilities_with(account.settings)
    try:
        draft = render(
            content, capabilities, name=config.pullquote.name, place="", closes_at=clock.find_close(content, now)
        )
    except DoesNotFit:  # told by itself
        return {}
    return tariff.bill_draft(draft)
