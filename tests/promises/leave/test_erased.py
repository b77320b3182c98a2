"""Thirty people have themselves erased: no word, name or handle of theirs stays in any file, nor in the database."""

import io
import os
import sqlite3
import stat
from contextlib import closing

import pytest
from sqlalchemy import select

from adapters.contract.sending import Reference
from bot.delivery.outbox import OutgoingKind, send_due
from bot.desk import check_source, choose_passage, forget_author, record_consent, record_use
from bot.desk.print.digest import digest_now
from bot.digest import FORMATS
from bot.digest.rewrite import LOG_STEP
from bot.log import configure_logging
from bot.replies.reread import refresh_replies
from storage.digests import outgoings
from storage.models import Activity, Author, Base, Consent, Outgoing, Question, Reply, Revision, Verdict
from storage.replies import replies as stored_replies
from storage.replies.judging import RulesVerdict, record_rules_verdicts
from storage.search import INDEXES
from storage.states import CONFIG_WORKSPACE, VerdictValue
from tests.promises.leave.outputs import reveal

ERASED, LEFT = 30, 3
FEW = 3


def words_of(number):
    """Nobody else's: words, name, handle."""
    letters = chr(97 + number // 26) + chr(97 + number % 26)
    return tuple(f"wz{letters}{each}qx" for each in "abc"), f"Nz{letters}qx Example", f"hz{letters}qx"


@pytest.fixture
async def crowd(open_bot, monkeypatch):
    """Thirty-three answers that were judged, agreed to, chosen, checked, printed and quoted; two of them edited."""
    monkeypatch.setenv("NO_COLOR", "1")
    log = io.StringIO()
    bot = await open_bot(
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "3d", "enough": 2}},
        formats=tuple(FORMATS),
        public=tuple(FORMATS),
    )
    configure_logging(level="DEBUG", stream=log)
    await bot.tick(minutes=1)
    wrote = {}
    for number in range(ERASED + LEFT):
        (first, middle, last), name, handle = words_of(number)
        bot.network().join(handle, name)
        wrote[handle] = bot.reply(
            handle,
            f"In our team {first} was dropped in {1990 + number} because nobody read it. It cost {number + 3} hours a "
            f"week, {middle} included, and after that revenue rose by {number} percent. Today we would stop {last} sooner.",
        )
        bot.network().post(handle, f"Great question! And {last} too.", bot.clock(), parent=bot.root().id)
        bot.reply("grace", "So do we.", to=wrote[handle])
    await bot.tick(minutes=5)
    for number in (0, 1):
        _, _, handle = words_of(number)
        bot.edit(wrote[handle], f"In our team {words_of(number)[0][0]} was never dropped, and it cost 3 hours a week.")
    await bot.tick(minutes=5)
    people = {author.handle: author.id for author in await bot.rows(Author)}
    for row in await bot.rows(Reply):
        number = next((n for n in range(ERASED + LEFT) if people.get(words_of(n)[2]) == row.author_id), None)
        if number is None or row.remote_id != wrote[words_of(number)[2]].id:
            continue
        (_, middle, _), name, handle = words_of(number)
        await record_consent(
            bot.context, CONFIG_WORKSPACE, row.id, "granted", wording=f"{name} says yes to {middle}", credit=name
        )
        if number > 1:
            await choose_passage(bot.context, CONFIG_WORKSPACE, row.id, f"{middle} included", by="Mara")
        await check_source(bot.context, CONFIG_WORKSPACE, handle, spoken=True, by="Mara", note=f"{name} is real")
        await record_use(bot.context, CONFIG_WORKSPACE, str(row.id), f"https://example.org/{number}")
    await bot.tick(days=3)
    await digest_now(bot.context, await bot.row(Question), offline=True)
    yield bot, log
    configure_logging(level="WARNING")


def read_everything(bot, log):
    """By name: every file as it is, readable parts of documents, what was logged."""
    said = {"log": log.getvalue()}
    for path in bot.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            said[str(path.relative_to(bot.folder))] = content.decode("utf-8", "replace")
            if path.suffix == ".docx":
                said[f"{path.name}, unpacked"] = reveal(path.name, content)
    return said


def find(said, number):
    tokens, name, handle = words_of(number)
    return [(file, word) for file, text in said.items() for word in (*tokens, name, handle) if word in text]


async def test_nothing_of_thirty_erased_people_stays_anywhere(crowd):
    bot, log = crowd
    before = read_everything(bot, log)
    assert len(list(bot.folder.glob("digests/*"))) == 2 * len(FORMATS)
    for number in range(ERASED):
        done = await forget_author(bot.context, CONFIG_WORKSPACE, words_of(number)[2])
        assert done.told == ()
    assert {path.name for path in bot.folder.iterdir()} >= {"pullquote.db", "pullquote.db-wal", "pullquote.db-shm"} or (
        "sqlite" not in bot.database
    )
    after = read_everything(bot, log)
    assert [hit for number in range(ERASED) for hit in find(after, number)] == []
    for number in range(ERASED, ERASED + LEFT):
        assert find(before, number)
        assert find(after, number)
    await bot.tick(minutes=10)
    await digest_now(bot.context, await bot.row(Question))
    assert [hit for number in range(ERASED) for hit in find(read_everything(bot, log), number)] == []


@pytest.fixture
def read_rows(crowd):
    """All that stands in the database, as text."""

    async def read_rows():
        bot, _ = crowd
        async with bot.context.store.engine.connect() as connection:
            return {
                table.name: str((await connection.execute(table.select())).all())
                for table in Base.metadata.sorted_tables
            }

    return read_rows


@pytest.mark.parametrize("table", ["verdicts", "source_checks", "chosen_passages", "consents", "revisions", "authors"])
async def test_an_erasure_leaves_nothing_in_a_table(crowd, read_rows, table):
    bot, _ = crowd
    async with bot.context.store.read() as session:
        before = len((await session.execute(table_of(table).select())).all())
    for number in range(FEW):
        await forget_author(bot.context, CONFIG_WORKSPACE, words_of(number)[2])
    rows = (await read_rows())[table]
    assert [hit for number in range(FEW) for hit in find({table: rows}, number)] == []
    async with bot.context.store.read() as session:
        after = len((await session.execute(table_of(table).select())).all())
    gone = table not in ("revisions", "authors")  # tombstones
    assert (after < before) is gone


def table_of(name):
    return Base.metadata.tables[name]


# ---------------------------------------------------------------- the indexes of words


@pytest.fixture
def read_indexes(crowd):
    """The bytes of the tables that the indexes of words are made of, and of all of the database's files."""

    def read_indexes():
        bot, _ = crowd
        with closing(sqlite3.connect(bot.folder / "pullquote.db")) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = [
                value if isinstance(value, bytes) else str(value).encode()
                for name in tables
                if name.startswith(tuple(f"{index}_" for index in INDEXES))
                for row in connection.execute(f"SELECT * FROM {name}")
                for value in row
            ]
        return b"\n".join(rows), b"".join(path.read_bytes() for path in bot.folder.glob("pullquote.db*"))

    return read_indexes


@pytest.mark.parametrize("taking", ["erased", "deleted", "purged"])
async def test_no_letter_of_a_word_stays_in_an_index_or_in_the_file(crowd, only_sqlite, read_indexes, taking):
    bot, _ = crowd
    words = "ötunnvættr".translate({ord("ö"): "o"}).encode(), "機織小屋".encode()[:9]
    written = bot.reply("alan", "We stopped ÿjötunnvættr in 2016, and 3 of 40 asked why. 機織小屋")
    await bot.tick(minutes=10)
    for number in range(3):  # what came later stands in other places of the index
        bot.reply("ada", f"Number {number} was never asked of us, and costs 3 hours.")
        await bot.tick(minutes=5)
    assert all(word in place for word in words for place in read_indexes())
    (row,) = [row for row in await bot.rows(Reply) if row.remote_id == written.id]
    if taking == "erased":
        await forget_author(bot.context, CONFIG_WORKSPACE, "alan")
    elif taking == "deleted":
        bot.delete(written)
        await refresh_replies(bot.context, [row.id])
        await bot.tick(minutes=5)
    else:
        async with bot.context.store.write() as session:
            await stored_replies.empty_replies(session, [row.id], bot.clock(), purged=True)
        await bot.tick(minutes=5)
    assert [word for word in words for place in read_indexes() if word in place] == []


# ---------------------------------------------------------------- the log of SQLite


@pytest.fixture
def only_sqlite(database):
    if "sqlite" not in database:
        pytest.skip("what PostgreSQL keeps of old rows is vacuumed by its administrator: docs/operating.md")


async def test_a_log_that_somebody_reads_is_told_and_emptied_later(crowd, only_sqlite):
    bot, _ = crowd
    with closing(sqlite3.connect(bot.folder / "pullquote.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM revisions").fetchone()
        done = await forget_author(bot.context, CONFIG_WORKSPACE, words_of(0)[2])
        assert any("another process reads it" in sentence for sentence in done.told)
        assert [row.error != "" for row in await bot.rows(Activity) if row.name == LOG_STEP] == [True]
    await bot.tick(seconds=5)
    assert [row.error for row in await bot.rows(Activity) if row.name == LOG_STEP] == [""]
    assert (bot.folder / "pullquote.db-wal").stat().st_size < 100_000
    assert find({"wal": (bot.folder / "pullquote.db-wal").read_bytes().decode("utf-8", "replace")}, 0) == []


# ---------------------------------------------------------------- what is written back


def quoting(revision_id):
    """A verdict whose reasons repeat a word, as that of a vague answer does."""
    reasons = '[{"rule": "vague", "weight": -1, "detail": "wzaaaqx"}, {"rule": "length", "weight": 1, "detail": "12"}]'
    return RulesVerdict(revision_id, VerdictValue.ASIDE, 0.1, reasons, "by hand")


async def test_a_purge_takes_what_the_rules_repeat_of_the_words(crowd):
    bot, _ = crowd
    verdict = (await bot.rows(Verdict))[0]
    async with bot.context.store.write() as session:
        await record_rules_verdicts(session, [quoting(verdict.revision_id)], bot.clock())
    assert any("wz" in str(row.reasons) for row in await bot.rows(Verdict))
    ids = [row.id for row in await bot.rows(Reply)]
    async with bot.context.store.write() as session:
        await stored_replies.empty_replies(session, ids, bot.clock(), purged=True)
    assert not any("wz" in str(row.reasons) for row in await bot.rows(Verdict))
    (left,) = [row.reasons for row in await bot.rows(Verdict) if row.rules_hash == "by hand"]
    assert [(each["rule"], each["detail"]) for each in left] == [("vague", ""), ("length", "12")]


async def test_a_verdict_that_comes_after_an_erasure_has_no_word_of_it(crowd):
    bot, _ = crowd
    async with bot.context.store.read() as session:
        handles = {author.handle: author.id for author in await bot.rows(Author)}
        replies = [row.id for row in await bot.rows(Reply) if row.author_id == handles[words_of(0)[2]]]
        revision_id = await session.scalar(select(Revision.id).where(Revision.reply_id == replies[0]))
    await forget_author(bot.context, CONFIG_WORKSPACE, words_of(0)[2])
    async with bot.context.store.write() as session:
        assert await record_rules_verdicts(session, [quoting(revision_id)], bot.clock()) == 1
    assert not any("wzaa" in str(row.reasons) for row in await bot.rows(Verdict))


async def test_a_message_that_was_being_sent_during_an_erasure_keeps_no_word_of_it(crowd):
    bot, _ = crowd
    reply = next(row for row in await bot.rows(Reply) if row.author_id == 1)
    async with bot.context.store.write() as session:
        await outgoings.plan(
            session, "test", subject="one", places=["square"], payload={"wording": "wzaaaqx"}, now=bot.clock(),
            account_id=1, reply_id=reply.id,
        )  # fmt: skip

    async def prepare(context, _outgoing, _stack):
        async def send(_since):
            author = next(row for row in await bot.rows(Author) if row.id == reply.author_id)
            await forget_author(context, CONFIG_WORKSPACE, author.handle)
            return Reference("sent-1")

        return send

    assert await send_due(bot.context, {"test": OutgoingKind("a test", prepare)}) == 1
    (row,) = [row for row in await bot.rows(Outgoing) if row.kind == "test"]
    assert "wzaaaqx" not in str(row.payload)
    assert row.payload["reference"]


async def test_an_edited_consent_of_nobody_erased_stays(crowd):
    bot, _ = crowd
    await forget_author(bot.context, CONFIG_WORKSPACE, words_of(0)[2])
    assert any("Nzabqx" in row.wording for row in await bot.rows(Consent))


# ---------------------------------------------------------------- who can read the files


@pytest.mark.skipif(os.name != "posix", reason="no modes")
async def test_what_is_written_is_its_owners_alone(crowd):
    bot, _ = crowd
    open_ = [str(path) for path in bot.folder.rglob("*") if path.lstat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    assert open_ == []
