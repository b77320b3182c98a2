"""What judging costs where little is new, beside judging everything: CPU seconds of all processes.

One more reply to a question of 3,000, judged, over judging all 3,000; and judging before the digest of 10,000 that are
judged, over compiling it. Replies are made of a list of 4,000 words; some copy others, some introduce themselves alike.
"""

import asyncio
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update

from bench.filter_lag import open_bot
from bench.rows import make_replies
from bench.seed import seed_post
from bench.table import Figure, Figures
from bot.context import Context
from bot.delivery.digests import digest_question
from bot.replies.judge import judge_question
from storage.models import Question
from storage.replies.ingest import upsert_replies
from storage.replies.storable import ReplyRow

PAGE = 500
WORDS = 4_000
RUNS = 5
COPIED, INTRODUCED = 0.05, 0.1


def make_texts(count: int) -> list[str]:
    """Texts of 8 to 60 words, each word the rarer the further back it stands in the list (Zipf)."""
    dice = random.Random(count)
    words = ["".join(dice.choices("abcdefghiklmnoprstuvw", k=dice.randint(3, 11))) for _ in range(WORDS)]
    weights = [1 / (10 + place) for place in range(WORDS)]
    texts: list[str] = []
    for number in range(count):
        text = " ".join(dice.choices(words, weights, k=dice.randint(8, 60)))
        if texts and dice.random() < COPIED:
            text = f"{dice.choice(texts)} {text[:12]}"
        elif dice.random() < INTRODUCED:
            text = f"I am a baker from Kiel with over {number} years of experience in the trade. {text}"
        texts.append(text)
    return texts


def make_rows(count: int, ids: tuple[int, int, int]) -> list[ReplyRow]:
    rows = make_replies(count, *ids)
    return [replace(row, text=text) for row, text in zip(rows, make_texts(count), strict=True)]


def spend() -> float:
    """CPU seconds of this process and of those that ended."""
    return sum(
        resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


async def store(context: Context, rows: list[ReplyRow]) -> None:
    for start in range(0, len(rows), PAGE):
        async with context.store.write() as session:
            await upsert_replies(session, rows[start : start + PAGE], context.now())


async def judge_all(folder: Path, count: int) -> list[float]:
    """Store and judge all but RUNS of `count` replies."""
    async with open_bot(folder) as context:
        async with context.store.write() as session:
            ids = await seed_post(session)
        await store(context, make_rows(count, ids)[:-RUNS])
        await judge_question(context, ids[0])
    return []


async def store_all(folder: Path, count: int) -> list[float]:
    """Store them alone."""
    async with open_bot(folder) as context:
        async with context.store.write() as session:
            ids = await seed_post(session)
        await store(context, make_rows(count, ids)[:-RUNS])
    return []


async def judge_more(folder: Path, count: int) -> list[float]:
    """CPU seconds of judging one more reply, RUNS times in a bot that runs: its first is no part of it."""
    spent: list[float] = []
    async with open_bot(folder) as context:
        async with context.store.read() as session:
            (question_id,) = await session.scalars(select(Question.id))
        for row in make_rows(count, (question_id, 1, 1))[-RUNS:]:
            async with context.store.write() as session:
                await upsert_replies(session, [row], context.now())
                moment = context.now() + timedelta(seconds=len(spent) + 1)  # the clock of a bench stands still
                await session.execute(update(Question).values(changed_at=moment))
            before = spend()
            assert await judge_question(context, question_id) >= 1
            spent.append(spend() - before)
    return spent


async def digest(folder: Path, _: int) -> list[float]:
    """CPU seconds of (judging where nothing is new, compiling)."""
    async with open_bot(folder) as context:
        async with context.store.read() as session:
            (question_id,) = await session.scalars(select(Question.id))
        before = spend()
        await judge_question(context, question_id)
        judged = spend()
        await digest_question(context, question_id, final=False)
        return [judged - before, spend() - judged]


WORKS = {"all": judge_all, "store": store_all, "more": judge_more, "digest": digest}


def run(work: str, folder: str, count: int) -> list[float]:
    """In a process of its own, whose worker has ended by then."""
    command = [sys.executable, "-m", "bench.judge_new", work, folder, str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(count: int = 3_000, digested: int = 10_000) -> Figures:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as beside:
        all_of_it = run("all", folder, count)[-1] - run("store", beside, count)[-1]
        one = statistics.median(run("more", folder, count)[1:-1])
    print(f"one more reply of {count} judged: {one * 1000:.0f} ms, all: {all_of_it:.2f} s, ratio {one / all_of_it:.4f}")
    with tempfile.TemporaryDirectory() as folder:
        run("all", folder, digested)
        judging, compiling, _ = run("digest", folder, digested)
    told = f"judging {judging * 1000:.1f} ms, compiling {compiling:.2f} s, ratio {judging / compiling:.4f}"
    print(f"digest of {digested} judged: {told}")
    return {
        f"one more reply of {count:,}, judged": Figure(one * 1000, all_of_it * 1000),
        f"judging before the digest of {digested:,} that are judged": Figure(judging * 1000, compiling * 1000),
    }


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in WORKS:
        started = spend()
        found = asyncio.run(WORKS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3])))
        print(json.dumps([*found, spend() - started]))
    else:
        main(*map(int, sys.argv[1:]))
