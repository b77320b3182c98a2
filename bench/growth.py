"""How work grows with what is stored: import, judge, digest, search and check-draft of ten times as many replies.

    python -m bench.growth 100000 FILE…

FILE: JSON lines with `text`, the first replies, each once; all others are made of the pairs of words that they use. A
fifth of all replies is to one question, the others to one question a SHARE of them. CPU of all processes, each size in
processes of its own. From a hundred thousand it takes most of an hour: in `make bench` only with `--long`.
"""

import asyncio
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from bench.copies import make_texts, read_texts
from bench.filter_lag import open_bot
from bench.peak import read_peak
from bench.rows import START
from bench.searching import GROUPED, ask, make_store, run
from bench.seed import seed_post
from bench.spent import read_cpu_of_children, read_peak_of_children
from bench.table import Figure, Figures
from bot.context import Context
from bot.delivery.digests import digest_question
from bot.desk import import_replies
from bot.desk.bringing.given import ImportDefaults, PastedChoice
from bot.replies.judge import judge_question
from storage.models import Question
from storage.questions.questions import load_question

SHARE = 4_000  # replies to a question
LARGE = 0.2  # of all, to one question
TIMES = 10
QUOTED = 13
WORD = "because"
Told: TypeAlias = "multiprocessing.SimpleQueue[dict[str, float]]"
SEARCH = f"SELECT rowid, rank FROM reply_words WHERE reply_words MATCH '{WORD}' ORDER BY rank LIMIT 20"


def write_files(folder: Path, count: int, files: list[str]) -> list[Path]:
    """A file a question, the large one last, and an article that quotes it."""
    dice = random.Random(count)
    known = read_texts(files)
    dice.shuffle(known)
    texts = chain(known, make_texts(known, count, dice))
    large = round(LARGE * count)
    sizes = [*[SHARE] * ((count - large) // SHARE), large]
    written: list[Path] = []
    quoted: list[str] = []
    for number, size in enumerate(sizes):
        path = folder / f"question-{number}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for reply, text in enumerate(islice(texts, size)):
                at = START + timedelta(minutes=10 * number, seconds=reply / size * 600)
                author = f"Person {dice.randrange(size)} of {number}"
                row = {"id": str(reply), "text": text, "author": author, "at": at.isoformat()}
                file.write(json.dumps(row) + "\n")
                if number == len(sizes) - 1 and reply % (size // QUOTED) == 0:
                    quoted.append(" ".join(text.split()[:12]).replace('"', ""))
        written.append(path)
    article = "\n\n".join(f"“{words},” said somebody." for words in quoted[:QUOTED])
    (folder / "article.md").write_text(article, encoding="utf-8")
    return written


class Spent:
    """CPU seconds of steps, of this process and its worker, and what both held at most."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.seconds: dict[str, float] = {}

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        started = time.process_time() + read_cpu_of_children()
        yield
        self.note(name, time.process_time() + read_cpu_of_children() - started)
        print(f"    peak {read_peak():.0f} MB, the worker's {read_peak_of_children():.0f} MB", flush=True)

    def note(self, name: str, seconds: float) -> None:
        """Print and keep it."""
        self.seconds[name] = seconds
        print(f"  {self.count:,}: {name} {seconds:.2f} s, {seconds / self.count * 1e6:.0f} µs a reply", flush=True)


async def bring(context: Context, path: Path) -> int:
    """Import a file as replies to a question of its own; answers its id."""
    async with context.store.write() as session:
        question_id, _, _ = await seed_post(session, path.stem)
        question, _ = await load_question(session, question_id)
    await import_replies(context, question, path, ImportDefaults(pasted=PastedChoice.AS_TYPED))
    return question_id


async def fill(folder: Path, paths: list[Path], spent: Spent) -> None:
    """Import, judge, and write the digest of the large question."""
    async with open_bot(folder) as context:
        with spent.lap("import"):
            ids = [await bring(context, path) for path in paths]
        with spent.lap("judge"):
            for question_id in ids:
                await judge_question(context, question_id)
        with spent.lap("judge the large one again"):
            async with context.store.write() as session:
                question = await session.get_one(Question, ids[-1])
                question.changed_at = context.now() + timedelta(seconds=1)
            await judge_question(context, ids[-1])
        with spent.lap("digest"):
            await digest_question(context, ids[-1], final=False)


def fill_alone(folder: Path, count: int, files: list[str], told: Told) -> None:
    """In a process of its own: its peak is its own."""
    spent = Spent(count)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        paths = write_files(Path(name), count, files)
        (Path(name) / "article.md").replace(folder / "article.md")
        asyncio.run(fill(folder, paths, spent))
    told.put(spent.seconds)


def measure(folder: Path, empty: Path, count: int, files: list[str]) -> dict[str, float]:
    """CPU seconds of each step; of commands beyond the same on an empty store."""
    folder.mkdir()
    context = multiprocessing.get_context("spawn")
    told: Told = context.SimpleQueue()
    filling = context.Process(target=fill_alone, args=(folder, count, files, told))
    filling.start()
    filling.join()
    spent = Spent(count)
    for name, statement, arguments in (
        ("search", SEARCH, ("replies", WORD)),
        ("status", GROUPED, ("status",)),
        ("questions", GROUPED, ("questions",)),
        ("check-draft", "", ("check-draft", "--offline", str(folder / "article.md"))),
    ):
        run(folder, *arguments)
        seconds, peak = run(folder, *arguments)
        beyond = max(0.0, seconds - run(empty, *arguments)[0])
        spent.note(name, beyond)
        bare = f", the bare statement {ask(folder, statement):.3f} s" if statement else ""
        print(f"    with the start {seconds:.2f} s, peak {peak:.0f} MB{bare}", flush=True)
    return told.get() | spent.seconds


def main(count: int = 100_000, *files: str) -> Figures:
    """Print what each step takes, and how it grew."""
    with tempfile.TemporaryDirectory() as name:
        empty = make_store(Path(name) / "empty", 1)
        few = measure(Path(name) / "few", empty, count, list(files))
        many = measure(Path(name) / "many", empty, TIMES * count, list(files))
    for step, seconds in many.items():
        ratio = f"{seconds / few[step]:.1f} times" if few[step] else "from nothing"
        print(f"growth {count:,} → {TIMES * count:,}, {step}: {ratio}; aim: 12")
    return {f"growth, {step}": Figure(seconds, few[step]) for step, seconds in many.items()}


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000, *sys.argv[2:])
