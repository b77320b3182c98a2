"""Markdown is read as CommonMark shows it, and every quotation is found on its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import find_quotations, read_article
from bot.articles.readers.markdown import read_markdown


def find(text):
    return [each.text for each in find_quotations(read_article(text.encode(), "draft.md"))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('“We [keep][1] it,” said Ada.\n\n[1]: https://sandbox.example/it "All of it, always"', ["We keep it,"]),
        ("“We [keep](https://sandbox.example/it_(all)) it,” said Ada.", ["We keep it,"]),
        ("&ldquo;We keep it,&rdquo; said Ada.", ["We keep it,"]),
        ("“We keep it.\\\nAll of it,” said Ada.", ["We keep it.\nAll of it,"]),
        ("“We keep it.<br/>All of it,” said Ada.", ["We keep it. All of it,"]),
        ("“We keep `it.txt` online,” said Ada.", ["We keep it.txt online,"]),
        ('Write `<meta name="all of it">`. “We keep it,” said Ada.', ["We keep it,"]),
        ('<figure>\n<img alt="All of it, always.">\n</figure>\n\n“We keep it,” said Ada.', ["We keep it,"]),
        ("<!-- “All of it?” -->\n\n“We keep it,” said Ada.", ["We keep it,"]),
        ("<!--\n“All of it?”\n\nAsk.\n-->\n\n“We keep it,” said Ada.", ["We keep it,"]),
        ("<div>\nAda: “We <x-mark>keep</x-mark> it.”\n</div>", ["We keep it."]),
        ("“We <del>never</del> keep it,” said Ada.", ["We <del>never</del> keep it,"]),
        ("> We keep it\nand sell it.", ["We keep it\nand sell it."]),
        ("> - One.\n> - Two.", ["One.", "Two."]),
        ("> 2019. That was the year.", ["2019. That was the year."]),
        ("> 1. That was the year.", ["That was the year."]),
        ("    “We keep it,” said Ada.\n\n    “Always,” she said.", ["We keep it,", "Always,"]),
        ('It was kept.[^1]\n\n[^1]: Ada "We keep it."', ["We keep it."]),
        ("It was kept.[^a]\n\n[^a]: Ada: “We keep it.”\n\n    And: “Always.”", ["We keep it.", "Always."]),
        ("“We keep it,”[^1] said Ada.\n\n[^1]: https://sandbox.example/it", ["We keep it,"]),
        ("~~~\n“no”\n~~~\n\n- “yes” \n\n  ```\n  “no”\n  ```", ["yes"]),
        ("“We keep it\n===\n\nand **“one”**", ["one"]),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_read(text, quoted):
    assert find(text) == quoted


def test_a_paragraph_begins_where_it_stands_in_the_file():
    text = "# One\n\nTwo\nand more\n- three\n\n  four\n> five\n\n```\nsix\n```\nseven <b\nclass='x'>eight</b>\nnine\n***\nten"
    assert [(each.line, each.text, each.is_quotation) for each in read_markdown(text)] == [
        (1, "One", False),
        (3, "Two\nand more", False),
        (5, "three", False),
        (7, "four", False),
        (8, "five", True),
        (13, "seven \neight\nnine", False),
        (17, "ten", False),
    ]


BLOCKS = ["{}", "Text\nand {} here", "> {}\n> more", "- one\n- {}", "```\n“no”\n```", "[a]: b", "<div>\n{}\n</div>", "<!-- a\n\nb -->", "## {} ##", "a<br\n>{}", "***"]  # fmt: skip


@given(st.lists(st.sampled_from(BLOCKS), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_every_quotation_is_told_with_its_line(blocks, ending):
    text = "\n\n".join(block.format(f"“quoted {number}”") for number, block in enumerate(blocks))
    found = {
        each.text.split("\n")[0].strip("“”"): each.line
        for each in find_quotations(read_markdown(text.replace("\n", ending)))
    }
    lines = {
        f"quoted {n}": line
        for line, said in enumerate(text.split("\n"), 1)
        for n in range(8)
        if f"“quoted {n}”" in said
    }
    assert found == lines
