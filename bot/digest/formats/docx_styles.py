"""The styles of a DOCX digest, built on those that every word processor knows."""

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table

INK, SOFT, ACCENT = RGBColor(0x1D, 0x1B, 0x19), RGBColor(0x65, 0x5F, 0x58), RGBColor(0x9A, 0x2C, 0x1C)
PICTURE_WIDTH = Cm(11.5)
SERIF, SANS, MONO = "Georgia", "Calibri", "Courier New"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Size and spaces in points. keeps: it stands on one page with what follows."""

    font: str
    size: float
    colour: RGBColor = INK
    before: float = 0
    after: float = 0
    bold: bool = False
    keeps: bool = False


_LOOKS = {
    "Normal": TextStyle(SANS, 10.5, after=6),
    "Title": TextStyle(SERIF, 19, before=4, after=8, keeps=True),
    "Heading 1": TextStyle(SANS, 12, ACCENT, before=20, after=6, bold=True, keeps=True),
    "Heading 2": TextStyle(SANS, 11, INK, before=14, after=4, bold=True, keeps=True),
    "Heading 3": TextStyle(SANS, 10.5, before=12, after=2, bold=True, keeps=True),
    "List Bullet": TextStyle(SANS, 10.5, after=4),
    "Quote": TextStyle(SERIF, 13, before=14, after=5, keeps=True),
    "Attribution": TextStyle(SANS, 10, SOFT, after=4),
    "Kicker": TextStyle(SANS, 9.5, SOFT, after=2, keeps=True),
    "Note": TextStyle(SANS, 9.5, SOFT, after=6),
    "Picture": TextStyle(SANS, 10.5, before=2, after=6, keeps=True),
    "Flag": TextStyle(SANS, 9.5, ACCENT, after=6),
    "Posted": TextStyle(SANS, 10, after=5),
    "Example": TextStyle(SERIF, 10, SOFT, after=4),
    "Command": TextStyle(MONO, 9, INK, after=8),
    "Rest": TextStyle(SERIF, 10.5, SOFT, before=10, after=6),
    "Cell": TextStyle(SANS, 10, before=3, after=3, keeps=True),
    "Header": TextStyle(SANS, 8.5, SOFT, after=12),
    "Footer": TextStyle(SANS, 8.5, SOFT),
}
_RULE = {"val": "single", "sz": "6", "space": "8", "color": "DDD6CB"}
_INDENTED = {"Posted": 0.6, "Example": 1.2}
"""Centimetres; with a rule at the left."""


def add_styles(document: Document, language: str) -> None:
    """Set up page and styles."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    styles = {style.name: style for style in document.styles}  # python-docx looks through all for each
    for name, look in _LOOKS.items():
        styles[name] = styles.get(name) or _add(document, name, styles["Normal"])
        _set_up(styles[name], look)
    for name, indent in _INDENTED.items():
        _indent(styles[name], indent)
    styles["Command"].paragraph_format.left_indent = Cm(_INDENTED["Example"])
    _remove_rule(styles["Title"])
    _add_hyperlink(document)
    for mark in document.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), language)


def _add(document: Document, name: str, normal: Any) -> ParagraphStyle:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = normal
    style.quick_style = True
    return style  # type: ignore[no-any-return]


def _set_up(style: ParagraphStyle, look: TextStyle) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = look.font, Pt(look.size), look.bold, False
    style.font.color.rgb = look.colour
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), look.font)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(look.before), Pt(look.after), look.keeps
    layout.line_spacing = 1.3 if look.font == SERIF else 1.2
    layout.widow_control = True


def _indent(style: ParagraphStyle, indent: float) -> None:
    style.paragraph_format.left_indent = Cm(indent)
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for key, value in _RULE.items():
        rule.set(qn(f"w:{key}"), value)
    borders.append(rule)
    style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind")


def rule_table(table: Table) -> None:
    """Thin lines between its rows, and no others."""
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in _RULE.items():
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001  # python-docx has no borders


def _remove_rule(style: ParagraphStyle) -> None:
    for borders in style.element.iter(qn("w:pBdr")):
        borders.getparent().remove(borders)


def _add_hyperlink(document: Document) -> None:
    style: Any = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.color.rgb, style.font.underline = ACCENT, True
