"""How long the event loop is held while 100,000 replies to one question are judged and written down.

A ticker sleeps 5 ms again and again beside the step; a lag is what it overslept. On a machine that does other work the
lag is the machine's; "held" is ours: CPU time of the process, all threads, from one tick to the next. Both stand beside
those of a loop that rests. Judged twice:
the first time every verdict is new, the second time none is.
"""

import asyncio
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bench.peak import read_peak
from bench.rows import START, make_replies
from bench.seed import seed_post
from bench.spent import read_cpu_of_children, read_peak_of_children
from bench.table import Figure, Figures
from bot.app import open_app
from bot.config import Config
from bot.config.sections import Collect, Database, Digests, General, Retention
from bot.context import Context
from bot.replies.judge import judge_question
from storage.models import Question
from storage.replies.ingest import upsert_replies

TICK = 0.005  # seconds
REST = 2.0  # seconds
PAGE = 1_000


@asynccontextmanager
async def open_bot(folder: Path) -> AsyncIterator[Context]:
    """A bot without accounts."""
    config = Config(
        folder=folder,
        pullquote=General(name="The Example Review"),
        database=Database(),
        collect=Collect(),
        retention=Retention(),
        digest=Digests(weekly=""),
        accounts={},
        questions={},
    )
    async with open_app(config, now=lambda: START + timedelta(days=7)) as app:
        yield app.context


async def store_replies(folder: Path, count: int) -> None:
    """One question with `count` replies."""
    async with open_bot(folder) as context:
        async with context.store.write() as session:
            question_id, post_id, account_id = await seed_post(session)
        rows = make_replies(count, question_id, post_id, account_id)
        for start in range(0, count, PAGE):
            async with context.store.write() as session:
                await upsert_replies(session, rows[start : start + PAGE], START)


def seed(folder: Path, count: int) -> None:
    """In a process of its own: its rows are no part of the memory of the bot that judges."""
    asyncio.run(store_replies(folder, count))


async def tick(lags: list[float], held: list[float]) -> None:
    """Note how late each tick is and what the process computed until it, in milliseconds, until cancelled."""
    while True:
        due, spent = time.perf_counter() + TICK, time.process_time()
        await asyncio.sleep(TICK)
        lags.append((time.perf_counter() - due) * 1000)
        held.append((time.process_time() - spent) * 1000)


def find_p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]


@dataclass(frozen=True, slots=True)
class Watched:
    """What a ticker noted, in milliseconds."""

    lags: list[float]
    held: list[float]

    def __str__(self) -> str:
        return f"{describe('lag', self.lags)}, {describe('held', self.held)}"


def describe(name: str, times: list[float]) -> str:
    return f"{name} p99 {find_p99(times):.1f} max {max(times):.1f} ms"


async def measure(context: Context) -> tuple[str, Watched]:
    """Judge everything once; what it took, and how the loop fared."""
    async with context.store.read() as session:
        (question_id,) = await session.scalars(select(Question.id))
    lags: list[float] = []
    held: list[float] = []
    ticker = asyncio.create_task(tick(lags, held))
    started, spent, spent_beside = time.perf_counter(), time.process_time(), read_cpu_of_children()
    new = await judge_question(context, question_id)
    seconds, cpu = time.perf_counter() - started, time.process_time() - spent
    beside = read_cpu_of_children() - spent_beside
    await asyncio.sleep(3 * TICK)  # where nothing is new, judging ends before the first tick
    ticker.cancel()
    watched = Watched(lags, held)
    return f"{new} verdicts in {seconds:.0f} s, CPU {cpu:.1f} s and the worker's {beside:.1f} s, {watched}", watched


async def measure_rest() -> Watched:
    """The same of a loop that does nothing else."""
    lags: list[float] = []
    held: list[float] = []
    ticker = asyncio.create_task(tick(lags, held))
    await asyncio.sleep(REST)
    ticker.cancel()
    return Watched(lags, held)


async def measure_twice(folder: Path) -> tuple[str, Figure]:
    """What to print; and p99 of "held" while everything is judged, beside a rest's."""
    async with open_bot(folder) as context:
        rest = await measure_rest()
        (first, judging), (again, _) = await measure(context), await measure(context)
        peaks = f"peak {read_peak():.0f} MB, the worker's {read_peak_of_children():.0f} MB"
        figure = Figure(find_p99(judging.held), find_p99(rest.held))
        return f"{first}; again: {again}; at rest: {rest}; {peaks}", figure


def main(count: int = 100_000) -> Figures:
    """Print one line."""
    with tempfile.TemporaryDirectory() as folder:
        seeding = multiprocessing.get_context("spawn").Process(target=seed, args=(Path(folder), count))
        seeding.start()
        seeding.join()
        told, figure = asyncio.run(measure_twice(Path(folder)))
    print(f"filter of {count} replies beside the loop: {told}")
    return {f"held p99, {count:,} judged": figure}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
