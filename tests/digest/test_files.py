"""Digests on the disk."""

import re
from dataclasses import replace

import pytest

from bot.digest import FORMATS, file_name, render, write_files
from bot.digest.files import _write_atomically
from bot.quotes import Edition


@pytest.fixture
async def digest_id(stage):
    question = await stage.question()
    await stage.reply(question, "We keep canaries.")
    return await stage.compile(question)


async def write(stage, digest_id, folder, formats=tuple(FORMATS)):
    return await write_files(stage.store, digest_id, folder, formats, capabilities=stage.CAPABILITIES)


async def test_each_format_is_a_file_named_by_question_date_and_edition(stage, digest_id, tmp_path):
    paths = await write(stage, digest_id, tmp_path / "out" / "digests")
    assert [path.name for path in paths] == [
        "only-one-2026-11-23-for-you.html",
        "only-one-2026-11-23-for-you.md",
        "only-one-2026-11-23-for-you.json",
    ]
    model = await stage.load(digest_id)
    assert [path.read_bytes() for path in paths] == [render(model, name) for name in FORMATS]


async def test_a_preview_does_not_take_the_place_of_the_final_digest(stage, digest_id):
    model = await stage.load(digest_id)
    assert file_name(replace(model, final=False), "html") != file_name(model, "html")
    assert file_name(replace(model, edition=Edition.PUBLIC), "html") != file_name(model, "html")


async def test_a_week_is_named_by_its_monday(stage):
    model = await stage.week()
    assert file_name(model, "markdown") == "week-of-2026-11-16-for-you.md"


@pytest.mark.parametrize("slug", ["../../etc/passwd", "a/b\\c", "..", "CON", "x" * 300, "nul\x00", "Ä ö"])
async def test_a_file_name_is_made_of_letters_digits_and_hyphens(stage, digest_id, slug):
    model = await stage.load(digest_id)
    block = replace(model.selection.blocks[0], slug=slug)
    name = file_name(replace(model, selection=replace(model.selection, blocks=(block,))), "json")
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,120}\.json", name)


def test_nothing_is_written_outside_of_the_folder(tmp_path):
    with pytest.raises(ValueError, match="outside"):
        _write_atomically(tmp_path, "../escaped.html", b"")


async def test_writing_again_replaces_the_file_and_leaves_nothing_else(stage, digest_id, tmp_path):
    folder = tmp_path / "digests"
    await write(stage, digest_id, folder)
    (path, *_) = await write(stage, digest_id, folder)
    assert sorted(file.suffix for file in folder.iterdir()) == [".html", ".json", ".md"]
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


async def test_an_unknown_format_is_refused_by_name(stage, digest_id, tmp_path):
    with pytest.raises(ValueError, match="no digest format 'docx'; there are: html, markdown, json"):
        await write(stage, digest_id, tmp_path, ["docx"])
