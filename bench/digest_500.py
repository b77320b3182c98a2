"""A digest of 500 quotes in all formats and both editions, of 500 replies, 10,000 and 100,000: CPU time and memory.

html and docx draw the chart of the replies, and docx turns it into a picture: that is part of their figures.
Each size runs in a process of its own, so that its peak is its own. Medians; what runs once pays for imports too.
"""

import asyncio
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert, select

from adapters.registry import load_platform
from bench.peak import read_peak
from bench.rows import START, make_replies
from bench.seed import seed_post
from bot.digest import FORMATS, compile_question, load_model, render
from bot.quotes import Edition
from storage.engine import Store, resolve_url
from storage.models import Revision, Verdict
from storage.replies.ingest import upsert_replies
from storage.states import VerdictValue
from storage.upgrade import upgrade

QUOTES = 500
SIZES = (500, 10_000, 100_000)
RUNS = {500: 6, 10_000: 3}
"""Of a size; one of any other: a minute each at 100,000."""
PAGE = 5_000


class Laps:
    """CPU seconds of the named steps."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Measure one step."""
        started = time.process_time()
        yield
        self.spent[name].append(time.process_time() - started)

    def tell(self, *names: str) -> str:
        """The medians in milliseconds, where there are several without the first: it imports and fills caches."""
        found = {name: self.spent[name][1:] or self.spent[name] for name in names}
        return ", ".join(f"{name} {statistics.median(spent) * 1000:.0f}" for name, spent in found.items())


async def prepare(store: Store, count: int) -> int:
    """`count` kept replies of one question; answers its id."""
    await upgrade(store)
    async with store.write() as session:
        question_id, post_id, account_id = await seed_post(session)
    # answers by one author each: three of one would be three answers all the same, with less to attribute
    rows = make_replies(count * 3, question_id, post_id, account_id)[:count]
    for start in range(0, count, PAGE):
        async with store.write() as session:
            await upsert_replies(session, rows[start : start + PAGE], START)
    judged = {"value": VerdictValue.KEEP, "score": 0.9, "reasons": [], "rules_hash": "bench", "judged_at": START}
    async with store.write() as session:
        ids = list(await session.scalars(select(Revision.id)))
        await session.execute(insert(Verdict), [{"revision_id": id_, **judged} for id_ in ids])
    return question_id


async def measure(count: int, laps: Laps) -> int:
    """All steps, again and again; answers the bytes of all files of both editions."""
    capabilities = {"sandbox": load_platform("sandbox").capabilities}
    with tempfile.TemporaryDirectory() as folder:
        async with Store(resolve_url("sqlite:///bench.db", Path(folder))) as store:
            question_id = await prepare(store, count)
            for run in range(RUNS.get(count, 1)):
                size = 0
                for edition in Edition:
                    with laps.lap(f"compile {edition}"):
                        digest_id = await compile_question(
                            store,
                            question_id,
                            as_of=START,
                            zone="Europe/Berlin",
                            edition=edition,
                            final=bool(run % 2),
                            capabilities=capabilities,
                            most_quotes=QUOTES,
                        )
                    with laps.lap(f"load {edition}"):
                        model = await load_model(store, digest_id, capabilities=capabilities)
                    for name in FORMATS:
                        with laps.lap(name):
                            size += len(render(model, name))
    return size


def report(count: int) -> None:
    """Print one line."""
    laps = Laps()
    size = asyncio.run(measure(count, laps))
    steps = laps.tell(*(f"{step} {edition}" for edition in Edition for step in ("compile", "load")))
    print(
        f"digest of {min(count, QUOTES)} quotes from {count:,} replies, ms of CPU: {steps}; "
        f"an edition as {laps.tell(*FORMATS)} (html and docx with a chart);"
        f" {size / 1000:.0f} kB in all; peak {read_peak():.0f} MB",
        flush=True,
    )


def main(*sizes: int) -> None:
    """Print one line a size."""
    for count in sizes or SIZES:
        child = multiprocessing.get_context("spawn").Process(target=report, args=(count,))
        child.start()
        child.join()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
