"""Collecting replies from the sandbox, with its network and its pages, beside the upsert of the same rows alone.

CPU seconds of the process, the median of interleaved runs, each into a file of its own.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bench.rows import START, make_replies
from bench.seed import seed_post
from bench.table import Figure, Figures
from bot.replies.collect import collect_account
from storage.engine import Store, resolve_url
from storage.models import Account
from storage.replies.ingest import upsert_replies
from storage.upgrade import upgrade
from tests.running import Bot, Clock, Services, configure

PAGE = 500


async def collect(folder: Path, count: int) -> float:
    """CPU seconds of one pass over `count` replies."""
    services, clock, database = Services(), Clock(), f"sqlite:///{folder / 'pullquote.db'}"
    at = f"{clock() + timedelta(minutes=1):%Y-%m-%dT%H:%M}"
    config = configure(folder, database, services, {"accounts": ("square",), "questions": {"one": {"at": at}}})
    bot = Bot(folder, database, clock, services, config)
    await bot.open()
    await bot.tick(minutes=2)
    root = bot.root()
    for row in make_replies(count, 1, 1, 1):
        bot.network().post(row.author.handle, row.text or "", bot.clock(), parent=root.id)
    clock.advance(minutes=5)
    (account,) = await bot.rows(Account)
    started = time.process_time()
    done = await collect_account(bot.context, account.id)
    spent = time.process_time() - started
    assert done is not None
    assert done.added == count
    await bot.close()
    return spent


async def upsert(folder: Path, count: int) -> float:
    """CPU seconds of storing as many rows."""
    async with Store(resolve_url(f"sqlite:///{folder / 'pullquote.db'}", folder)) as store:
        await upgrade(store)
        async with store.write() as session:
            ids = await seed_post(session)
        rows = make_replies(count, *ids)
        started = time.process_time()
        for start in range(0, count, PAGE):
            async with store.write() as session:
                await upsert_replies(session, rows[start : start + PAGE], START)
        return time.process_time() - started


def main(count: int = 3_000, runs: int = 3) -> Figures:
    """Print one line."""
    collected, stored = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            stored.append(asyncio.run(upsert(Path(other), count)))
            collected.append(asyncio.run(collect(Path(one), count)))
    ours, plain = statistics.median(collected), statistics.median(stored)
    print(f"collect {count:,} from the sandbox: {ours:.2f} s, the upsert alone {plain:.2f} s, ratio {plain / ours:.2f}")
    return {f"collect {count:,} from the sandbox": Figure(ours, plain)}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
