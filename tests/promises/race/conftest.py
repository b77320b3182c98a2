"""A folder and a database with six people's answers, and processes that act on them."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.engine import Store, resolve_url
from storage.models import Author, Consent, Reply, Revision
from storage.states import REFUSALS
from tests.promises.race.actors import PEOPLE, handle, name, token

ROOT = Path(__file__).parents[3]


@dataclass
class Actors:
    """The server of `tests.promises.race.actors`, for one folder and database."""

    server: subprocess.Popen
    folder: Path
    database: str

    def ask(self, **job):
        print(json.dumps(job), file=self.server.stdin, flush=True)
        return json.loads(self.server.stdout.readline())

    def start(self, name, *act, **given):
        """Let an actor do something until it stops, dies, ends, or the patience is over."""
        return self.ask(do="start", name=name, folder=str(self.folder), database=self.database, act=act, **given)

    def go_on(self, name):
        return self.ask(do="continue", name=name)

    def kill(self, name):
        return self.ask(do="kill", name=name)

    def wait(self, name):
        return self.ask(do="wait", name=name)

    def done(self, *act):
        """The same, and it must end well."""
        told = self.start("done", *act)
        log = self.folder / "actor.log"
        assert (told["state"], told["status"]) == ("ended", 0), f"{act}: {told}\n{log.read_text()[-3000:]}"
        return told["points"]

    # ------------------------------------------------------------ what is on the disk

    def read_disk(self):
        """Every file of ours as bytes, by name; what the actors log too."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()
        }

    async def find_forbidden(self):
        """What stands on the disk against the ledger: (file, word)."""
        barred, erased = await self._read_ledger()
        disk = self.read_disk()
        digests = {name: content for name, content in disk.items() if name.startswith("digests/")}
        found = [(name, word) for name, content in digests.items() for word in barred if word.encode() in content]
        return found + [(name, word) for name, content in disk.items() for word in erased if word.encode() in content]

    async def _read_ledger(self):
        """Words that no digest may show, and words and names that no file may have, as the rows say."""
        allowed, known = set(), set()
        async with Store(resolve_url(self.database, self.folder)) as store, store.read() as session:
            for remote_id, reply_id in await session.execute(
                select(Author.remote_id, Reply.id).join(Reply, Reply.author_id == Author.id)
            ):
                if remote_id.startswith("erased:"):
                    continue
                known.add(remote_id)
                newest = (
                    await session.scalars(
                        select(Revision).where(Revision.reply_id == reply_id).order_by(Revision.number.desc()).limit(1)
                    )
                ).one()
                entries = await session.scalars(
                    select(Consent.state).where(Consent.revision_id == newest.id).order_by(Consent.id)
                )
                if newest.text is not None and list(entries)[-1] not in REFUSALS:
                    allowed.add(next(word for word in newest.text.split() if word.startswith("wq")))
        people = [person for person in range(PEOPLE) if handle(person) not in known]
        every = {token(person, wording) for person in range(PEOPLE) for wording in range(1, 20)}
        erased = {word for person in people for word in (name(person), handle(person))}
        erased |= {token(person, wording) for person in people for wording in range(1, 20)}
        return every - allowed, erased


@pytest.fixture(scope="session")
def actor_server():
    if not hasattr(os, "fork"):
        pytest.skip("actors are forks of one warm process; this system has no fork")
    command = [sys.executable, "-m", "tests.promises.race.actors"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield server
        server.stdin.close()


@pytest.fixture
def actors(actor_server, database, tmp_path):
    actors = Actors(actor_server, tmp_path, database)
    actors.done("prepare")
    return actors
