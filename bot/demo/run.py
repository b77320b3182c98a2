"""The demo: one simulated week of the whole loop, on a network in this process."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

from adapters.registry import load_platform
from adapters.sandbox.memory import save_network
from adapters.sandbox.network import SandboxNetwork
from adapters.sandbox.service import SandboxService
from adapters.sandbox.settings import SandboxSettings
from bot.app import App, open_app
from bot.config import AccountConfig, Config
from bot.config.sections import Digests, FormatName, General
from bot.delivery.digests import Written
from bot.demo.folder import ACCOUNT, remove_last, write_config
from bot.demo.people import Cast
from bot.demo.week import DemoQuestion, DemoWeek, load_week
from bot.digest import load_model
from bot.digest.model import Kind
from bot.questions.clock import start_of_day
from bot.questions.content import Content
from bot.quotes import Edition
from bot.scheduler.tick import tick

HOURS = (0, 4, 8, 9, 10, 12, 15, 19, 22)
"""When the bot looks, every day: it posts at 9 and at 10, and an answer that it reads at 19 is edited after."""
MORNING = timedelta(hours=8)
"""The bot starts after the weekly digest of the week before was due, and ends when that of this week is."""
OUTLET = "The Example Review"


@dataclass(slots=True)
class Summary:
    """Counts of the week. published, collected, edited and gone count posts and replies; the others answers.

    kept: can be quoted; quoted: stands in a digest. set_aside: by the rule that weighed most; not_quoted: by what
    bars it. decoys: answers of a chat model that were given; common: answers much like them, common_quoted of which
    stand in a digest.
    """

    asked: int = 0
    published: int = 0
    collected: int = 0
    edited: int = 0
    gone: int = 0
    answers: int = 0
    kept: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    not_quoted: Counter[str] = field(default_factory=Counter)
    quoted: int = 0
    decoys: int = 0
    common: int = 0
    common_quoted: int = 0
    files: list[Path] = field(default_factory=list)


Progress = Callable[[datetime, Summary], None]
"""Called after each simulated day with the counts so far."""


@dataclass(slots=True)
class SimulatedClock:
    """A clock that stands still until it is moved."""

    moment: datetime

    def __call__(self) -> datetime:
        """The simulated moment."""
        return self.moment


async def run_demo(folder: Path, progress: Progress) -> Summary:
    """Play the week into `folder` and answer what came of it: the same every time.

    Database, config and digests of a demo before are replaced. Raises NotTheDemos where another database stands there.
    """
    week = load_week()
    network = SandboxNetwork("sandbox")
    clock = SimulatedClock(start_of_day(week.begins, week.zone) + MORNING)
    remove_last(folder)
    config = make_config(week, network, folder)
    async with open_app(config, now=clock) as app:
        decoys = sum(len(question.decoys) for question in week.questions)
        play = Play(app, Cast(week, network), clock, Summary(asked=len(week.questions), decoys=decoys))
        for moment in list_moments(week):
            await play.go_to(moment)
            if moment == start_of_day(moment.astimezone(ZoneInfo(week.zone)).date(), week.zone):
                progress(moment - timedelta(minutes=1), play.summary)
    save_network(network, config.state_folder / "sandbox.json")
    write_config(config)
    return play.summary


def list_moments(week: DemoWeek) -> list[datetime]:
    """When the bot looks, from the first morning to the one after the week, when the weekly digest is due."""
    days = [week.begins + timedelta(days=number) for number in range((week.ends - week.begins).days + 2)]
    hours = [start_of_day(day, week.zone) + timedelta(hours=hour) for day in days for hour in HOURS]
    first, last = (start_of_day(day, week.zone) + MORNING for day in (days[0], days[-1]))
    return [moment for moment in hours if first <= moment <= last]


@dataclass(frozen=True, slots=True)
class Play:
    """The week in progress."""

    app: App
    cast: Cast
    clock: SimulatedClock
    summary: Summary

    async def go_to(self, moment: datetime) -> None:
        """People act, then the bot ticks."""
        self.clock.moment = moment
        self.cast.play(moment)
        done = await tick(self.app.context)
        if done.errors:
            raise RuntimeError(f"the demo failed: {done.errors[0]}")
        self.summary.published += done.published
        for collected in done.collected:
            self.summary.collected += collected.added
            self.summary.edited += collected.edited
            self.summary.gone += collected.gone
        for written in done.written:
            await _count(self.app, written, self.summary)


async def _count(app: App, written: Written, summary: Summary) -> None:
    """Add a digest's files, and what the final private one of a question says."""
    summary.files += [path for path in written.paths if path not in summary.files]
    model = await load_model(app.context.store, written.id, capabilities=app.context.capabilities)
    if model.kind is not Kind.QUESTION or written.edition is not Edition.PRIVATE:
        return
    for block in model.selection.blocks:
        summary.answers += block.answers
        summary.quoted += len(block.quotes)
        summary.kept += block.usable
        summary.common += block.common or 0
        summary.common_quoted += sum(quote.common for quote in block.quotes)
        summary.set_aside.update({each.rule: each.count for each in block.set_aside})
        summary.not_quoted.update({each.barrier: each.count for each in block.not_quoted})


def make_config(week: DemoWeek, network: SandboxNetwork, folder: Path) -> Config:
    """What a config of the demo says, with the network in this process."""
    settings = SandboxSettings(service=SandboxService(network))
    account = AccountConfig(ACCOUNT, load_platform("sandbox"), settings, collect_every=timedelta(minutes=5))
    return Config(
        folder=folder,
        pullquote=General(name=OUTLET, zone=week.zone),
        digest=Digests(private=get_args(FormatName), public=get_args(FormatName)),
        accounts={ACCOUNT: account},
        questions={question.slug: _content(question, week.zone) for question in week.questions},
    )


def _content(question: DemoQuestion, zone: str) -> Content:
    keys = question.model_dump(include=Content.model_fields.keys() & DemoQuestion.model_fields.keys())
    return Content(**keys | {"outlet": OUTLET, "accounts": (ACCOUNT,), "zone": zone, "at": question.at[:16]})
