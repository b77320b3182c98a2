"""Nothing that people type escapes from a digest, whatever the format."""

import csv
import html
import io
import json
import re
from html.parser import HTMLParser

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.digest import render
from bot.digest.cleaning import clean, clean_line, safe_link, shorten, split_paragraphs
from bot.digest.markdown import escape
from tests.digest.hostile import HOSTILE
from tests.digest.reading import read_formats


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.attributes, self.text = set(), [], set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in {"href", "src", "action", "data"}]

    def handle_data(self, data):
        self.text.append(data)


async def test_the_page_runs_nothing_and_loads_nothing(hostile):
    page = Page(render(hostile, "html").decode())
    assert not page.tags & {
        "script",
        "img",
        "iframe",
        "link",
        "object",
        "embed",
        "form",
        "base",
        "audio",
        "video",
    }
    assert not {name for name in page.attributes if name.startswith("on") or name in {"style", "src", "srcset"}}
    assert all(link.startswith("https://") for link in page.links)


async def test_the_page_shows_what_was_typed(hostile):
    text = "".join(Page(render(hostile, "html").decode()).text)
    for typed in HOSTILE:
        for line in (line for paragraph in split_paragraphs(typed) for line in paragraph):
            assert line in text


async def test_no_file_reorders_or_hides_text(hostile):
    for name, content in read_formats(hostile).items():
        text = content.removeprefix("\ufeff")  # the byte order mark of the CSV
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x00\x07\x1b\u2028]", text), name


async def test_the_markdown_renders_what_was_typed_and_nothing_else(hostile):
    source = render(hostile, "markdown").decode().split("---\n", 2)[2]
    page = Page(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source))
    assert page.tags <= {
        "h1", "h2", "h3", "p", "ul", "li", "blockquote", "a", "strong", "em", "br", "hr",
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert all(link.startswith("https://") for link in page.links)
    text = "".join(page.text).replace("\u2060", "")
    for typed in HOSTILE:
        for line in (line for paragraph in split_paragraphs(typed) for line in paragraph):
            assert line in text, line


async def test_nobody_is_called_by_a_digest(hostile):
    text = render(hostile, "markdown").decode()
    assert "@everyone" not in text
    assert "@here" not in text


async def test_front_matter_holds_nothing_that_people_typed(hostile):
    front = render(hostile, "markdown").decode().split("---\n", 2)[1]
    assert len(front.splitlines()) == 7
    assert "alert" not in front


async def test_the_docx_links_to_web_addresses_alone_and_shows_what_was_typed(hostile):
    document = Document(io.BytesIO(render(hostile, "docx")))
    links = [each.target_ref for each in document.part.rels.values() if each.is_external]
    assert links
    assert all(link.startswith("https://") for link in links)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for typed in HOSTILE:
        for line in (line for paragraph in split_paragraphs(typed) for line in paragraph):
            assert line in text


async def test_no_cell_of_the_csv_is_a_formula(hostile):
    rows = csv.reader(io.StringIO(render(hostile, "csv").decode("utf-8-sig"), newline=""))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


async def test_json_keeps_every_text_exactly(hostile):
    block = json.loads(render(hostile, "json"))["questions"][0]
    quoted = {text for quote in block["quotes"] for text in quote["text"]}
    assert {typed.strip() for number, typed in enumerate(HOSTILE) if number % 3} <= quoted


@given(st.text(max_size=200))
def test_markdown_shows_any_line_as_it_was_typed(typed):
    shown = html.unescape(re.sub("<[^>]*>", "", MarkdownIt("commonmark").render(f"> {escape(typed)}")))
    assert shown.replace("\u2060", "").split() == clean_line(typed).split()


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters(codec="ascii", min_codepoint=32, max_codepoint=126)))
def test_cleaning_leaves_plain_text_alone(text):
    assert clean(text) == text


@pytest.mark.parametrize("text", ["\U0001f469\u200d\U0001f4bb", "می\u200cخواهم", "é", "שָׁלוֹם", "❤\ufe0f", "Tiếng Việt"])
def test_cleaning_leaves_scripts_and_emoji_alone(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "/relative",
        "https://",
        "https://[broken",
        "https://a.example/\tb",
        "mailto:ada@example",
        "",
    ],
)
def test_a_link_that_is_no_web_address_is_no_link(link):
    assert safe_link(link) == ""


def test_a_link_cannot_break_out_of_its_quotes():
    link = safe_link("https://a.example/x\"onclick='y'><b>(z)[w]\\|\u202e")
    assert link.startswith("https://a.example/x%22onclick=")
    assert not set(link) & set('"<>()[]\\|\u202e ')


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1), st.integers(5, 60))
def test_a_shortened_title_is_short_and_begins_the_same(text, most):
    short = shorten(text, most)
    assert len(short) <= most
    assert clean_line(text).startswith(short.removesuffix("…"))


async def test_a_name_that_nobody_can_see_gives_way_to_the_handle(stage):
    question = await stage.question()
    await stage.reply(question, "We keep postmortems.", await stage.author("\u200b\u202e", handle="ada.example"))
    assert "**ada.example**" in render(await stage.digest(question), "markdown").decode()
