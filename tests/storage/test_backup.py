"""A copy of everything in one file, from SQLite and PostgreSQL, and back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.backup.copies import copy_database, open_copy, put_in_place
from storage.backup.moments import Restored, load_copied, load_restored, mark_restored
from storage.engine import Store, StoreError, resolve_url
from storage.models import Question
from storage.questions.planned import Planned, insert_posts
from storage.states import PostState, Source

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


async def ask(store, slug):
    async with store.write() as session:
        session.add(Question(slug=slug, source=Source.COMMAND, created_at=NOW))


async def slugs(store):
    async with store.read() as session:
        return sorted(await session.scalars(select(Question.slug)))


async def test_a_copy_waits_for_nobody_and_has_what_was_committed(store, tmp_path):
    await ask(store, "before")
    async with store.write() as session:
        session.add(Question(slug="meanwhile", source=Source.COMMAND, created_at=NOW))
        await session.flush()
        await copy_database(store, tmp_path / "copy.db", NOW, 12)
    async with open_copy(tmp_path / "copy.db") as copy:
        assert await slugs(copy) == ["before"]
        async with copy.read() as session:
            copied = await load_copied(session)
    assert (copied.at, copied.noted) == (NOW, 12)


async def test_what_is_put_in_place_is_there_and_counts_on(store, tmp_path):
    await ask(store, "one")
    await copy_database(store, tmp_path / "copy.db", NOW, 0)
    await ask(store, "two")
    await put_in_place(tmp_path / "copy.db", store, 0)
    assert await slugs(store) == ["one"]
    await ask(store, "three")
    assert await slugs(store) == ["one", "three"]


async def test_a_copy_can_be_put_in_place_again(store, tmp_path):
    await ask(store, "one")
    await copy_database(store, tmp_path / "copy.db", NOW, 0)
    for _ in range(2):
        await put_in_place(tmp_path / "copy.db", store, 0)
    assert await slugs(store) == ["one"]


async def test_a_copy_of_nothing_that_can_be_written_says_so(store, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match="could not be written"):
        await copy_database(store, tmp_path / "file" / "copy.db", NOW, 0)


async def test_new_posts_have_ids_that_were_never_given_away(tmp_path, upgraded_sqlite):
    path = tmp_path / "pullquote.db"
    path.write_bytes(upgraded_sqlite.read_bytes())
    async with Store(resolve_url(f"sqlite:///{path}", Path()), None) as store, store.write() as session:
        await mark_restored(session, Restored(NOW, NOW - timedelta(days=1), posts=3, floor=40))
        found = await load_restored(session)
        await session.run_sync(_allow_orphans)
        planned = Planned(1, 1, "2026-11-30T08:00", NOW, NOW, PostState.UNCERTAIN)
        ids = await insert_posts(session, [planned])
        await session.rollback()
    assert found.floor == 40
    assert ids == [41]


def _allow_orphans(session):
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
