import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.filter import JudgedQuestion
from bot.filter.values import JudgedWording, Wording
from bot.filter.wordings import judge_wordings
from bot.filter.worker import BATCH, FEW_WORDINGS, FilterWorker

QUESTION = JudgedQuestion("What did you give up?")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def replies(count: int) -> list[Wording]:
    return [
        Wording(
            n, "sandbox", f"r{n}", None, n, NOON, f"We gave up tool {n} in {1990 + n % 30}, for it cost us {n} euros."
        )
        for n in range(count)
    ]


async def judge(worker: FilterWorker, given: list[Wording]) -> list[JudgedWording]:
    async def read():
        for start in range(0, len(given), 700):
            yield given[start : start + 700]

    batches = [batch async for batch in worker.judge(QUESTION, read)]
    assert all(len(batch) <= BATCH for batch in batches)
    return [judged for batch in batches for judged in batch]


def find_worker(worker: FilterWorker) -> int:
    return next(iter(worker._pool._processes))


async def test_the_worker_judges_as_judge_does_over_several_batches():
    async with FilterWorker() as worker:
        assert await judge(worker, replies(1_234)) == judge_wordings(QUESTION, replies(1_234))


async def test_no_process_is_started_before_the_first_job():
    async with FilterWorker() as worker:
        assert worker._pool is None


async def test_a_few_replies_are_judged_without_a_process():
    async with FilterWorker() as worker:
        few = replies(FEW_WORDINGS)
        assert await judge(worker, few) == judge_wordings(QUESTION, few)
        assert worker._pool is None


async def test_two_jobs_at_once_do_not_mix():
    async with FilterWorker() as worker:
        one, two = await asyncio.gather(judge(worker, replies(600)), judge(worker, replies(3)))
    assert (len(one), len(two)) == (600, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
async def test_a_killed_worker_is_replaced_and_the_job_done():
    async with FilterWorker() as worker:
        await judge(worker, replies(FEW_WORDINGS + 1))
        killed = find_worker(worker)
        job = asyncio.create_task(judge(worker, replies(2_000)))
        await asyncio.sleep(0.1)
        os.kill(killed, signal.SIGKILL)
        assert len(await job) == 2_000
        assert find_worker(worker) != killed


async def test_nothing_stays_in_the_worker_after_a_job():
    async with FilterWorker() as worker:
        await judge(worker, replies(FEW_WORDINGS + 1))
        assert await asyncio.wrap_future(worker._pool.submit(_count_leftovers)) == 0


def _count_leftovers() -> int:
    from bot.filter import worker

    return len(worker._jobs) + len(worker._judged)


ORPHAN = """
import asyncio, os
from bot.filter.worker import FEW_WORDINGS, FilterWorker

async def main():
    worker = FilterWorker()
    assert len(await worker.make_prints(["We gave it up."] * (FEW_WORDINGS + 1))) == FEW_WORDINGS + 1
    print(next(iter(worker._pool._processes)), flush=True)
    await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_the_worker_does_not_outlive_a_killed_bot(tmp_path):
    script = tmp_path / "bot_of_this_test.py"
    script.write_text(ORPHAN)
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    ) as bot:
        worker = int(bot.stdout.readline())
        bot.kill()
    for _ in range(100):
        if not _is_alive(worker):
            return
        time.sleep(0.05)
    pytest.fail("the worker is still there")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"


def test_the_worker_loads_no_database_and_no_sdk():
    code = "import sys, bot.filter.worker; print([m for m in ('sqlalchemy', 'atproto', 'discord', 'tweepy') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
