"""A draft that is watched: what becomes of its quotes is told once, and none of its words is kept."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.articles import Paragraph
from bot.articles.check import check_article
from bot.articles.drafts.vouched import vouch
from bot.articles.drafts.watch import EVERY, LONGEST, watch
from bot.desk import back_up, undo
from storage.models import Event, Outgoing, WatchedDraft, WatchedQuote
from storage.states import WatchedState
from tests.bot.articles.conftest import PEOPLE

DRAFT = (
    "“We dropped AMP last March because nobody used it,” said Ada Lovelace. “The rule is a week and no more,” said "
    "Alan Turing. “I heard this one myself on the telephone,” said Zelda Quibble-Overmantel."
)
UNSAID = ("heard this one myself", "Quibble-Overmantel", "telephone")
"""Words that stand in the draft and in no reply."""


@pytest.fixture
async def watched(desk):
    """The draft's quotes are watched until the longest time."""
    report = await desk.check(DRAFT)
    assert await watch(desk.bot.context, "config", report, desk.bot.clock() + timedelta(days=90), "ed")
    return desk


async def list_told(desk):
    return [(each.kind, each.message) for each in await desk.bot.rows(Event) if each.kind.startswith("quote_")]


async def test_a_deletion_is_told_once_at_the_next_look(watched):
    await watched.bot.tick(minutes=20)
    assert await list_told(watched) == []
    watched.bot.delete(watched.replies["amp"])
    await watched.bot.tick(minutes=16)
    told = [("quote_deleted", "one of the 2 quotes of a watched draft was deleted by its author: number 1")]
    assert await list_told(watched) == told
    await watched.bot.tick(minutes=40)
    assert await list_told(watched) == told


async def test_an_edit_that_keeps_the_words_is_followed_and_one_that_changes_them_is_told(watched):
    watched.bot.edit(watched.replies["amp"], "Well: we dropped it. We dropped AMP last March because nobody used it.")
    await watched.bot.tick(minutes=16)
    assert await list_told(watched) == []
    watched.bot.edit(watched.replies["amp"], "We dropped AMP last May because nobody used it.")
    await watched.bot.tick(minutes=16)
    assert [kind for kind, _ in await list_told(watched)] == ["quote_edited"]


async def test_a_refusal_is_told(watched):
    await watched.say("alan", "Please do not quote me at all.")
    await watched.bot.tick(minutes=30)
    assert [kind for kind, _ in await list_told(watched)] == ["quote_barred"]


async def test_a_notice_says_how_many_and_when(open_desk):
    desk = await open_desk({"notices": {"webhook": "http://127.0.0.1:9/hook"}})
    await watch(desk.bot.context, "config", await desk.check(DRAFT), desk.bot.clock() + LONGEST, "ed")
    desk.bot.delete(desk.replies["amp"])
    await desk.bot.tick(minutes=16)
    at = f"{desk.bot.clock().astimezone(ZoneInfo('Europe/Berlin')):%H:%M}"
    texts = [each.payload["text"] for each in await desk.bot.rows(Outgoing)]
    assert f"one of your 2 quotes was deleted at {at} (habits)" in texts


async def test_it_ends_after_the_longest_time_and_nothing_of_it_stays(watched):
    (draft,) = await watched.bot.rows(WatchedDraft)
    assert draft.until == draft.at + LONGEST
    await watched.bot.tick(days=15)
    assert await watched.bot.rows(WatchedDraft) == await watched.bot.rows(WatchedQuote) == []


async def test_the_same_draft_is_watched_once(watched):
    report = await watched.check(DRAFT)
    await watch(watched.bot.context, "config", report, watched.bot.clock() + timedelta(days=1), "ed")
    (draft,) = await watched.bot.rows(WatchedDraft)
    assert draft.until <= watched.bot.clock() + timedelta(days=1)
    assert draft.check_at == watched.bot.clock() + EVERY
    assert {each.state for each in await watched.bot.rows(WatchedQuote)} == {WatchedState.STANDS}


async def test_what_nobody_said_cannot_be_watched(desk):
    report = await desk.check("“I heard this one myself on the telephone,” said Ada Lovelace.")
    assert await watch(desk.bot.context, "config", report, desk.bot.clock() + LONGEST, "ed") is None


# ---------------------------------------------------------------- by phone


async def test_a_quotation_that_the_writer_vouches_for_is_remembered_until_that_is_taken_back(desk):
    report = await desk.check(DRAFT)
    quotation = report.checked[2].quotation
    assert not report.holds
    act = await vouch(desk.bot.context, "config", quotation, "ed")
    again = await desk.check(f"Another article. “I heard this one  myself on the telephone”, said {PEOPLE['ada']}.")
    assert again.checked[0].vouched_at == desk.bot.clock()
    assert again.holds
    assert (await desk.check("“I heard this one yourself on the telephone,” said Ada.")).holds is False
    await undo(desk.bot.context, "config", act, by="ed")
    assert not (await desk.check(DRAFT)).holds


async def test_nobody_vouches_for_words_of_who_refused(desk):
    await desk.say("alan", "Please do not quote me at all.")
    draft = "“The rule is a week and nothing more,” said Alan Turing."
    checked = await desk.check_one(draft)
    await vouch(desk.bot.context, "config", checked.quotation, "ed")
    assert not (await desk.check_one(draft)).holds


# ---------------------------------------------------------------- no word of a draft


@pytest.fixture
def only_sqlite(database):
    if not database.startswith("sqlite"):
        pytest.skip("these are files of SQLite")


async def test_no_word_of_a_draft_is_in_the_database_its_log_or_a_backup(only_sqlite, desk, capfd, tmp_path):
    report = await check_article(desk.bot.context, "config", [Paragraph(DRAFT, 1)])
    await vouch(desk.bot.context, "config", report.checked[2].quotation, "ed")
    await watch(desk.bot.context, "config", report, desk.bot.clock() + LONGEST, "ed")
    await desk.bot.tick(minutes=20)
    desk.bot.delete(desk.replies["amp"])
    await desk.bot.tick(minutes=20)
    (tmp_path / "copies").mkdir()
    await back_up(desk.bot.context, tmp_path / "copies" / "copy.db")
    told = "".join(capfd.readouterr())
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") for path in files)
    assert [path for path in files if "copies" in path.parts]
    for words in UNSAID:
        assert words not in told
        assert [path for path in files if words.encode() in path.read_bytes()] == []
