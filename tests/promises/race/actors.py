"""Processes that change and write one database and its digests, each of which can be stopped or killed at any point.

`python -m tests.promises.race.actors` takes a command a line (JSON) and answers a line:

    {"do": "start", "name", "folder", "database", "act": [name, ...], "stop": N, "kill": N, "patience": seconds}
    {"do": "continue" | "kill" | "wait", "name", "patience"}

An actor is a fork of this process. It passes points: before each statement and each commit, and before each file of
ours is opened for writing, renamed, removed. At the Nth it stops (as by SIGSTOP) or dies (by SIGKILL, nothing is
cleaned up). The answer says how it is: {"state": "stopped" | "ended" | "killed" | "waits", "points", "status"}.
"""

import asyncio
import json
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import event, select

from bot import desk
from bot.app import open_app
from bot.desk.print.digest import digest_now
from bot.digest import rewrite
from bot.digest.rewrite import rewrite_stale
from bot.questions.content import Content
from storage import engine
from storage.models import Author, Question, QuestionVersion, Reply
from storage.replies.consents import add_consent
from storage.replies.ingest import revise, upsert_replies
from storage.replies.replies import revisions_of_author
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import CONFIG_WORKSPACE, ConsentState, Origin, Source
from tests.running import Clock, InProcess, Services, configure

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
PEOPLE = 6
FORMATS = ("markdown", "json")


def name(person: int) -> str:
    return f"nq{person:03d} example"


def handle(person: int) -> str:
    return f"hq{person:03d}"


def token(person: int, wording: int) -> str:
    """A word that only this wording of this person has."""
    return f"wq{person:03d}v{wording}x"


def write_text(person: int, wording: int) -> str:
    word = token(person, wording)
    return (
        f"We dropped {word} in {1990 + person} because nobody on the team read it. It cost {person + 3} hours a week, "
        f"and after that revenue rose by {person + 5} percent."
    )


class Points:
    """Counts what an actor passes, and stops or kills it at the Nth point."""

    def __init__(self, folder, stop, kill):
        self.passed, self._folder, self._stop, self._kill = 0, folder, stop, kill

    def watch(self, store):
        sync = store.engine.sync_engine
        event.listen(sync, "before_cursor_execute", lambda *_: self._pass())
        event.listen(sync, "commit", lambda *_: self._pass())
        sys.addaudithook(self._hear)

    def _hear(self, what, given):
        if what == "open" and not (isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if what in ("open", "os.rename", "os.remove", "os.mkdir") and str(given[0]).startswith(self._folder):
            self._pass()

    def _pass(self):
        self.passed += 1
        if self.passed == self._kill:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.passed == self._stop:
            os.kill(os.getpid(), signal.SIGSTOP)


# ---------------------------------------------------------------- what they do


async def prepare(context):
    """One question, and what everybody answered to it, with their leave."""
    content = Content(text="What did you drop, and what happened?", accounts=("square",))
    async with context.store.write() as session:
        question = Question(slug="drop", workspace=CONFIG_WORKSPACE, source=Source.COMMAND, created_at=NOW)
        session.add(question)
        await session.flush()
        session.add(
            QuestionVersion(
                question_id=question.id,
                number=1,
                content=content.model_dump(mode="json"),
                content_hash=content.hash,
                seen_at=NOW,
            )
        )
        rows = [
            ReplyRow(
                question_id=question.id,
                post_id=None,
                account_id=None,
                platform="import",
                remote_id=f"rq{person}",
                author=AuthorRow(handle(person), handle(person), name(person), f"https://example.org/{handle(person)}"),
                text=write_text(person, 1),
                posted_at=NOW - timedelta(hours=person + 1),
                origin=Origin.IMPORTED,
                link=f"https://example.org/{handle(person)}/1",
            )
            for person in range(PEOPLE)
        ]
        await upsert_replies(session, rows, NOW)
        for person in range(PEOPLE):
            revisions = await revisions_of_author(session, "import", handle(person), None)
            await add_consent(session, revisions, ConsentState.GRANTED, NOW, wording="yes")


async def digest(context):
    async with context.store.read() as session:
        question = await session.scalar(select(Question).where(Question.slug == "drop"))
    await digest_now(context, question, offline=True)


async def forget(context, person):
    await desk.forget_author(context, CONFIG_WORKSPACE, handle(person))


async def decide(context, decision, person):
    async with context.store.read() as session:
        reply_id = await session.scalar(
            select(Reply.id).join(Author, Author.id == Reply.author_id).where(Author.remote_id == handle(person))
        )
    await desk.record_consent(context, CONFIG_WORKSPACE, reply_id, decision)


async def edit(context, person, wording):
    """The author's own words change, and they agree to the new ones."""
    async with context.store.write() as session:
        reply = await session.scalar(
            select(Reply).join(Author, Author.id == Reply.author_id).where(Author.remote_id == handle(person))
        )
        await revise(session, reply, write_text(person, wording), NOW)
        revisions = await revisions_of_author(session, "import", handle(person), None)
        await add_consent(session, revisions[-1:], ConsentState.GRANTED, NOW, wording="yes")
    await rewrite_stale(context)


ACTS = {
    "prepare": prepare,
    "digest": digest,
    "forget": forget,
    "withdraw": lambda context, person: decide(context, "withdrawn", person),
    "consent": lambda context, person: decide(context, "granted", person),
    "edit": edit,
    "settle": rewrite_stale,
}


async def act(job, points):
    folder = Path(job["folder"])
    changes = {"accounts": ("square",), "formats": FORMATS, "public": FORMATS}
    config = configure(folder, job["database"], Services(), changes)
    async with open_app(config, now=Clock(NOW), judges=InProcess()) as app:
        if points is not None:
            points.watch(app.context.store)
        which, *given = job["act"]
        await ACTS[which](app.context, *given)


# ---------------------------------------------------------------- how they live


def be_an_actor(job, report):
    log = os.open(Path(job["folder"]) / "actor.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    rewrite.WAIT, engine.LOG_TRIES = job.get("wait", 0.2), 2  # who is stopped would be waited for
    points = Points(job["folder"], job.get("stop"), job.get("kill"))
    status = 0
    try:
        asyncio.run(act(job, points))
    except desk.DeskError:
        status = 3  # nobody to do it to: that is an answer
    except BaseException:  # noqa: BLE001  # a fork must never come back into the server
        sys.excepthook(*sys.exc_info())
        status = 1
    os.write(report, json.dumps({"points": points.passed}).encode())
    os._exit(status)


class Actors:
    """By name: process id, where it says what it passed."""

    def __init__(self):
        self._living = {}

    def start(self, job):
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            be_an_actor(job, writing)
        os.close(writing)
        self._living[job["name"]] = pid, reading
        return self.wait(job)

    def wait(self, job):
        pid, reading = self._living[job["name"]]
        until = time.monotonic() + job.get("patience", 60)
        while time.monotonic() < until:
            found, status = os.waitpid(pid, os.WUNTRACED | os.WNOHANG)
            if found and os.WIFSTOPPED(status):
                return {"state": "stopped"}
            if found:
                said = os.read(reading, 1 << 16)
                os.close(reading)
                del self._living[job["name"]]
                state = "killed" if os.WIFSIGNALED(status) else "ended"
                return {"state": state, "status": os.waitstatus_to_exitcode(status), **json.loads(said or "{}")}
            time.sleep(0.002)
        return {"state": "waits"}

    def signal(self, job, what):
        os.kill(self._living[job["name"]][0], what)
        return self.wait(job)


def warm_up():
    """Everybody after this finds everything imported."""
    with TemporaryDirectory() as folder:
        for what in ("prepare", "digest", "settle"):
            job = {"folder": folder, "database": f"sqlite:///{folder}/pullquote.db", "act": [what]}
            asyncio.run(act(job, None))
    while threading.active_count() > 1:  # a fork must not be made beside threads; those of SQLite end soon
        time.sleep(0.01)


def main():
    actors, answers = Actors(), os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    warm_up()
    for line in sys.stdin:
        job = json.loads(line)
        match job["do"]:
            case "start":
                told = actors.start(job)
            case "wait":
                told = actors.wait(job)
            case "continue":
                told = actors.signal(job, signal.SIGCONT)
            case _:
                told = actors.signal(job, signal.SIGKILL)
        print(json.dumps(told), file=answers, flush=True)


if __name__ == "__main__":
    main()
