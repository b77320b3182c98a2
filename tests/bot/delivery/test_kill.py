"""Bots are killed while they mail: never two mails, and nothing lost in silence."""

import re
import shutil
from datetime import timedelta
from random import Random

import pytest

from bot.desk import ask_read_back
from storage.models import Reply
from storage.states import CONFIG_WORKSPACE
from tests.killed import open_bots, read

ENOUGH = 50
"""Kills that hit every part of it, the few lines between the intent and the answer too."""


@pytest.fixture
def run_bot():
    with open_bots("tests.bot.delivery.bots") as run_bot:
        yield run_bot


@pytest.fixture
async def due(asked, inbox, tmp_path):
    """A database with a mail that is due; and when it is."""
    if not asked.database.startswith("sqlite"):
        pytest.skip("a file is copied for each kill")
    inbox.refuse["MAIL"] = "451 not yet"
    await asked.tick(hours=1)
    await asked.close()
    inbox.refuse.clear()
    return tmp_path / "pullquote.db", asked.clock() + timedelta(hours=1)


@pytest.fixture
async def read_back(asked, inbox, tmp_path):
    """The same of a read-back."""
    if not asked.database.startswith("sqlite"):
        pytest.skip("a file is copied for each kill")
    inbox.refuse["MAIL"] = "451 not yet"
    await ask_read_back(asked.context, CONFIG_WORKSPACE, (await asked.row(Reply)).id, to="ada@acme.example", by="Mara")
    await asked.close()
    inbox.refuse.clear()
    return tmp_path / "pullquote.db", asked.clock() + timedelta(hours=1)


SOAKED = pytest.param(ENOUGH, marks=pytest.mark.soak)


@pytest.mark.parametrize("kills", [10, SOAKED])
async def test_never_two_mails_over_many_kills(due, mail, inbox, run_bot, tmp_path, kills):
    kill_often(due, mail, inbox, run_bot, tmp_path, kills, "mail")


@pytest.mark.parametrize("kills", [5, SOAKED])
async def test_never_two_read_backs_over_many_kills(read_back, mail, inbox, run_bot, tmp_path, kills):
    kill_often(read_back, mail, inbox, run_bot, tmp_path, kills, "read-back")


def kill_often(due, mail, inbox, run_bot, tmp_path, kills, kind):
    original, now = due

    def run(folder, moment, kill=0):
        folder.mkdir(exist_ok=True)
        url = f"sqlite:///{folder / 'pullquote.db'}"
        return run_bot(folder=str(folder), database=url, mail=mail, now=moment.isoformat(), kill=kill)

    def begin(name):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(original, folder / "pullquote.db")
        return folder

    lines = run(begin("whole"), now)["lines"]
    assert len(inbox.taken) == 1
    outcomes, killed = set(), 0
    for number, kill in enumerate(Random(13).sample(range(1, lines + 1), kills)):
        inbox.taken.clear()
        folder = begin(f"kill-{number}")
        bot = run(folder, now, kill)  # threads take turns as they like: a run may end a few lines earlier
        assert bot["killed"] or bot["lines"] < kill, kill
        killed += bot["killed"]
        for later in (10, 60):
            assert run(folder, now + timedelta(minutes=later))["status"] == 0
        (state,) = (
            state for (state,) in read(folder / "pullquote.db", f"SELECT state FROM outgoings WHERE kind = '{kind}'")
        )
        told = read(folder / "pullquote.db", f"SELECT message FROM events WHERE kind = '{kind} uncertain'")
        assert len(inbox.taken) <= 1, f"killed at line {kill}: {len(inbox.taken)} mails"
        assert state in ("sent", "uncertain"), f"killed at line {kill}: {state}"
        assert (state == "uncertain") == bool(told), f"killed at line {kill}: told {told}"
        assert state == "uncertain" or inbox.taken, f"killed at line {kill}: lost"
        outcomes.add((state, len(inbox.taken)))
    assert killed >= kills // 2
    if kills >= ENOUGH:
        assert outcomes >= {("sent", 1), ("uncertain", 1)}, outcomes


@pytest.mark.parametrize("kills", [5, SOAKED])
async def test_an_answer_is_heard_once_over_many_kills(read_back, mail, inbox, run_bot, tmp_path, kills):
    original, now = read_back
    sent = tmp_path / "sent"
    sent.mkdir()
    shutil.copy(original, sent / "pullquote.db")

    def run(folder, **job):
        url = f"sqlite:///{folder / 'pullquote.db'}"
        return run_bot(folder=str(folder), database=url, mail=mail, now=now.isoformat(), **job)

    run(sent, kill=0)
    (arrived,) = inbox.taken
    hears = [re.search(r"\.(\w+)@", arrived["Reply-To"])[1], "Yes", "ada@acme.example"]

    def begin(name):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(sent / "pullquote.db", folder / "pullquote.db")
        return folder

    lines = run(begin("whole"), hears=hears, kill=0)["lines"]
    killed = 0
    for number, kill in enumerate(Random(14).sample(range(1, lines + 1), kills)):
        folder = begin(f"kill-{number}")
        killed += run(folder, hears=hears, kill=kill)["killed"]
        for _ in range(2):
            assert run(folder, hears=hears, kill=0)["status"] == 0
        heard = read(
            folder / "pullquote.db", "SELECT state, count(*) FROM consents WHERE proof LIKE 'read-back%' GROUP BY 1"
        )
        assert heard == [("granted", 1)], f"killed at line {kill}: {heard}"
        assert read(folder / "pullquote.db", "SELECT answer FROM read_backs") == [("yes",)]
    assert killed >= kills // 2
