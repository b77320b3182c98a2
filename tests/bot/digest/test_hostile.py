"""Nothing that people type escapes from a digest, whatever the format and the edition."""

import csv
import html
import io
import json
import re
import sys
import unicodedata
from html.parser import HTMLParser

import mistune
import pytest
import regex
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.digest import FORMATS, render
from bot.digest.formats.markdown import escape
from bot.quotes import Edition
from bot.words.cleaning import MOST_MARKS, UNSEEN, clean, clean_line, safe_link, shorten
from tests.bot.digest.hostile import CATALOGUE, HOSTILE
from tests.bot.digest.reading import list_typed, read_quotes, unpack

EVERY_PLUGIN = [
    "abbr", "def_list", "footnotes", "insert", "mark", "math", "ruby", "spoiler", "strikethrough", "subscript",
    "superscript", "table", "task_lists", "url",
]  # fmt: skip
RENDERERS = {
    "markdown-it": MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render,
    "mistune": mistune.create_markdown(escape=False, plugins=EVERY_PLUGIN),
}

edition = pytest.mark.parametrize("edition", list(Edition))
renderer = pytest.mark.parametrize("renderer", list(RENDERERS))


class Page(HTMLParser):
    """Tags, attributes and text of a page, and its quotes: those that an attribution follows, as lists of lines."""

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


def test_the_catalogue_holds_two_hundred_different_attacks():
    assert len(set(HOSTILE)) == len(HOSTILE) >= 200
    assert all(CATALOGUE.values())


@edition
def test_every_attack_is_quoted(hostile, edition):
    (block,) = hostile[edition].selection.blocks
    assert len(block.quotes) == len(HOSTILE)
    assert bool(block.set_aside[0].examples) is (edition is Edition.PRIVATE)


# ---------------------------------------------------------------- HTML


@edition
def test_the_page_has_no_other_tags_and_attributes_than_ours(hostile_files, edition):
    page = Page(hostile_files[edition, "html"].decode())
    assert page.tags <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "article", "footer", "figure",
        "figcaption", "blockquote", "code", "h1", "h2", "h3", "h4", "p", "ul", "li", "span", "bdi", "a", "br", "div", "table",
        "thead", "tbody", "tfoot", "tr", "th", "td", "svg", "g", "path", "rect", "text", "details", "summary",
    }  # fmt: skip
    assert not {name for name in page.attributes if name.startswith("on") or name in {"style", "src", "srcset"}}
    assert page.links
    assert all(re.match(r"https://|#quote-\d+$", link) for link in page.links)


@edition
def test_the_page_shows_each_quote_as_it_was_typed(hostile, hostile_files, edition):
    assert read_quotes(hostile_files[edition, "html"].decode(), "figure") == list_typed(hostile[edition])


# ---------------------------------------------------------------- Markdown


@edition
@renderer
def test_the_markdown_renders_to_nothing_else_than_our_tags(hostile_files, edition, renderer):
    page = Page(RENDERERS[renderer](read_body(hostile_files[edition, "markdown"])))
    assert page.tags <= {
        "h1", "h2", "h3", "h4", "p", "ul", "li", "blockquote", "a", "strong", "em", "br", "hr", "code",
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert page.links
    assert all(link.startswith("https://") for link in page.links)


@edition
@renderer
def test_the_markdown_shows_each_quote_as_it_was_typed(hostile, hostile_files, edition, renderer):
    shown = read_quotes(RENDERERS[renderer](read_body(hostile_files[edition, "markdown"])), "blockquote")
    assert shown == list_typed(hostile[edition])


def read_body(markdown):
    """Without the front matter, which the writer's edition has."""
    text = markdown.decode()
    return text.split("---\n", 2)[2] if text.startswith("---\n") else text


@edition
def test_nobody_is_called_by_a_digest(hostile_files, edition):
    text = hostile_files[edition, "markdown"].decode()
    assert "@everyone" not in text
    assert "@here" not in text
    assert not re.search("<[@#]", text)


@edition
def test_front_matter_holds_nothing_that_people_typed(hostile_files, edition):
    text = hostile_files[edition, "markdown"].decode()
    if edition is Edition.PUBLIC:  # which tells no codes
        assert text.startswith("# ")
        return
    front = text.split("---\n", 2)[1]
    assert [line.partition(":")[0] for line in front.splitlines()] == [
        "schema", "kind", "period", "edition", "as_of", "zone", "revision",
    ]  # fmt: skip
    assert "broken" not in front
    assert "alert" not in front


# ---------------------------------------------------------------- DOCX, CSV, JSON


@edition
def test_the_docx_shows_each_quote_as_it_was_typed_and_links_to_web_addresses_alone(hostile, hostile_files, edition):
    document = Document(io.BytesIO(hostile_files[edition, "docx"]))
    links = [each.target_ref for each in document.part.rels.values() if each.is_external]
    assert links
    assert all(link.startswith("https://") for link in links)
    shown = [paragraph.text.split("\n") for paragraph in document.paragraphs if paragraph.style.name == "Quote"]
    typed = [lines for paragraphs in list_typed(hostile[edition]) for lines in paragraphs]
    assert shown == [[drop_no_characters(line) for line in lines] for lines in typed]


def drop_no_characters(line):
    """XML has no place for them, whatever the escape."""
    return line.translate(dict.fromkeys([0xFFFE, 0xFFFF]))


@edition
def test_no_cell_of_the_csv_is_a_formula_and_each_quote_is_one_cell(hostile, hostile_files, edition):
    head, *rows = csv.reader(io.StringIO(hostile_files[edition, "csv"].decode("utf-8-sig"), newline=""))
    starts = {unicodedata.normalize("NFKC", cell[:1]) for row in rows for cell in row}
    assert starts.isdisjoint({"=", "+", "-", "@", "\t", "\r", "\n"})
    shown = [row[head.index("Quote")].removeprefix("'") for row in rows]
    quotes = hostile[edition].selection.blocks[0].quotes
    assert shown == ["\n\n".join(clean(each.text) for each in quote.passages).removeprefix("'") for quote in quotes]


@edition
def test_json_keeps_every_text_exactly(hostile_files, edition):
    (block,) = json.loads(hostile_files[edition, "json"])["questions"]
    quoted = {text for quote in block["quotes"] for text in quote["text"]}
    broken = {text for name in ("surrogates", "no characters") for text in CATALOGUE[name]}  # the store refuses some
    assert {typed.strip() for typed in HOSTILE if typed not in broken} <= quoted
    assert {"half\ufffdway", "be\ufffdfore"} <= quoted


@edition
@pytest.mark.parametrize("name", list(FORMATS))
def test_no_file_reorders_or_hides_text(hostile_files, edition, name):
    text = unpack(hostile_files[edition, name], name).removeprefix("\ufeff")  # the byte order mark of the CSV
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x00\x07\x1b\u2028]", text)


# ---------------------------------------------------------------- whatever anybody types


@given(st.text(max_size=200))
def test_markdown_shows_any_line_as_it_was_typed(typed):
    shown = html.unescape(re.sub("<[^>]*>", "", MarkdownIt("commonmark").render(f"> {escape(typed)}")))
    assert shown.replace("\u2060", "").split() == clean_line(typed).split()


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


def test_cleaning_takes_out_each_unseen_character_of_any_text():
    unseen = [sign for sign in map(chr, range(sys.maxunicode + 1)) if re.match(f"[{UNSEEN}]", sign)]
    assert [sign for sign in unseen if clean(f"é{sign}é") != "éé"] == []


def test_cleaning_thins_out_a_pile_of_any_mark():
    marks = [sign for sign in map(chr, range(sys.maxunicode + 1)) if regex.match(r"[\p{Mn}\p{Me}]", sign)]
    assert len(marks) > 1_900
    assert [sign for sign in marks if len(clean(f"e{sign * 9}")) > 1 + MOST_MARKS] == []


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


def test_what_other_readers_change_is_written_as_entities():
    assert escape("Shipped :tada: at 10:30:15, 100 %% sure") == "Shipped &#58;tada: at 10:30:15, 100 &#37;% sure"


@renderer
@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ("See https://example.org/a_b_c?x=1&y=2, twice.", ["https://example.org/a_b_c?x=1&y=2"]),
        ("(https://example.org/_next/)", ["https://example.org/_next/"]),
        ("https://a.example/x_ and https://b.example/*y", ["https://a.example/x", "https://b.example/*y"]),
        ("Write to a_b@example.org about snake_case_ and _this_.", []),
    ],
)
def test_an_address_in_markdown_reads_and_leads_as_it_was_typed(renderer, typed, links):
    page = Page(RENDERERS[renderer](escape(typed)))
    assert "".join(page.text).strip() == typed
    assert [link for link in page.links if not link.startswith("mailto:")] == links
