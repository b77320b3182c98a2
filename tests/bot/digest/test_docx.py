"""The digest as DOCX: read back with python-docx, and opened in LibreOffice where it is installed."""

import io
import os
import shutil
import subprocess
import zipfile
from datetime import datetime

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.digest import render
from bot.digest.formats.docx_page import DocxDocument
from bot.quotes import Edition
from bot.words.cleaning import split_paragraphs
from tests.bot.digest.reading import list_typed

OFFICE = shutil.which("soffice")
EAGER_CSV = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
"""Commas, quotes, UTF-8; and formulas run, which a careful reader of a CSV would not let them."""
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read(model):
    return Document(io.BytesIO(render(model, "docx")))


def paragraphs(document, style):
    return [paragraph for paragraph in document.paragraphs if paragraph.style.name == style]


async def test_a_quote_is_followed_by_its_attribution_with_a_link(stage, sample):
    document = read(await stage.digest(sample, Edition.PUBLIC))
    number, quote = next(
        (number, each) for number, each in enumerate(document.paragraphs) if each.text.startswith("Postmortems, and")
    )
    line = document.paragraphs[number + 1]
    assert quote.style.name == "Quote"
    assert quote.text.startswith("Postmortems, and it is not close.")
    assert line.text == "— Ada Lovelace (ada.example), replying on Bluesky, 16 November 2026 · open the reply"
    assert [link.address for link in line.hyperlinks] == ["https://bluesky.example/ada.example/1"]
    assert quote.style.paragraph_format.keep_with_next


async def test_headings_are_headings_and_numbers_are_a_table(stage, sample):
    document = read(await stage.digest(sample))
    assert [each.text for each in paragraphs(document, "Title")] == [each.text for each in document.paragraphs[1:2]]
    assert "In 30 seconds" in [each.text for each in paragraphs(document, "Heading 1")]
    assert len(document.inline_shapes) == 1
    assert document.tables == []


async def test_votes_whose_options_a_picture_cannot_show_are_a_table(stage):
    question = await stage.question(options=["A staging environment like the real one", "No"])
    await stage.tally(await stage.post(question), (40, 10))
    document = read(await stage.digest(question))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Option", "Bluesky, desk.example"]
    assert [cell.text for cell in table.rows[1].cells] == ["A staging environment like the real one", "40 (80%)"]
    assert not document.inline_shapes


async def test_each_page_of_the_private_edition_says_that_it_is_not_to_be_passed_on(stage, sample):
    head = read(await stage.digest(sample)).sections[0].header.paragraphs[0].text
    assert head.startswith("For you, not to be passed on · You may keep one of these")
    assert "passed on" not in read(await stage.digest(sample, Edition.PUBLIC)).sections[0].header.paragraphs[0].text


async def test_the_properties_name_nobody_and_no_other_moment_than_the_digests(stage, sample):
    known = read(await stage.digest(sample)).core_properties
    assert (known.author, known.last_modified_by, known.comments, known.keywords) == ("", "", "", "")
    assert known.title.startswith("You may keep one of these")
    assert known.created == known.modified == stage.AS_OF


async def test_nothing_in_the_archive_is_of_today(stage, sample):
    with zipfile.ZipFile(io.BytesIO(render(await stage.digest(sample), "docx"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


async def test_arabic_runs_from_right_to_left_and_words_name_their_language(stage, sample):
    xml = render_xml(await stage.digest(sample, most_quotes=100))
    assert '<w:lang w:bidi="ar"/>' in xml
    assert '<w:lang w:val="tr"/>' in xml
    assert xml.count("<w:bidi/>") == xml.count("<w:rtl/>") == 1


def render_xml(model):
    with zipfile.ZipFile(io.BytesIO(render(model, "docx"))) as archive:
        return archive.read("word/document.xml").decode()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(), max_size=50))
def test_any_text_reads_back_as_it_was_cleaned(texts):
    page = DocxDocument("Title", "en", datetime.fromisoformat("2026-11-23T08:00+00:00"))
    for text in texts:
        page.write_typed("Quote", text)
    found = [paragraph.text for paragraph in Document(io.BytesIO(page.save())).paragraphs]
    wanted = ["\n".join(lines) for text in texts for lines in split_paragraphs(text)]
    assert found == [text.translate(dict.fromkeys([0xFFFE, 0xFFFF])) for text in wanted]


# ---------------------------------------------------------------- LibreOffice


def convert(folder, files, to, *options):
    """The texts of files (content by name) as LibreOffice reads them, by name; one start for all."""
    if OFFICE is None:
        assert not os.environ.get("CI"), "CI installs LibreOffice"
        pytest.skip("soffice is not installed (libreoffice-writer-nogui, libreoffice-calc-nogui)")
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", *options, "--convert-to", to, "--outdir", str(folder)]
    subprocess.run([*command, *(str(folder / name) for name in files)], check=True, capture_output=True, timeout=300)
    ending = to.split(":")[0]
    return {name: (folder / name).with_suffix(f".{ending}").read_text(encoding="utf-8-sig") for name in files}


async def test_libreoffice_reads_every_word_of_every_quote(stage, sample, hostile, hostile_files, tmp_path):
    models = {"sample.docx": await stage.digest(sample, most_quotes=100)}
    models |= {f"{edition}.docx": hostile[edition] for edition in Edition}
    files = {"sample.docx": render(models["sample.docx"], "docx")}
    files |= {f"{edition}.docx": hostile_files[edition, "docx"] for edition in Edition}
    texts = convert(tmp_path / "office", files, "txt:Text (encoded):UTF8")
    for name, model in models.items():
        said = iter(tidy(line) for line in texts[name].splitlines())
        for line in (line for quote in list_typed(model) for lines in quote for line in lines):
            assert tidy(line) in said, f"{line!r} is not in {name}, or not in its place"


def tidy(line):
    """Blanks are not compared, and what is no character has no place in XML."""
    return " ".join(line.translate(dict.fromkeys([0xFFFE, 0xFFFF])).split())


def test_libreoffice_runs_no_formula_of_the_csv_and_shows_each_quote(hostile, hostile_files, tmp_path):
    files = {f"{edition}.csv": hostile_files[edition, "csv"] for edition in Edition} | {
        "open.csv": b"Quote\r\n=1+1\r\n"
    }
    texts = convert(tmp_path / "office", files, "fods", f"--infilter={EAGER_CSV}")
    trees = {name: etree.fromstring(text.encode()) for name, text in texts.items()}
    assert find_formulas(trees["open.csv"]) == ["of:=1+1"]
    for edition in Edition:
        tree = trees[f"{edition}.csv"]
        assert find_formulas(tree) == []
        shown = {tidy("".join(cell.itertext())).removeprefix("'") for cell in tree.iter(f"{TABLE}table-cell")}
        for quote in list_typed(hostile[edition]):
            assert tidy(" ".join(line for lines in quote for line in lines)).removeprefix("'") in shown


def find_formulas(tree):
    return [formula for element in tree.iter() if (formula := element.get(f"{TABLE}formula"))]
