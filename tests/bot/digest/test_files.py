"""Digests on the disk."""

import pytest

from bot.digest import FORMATS, render, rewrite_files, write_files
from bot.digest.standing import write_atomically
from bot.quotes import Edition
from storage.replies import replies


@pytest.fixture
async def digest_id(stage):
    question = await stage.question()
    await stage.reply(question, "We keep canaries.")
    return await stage.compile(question)


async def write(stage, digest_id, folder, formats=tuple(FORMATS)):
    return (await write_files(stage.store, digest_id, folder, formats, capabilities=stage.CAPABILITIES)).paths


async def test_each_format_is_a_file_named_by_question_date_and_edition(stage, digest_id, tmp_path):
    paths = await write(stage, digest_id, tmp_path / "out" / "digests")
    name = "Which of these would you keep if you could keep only one - 23 November 2026 - for you"
    assert [path.name for path in paths] == [f"{name}.{ending}" for ending, _ in FORMATS.values()]
    model = await stage.load(digest_id)
    assert [path.read_bytes() for path in paths] == [render(model, each) for each in FORMATS]


def test_nothing_is_written_outside_of_the_folder(tmp_path):
    with pytest.raises(ValueError, match="outside"):
        write_atomically(tmp_path, "../escaped.html", b"")


async def test_writing_again_replaces_the_file_and_leaves_nothing_else(stage, digest_id, tmp_path):
    folder = tmp_path / "digests"
    await write(stage, digest_id, folder)
    (path, *_) = await write(stage, digest_id, folder)
    assert {file.suffix[1:] for file in folder.iterdir()} == {ending for ending, _ in FORMATS.values()}
    assert len(list(folder.iterdir())) == len(FORMATS)
    assert path.stat().st_size > 1000


async def test_a_file_that_cannot_be_written_leaves_the_one_before(stage, digest_id, tmp_path):
    folder = tmp_path / "digests"
    (path,) = await write(stage, digest_id, folder, ["html"])
    before = path.read_bytes()
    path.unlink()
    path.mkdir()  # what stands in the way here is a folder; a full disk ends the same way
    with pytest.raises(OSError, match=r"directory|denied"):
        await write(stage, digest_id, folder, ["html"])
    assert [file.name for file in folder.iterdir()] == [path.name]
    path.rmdir()
    (path,) = await write(stage, digest_id, folder, ["html"])
    assert path.read_bytes() == before


@pytest.mark.parametrize("edition", list(Edition))
async def test_a_deletion_rewrites_the_files_that_we_still_hold(stage, tmp_path, edition):
    question = await stage.question()
    gone = await stage.reply(question, "We keep canaries.")
    await stage.reply(question, "We keep flags.", await stage.author("Grace Hopper"))
    formats = ["html", "markdown", "json"]
    held, moved, other = await write(stage, await stage.compile(question, edition), tmp_path, formats)
    moved.unlink()
    before = other.read_bytes()
    async with stage.store.write() as session:
        await replies.empty_replies(session, [gone.id], stage.at)
    rewritten = (await rewrite_files(stage.store, [gone.id], capabilities=stage.CAPABILITIES)).paths
    assert rewritten == [held, other]
    assert not moved.exists()
    assert b"We keep canaries." in before
    for path in rewritten:
        assert b"We keep canaries." not in path.read_bytes()
        assert b"We keep flags." in path.read_bytes()


async def test_a_file_is_rewritten_from_the_last_digest_that_was_written_there(stage, tmp_path):
    question = await stage.question()
    gone = await stage.reply(question, "We keep canaries.")
    await write(stage, await stage.compile(question), tmp_path, ["markdown"])
    await stage.reply(question, "We keep flags.", await stage.author("Grace Hopper"))
    (path,) = await write(stage, await stage.compile(question), tmp_path, ["markdown"])
    async with stage.store.write() as session:
        await replies.empty_replies(session, [gone.id], stage.at)
    assert (await rewrite_files(stage.store, [gone.id], capabilities=stage.CAPABILITIES)).paths == [path]
    assert "revision 2" in path.read_text(encoding="utf-8")
    assert (await rewrite_files(stage.store, [gone.id], capabilities=stage.CAPABILITIES)).paths == []


async def test_files_that_do_not_show_a_reply_are_left_alone(stage, digest_id, tmp_path):
    await write(stage, digest_id, tmp_path)
    assert (await rewrite_files(stage.store, [99], capabilities=stage.CAPABILITIES)).paths == []


async def test_an_unknown_format_is_refused_by_name(stage, digest_id, tmp_path):
    with pytest.raises(ValueError, match="no digest format 'pdf'; there are: html, markdown, docx, csv, json"):
        await write(stage, digest_id, tmp_path, ["pdf"])
