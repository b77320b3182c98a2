"""A simulated day of a bot: 100 questions on each of three accounts, to which 200,000 replies come; every tick is real.

The clock jumps from tick to tick, to what is due next. A question is asked a minute, and closes after 12 to 22 hours:
then its digests are written. Replies come evenly, to whatever is open. The networks are sandboxes in this process.
A ticker sleeps 5 ms again and again beside the ticks (see `filter_lag`): what it says is of a loop that never rests, as
the hours in which nothing is due are skipped.

    python -m bench.day 100 200000 24

The last number: so many hours are lived and measured as they come. Those before them pass half an hour at a time, and
count for what they leave in the store alone.
"""

import asyncio
import gc
import random
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from bench.filter_lag import Watched, find_p99, measure_rest
from bench.filter_lag import tick as note_lags
from bench.judge_new import make_texts
from bench.peak import read_peak
from bench.spent import read_cpu_of_children
from bench.table import Figure, Figures
from bot.app import open_app
from bot.config.sections import Digests
from bot.context import Context
from bot.log import configure_logging
from bot.scheduler import tick as ticking
from bot.scheduler.tick import NOTE_EVERY, Step, Ticked, tick
from tests.running import START, Clock, Services, configure

ACCOUNTS = ("square", "circle", "triangle")
DAY = timedelta(hours=24)
SOONEST = timedelta(seconds=5)
"""The scheduler's beat."""
IDLE = timedelta(seconds=150)
"""Where nothing is due before it is noted that the loop runs, so much is skipped."""
HASTE = timedelta(minutes=30)
FEW = 2


def ask(number: int) -> dict[str, str]:
    """The keys of a question."""
    return {
        "text": f"What did you stop doing in week {number}?",
        "at": f"{START + timedelta(minutes=1 + number):%Y-%m-%dT%H:%M}",
        "closes_after": f"{stay_open(number)}m",
    }


def stay_open(number: int) -> int:
    """Minutes."""
    return 12 * 60 + 6 * (number % 100)


class People:
    """They answer what is open, evenly over the day."""

    def __init__(self, services: Services, count: int) -> None:
        self._services, self._texts, self._dice = services, make_texts(count), random.Random(count)
        self._read = dict.fromkeys(ACCOUNTS, 0)
        self._open: list[tuple[str, str, datetime]] = []
        self.said = 0

    def speak(self, until: datetime) -> None:
        """Say what was to be said by then."""
        self._find_questions()
        self._open = [each for each in self._open if each[2] > until]
        wanted = min(len(self._texts), round(len(self._texts) * ((until - START) / DAY)))
        while self._open and self.said < wanted:
            account, root, _ = self._dice.choice(self._open)
            author = f"person{self._dice.randrange(max(1, len(self._texts) // 3))}"
            self._services[account].network.post(author, self._texts[self.said], until, parent=root)
            self.said += 1

    def _find_questions(self) -> None:
        for account in ACCOUNTS:
            events = self._services[account].network.events
            for event in events[self._read[account] :]:
                if event.detail.get("author") == "pullquote" and not event.detail["parent"]:
                    number = int(event.detail["text"].split("week ")[1].split("?")[0])
                    self._open.append((account, event.post, event.at + timedelta(minutes=stay_open(number))))
            self._read[account] = len(events)


class Spending:
    """CPU seconds of this process and its worker."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = defaultdict(float)
        self.longest: dict[str, float] = defaultdict(float)

    def now(self) -> float:
        return time.process_time() + read_cpu_of_children()

    def watch(self, step: Step) -> Step:
        """The step, measured."""

        async def work(context: Context, done: Ticked) -> None:
            began = self.now()
            await step.work(context, done)
            spent = self.now() - began
            self.steps[step.name] += spent
            self.longest[step.name] = max(self.longest[step.name], spent)

        return Step(step.name, work, step.due)


Tick: TypeAlias = tuple[float, float, datetime, str]
"""Seconds of CPU and on the wall, when it was, and its dearest step."""


class Hours:
    """Tells of each hour as it ends: a day takes hours itself."""

    def __init__(self) -> None:
        self._told, self._ticks, self._lags = 0, 0, 0

    def tell(self, moment: datetime, ticks: list[Tick], watched: Watched, said: int) -> None:
        """Print a line where another hour is over."""
        hour = int((moment - START) / timedelta(hours=1))
        if hour == self._told or len(ticks) - self._ticks < FEW or len(watched.lags) - self._lags < FEW:
            return
        spent = [each[0] for each in ticks[self._ticks :]]
        lags, held = watched.lags[self._lags :], watched.held[self._lags :]
        print(
            f"  until {moment:%H:%M}, {said:,} replies: {len(spent)} ticks, CPU {sum(spent):.0f} s, p99 "
            f"{find_p99(spent):.2f} s, max {max(spent):.2f} s; {Watched(lags, held)}",
            flush=True,
        )
        self._told, self._ticks, self._lags = hour, len(ticks), len(watched.lags)


def describe_ticks(ticks: list[Tick]) -> None:
    """Print a line."""
    longest = max(ticks)
    median = statistics.median(each[0] for each in ticks)
    print(
        f"  a tick: median {median * 1000:.1f} ms, the dearest {longest[0]:.2f} s of CPU at {longest[2]:%H:%M} in "
        f"{longest[3]!r}, the longest {max(each[1] for each in ticks):.2f} s on the wall; aim: 5"
    )


async def hurry(context: Context, clock: Clock, said: int) -> None:
    """Do what is due, and let half an hour pass; while questions are asked, a minute. Prints how far it is."""
    began = time.process_time() + read_cpu_of_children()
    ticked = await tick(context)
    spent = time.process_time() + read_cpu_of_children() - began
    assert not ticked.errors, ticked.errors
    if not ticked.published:
        print(f"  in haste until {clock():%H:%M}, {said:,} replies: a tick of {spent:.1f} s of CPU", flush=True)
    clock.moment += timedelta(minutes=1) if ticked.published else HASTE


async def live(folder: Path, questions: int, replies: int, hours: float) -> Figures:
    """Print the lines."""
    configure_logging(level="WARNING")
    services, clock, spending = Services(), Clock(), Spending()
    accounts = {name: {"polls": False} for name in ACCOUNTS}
    asked = {f"question-{number}": ask(number) | {"accounts": ACCOUNTS} for number in range(questions)}
    usual = Digests()
    changes = {"accounts": accounts, "questions": asked, "formats": usual.private, "public": usual.public}
    config = configure(folder, f"sqlite:///{folder / 'pullquote.db'}", services, changes)
    people = People(services, replies)
    ticking.STEPS = tuple(map(spending.watch, ticking.STEPS))  # type: ignore[assignment]
    watched, told = Watched([], []), Hours()
    ticks: list[Tick] = []
    async with open_app(config, now=clock) as app:
        gc.collect()
        gc.freeze()  # as `run` does
        began = spending.now()
        done: Counter[str] = Counter()
        hurried = hours < DAY / timedelta(hours=1)
        while clock() < START + DAY:
            people.speak(clock())
            if clock() + HASTE <= START + DAY - timedelta(hours=hours):
                await hurry(app.context, clock, people.said)
                continue
            if hurried:  # half an hour of work came due at once: no tick of a day
                hurried = False
                await tick(app.context)
                spending.steps.clear()
                spending.longest.clear()
                began = spending.now()
            ticker = asyncio.create_task(note_lags(watched.lags, watched.held))
            await asyncio.sleep(0)
            started, spent, before = time.perf_counter(), spending.now(), dict(spending.steps)
            ticked = await tick(app.context)
            cost = spending.now() - spent
            dearest = max(spending.steps, key=lambda name: spending.steps[name] - before.get(name, 0.0), default="")
            ticks.append((cost, time.perf_counter() - started, clock(), dearest))
            ticker.cancel()
            told.tell(clock(), ticks, watched, people.said)
            assert not ticked.errors, ticked.errors
            done.update(
                posts=ticked.published, judged=ticked.judged, closed=len(ticked.closed), files=len(ticked.written)
            )
            ahead = (ticked.next_at or clock()) - clock()
            clock.moment += IDLE if ahead >= NOTE_EVERY else max(SOONEST, ahead)
        whole = spending.now() - began
    print(
        f"the last {hours} of 24 hours of {questions} questions on {len(ACCOUNTS)} accounts, {people.said:,} replies "
        f"in all: {dict(done)}; {len(ticks)} ticks, CPU {whole:.0f} s ({whole / hours / 36:.1f} % of one core's); "
        f"peak {read_peak():.0f} MB with the networks"
    )
    describe_ticks(ticks)
    rest = await measure_rest()
    print(f"  the loop within ticks: {watched}; at rest: {rest}; aim: lag p99 50 ms")
    steps = [
        f"{name} {spent:.1f} s (at most {spending.longest[name]:.2f})"
        for name, spent in sorted(spending.steps.items(), key=lambda step: -step[1])
    ]
    print("  steps:", ", ".join(steps))
    longest, name = max(ticks), f"a day of {replies:,} replies"
    return {
        f"{name}, the longest tick": Figure(longest[0], max(each[1] for each in ticks)),
        f"{name}, lag p99": Figure(find_p99(watched.lags), find_p99(rest.lags)),
    }


def main(questions: int = 100, replies: int = 200_000, hours: int = 24) -> Figures:
    """Print the lines."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(live(Path(folder), questions, replies, hours))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
