"""The world of the kill tests: two accounts, and questions that take three posts each. Driver and bots both read it."""

from datetime import timedelta
from pathlib import Path

from adapters.registry import load_platform
from adapters.sandbox.settings import SandboxSettings
from bot.config import AccountConfig, Config
from bot.config.sections import Collect, Database, Digests, General, Retention
from bot.questions import OCCURRENCE, Content
from tests.running import START

EVERY = timedelta(hours=1)
PARTS = 3
TEXT_LIMIT = 120
HANDLES = ("north", "south")

KINDS = {
    "keyed": SandboxSettings(),  # as Bluesky: a repeat with the same key is the same post
    "searched": SandboxSettings(repeats_safely=False),  # as Discord after minutes: found, or proven absent
    "unproven": SandboxSettings(repeats_safely=False, settle_after=timedelta(minutes=15)),  # as X
}
LAGS = {"keyed": 0, "searched": 0, "unproven": 300}
"""Seconds that a post stays out of look-ups; below `settle_after`, as X promises nothing and we assume no more."""


def configure(folder: Path, url: str, kind: str, questions: int) -> Config:
    """A question an hour, on both accounts."""
    return Config(
        folder=folder,
        pullquote=General(name="The Example Review"),
        database=Database(),
        collect=Collect(),
        retention=Retention(),
        digest=Digests(weekly=""),
        accounts={handle: _account(handle, url, kind) for handle in HANDLES},
        questions={f"question-{number}": ask(number) for number in range(1, questions + 1)},
    )


def _account(handle: str, url: str, kind: str) -> AccountConfig:
    """The second account is read from the newest reply back to the mark."""
    changes = {
        "handle": handle,
        "url": url,
        "text_limit": TEXT_LIMIT,
        "polls": False,
        "newest_first": handle == HANDLES[1],
    }
    settings = KINDS[kind].model_copy(update=changes)
    return AccountConfig(handle, load_platform("sandbox"), settings, collect_every=timedelta(seconds=1))


def ask(number: int) -> Content:
    """A root, a continuation and the notice; each text is there once, or X could not tell them apart."""
    return Content(
        text=f"Who still prints newsletter {number}, and who reads it? Tell us what number {number} costs you each month.",
        wanted=f"We look for people who have edited or printed newsletter {number} themselves for a year.",
        outlet=f"The Review {number}",
        accounts=HANDLES,
        at=(START + number * EVERY).strftime(OCCURRENCE),
        grace=timedelta(days=30),
        closes_after=timedelta(days=60),
        thread=True,
    )
