"""How long the event loop is held by what reads all answers to a question: 5,000 of them, then 100,000.

A ticker sleeps 5 ms again and again beside each; a lag is what it overslept (see `filter_lag`).
"""

import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import select

from bench.filter_lag import measure_rest, open_bot, seed, tick
from bench.table import Figure, Figures
from bot.context import Context
from bot.desk.answers.review import next_review
from bot.desk.operating.status import read_status
from bot.digest import compile_question
from bot.quotes import Edition
from bot.replies.enough import report_enough
from bot.replies.judge import judge_question
from storage.models import Question


async def measure(name: str, work: Callable[[], Awaitable[object]]) -> float:
    """Print one line; answers for how long the loop was held at most, in milliseconds."""
    lags: list[float] = []
    held: list[float] = []
    ticker = asyncio.create_task(tick(lags, held))
    await asyncio.sleep(0.05)
    began = time.perf_counter()
    await work()
    seconds = time.perf_counter() - began
    ticker.cancel()
    print(f"  {name}: {seconds:.1f} s, lag max {max(lags):.0f} ms, held max {max(held):.0f} ms")
    return max(held)


async def run(folder: Path) -> Figures:
    """Held at most by each step, beside a rest."""
    async with open_bot(folder) as context:
        async with context.store.read() as session:
            (question,) = await session.scalars(select(Question))
        await judge_question(context, question.id)
        rest = await measure_rest()
        print(f"  at rest: {rest}")
        works: dict[str, Callable[[], Awaitable[object]]] = {
            "status": lambda: read_status(context, question.workspace),
            "review": lambda: next_review(context, [question.workspace]),
            "enough or not": lambda: report_enough(context, question.id),
            "digest": lambda: compile_digest(context, question.id),
        }
        return {name: Figure(await measure(name, work), max(rest.held)) for name, work in works.items()}


def compile_digest(context: Context, question_id: int) -> Awaitable[int]:
    return compile_question(
        context.store,
        question_id,
        as_of=context.now(),
        zone="UTC",
        edition=Edition.PRIVATE,
        final=False,
        capabilities=context.capabilities,
    )


def main(*counts: int) -> Figures:
    """Print a line for each of four steps, for each count of answers."""
    figures: Figures = {}
    for count in counts or (5_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            seeding = multiprocessing.get_context("spawn").Process(target=seed, args=(Path(folder), count))
            seeding.start()
            seeding.join()
            print(f"the loop beside {count} answers:")
            held = asyncio.run(run(Path(folder)))
        figures |= {f"held at most by {name}, {count:,} answers": figure for name, figure in held.items()}
    return figures


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
