"""Bots are killed while they read a mailbox: no mail is lost, none is there twice, and what is no answer is told."""

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.quotes.read_back.joining import write_plus_address
from tests.killed import open_bots, read
from tests.servers.mail.dovecot import ADDRESS
from tests.servers.mail.layouts import LAYOUTS, NOT_BY_PEOPLE, PEOPLE, make_mail

OURS = write_plus_address(ADDRESS, "habits")
AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
SENDERS = PEOPLE[:2]
WORDINGS = {str(number) for number, layout in enumerate(LAYOUTS) if layout not in NOT_BY_PEOPLE}
ANSWERS = len(SENDERS) * (len(LAYOUTS) - len(NOT_BY_PEOPLE))
DOSE = round(300 * float(os.environ.get("SOAK") or 1))


@pytest.fixture
def run_bot():
    with open_bots("tests.adapters.mail.bots") as run_bot:
        yield run_bot


@pytest.fixture
async def due(open_mail_bot, dovecot, tmp_path, pitches):
    """A database with an open question whose mailbox holds two dozen mails, none of which was read."""
    bot = await open_mail_bot({"habits": {"pitches": pitches}})
    if not bot.database.startswith("sqlite"):
        pytest.skip("a file is copied for each kill")
    await bot.tick(minutes=1)
    await bot.close()
    for number, layout in enumerate(LAYOUTS):
        for sender in SENDERS:
            said = replace(sender, words=f"{sender.words}\n\nThis is my wording number {number}.")
            dovecot.deliver(make_mail(said, layout, OURS, AT))
    return tmp_path / "pullquote.db", bot.clock() + timedelta(minutes=6)


@pytest.mark.parametrize("pitches", [len(LAYOUTS), 1], ids=["each-is-a-reply", "a-newer-one-is-a-wording"])
@pytest.mark.parametrize("kills", [8, pytest.param(DOSE, marks=pytest.mark.soak)])
async def test_no_mail_is_lost_or_doubled_over_many_kills(due, dovecot, run_bot, tmp_path, kills, pitches):
    original, now = due

    def run(folder, moment, kill=0):
        folder.mkdir(exist_ok=True)
        url = f"sqlite:///{folder / 'pullquote.db'}"
        settings = dovecot.settings()
        job = {"folder": str(folder), "database": url, "settings": settings, "pitches": pitches}
        return run_bot(**job, now=moment.isoformat(), kill=kill)

    def begin(name):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(original, folder / "pullquote.db")
        return folder

    whole = begin("whole")
    lines = run(whole, now)["lines"]
    check(whole, 0, pitches)
    killed, parts = 0, set()
    for number in range(kills):
        kill = Random(number).randint(1, lines)
        folder = begin(f"kill-{number}")
        bot = run(folder, now, kill)
        assert bot["killed"] or bot["lines"] < kill, kill
        killed += bot["killed"]
        parts.add(read(folder / "pullquote.db", "SELECT count(*) FROM revisions")[0][0])
        assert run(folder, now + timedelta(minutes=10))["status"] == 0
        check(folder, kill, pitches)
        shutil.rmtree(folder)
    assert killed > kills / 2
    assert kills < 100 or len(parts) > 2, "some were killed between two transactions"
    assert set(dovecot.list_flags()) == {""}


def check(folder, kill, pitches):
    """Every mail of a person is there once: as a reply of its own, or as the next wording of their first."""
    database = folder / "pullquote.db"
    told = f"killed at line {kill}"
    answers = ANSWERS if pitches > 1 else len(SENDERS)
    replies = read(database, "SELECT count(*), count(DISTINCT remote_id) FROM replies")
    assert replies == [(answers, answers)], told
    assert read(database, "SELECT count(*) FROM revisions") == [(ANSWERS,)], told
    newest = read(database, "SELECT text, max(number) FROM revisions GROUP BY reply_id")
    numbers = {text.partition("wording number ")[2].partition(".")[0] for text, _ in newest}
    assert numbers == (WORDINGS if pitches > 1 else {max(WORDINGS, key=int)}), told
    events = {}
    for kind, message in read(
        database, "SELECT kind, message FROM events WHERE kind IN ('automatic', 'bounce', 'list')"
    ):
        events[kind] = events.get(kind, 0) + int(message.partition(" ")[0])
    assert events == dict.fromkeys(("automatic", "bounce", "list"), len(SENDERS)), told
