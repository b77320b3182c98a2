"""One trial of a whole pullquote on the loopback X: questions, people, simulated days, and X's bill at the end."""

import random
import sqlite3
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from adapters.contract.sending import Reference
from adapters.registry import load_platform
from bench.x_people import Crowd, plan_answers
from bench.x_plain import PlainCollector
from bench.x_scenarios import Scenario
from bot.app import open_app
from bot.config import AccountConfig, Config
from bot.config.sections import Collect, Database, Digests, General, Retention
from bot.context import Context
from bot.questions.content import OCCURRENCE, Content
from bot.scheduler.tick import tick
from tests.running import START, Clock, InProcess
from tests.servers.x.network import Charge, Network, Person
from tests.servers.x.tweepy_client import open_tweepy

NO_CEILING = 1000.0
"""What reading costs is to be seen here, not stopped."""


@dataclass(frozen=True, slots=True)
class Bill:
    """charges: of one account. stored and written: replies."""

    account: Person
    charges: list[Charge]
    stored: int
    written: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """quoted: replies that were read again for a digest. booked: US dollars that pullquote says were spent, posts
    too. last_reply: when the last one was written.
    """

    ours: Bill
    plain: Bill
    quoted: int
    booked: float
    last_reply: datetime


async def run_trial(network: Network, folder: Path, scenario: Scenario) -> Outcome:
    """Until all is closed and the digests are written. The plain code works beside, under another account."""
    dice = random.Random(1)
    clock = Clock(START)
    network.reset()
    network.set_clock(clock())
    asker, other = network.add_person("asker"), network.add_person("other")
    config = configure(folder, network.settings(asker), scenario)
    begin = START + timedelta(minutes=1)
    answers = plan_answers(dice, scenario, begin)
    last_reply = answers[-1].at
    crowd = Crowd(network, asker, dice, answers)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(config, now=clock, judges=InProcess()))
        client = await stack.enter_async_context(open_tweepy(network, other))
        await _tick(app.context, network, clock, begin)
        roots = list_roots(network, asker)
        if len(roots) != scenario.posts:
            raise RuntimeError(f"{len(roots)} of {scenario.posts} questions went out")
        plain = PlainCollector(client, [root.remote_id for root in roots], begin)
        while clock() < begin + scenario.lasts:
            moment = scenario.next_moment(clock())
            network.set_clock(moment)
            if moment < begin + scenario.lasts:
                crowd.write(moment, roots)
                await plain.work(moment)
            await _tick(app.context, network, clock, moment)
    written = {change["post"] for change in network.changes() if change["author"] != asker.id}
    stored, quoted, booked = read_rows(folder / "pullquote.db")
    return Outcome(
        ours=Bill(asker, network.ledger(asker), len(stored & written), len(written)),
        plain=Bill(other, network.ledger(other), len(plain.replies.keys() & written), len(written)),
        quoted=quoted,
        booked=booked,
        last_reply=last_reply,
    )


def configure(folder: Path, settings: dict[str, object], scenario: Scenario) -> Config:
    """One account that owns its app, and the scenario's questions."""
    platform = load_platform("x")
    ceilings = {"monthly_ceiling": NO_CEILING, "daily_ceiling": NO_CEILING}
    account = AccountConfig(
        "x", platform, platform.settings.model_validate(settings | ceilings), collect_every=timedelta(seconds=1)
    )
    return Config(
        folder=folder,
        pullquote=General(name="The Example Review", zone="UTC"),
        database=Database(),
        collect=Collect(),
        retention=Retention(),
        digest=Digests(private=("json",), public=(), weekly=""),
        accounts={"x": account},
        questions={f"question-{number}": ask(number, scenario) for number in range(scenario.posts)},
    )


def ask(number: int, scenario: Scenario) -> Content:
    """Due at the first minute."""
    return Content(
        text=f"What did you stop doing in your work as number {number}, and what happened then?",
        options=scenario.options,
        accounts=("x",),
        at=(START + timedelta(minutes=1)).strftime(OCCURRENCE),
        closes_after=scenario.lasts,
    )


def list_roots(network: Network, asker: Person) -> list[Reference]:
    """What the bot has posted."""
    posted = [change for change in network.changes() if change["author"] == asker.id and not change["parent"]]
    return [Reference(change["post"]) for change in posted]


def read_rows(database: Path) -> tuple[set[str], int, float]:
    """The ids of all stored replies, how many of them were read again for a digest, and what was spent by the books."""
    with closing(sqlite3.connect(database)) as connection:
        stored = {row[0] for row in connection.execute("SELECT remote_id FROM replies")}
        (quoted,) = connection.execute("SELECT count(*) FROM replies WHERE checked_at IS NOT NULL").fetchone()
        (micros,) = connection.execute("SELECT sum(micros) FROM spendings").fetchone()
    return stored, quoted, micros / 1_000_000


async def _tick(context: Context, network: Network, clock: Clock, moment: datetime) -> None:
    clock.moment = moment
    network.set_clock(moment)
    done = await tick(context)
    if done.errors or any(collected.error for collected in done.collected):
        raise RuntimeError(f"at {moment}: {done}")
