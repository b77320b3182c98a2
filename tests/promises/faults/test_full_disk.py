"""A full disk: nothing is posted that cannot be recorded, it is said, and all goes on when there is room again."""

import io
import sys
from contextlib import contextmanager

import pytest
import structlog

from storage.models import Post, PostPart, Reply

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files are limited by setrlimit")


@contextmanager
def full_disk(bot):
    """No file may grow beyond the size that the database's log has now: each commit fails."""
    import resource

    size = (bot.folder / "pullquote.db-wal").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
async def by_text(open_bot, database):
    if "sqlite" not in database:
        pytest.skip("the disk of a PostgreSQL server is its own")
    bot = await open_bot(
        accounts={"square": {"repeats_safely": False}}, questions={"habits": {"at": "2026-11-16T08:01"}}
    )
    bot.clock.advance(minutes=1)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())  # what pytest catches is a file too
    return bot


async def test_nothing_is_posted_while_nothing_can_be_written_and_it_is_said(by_text):
    with full_disk(by_text):
        for _ in range(3):
            done = await by_text.tick(minutes=1)
            assert any("publish" in error or "plan" in error for error in done.errors)
            assert all("OperationalError" in error for error in done.errors)
    assert (by_text.visible(), by_text.calls()) == ([], [])
    done = await by_text.tick(minutes=1)
    assert (done.errors, await by_text.states(), len(by_text.visible())) == ([], ["published"], 1)


async def test_what_could_not_be_written_down_is_not_logged_as_told(by_text):
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file := io.StringIO()))
    by_text.clock.advance(days=2)  # missed
    with full_disk(by_text):
        for _ in range(3):
            await by_text.tick(minutes=1)
    assert "did not go out" not in file.getvalue()
    await by_text.tick(minutes=1)
    assert file.getvalue().count("did not go out") == 1


async def test_a_post_that_went_out_just_before_the_disk_was_full_is_found_and_not_doubled(by_text):
    answer, disk = by_text.services["square"].answer, full_disk(by_text)

    def fill(operation, arguments):
        if operation == "publish":
            disk.__enter__()
        return answer(operation, arguments)

    by_text.services["square"].answer = fill
    done = await by_text.tick()
    assert any(error.startswith("publish: OperationalError") for error in done.errors)
    disk.__exit__(None, None, None)
    assert (await by_text.row(PostPart)).state == "sending"
    for _ in range(4):
        await by_text.tick(minutes=2)
    assert await by_text.states() == ["published"]
    assert by_text.calls().count("publish") == len(by_text.visible()) == 1


async def test_replies_that_came_while_the_disk_was_full_are_collected_when_there_is_room(by_text):
    await by_text.tick()
    by_text.reply("ada")
    with full_disk(by_text):
        await by_text.tick(minutes=5)
        by_text.reply("grace")
        await by_text.tick(minutes=5)
    await by_text.tick(hours=1)
    assert len(await by_text.rows(Reply)) == 2
    assert (await by_text.row(Post)).counted == 2
