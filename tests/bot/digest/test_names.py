"""What the files of digests are called."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest import file_name, write_files
from bot.digest.page.file_names import is_same_name, make_safe
from bot.quotes import Edition

FORBIDDEN = set('<>:"/\\|?*\0\n\r\t')


@pytest.fixture
async def model(stage):
    question = await stage.question(text="Do you disavow links? If you stopped: what's happened?")
    await stage.reply(question, "We stopped.")
    return await stage.digest(question)


def asking(model, text):
    block = replace(model.selection.blocks[0], text=text)
    return replace(model, selection=replace(model.selection, blocks=(block,)))


def test_a_name_is_words_that_a_writer_reads(model):
    assert (
        file_name(model, "html")
        == "Do you disavow links If you stopped what’s happened - 23 November 2026 - for you.html"
    )
    assert file_name(replace(model, edition=Edition.PUBLIC), "csv").endswith("23 November 2026 - to share.csv")


def test_a_preview_does_not_take_the_place_of_the_final_digest(model):
    assert file_name(replace(model, final=False), "html").endswith("23 November 2026 - preview - for you.html")


async def test_a_name_speaks_the_language_of_the_question(stage):
    question = await stage.question(language="de", text="Welche Werkzeuge könnt ihr nicht mehr missen?")
    name = file_name(await stage.digest(question), "html")
    assert name == "Welche Werkzeuge könnt ihr nicht mehr missen - 23 November 2026 - für dich.html"


async def test_a_week_is_named_by_its_days(stage):
    model = await stage.week()
    assert file_name(model, "markdown") == "Week of 16 to 22 November 2026 - for you.md"
    assert file_name(replace(model, final=False), "html") == "Week of 16 to 22 November 2026 - preview - for you.html"


@pytest.mark.parametrize(
    "text",
    [
        "../../etc/passwd",
        'a/b\\c:d*e?f<g>h|i"j',
        "CON",
        "\u202egnp.exe",
        "Wie?" * 100,
        "नमस्ते दुनिया " * 30,
        "日本語で何を残しますか" * 30,
        "- leading, trailing. ",
        "nul\x00",
    ],
)
def test_a_name_is_one_that_windows_and_macos_take(model, text):
    name = file_name(asking(model, text), "json")
    assert not set(name) & FORBIDDEN
    assert name.endswith(" - 23 November 2026 - for you.json")
    assert len(name.encode()) <= 170
    assert name[0] not in " -.~"
    assert ".." not in name


def test_words_of_every_script_stay_words(model):
    assert file_name(asking(model, "नमस्ते दुनिया"), "html").startswith("नमस्ते दुनिया - ")


def test_a_question_without_letters_is_named_by_its_slug(model):
    assert file_name(asking(model, "???"), "html").startswith("only-one - 23 November")


@given(st.text())
def test_no_title_makes_a_name_that_a_file_system_refuses(text):
    safe = make_safe(text)
    assert not set(safe) & (FORBIDDEN | {"."})
    assert safe == safe.strip()
    assert len(safe.encode()) <= 120


@pytest.mark.parametrize("other", ["Cafe\u0301 - 1", "CAFÉ - 1", "café - 1"])
def test_names_that_some_file_system_confuses_are_the_same(other):
    assert is_same_name("café - 1", other)


async def test_two_questions_of_one_wording_and_day_are_two_files(stage, tmp_path):
    folder, paths = tmp_path / "digests", []
    for slug in ("first", "second"):
        digest_id = await stage.compile(await stage.question(slug))
        for _ in range(2):  # writing again takes the same place
            paths += (
                await write_files(stage.store, digest_id, folder, ["html"], capabilities=stage.CAPABILITIES)
            ).paths
    assert paths[0] == paths[1]
    assert paths[2] == paths[3]
    assert sorted(path.name for path in folder.iterdir()) == sorted({path.name for path in paths})
    assert paths[2].name.endswith("only one - second - 23 November 2026 - for you.html")
