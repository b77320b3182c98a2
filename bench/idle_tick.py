"""A tick in which nothing is due: of 1,000 questions with a cron beside one, of 100,000 old posts beside none.

CPU time of the process; medians of interleaved rounds. Also how often the database is asked, and how long the tick
holds the loop in which everything is planned.
"""

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event, insert

from bench.filter_lag import open_bot
from bench.rows import START
from bench.table import Figure, Figures
from bot.context import Context
from bot.questions.content import Content
from bot.scheduler.tick import tick
from storage.accounts.accounts import record_account
from storage.models import Post
from storage.questions.questions import record_question, set_targets
from storage.states import CONFIG_WORKSPACE, PostState, Source

CRONS, POSTS = 1_000, 100_000
ROUNDS, TICKS = 15, 20
REST = 0.5  # seconds


async def seed(context: Context, crons: int, posts: int) -> None:
    """Questions that are asked every morning and whose replies are judged; all old posts are of the first."""
    async with context.store.write() as session:
        account = await record_account(session, "square", "sandbox")
        for number in range(crons):
            content = Content(text=f"What did you stop doing in week {number}?", cron="0 9 * * *", zone="Europe/Berlin")
            recorded = await record_question(
                session,
                workspace=CONFIG_WORKSPACE,
                slug=f"habits-{number}",
                content=content.model_dump(mode="json"),
                content_hash=content.hash,
                source=Source.COMMAND,
                now=context.now(),
            )
            question, now = recorded.question, context.now()
            question.changed_at, question.judged_at, question.judged_by = now, now, context.rules_hash
            (target,) = await set_targets(session, question.id, [(account.id, "")])
            if number == 0 and posts:
                old = {"target_id": target.id, "version_id": recorded.version.id, "state": PostState.CLOSED}
                names = ("due_at", "expires_at", "published_at", "closes_at", "closed_at", "digested_at")
                old |= dict.fromkeys((*names, "collect_until", "counted_at"), START)
                await session.execute(insert(Post), [old | {"occurrence": f"old-{n}"} for n in range(posts)])


async def measure_holding(work: Awaitable[object]) -> float:
    """The longest that it held the loop, in milliseconds: CPU time from one turn of another task to the next."""
    held = [0.0]

    async def turn() -> None:
        while True:
            spent = time.process_time()
            await asyncio.sleep(0)
            held[0] = max(held[0], time.process_time() - spent)

    gc.collect()
    gc.freeze()  # as `run` does
    turning = asyncio.create_task(turn())
    await work
    turning.cancel()
    return held[0] * 1000


async def count_statements(context: Context) -> int:
    """How often one idle tick asks the database; beginning and end are not counted."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(context.store.engine.sync_engine, "before_cursor_execute", note)
    await tick(context)
    event.remove(context.store.engine.sync_engine, "before_cursor_execute", note)
    return len(asked)


async def run(folder: Path) -> Figures:
    """Print the lines."""
    figures: Figures = {}
    sizes = {"one cron": (1, 0), "1,000 crons": (CRONS, 0), "100,000 old posts": (1, POSTS)}
    async with AsyncExitStack() as stack:
        bots = {}
        for name, (crons, posts) in sizes.items():
            (folder / name).mkdir()
            context = bots[name] = await stack.enter_async_context(open_bot(folder / name))
            await seed(context, crons, posts)
            held, rest = await measure_holding(tick(context)), await measure_holding(asyncio.sleep(REST))
            figures[f"held by the first tick, {name}"] = Figure(held, rest)
            context.now = lambda: START + timedelta(days=7, seconds=5)
            await tick(context)
            print(f"the first tick with {name}: holds the loop {held:.0f} ms, a rest {rest:.1f}; aim: 50")
        spent: dict[str, list[float]] = {name: [] for name in bots}
        for _ in range(ROUNDS):
            for name, context in bots.items():
                began = time.process_time()
                for _ in range(TICKS):
                    await tick(context)
                spent[name].append((time.process_time() - began) / TICKS * 1000)
        medians = {name: statistics.median(each) for name, each in spent.items()}
        base, *others = medians
        asked = await count_statements(bots[base])
        figures["idle tick, statements"] = Figure(asked)
        print(f"an idle tick with {base}: {medians[base]:.2f} ms; statements {asked}; aim: 3")
        for name, aim in zip(others, ("1.2", "1.1"), strict=True):
            ratio = medians[name] / medians[base]
            print(f"an idle tick with {name} ÷ {base}: {ratio:.2f}; aim: {aim}")
            figures[f"idle tick, {name}"] = Figure(medians[name], medians[base])
        return figures


def main() -> Figures:
    """Print a line for each."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(run(Path(folder)))


if __name__ == "__main__":
    main()
