"""Bots at ten milliseconds each: everything is imported and warm here, and each bot is a fork of this process.

`python -m tests.promises.soak.forkserver` takes a job a line (JSON, see `live`) and answers a line when that bot has ended.
"""

import asyncio
import json
import os
import select
import signal
import sys
import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import open_app
from bot.scheduler.tick import tick
from tests.promises.soak.dose import BY_THE_CLOCK
from tests.promises.soak.points import Points, WatchedAccounts
from tests.promises.soak.world import JSON, configure, tell_time
from tests.running import Clock, InProcess

LONGEST = 60.0
"""Seconds after which a bot hangs."""


async def live(job: JSON, points: Points) -> list[str]:
    """A bot from its start until its last tick; answers the errors of its ticks.

    job: folder, world (see `tests.promises.soak.world`); now (ISO 8601), ticks, step (seconds between them); kill ({edge}, {line, hit}
    or {after}, in seconds); trace (report the lines that were passed).
    """
    clock = Clock(datetime.fromisoformat(job["now"]))
    config = configure(Path(job["folder"]), job["world"])
    errors: list[str] = []
    tell_time(job["world"], clock())
    async with open_app(config, now=clock, judges=InProcess()) as app:
        context = replace(app.context, accounts=WatchedAccounts(app.context.accounts, points))
        points.watch_store(context.store)
        points.start()
        for _ in range(job["ticks"]):
            errors += (await tick(context)).errors
            clock.moment += timedelta(seconds=job["step"])
            tell_time(job["world"], clock())
        points.stop()
    return errors


def be_a_bot(job: JSON, report: int) -> None:
    """What the fork does."""
    log = os.open(Path(job["folder"]) / "bot.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    kill = {name: value for name, value in job["kill"].items() if name != "after"}
    points = Points(report, **kill, trace=job.get("trace", False))
    errors = asyncio.run(live(job, points))
    points.say({"errors": errors, "edges": points.edges, "lines": points.lines})


def run_bot(job: JSON) -> JSON:
    """Fork a bot, kill it if it is time, and answer how it ended: {killed, point?, errors?, edges?, lines?}."""
    began = time.monotonic()
    reading, writing = os.pipe()
    bot = os.fork()
    if bot == 0:
        try:
            os.close(reading)
            be_a_bot(job, writing)
            os._exit(0)
        except BaseException:  # noqa: BLE001  # the fork must never come back into the server
            sys.excepthook(*sys.exc_info())  # into bot.log
            os._exit(1)
    os.close(writing)
    said, hangs = _listen(reading, job["kill"].get("after", LONGEST))
    if hangs:
        os.kill(bot, signal.SIGKILL)
        said += _listen(reading, LONGEST)[0]
    os.close(reading)
    status = os.waitstatus_to_exitcode(os.waitpid(bot, 0)[1])
    told = json.loads(said.splitlines()[-1]) if said.endswith(b"\n") else {}
    killed = status == -signal.SIGKILL
    if killed and hangs and "after" in job["kill"]:
        told = {"point": BY_THE_CLOCK}
    return {"killed": killed, "status": status, "seconds": time.monotonic() - began, **told}


def run_here(job: JSON) -> JSON:
    """A bot in this process: the bots after it find everything imported and compiled."""
    errors = asyncio.run(live(job, Points(-1)))
    while threading.active_count() > 1:  # a fork must not be made beside threads; those of SQLite end soon
        time.sleep(0.01)
    return {"killed": False, "status": 0, "seconds": 0.0, "errors": errors}


def _listen(reading: int, seconds: float) -> tuple[bytes, bool]:
    """What the bot says until it ends, or until the time is over (True)."""
    said, until = b"", time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and select.select([reading], [], [], left)[0]:
        if not (more := os.read(reading, 1 << 16)):
            return said, False
        said += more
    return said, True


def main() -> None:
    """Serve until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what is logged here must not stand among the answers
    for line in sys.stdin:
        job = json.loads(line)
        told = run_bot(job) if job.get("fork", True) else run_here(job)
        print(json.dumps(told), file=answers, flush=True)


if __name__ == "__main__":
    main()
