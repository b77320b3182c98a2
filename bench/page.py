"""The page on a store of many replies: CPU until each screen is answered, from `open` to the first, and what it holds.

The server is a process of its own with the bot in it, as people start it; its CPU is the kernel's, to the microsecond.
"""

import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.searching import make_store
from bench.table import CannotRun, Figure, Figures

REQUESTS = 30
SETTLES = 15
"""Seconds in which the bot has done what it does first."""
SLUG = "disavow-links"
SCREENS = (
    "/",
    "/strip",
    f"/answers/{SLUG}",
    f"/answers/{SLUG}/list?shelf=all",
    f"/answers/{SLUG}/list?shelf=all&page=2000",
    f"/answers/{SLUG}/list?shelf=all&words=disavowing",
    f"/answers/{SLUG}/list?shelf=aside",
    f"/answers/{SLUG}/list?shelf=kept",
    f"/answers/{SLUG}/list?shelf=first_hand",
    f"/answers/{SLUG}/list?shelf=barred",
    f"/answers/{SLUG}/list?shelf=new",
    f"/answers/{SLUG}/list?shelf=unseen",
    f"/answers/{SLUG}/1",
    f"/answers/{SLUG}/basket",
    "/check",
    "/check/watched",
    "/add",
    "/ask",
    f"/ask/sent/{SLUG}",
    "/running",
    "/running/people",
    "/running/people?named=person",
    "/running/printed",
    "/history",
    "/login",
)


def read_cpu(process: int) -> float:
    """Seconds of all threads of another process; the number of its clock is made as `clock_getcpuclockid` makes it."""
    return time.clock_gettime(~process << 3 | 2)


def read_memory(process: int) -> float:
    """MiB of a process and of those it started, each shared page divided among who shares it."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    kib = int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    started = [int(number) for task in tasks for number in task.read_text(encoding="ascii").split()]
    return kib / 1024 + sum(map(read_memory, started))


@contextmanager
def start(folder: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """`pullquote ARGUMENTS` until the block ends."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


@contextmanager
def enter(folder: Path) -> Iterator[tuple[int, httpx.Client]]:
    """The process of `pullquote open`, and a client that was let in."""
    with start(folder, "open", "--no-browser") as process:
        assert process.stdout is not None
        entrance = process.stdout.readline().strip()
        with httpx.Client(base_url=entrance.partition("/enter")[0], timeout=120) as client:
            client.get(entrance).raise_for_status()
            yield process.pid, client


def ask(process: int, client: httpx.Client, path: str) -> float:
    """Milliseconds of CPU of one answer, with what the server does meanwhile."""
    before = read_cpu(process)
    answer = client.get(path, headers={"hx-request": "true"} if path.count("/") > 2 else {})
    spent = read_cpu(process) - before
    assert answer.status_code == 200, (path, answer.status_code, answer.text)
    return spent * 1000


def find_percentile(figures: list[float], percent: int) -> float:
    """The smallest figure that so many are not above."""
    return sorted(figures)[math.ceil(len(figures) * percent / 100) - 1]


def main(count: int = 100_000) -> Figures:
    """Print a line a screen, and the start and the memory. Linux only: the figures are the kernel's."""
    if sys.platform != "linux":
        raise CannotRun("measured on Linux only")
    with tempfile.TemporaryDirectory() as name:
        return measure(make_store(Path(name) / "full", count), count)


def measure(folder: Path, count: int) -> Figures:
    """The same in the folder of a store that is there."""
    starts = []
    for _ in range(3):
        with enter(folder) as (process, client):
            client.get("/").raise_for_status()
            starts.append(read_cpu(process))
    print(f"open to the first screen, {count:,} replies: {statistics.median(starts):.2f} s of CPU; aim: 1.5")
    with start(folder, "run") as bot:
        time.sleep(SETTLES)
        alone = read_memory(bot.pid)
    with enter(folder) as (process, client):
        time.sleep(SETTLES)
        fresh = read_memory(process)
        figures = {path: [ask(process, client, path) for _ in range(REQUESTS)] for path in SCREENS}
        used = read_memory(process)
    for path, spent in figures.items():
        median, most = statistics.median(spent), find_percentile(spent, 99)
        print(f"{path}: {median:.0f} ms of CPU, p99 {most:.0f}, the first {spent[0]:.0f}; aim: p99 50")
    print(
        f"memory of open beside run ({alone:.0f} MiB): {fresh - alone:+.0f} MiB at first, "
        f"{used - alone:+.0f} when every screen was shown; aim: 40"
    )
    return {
        "open to the first screen": Figure(statistics.median(starts)),
        "the dearest screen, p99": Figure(max(find_percentile(spent, 99) for spent in figures.values())),
        "open beside run": Figure(used - alone),
    }


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
