"""The demo: one simulated week of the whole loop, on a network in this process."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from adapters.registry import load_platform
from adapters.sandbox.network import SandboxNetwork
from adapters.sandbox.service import SandboxService
from adapters.sandbox.settings import SandboxSettings
from bot.app import App, open_app
from bot.clock import start_of_day
from bot.config import AccountConfig, Config
from bot.config.sections import Collect, Database, Digests, General, Retention
from bot.demo.people import Cast
from bot.demo.week import DemoQuestion, Week, load_week
from bot.digest.usable import count_usable
from bot.questions import Content
from bot.scheduler import tick
from storage import questions, replies, verdicts
from storage.models import CONFIG_WORKSPACE
from storage.states import VerdictValue

STEP = timedelta(hours=1)
ACCOUNT = "square"
OUTLET = "The Example Review"

Progress = Callable[[datetime, int, int], None]
"""Called after each simulated day: the moment, posts published and replies collected so far."""


@dataclass(slots=True)
class Summary:
    """What the week brought. set_aside: answers by the rule that weighed most against them."""

    asked: int = 0
    published: int = 0
    collected: int = 0
    edited: int = 0
    gone: int = 0
    kept: int = 0
    maybe: int = 0
    aside: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    usable: int = 0
    files: list[Path] = field(default_factory=list)


@dataclass(slots=True)
class SimulatedClock:
    """A clock that stands still until it is moved."""

    moment: datetime

    def __call__(self) -> datetime:
        """The simulated moment."""
        return self.moment


async def run_demo(folder: Path, progress: Progress) -> Summary:
    """Play the week into `folder` (its database is made anew) and answer what came of it: the same every time."""
    week = load_week()
    network = SandboxNetwork("sandbox")
    clock = SimulatedClock(start_of_day(week.begins, week.zone) + timedelta(hours=8))
    cast = Cast(week, network)
    for old in folder.glob("pullquote.db*"):
        old.unlink()
    async with open_app(_configure(week, network, folder), now=clock) as app:
        summary = Summary(asked=len(week.questions))
        await _play(app, cast, clock, start_of_day(week.ends + timedelta(days=1), week.zone), summary, progress)
        await _count(app, summary)
    return summary


async def _play(
    app: App, cast: Cast, clock: SimulatedClock, until: datetime, summary: Summary, progress: Progress
) -> None:
    """Hour by hour: people act, then the bot's tick; a little longer than the week, for the weekly digest."""
    end = until + timedelta(hours=9)
    while clock.moment < end:
        clock.moment += STEP
        cast.play(clock.moment)
        done = await tick(app.context)
        summary.published += done.published
        summary.collected += sum(each.added for each in done.collected)
        summary.edited += sum(each.edited for each in done.collected)
        summary.files += [path for path in done.written if path not in summary.files]
        if done.errors:
            raise RuntimeError(f"the demo failed: {done.errors[0]}")
        if clock.moment.hour == 0:
            progress(clock.moment, summary.published, summary.collected)


async def _count(app: App, summary: Summary) -> None:
    """The verdicts on answers, counted once an answer, and what can be quoted."""
    async with app.context.store.read() as session:
        for question, _ in await questions.list_questions(session, CONFIG_WORKSPACE):
            standing = await verdicts.load_standing(session, question.id)
            for reply, _, revision in await replies.load_replies(session, question.id):
                summary.gone += reply.state == "deleted"
                if (verdict := standing.get(revision.id)) is None:
                    continue
                summary.kept += verdict.value is VerdictValue.KEEP
                summary.maybe += verdict.value is VerdictValue.MAYBE
                if verdict.value is VerdictValue.ASIDE:
                    summary.aside += 1
                    worst = min(verdict.reasons, key=lambda reason: reason["weight"], default={"rule": "vague"})
                    summary.set_aside[worst["rule"]] += 1
        ids = [question.id for question, _ in await questions.list_questions(session, CONFIG_WORKSPACE)]
    for question_id in ids:
        summary.usable += sum(
            each.answers for each in await count_usable(app.context.store, question_id, app.context.capabilities)
        )


def _configure(week: Week, network: SandboxNetwork, folder: Path) -> Config:
    settings = SandboxSettings(service=SandboxService(network))
    account = AccountConfig(ACCOUNT, load_platform("sandbox"), settings, collect_every=STEP)
    return Config(
        folder=folder,
        pullquote=General(name=OUTLET, zone=week.zone),
        database=Database(url="sqlite:///pullquote.db"),
        collect=Collect(),
        retention=Retention(),
        digest=Digests(weekly=__import__("os").environ.get("W","0 8 * * 1")),
        accounts={ACCOUNT: account},
        questions={question.slug: _content(question, week.zone) for question in week.questions},
    )


def _content(question: DemoQuestion, zone: str) -> Content:
    return Content(
        text=question.text,
        options=question.options,
        why=question.why,
        wanted=question.wanted,
        language=question.language,
        accounts=(ACCOUNT,),
        zone=zone,
        at=question.at[:16],
        closes_after=question.closes_after,
    )
