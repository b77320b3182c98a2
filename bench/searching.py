"""Asking a store of many replies: what commands cost beyond the same on an empty store, beside the bare statement.

CPU of all processes and the peak of the command's own, each run beside its peer's; the store is judged and counted.
"""

import multiprocessing
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.check_draft import QUOTATIONS, write_article
from bench.judged import store_judged
from bench.table import Figure, Figures

RUNS = 3
GROUPED = "SELECT question_id, round, outcome, count(*) FROM counted_replies GROUP BY question_id, round, outcome"
WORDS = "SELECT rowid, rank FROM reply_words WHERE reply_words MATCH 'disavowing' ORDER BY rank LIMIT 20"
PEAK = """
import atexit, runpy, sys
from bench.peak import read_peak
sys.argv[0] = "pullquote"
atexit.register(lambda: print(f"peak {read_peak():.0f}", file=sys.stderr))
runpy.run_module("bot", run_name="__main__")
"""


def seed(folder: Path, count: int, questions: int) -> None:
    """In a process of its own: its rows are no part of what is measured."""
    import asyncio

    asyncio.run(store_judged(folder, count, questions))


def make_store(folder: Path, count: int, questions: int = 1) -> Path:
    """The folder of a store."""
    folder.mkdir()
    seeding = multiprocessing.get_context("spawn").Process(target=seed, args=(folder, count, questions))
    seeding.start()
    seeding.join()
    return folder


def run(folder: Path, *arguments: str) -> tuple[float, float]:
    """(CPU seconds, peak in MB) of `pullquote ARGUMENTS`."""
    root = str(Path(__file__).parents[1])
    environment = os.environ | {"PULLQUOTE_DATABASE_URL": f"sqlite:///{folder / 'pullquote.db'}", "PYTHONPATH": root}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, float(done.stderr.split("peak ")[-1].split()[0])


def ask(folder: Path, statement: str) -> float:
    """CPU seconds of a bare statement."""
    connection = sqlite3.connect(folder / "pullquote.db")
    started = time.process_time()
    connection.execute(statement).fetchall()
    return time.process_time() - started


def compare(name: str, full: Path, empty: Path, peer: Callable[[], float], *arguments: str) -> tuple[Figure, float]:
    """Print one line: beyond the start, beside the peer. Answers both in ms, and the peak in MB."""
    beyond, peers, peak = [], [], 0.0
    run(full, *arguments)
    for _ in range(RUNS):
        spent, peak = run(full, *arguments)
        beyond.append(spent - run(empty, *arguments)[0])
        peers.append(peer())
    ours, theirs = max(0.0, statistics.median(beyond)), statistics.median(peers)
    ratio = f"{ours / theirs:.1f} times it" if theirs else ""
    print(
        f"{name}: {ours * 1000:.0f} ms beyond the start, {theirs * 1000:.0f} ms the statement, {ratio}; {peak:.0f} MB",
        flush=True,
    )
    return Figure(ours * 1000, theirs * 1000), peak


def main(count: int = 100_000) -> Figures:
    """Print a line a command."""
    figures: Figures = {}
    peaks: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        full, empty = make_store(Path(folder) / "full", count), make_store(Path(folder) / "empty", 1)
        for what, statement, *arguments in (
            ("status", GROUPED, "status"),
            ("questions", GROUPED, "questions"),
            ("replies WORD", WORDS, "replies", "disavowing"),
            ("replies", GROUPED, "replies"),
        ):
            name = f"{what}, {count:,} replies"
            figure, peak = compare(name, full, empty, partial(ask, full, statement), *arguments)
            figures[f"{name}, beyond the start"] = figure
            peaks.append(peak)
        article = Path(folder) / "article.md"
        article.write_text("\n\n".join(each.text for each in write_article(count)), encoding="utf-8")
        spent, peak = run(full, "check-draft", "--offline", str(article))
        print(f"check-draft, {QUOTATIONS} quotations, {count:,} replies: {spent:.1f} s with the start; {peak:.0f} MB")
        figures[f"check-draft, {QUOTATIONS} quotations, {count:,} replies"] = Figure(spent)
        figures[f"check-draft holds, {count:,} replies"] = Figure(peak)
        figures[f"the most that these hold, {count:,} replies"] = Figure(max(peaks))
        many = make_store(Path(folder) / "many", 1, 1_000)
        asked = [(run(many, "status")[0] * 1000, run(empty, "status")[0] * 1000) for _ in range(RUNS)]
        ours, theirs = (statistics.median(spent) for spent in zip(*asked, strict=True))
        print(f"status with 1,000 questions: {ours / theirs:.2f} times that with one")
        return figures | {"status with 1,000 questions": Figure(ours, theirs)}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
