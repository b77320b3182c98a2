"""Who is barred is known by keyed hashes, and the key lies outside of the database."""

import stat
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.engine import Store, resolve_url
from storage.erasing.barred import bar_person, has_unkeyed, knows_key, load_barred, secure_names, unbar_person
from storage.erasing.people import erase_person
from storage.models import Author, Barred, Question, Reply
from storage.replies.authors import set_do_not_quote
from storage.replies.ingest import upsert_replies
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import Bar, Origin, Source

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
UNKEYED = "erased:" + sha256(b"bluesky\0did:plc:ada").hexdigest()


@pytest.fixture
def key(tmp_path):
    return tmp_path / "state" / "barred.key"


@pytest.fixture
async def keyed(database, key):
    async with Store(resolve_url(database, Path()), barred_key=key) as store:
        yield store


async def names(store, bar=Bar.ERASED):
    async with store.read() as session:
        return list(await session.scalars(select(Barred.name).where(Barred.bar == bar)))


async def is_barred(store, platform="bluesky", remote_id="did:plc:ada", bar=Bar.ERASED):
    async with store.read() as session:
        return (await load_barred(session, bar)).have(platform, remote_id)


async def bar(store, remote_id="did:plc:ada", bar=Bar.ERASED):
    async with store.write() as session:
        await bar_person(session, "bluesky", remote_id, bar)


async def test_the_key_is_made_on_first_use_for_its_owner_alone(keyed, key):
    assert not await is_barred(keyed)
    assert not key.exists()
    await bar(keyed)
    assert len(bytes.fromhex(key.read_text())) == 32
    if sys.platform != "win32":
        assert (stat.S_IMODE(key.stat().st_mode), stat.S_IMODE(key.parent.stat().st_mode)) == (0o600, 0o700)
    assert await is_barred(keyed)
    assert not await is_barred(keyed, remote_id="did:plc:grace")
    assert not await is_barred(keyed, platform="x")
    assert not await is_barred(keyed, bar=Bar.DO_NOT_QUOTE)


async def test_without_the_key_nobody_can_try_ids(keyed, key):
    await bar(keyed)
    (name,) = await names(keyed)
    assert UNKEYED not in (name, f"erased:{name}")
    assert sha256(b"bluesky\0did:plc:ada").hexdigest() not in name
    key.write_text("00" * 32)
    assert not await is_barred(keyed)


async def test_names_of_older_versions_get_a_key(keyed):
    async with keyed.write() as session:
        session.add(Barred(name=UNKEYED, bar=Bar.ERASED))
    assert await is_barred(keyed)
    async with keyed.write() as session:
        assert await has_unkeyed(session)
        await secure_names(session)
        assert not await has_unkeyed(session)
    assert UNKEYED not in await names(keyed)
    assert await is_barred(keyed)


@pytest.mark.parametrize("what", ["lost", "another"])
async def test_a_key_that_is_lost_or_another_is_noticed(keyed, key, what):
    await bar(keyed)
    async with keyed.read() as session:
        assert await knows_key(session)
    key.unlink()
    if what == "another":
        key.write_text("11" * 32)
    async with keyed.read() as session:
        assert not await knows_key(session)
    await bar(keyed, "did:plc:grace")
    assert await is_barred(keyed, remote_id="did:plc:grace")


async def test_somebody_can_be_unbarred(keyed):
    await bar(keyed, bar=Bar.DO_NOT_QUOTE)
    async with keyed.write() as session:
        await unbar_person(session, "bluesky", "did:plc:ada", Bar.DO_NOT_QUOTE)
    assert not await is_barred(keyed, bar=Bar.DO_NOT_QUOTE)


def read(question, number, origin=Origin.COLLECTED):
    return ReplyRow(
        question_id=question.id,
        platform="bluesky",
        remote_id=f"at://did:plc:ada/{number}",
        author=AuthorRow("did:plc:ada", "ada.example", "Ada"),
        text="We keep canaries.",
        posted_at=NOW,
        origin=origin,
    )


@pytest.fixture
async def question(keyed):
    async with keyed.write() as session:
        question = Question(slug="tea", source=Source.CONFIG, created_at=NOW)
        session.add(question)
        await session.flush()
        await upsert_replies(session, [read(question, 1)], NOW)
    return question


async def test_an_erased_authors_words_do_not_come_back_by_a_collection(keyed, question):
    async with keyed.write() as session:
        await erase_person(session, "bluesky", "did:plc:ada", NOW)
    async with keyed.write() as session:
        await upsert_replies(session, [read(question, 1), read(question, 2)], NOW)
    async with keyed.read() as session:
        assert [author.handle for author in await session.scalars(select(Author))] == [""]
        assert len(list(await session.scalars(select(Reply)))) == 1


async def test_do_not_quote_outlasts_an_erasure(keyed, question):
    """Who has themselves erased and then hands something in is a new row: an editor's word about them stands."""
    async with keyed.write() as session:
        await set_do_not_quote(session, (await session.scalars(select(Author))).one(), "a rival", NOW)
        await erase_person(session, "bluesky", "did:plc:ada", NOW)
    async with keyed.write() as session:
        await upsert_replies(session, [read(question, 3, Origin.SUBMITTED)], NOW)
    async with keyed.read() as session:
        came = (await session.scalars(select(Author).where(Author.handle == "ada.example"))).one()
        assert came.do_not_quote
    async with keyed.write() as session:
        await set_do_not_quote(session, await session.get(Author, came.id), "", None)
        await upsert_replies(session, [read(question, 4, Origin.SUBMITTED)], NOW)
    async with keyed.read() as session:
        assert not (await session.get(Author, came.id)).do_not_quote


async def test_what_others_answered_to_an_erased_author_names_them_no_more(keyed, question):
    child = ReplyRow(
        question_id=question.id,
        platform="bluesky",
        remote_id="at://did:plc:grace/1",
        author=AuthorRow("did:plc:grace", "grace.example"),
        text="So do we.",
        posted_at=NOW,
        origin=Origin.COLLECTED,
        parent_remote_id="at://did:plc:ada/1",
    )
    async with keyed.write() as session:
        await upsert_replies(session, [child], NOW)
        await erase_person(session, "bluesky", "did:plc:ada", NOW)
    async with keyed.read() as session:
        held = (await session.scalars(select(Reply).where(Reply.remote_id == "at://did:plc:grace/1"))).one()
        assert held.parent_remote_id == "erased"
