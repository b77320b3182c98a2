"""The votes as a picture, and as the numbers beside it."""

import io
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from bot.digest import render
from bot.digest.formats.chart import draw_png, draw_svg
from bot.digest.page.document import Bars

TWO = Bars(("Yes", "No, <b>never</b> $x$"), (("Discord, Desk", (40, 8)), ("X, desk", (3, 0))), 'Bars & "words"')


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter("text")]


def lengths(svg, colour):
    paths = [path.get("d") for path in ET.fromstring(svg).iter("path") if path.get("class") == colour]
    return [max(xs) - min(xs) for xs in ([float(x) for x in re.findall(r"[ML] ([\d.]+) ", path)] for path in paths)]


def test_a_bar_is_as_long_as_its_votes_are_many():
    longest, shorter, _ = lengths(draw_svg(TWO), "c0")
    assert longest / shorter == pytest.approx(40 / 8, rel=0.01)
    assert lengths(draw_svg(TWO), "c1")[0] / longest == pytest.approx(3 / 40, rel=0.01)


def test_every_option_account_and_count_is_written():
    assert sorted(texts(draw_svg(TWO))) == sorted(
        ["Yes", "No, <b>never</b> $x$", "40", "3", "8", "0", *dict(TWO.series)]
    )


def test_one_account_needs_no_legend():
    svg = draw_svg(Bars(("Yes", "No"), (("Discord, Desk", (4, 8)),), ""))
    assert sorted(texts(svg)) == sorted(["Yes", "No", "4", "8"])


def test_the_svg_has_no_script_style_id_or_reference():
    tree = ET.fromstring(draw_svg(TWO))
    assert {element.tag for element in tree.iter()} == {"svg", "path", "text"}
    names = {name for element in tree.iter() for name in element.attrib}
    assert names == {"viewBox", "role", "aria-label", "font-size", "class", "d", "x", "y", "fill", "text-anchor"}
    assert tree.get("aria-label") == TWO.alt


def test_options_in_letters_that_the_font_cannot_draw_are_numbered():
    svg = draw_svg(Bars(("日本語", "مرحبا"), (("Discord, Desk", (4, 8)),), ""))
    assert sorted(texts(svg)) == sorted(["1", "2", "4", "8"])


def test_nobody_needs_a_long_option_in_full():
    assert texts(draw_svg(Bars(("One " * 40, "Two"), (("X", (1, 2)),), "")))[0].endswith("…")


def test_the_same_votes_are_the_same_bytes_in_another_process():
    code = f"import sys; from bot.digest.formats.chart import *; sys.stdout.buffer.write(draw_png({TWO!r}))"
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
    assert draw_png(TWO) == other


def test_a_wide_name_is_set_smaller_and_stays_in_the_picture():
    svg = draw_svg(Bars(("W" * 28, "Yes"), (("X", (1, 2)),), ""))
    wide, short = (
        next(each for each in ET.fromstring(svg).iter("text") if each.text == name) for name in ("W" * 28, "Yes")
    )
    assert float(wide.get("font-size")) * 28 < float(wide.get("x"))
    assert short.get("font-size") is None


async def test_the_page_and_the_document_say_the_chart_in_words(stage, sample):
    model = await stage.digest(sample)
    words = "Bars: Discord (Operator Desk), 78 votes: Feature flags 31; Canary releases 22; Postmortems 17;"
    assert f'aria-label="{words}' in render(model, "html").decode()
    content = render(model, "docx")
    (picture,) = Document(io.BytesIO(content)).inline_shapes
    assert picture._inline.docPr.get("descr").startswith(words)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [name for name in archive.namelist() if name.endswith(".png")] == ["word/media/image1.png"]


@pytest.mark.parametrize(("votes", "cell"), [((20, 9), "| Yes | 20 |"), ((20, 10), "| Yes | 20 (67%) |")])
async def test_of_fewer_than_thirty_votes_no_percentage_is_told(stage, votes, cell):
    question = await stage.question(options=["Yes", "No"])
    await stage.tally(await stage.post(question), votes)
    assert cell in render(await stage.digest(question), "markdown").decode()


async def test_a_poll_that_nobody_voted_in_has_a_table_and_no_chart(stage):
    question = await stage.question(options=["Yes", "No"])
    await stage.tally(await stage.post(question), (0, 0))
    page = render(await stage.digest(question), "html").decode()
    assert "<table>" in page
    assert "<svg" not in page
