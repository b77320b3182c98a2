"""A DOCX document in the making: paragraphs, runs, links and tables in our styles.

python-docx opens its template, styles it and writes the package. The text is put in with lxml: python-docx searches a
paragraph's place among all others and a link's among all links, which took most of the time of a long digest.
"""

import io
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from bot.digest.formats.docx_package import write_package
from bot.digest.formats.docx_styles import PICTURE_WIDTH, rule_table
from bot.digest.formats.docx_template import open_template
from bot.digest.page.document import Link
from bot.words.cleaning import clean_line, safe_link, split_paragraphs

_P, _PPR, _STYLE, _R, _RPR, _RSTYLE, _T, _BR, _BOLD, _BIDI, _RTL, _LANG, _VAL = (
    qn(f"w:{name}")
    for name in ("p", "pPr", "pStyle", "r", "rPr", "rStyle", "t", "br", "b", "bidi", "rtl", "lang", "val")
)
_MARK_START, _MARK_END, _MARK_ID, _NAME = (qn(f"w:{name}") for name in ("bookmarkStart", "bookmarkEnd", "id", "name"))
_HYPERLINK, _ID, _SPACE, _KEEPS = qn("w:hyperlink"), qn("r:id"), qn("xml:space"), qn("w:keepNext")

Element = Any
"""A paragraph that is being written: an lxml element, of which there are no types."""


class DocxDocument:
    """One document. Styles are named as in `docx_styles`; every text is cleaned here."""

    def __init__(self, title: str, language: str, at: datetime) -> None:
        self._document = open_template(language)
        self._part = self._document.part
        self._styles = {style.name: style.style_id for style in self._document.styles if style.name}
        self._links: dict[str, str] = {}
        self._marks = 0
        self._end = self._document.element.body.sectPr  # what every paragraph stands before
        self._describe(title, language, at)

    def _describe(self, title: str, language: str, at: datetime) -> None:
        """The template names its author; here are the title, which is ours, and the moment of the digest."""
        known = self._document.core_properties
        known.title, known.language = _fit(title)[:255], language
        known.author = known.last_modified_by = known.comments = known.keywords = known.subject = known.category = ""
        known.created = known.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        known.revision = 1

    # ------------------------------------------------------------ text

    def start(self, style: str, *, keeps: bool = False) -> Element:
        """An empty paragraph. keeps: it stands on one page with what follows."""
        line = self._end.makeelement(_P)
        self._end.addprevious(line)
        layout = etree.SubElement(line, _PPR)
        etree.SubElement(layout, _STYLE, {_VAL: self._styles[style]})
        if keeps:
            etree.SubElement(layout, _KEEPS)
        return line

    def write(self, style: str, text: str) -> None:
        """A paragraph of one line."""
        self.add_run(self.start(style), text)

    def write_typed(self, style: str, text: str, language: str = "") -> None:
        """What somebody typed: its paragraphs and lines as they were, in its language and direction."""
        for lines in split_paragraphs(text):
            line, leftward = self.start(style), _runs_leftward(lines)
            if leftward:
                etree.SubElement(line[0], _BIDI)
            run = etree.SubElement(line, _R)
            if language or leftward:
                _set_language(etree.SubElement(run, _RPR), language, leftward=leftward)
            for number, each in enumerate(lines):
                if number:
                    etree.SubElement(run, _BR)
                _put(run, each)

    def add_run(self, line: Element, text: str, *, bold: bool = False) -> None:
        """Add a run of text; a blank at its ends stays."""
        run = etree.SubElement(line, _R)
        if bold:
            etree.SubElement(etree.SubElement(run, _RPR), _BOLD)
        before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
        _put(run, f"{before}{clean_line(text)}{after}" if not text.isspace() else " ")

    def link(self, line: Element, link: Link) -> None:
        """A link, or its label alone where a browser must not be sent there."""
        url = safe_link(link.url)
        if not url:
            self.add_run(line, link.label)
            return
        run = etree.SubElement(etree.SubElement(line, _HYPERLINK, {_ID: self._relate(url)}), _R)
        etree.SubElement(etree.SubElement(run, _RPR), _RSTYLE, {_VAL: self._styles["Hyperlink"]})
        _put(run, clean_line(link.label))

    def mark(self, line: Element, name: str) -> None:
        """A place that links and cross-references lead to."""
        self._marks += 1
        number = str(self._marks)
        etree.SubElement(line, _MARK_START, {_MARK_ID: number, _NAME: name.replace("-", "_")})
        etree.SubElement(line, _MARK_END, {_MARK_ID: number})

    def _relate(self, url: str) -> str:
        """The id of the relationship that holds an address."""
        if url not in self._links:
            self._links[url] = f"rIdLink{len(self._links) + 1}"
            self._part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, url, self._links[url], is_external=True)
        return self._links[url]

    # ------------------------------------------------------------ tables, pages

    def write_table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table whose first row and column are heads and whose other cells are numbers."""
        table = self._document.add_table(len(rows), len(rows[0]))
        rule_table(table)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
        for row, texts in zip(table.rows, rows, strict=True):
            for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                paragraph = cell.paragraphs[0]
                self.add_run(paragraph._p, text, bold=texts in (rows[0], rows[-1]))  # noqa: SLF001
                paragraph._p.get_or_add_pPr().style = self._styles["Cell"]  # noqa: SLF001
                if number:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def write_picture(self, png: bytes, alt: str) -> None:
        """A picture; `alt` says what it shows."""
        paragraph = Paragraph(self.start("Picture"), self._document._body)  # noqa: SLF001
        shape = paragraph.add_run().add_picture(io.BytesIO(png), PICTURE_WIDTH)
        for properties in shape._inline.iter(qn("wp:docPr")):  # noqa: SLF001  # python-docx has no alt text
            properties.set("descr", _fit(clean_line(alt)))

    def repeat(self, text: str) -> None:
        """A line at the head of each page, and the number of the page at its foot."""
        section = self._document.sections[0]
        self.add_run(section.header.paragraphs[0]._p, text)  # noqa: SLF001
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot._p.append(field)  # noqa: SLF001

    def save(self) -> bytes:
        """The file, with nothing in it that depends on when and where it was made."""
        return write_package(self._document)


def _fit(text: str) -> str:
    """Without what XML 1.0 (2.2) calls no character; `clean` has taken the others out."""
    return text.replace("\ufffe", "").replace("\uffff", "")


def _runs_leftward(lines: Sequence[str]) -> bool:
    """Whether the text runs right to left, by its first letter with a direction (UAX 9, P2 and P3)."""
    for character in "".join(lines):
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _put(run: Element, text: str) -> None:
    """A text in a run."""
    element = etree.SubElement(run, _T)
    element.text = _fit(text)
    if text != text.strip():
        element.set(_SPACE, "preserve")


def _set_language(properties: Element, language: str, *, leftward: bool) -> None:
    if leftward:
        etree.SubElement(properties, _RTL)
    if language:
        etree.SubElement(properties, _LANG, {qn("w:bidi") if leftward else _VAL: language})
