"""Reading back what a digest wrote."""

import html
import io
import re
import zipfile
from html.parser import HTMLParser

from bot.digest import FORMATS, render
from bot.words.cleaning import split_paragraphs


def read_format(model, name):
    """All that can be read in one format; of an archive every file of it."""
    return unpack(render(model, name), name)


def unpack(content, name):
    """The same of a file that was written already."""
    if name != "docx":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(each).decode() for each in archive.namelist() if each.endswith((".xml", ".rels"))]
    return html.unescape("\n".join(parts))


def read_formats(model):
    """The same of every format, by name."""
    return {name: read_format(model, name) for name in FORMATS}


def list_typed(model):
    """Of each quote its paragraphs, of each paragraph its lines: as typed, without what cannot be seen."""
    return [
        [lines for passage in quote.passages for lines in split_paragraphs(passage.text)]
        for block in model.selection.blocks
        for quote in (*block.quotes, *block.others)
    ]


def read_quotes(page, frame):
    """The quotes of an HTML page: of each its paragraphs, of each paragraph its lines. frame: the tag that holds a
    quote and its attribution, which is dropped.
    """
    return _Quotes(page, frame).found


class _Quotes(HTMLParser):
    def __init__(self, page, frame):
        super().__init__()
        self.found, self._frame, self._depth = [], frame, 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == self._frame:
            self._depth += 1
            assert self._depth == 1, f"a {tag} in a {tag}"
            self.found.append([])
        elif self._depth and tag in {"p", "figcaption"}:
            self.found[-1].append([""])
        elif self._depth and tag == "br":
            self.found[-1][-1].append("")

    def handle_data(self, data):
        if self._depth and self.found[-1] and data.strip():
            self.found[-1][-1][-1] += data

    def handle_endtag(self, tag):
        if tag != self._frame:
            return
        self._depth -= 1
        *paragraphs, last = [[_tidy(line) for line in lines] for lines in self.found.pop()]
        while paragraphs and re.match(r"(Voted|Said so|As we read it)\b|Reply \d+\.", last[0]):
            last = paragraphs.pop()  # how the stance is known and which number it has stand below the attribution
        if self._frame == "figure" or last[0].startswith("—"):  # other block quotes have no attribution
            self.found.append(paragraphs)


def _tidy(line):
    return " ".join(line.replace("\u2060", "").split())
