"""A DOCX document in the making: paragraphs, runs, links and tables in our styles, over python-docx."""

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.digest.cleaning import clean_line, safe_link, split_paragraphs
from bot.digest.docx_styles import PICTURE_WIDTH, add_styles, rule_table
from bot.digest.sheet import Link

_NO_CHARACTERS = str.maketrans("", "", "\ufffe\uffff")
"""XML 1.0, 2.2: what is no character; `clean` takes the others out."""
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: ZIP knows none before."""


class Page:
    """One document. Styles are named as `add_styles` names them; every text is cleaned here."""

    def __init__(self, title: str, language: str, at: datetime) -> None:
        self._document = Document()
        self._part = self._document.part
        self._styles = add_styles(self._document, language)
        self._links: dict[str, str] = {}
        self._describe(title, language, at)

    def _describe(self, title: str, language: str, at: datetime) -> None:
        """The template names its author; here are the title, which is ours, and the moment of the digest."""
        known = self._document.core_properties
        known.title, known.language = _fit(title)[:255], language
        known.author = known.last_modified_by = known.comments = known.keywords = known.subject = known.category = ""
        known.created = known.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        known.revision = 1

    # ------------------------------------------------------------ text

    def start(self, style: str) -> Paragraph:
        """An empty paragraph."""
        paragraph = self._document.add_paragraph()
        paragraph._p.get_or_add_pPr().style = self._styles[style]  # noqa: SLF001  # by name it searches all styles
        return paragraph

    def write(self, style: str, text: str) -> None:
        """A paragraph of one line."""
        self.say(self.start(style), text)

    def write_typed(self, style: str, text: str, language: str = "") -> None:
        """What somebody typed: its paragraphs and lines as they were, in its language and direction."""
        for lines in split_paragraphs(text):
            paragraph = self.start(style)
            leftward = _runs_leftward(lines)
            if leftward:
                paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001
            run = paragraph.add_run("\n".join(_fit(line) for line in lines))
            _set_language(run, language, leftward=leftward)

    def say(self, paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
        """One more run of text; blanks at its ends stay."""
        line = clean_line(text)
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        run = paragraph.add_run(_fit(f"{before}{line}{after}" if line else text))
        if bold:
            run.bold = True

    def link(self, paragraph: Paragraph, link: Link) -> None:
        """A link, or its label alone where a browser must not be sent there."""
        url = safe_link(link.url)
        if not url:
            self.say(paragraph, link.label)
            return
        anchor = OxmlElement("w:hyperlink")
        anchor.set(qn("r:id"), self._relate(url))
        run = paragraph.add_run(_fit(clean_line(link.label)))
        run._r.get_or_add_rPr().style = self._styles["Hyperlink"]  # noqa: SLF001
        anchor.append(run._r)  # noqa: SLF001
        paragraph._p.append(anchor)  # noqa: SLF001

    def _relate(self, url: str) -> str:
        if url not in self._links:
            self._links[url] = self._part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
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
                self.say(paragraph, text, bold=texts in (rows[0], rows[-1]))
                paragraph._p.get_or_add_pPr().style = self._styles["Cell"]  # noqa: SLF001
                if number:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def write_picture(self, png: bytes, alt: str) -> None:
        """A picture; `alt` says what it shows."""
        paragraph = self.start("Picture")
        shape = paragraph.add_run().add_picture(io.BytesIO(png), PICTURE_WIDTH)
        for properties in shape._inline.iter(qn("wp:docPr")):  # noqa: SLF001  # python-docx has no alt text
            properties.set("descr", _fit(clean_line(alt)))

    def repeat(self, text: str) -> None:
        """A line at the head of each page, and the number of the page at its foot."""
        section = self._document.sections[0]
        self.say(section.header.paragraphs[0], text)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot._p.append(field)  # noqa: SLF001

    def save(self) -> bytes:
        """The file, with nothing in it that depends on when and where it was made."""
        made = io.BytesIO()
        self._document.save(made)
        fixed = io.BytesIO()
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w") as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, _OLDEST)
                entry.create_system, entry.external_attr = 3, 0o644 << 16
                target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
        return fixed.getvalue()


def _fit(text: str) -> str:
    return text.translate(_NO_CHARACTERS)


def _runs_leftward(lines: Sequence[str]) -> bool:
    """By the first letter that has a direction: UAX 9, P2 and P3."""
    for character in "".join(lines):
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _set_language(run: Run, language: str, *, leftward: bool) -> None:
    properties = run._r.get_or_add_rPr()  # noqa: SLF001
    if leftward:
        properties.append(OxmlElement("w:rtl"))
    if language:
        mark = OxmlElement("w:lang")
        mark.set(qn("w:bidi" if leftward else "w:val"), language)
        properties.append(mark)
