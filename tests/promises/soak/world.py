"""What a kill test's bots are: two accounts, and questions that take three posts each. Driver and bots both read it."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from adapters.registry import load_platform
from bot.config import AccountConfig, Config
from bot.config.sections import Collect, Database, Digests, General, Retention
from bot.questions.content import OCCURRENCE, Content

EVERY = timedelta(hours=1)
PARTS = 3
HANDLES = ("north", "south")
"""Names of the accounts in the config."""

JSON = dict[str, Any]


def configure(folder: Path, world: JSON) -> Config:
    """world: platform; accounts, their settings by name; start (ISO 8601) and the number of questions, one an hour.

    at_once: how many come due together, a minute after those before them. database: its URL where it is no file.
    """
    platform = load_platform(world["platform"])
    accounts = [
        AccountConfig(name, platform, platform.settings.model_validate(settings), collect_every=timedelta(seconds=1))
        for name, settings in world["accounts"].items()
    ]
    start = datetime.fromisoformat(world["start"])
    return Config(
        folder=folder,
        pullquote=General(name="The Example Review"),
        database=Database(url=world["database"]) if "database" in world else Database(),
        collect=Collect(),
        retention=Retention(),
        digest=Digests(weekly=""),
        accounts={account.name: account for account in accounts},
        questions={
            f"question-{number}": ask(
                number,
                tell_due(number, start, world.get("at_once")),
                world.get("places", {}),
                " very" * world.get("padding", 0),
            )
            for number in range(1, world["questions"] + 1)
        },
    )


def tell_due(number: int, start: datetime, at_once: int | None) -> datetime:
    """When a question is due, the first being number 1."""
    if at_once is None:
        return start + number * EVERY
    return start + timedelta(minutes=1 + (number - 1) // at_once)


def tell_time(world: JSON, moment: datetime) -> None:
    """Set the clock of a network that has one for bots to set (`clock`, its address)."""
    if "clock" in world:
        body = json.dumps({world.get("clock_key", "at"): moment.isoformat()}).encode()
        request = Request(world["clock"], body, {"Content-Type": "application/json"})
        urlopen(request, timeout=30).close()


def ask(number: int, due: datetime, places: dict[str, str], padding: str = "") -> Content:
    """A root, a continuation, and a third part with the notice: the same words under every question.

    In posts of 280 or 300 characters two sentences fit, the third goes on below with what is wanted, and the notice
    stands alone. Each leaves room for a date: X takes no text twice. `padding` does the same where posts are longer.
    """
    return Content(
        text=(
            f"Who still prints newsletter {number}, and who of your readers would miss the paper if it were gone{padding}? "
            f"Tell us what printing and posting number {number} costs you each month, and whether it has gone up or "
            f"down over the last three years{padding}. "
            f"And if you have given newsletter {number} up: say when that was, who took the decision, what it saved "
            f"you, and what you would do differently now{padding}."
        ),
        wanted=f"We look for people who have edited, printed or posted a newsletter, or have paid for it{padding}.",
        accounts=tuple(f"{name}:{places[name]}" if name in places else name for name in HANDLES),
        at=due.strftime(OCCURRENCE),
        grace=timedelta(days=30),
        closes_after=timedelta(days=60),
        thread=True,
    )
