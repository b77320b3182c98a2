"""A digest that somebody edited is theirs: it is never overwritten, and what must go from it is told."""

import os
from datetime import timedelta

import pytest

from bot.desk import forget_author, record_consent
from bot.desk.print.digest import digest_now
from bot.digest import FORMATS
from storage.models import Digest, Question, Reply, StaleReply
from storage.states import CONFIG_WORKSPACE
from tests.running import ANSWERS

EDITED = b"<!-- and now my own words, for four hours -->"


@pytest.fixture
async def closed(open_bot):
    """A closed question with two answers, and its digests in every format."""
    bot = await open_bot(
        questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "1h"}},
        formats=tuple(FORMATS),
        public=tuple(FORMATS),
    )
    await bot.tick(minutes=1)
    bot.reply("ada")
    bot.reply("grace")
    await bot.tick(hours=1)
    return bot


def find(bot, ending):
    (path,) = (bot.folder / "digests").glob(f"*to share.{ending}")
    return path


def edit(path):
    path.write_bytes(path.read_bytes() + EDITED)
    return path.read_bytes()


async def reply_of(bot, who):
    return next(row for row in await bot.rows(Reply) if row.author_id == {"ada": 1, "grace": 2}[who])


async def digest_again(bot):
    bot.clock.advance(minutes=1)
    return await digest_now(bot.context, await bot.row(Question), offline=True)


@pytest.mark.parametrize("ending", [ending for ending, _ in FORMATS.values()])
async def test_a_digest_is_written_beside_one_that_was_edited(closed, ending):
    path = find(closed, ending)
    before = edit(path)
    done = await digest_again(closed)
    beside = path.with_name(f"{path.stem} (2).{ending}")
    assert path.read_bytes() == before
    assert beside.read_bytes()
    written = {each for one in done.written for each in one.paths}
    assert (path in written, beside in written) == (False, True)
    (sentence,) = [sentence for one in done.written for sentence in one.told]
    assert f"“{path.name}” was edited" in sentence
    assert beside.name in sentence
    assert "Take out" not in sentence
    again = await digest_again(closed)
    assert beside in {each for one in again.written for each in one.paths}
    assert not path.with_name(f"{path.stem} (3).{ending}").exists()


async def test_the_second_one_may_be_edited_too(closed):
    path = find(closed, "docx")
    edit(path)
    await digest_again(closed)
    beside = path.with_name(f"{path.stem} (2).docx")
    second = edit(beside)
    await digest_again(closed)
    assert beside.read_bytes() == second
    assert path.with_name(f"{path.stem} (3).docx").exists()


async def test_what_must_go_from_an_edited_file_is_told_by_the_name_of_the_passage(closed):
    path = find(closed, "md")
    before = edit(path)
    reply = await reply_of(closed, "ada")
    done = await record_consent(closed.context, CONFIG_WORKSPACE, reply.id, "withdrawn")
    beside = path.with_name(f"{path.stem} (2).md")
    assert path.read_bytes() == before
    assert path not in done.rewritten
    assert beside in done.rewritten
    assert ANSWERS["ada"] not in beside.read_text(encoding="utf-8")
    assert ANSWERS["grace"] in beside.read_text(encoding="utf-8")
    (sentence,) = done.told
    assert f"“{path.name}” was edited" in sentence
    assert f"of “habits” (reply {reply.id})" in sentence
    assert await closed.told("edited file") == [sentence]
    assert await closed.rows(StaleReply) == []
    again = await digest_again(closed)
    assert any(f"(reply {reply.id})" in each for one in again.written for each in one.told)


async def test_an_erasure_tells_what_must_go_without_a_word_of_it(closed):
    path = find(closed, "docx")
    before = edit(path)
    done = await forget_author(closed.context, CONFIG_WORKSPACE, "ada")
    assert path.read_bytes() == before
    (sentence,) = done.told
    assert "Take out of the edited one: quote" in sentence
    assert "ada" not in sentence.lower()
    assert not [word for word in ANSWERS["ada"].split() if len(word) > 6 and word in sentence]


async def test_a_file_of_somebody_else_is_not_overwritten(open_bot):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "1h"}}, formats=("json",))
    folder = bot.folder / "digests"
    folder.mkdir()
    name = "What did you stop doing and what happened - 16 November 2026 - for you"
    (folder / f"{name}.json").write_text("my own notes")
    await bot.tick(minutes=1)
    await bot.tick(hours=1)
    assert (folder / f"{name}.json").read_text() == "my own notes"
    assert (folder / f"{name} (2).json").exists()


async def test_a_file_that_an_older_pullquote_wrote_is_ours_unless_it_was_changed_later(closed):
    async with closed.context.store.write() as session:
        for row in await closed.rows(Digest):
            held = await session.get(Digest, row.id)
            held.files = [{"path": each["path"], "format": each["format"]} for each in row.files]
    old, edited = find(closed, "html"), find(closed, "md")
    at = (closed.clock() - timedelta(minutes=1)).timestamp()
    for path in old.parent.iterdir():
        os.utime(path, (at, at))
    edit(edited)
    reply = await reply_of(closed, "ada")
    done = await record_consent(closed.context, CONFIG_WORKSPACE, reply.id, "refused")
    assert (old in done.rewritten, edited in done.rewritten) == (True, False)
    assert len(done.told) == 1
