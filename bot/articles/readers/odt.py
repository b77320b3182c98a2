"""An ODT as paragraphs as they are printed: changes as if accepted, nothing hidden or struck, with its notes."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.articles.paragraphs import Paragraph, UnreadableArticle
from bot.articles.readers.docx_styles import names_heading, names_quotation
from bot.articles.readers.package import Package, XmlReader
from bot.articles.readers.story import Story

_BOXES, _NOTES = 1, 2
_MOST_SPACES = 100
_LONGEST_CHAIN = 50
_SPACES = re.compile(r"\s+")
_ENCODED = re.compile(r"_([0-9a-f]{2,4})_")
_PREFIXES = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": prefix
    for name, prefix in {"office": "office", "style": "style", "text": "text", "table": "table", "drawing": "draw",
                         "svg-compatible": "svg", "form": "form", "script": "script"}.items()
}  # fmt: skip


def read_odt(data: bytes) -> list[Paragraph]:
    """The paragraphs of the body and its tables, of text boxes, of foot- and endnotes. Raises UnreadableArticle."""
    package = Package(data, "ODT")
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableArticle("locked")
    return _read_parts(package.read("styles.xml"), package.read("content.xml"))


def read_flat_odt(data: bytes) -> list[Paragraph]:
    """The same of a document that is one file of XML (.fodt)."""
    return _read_parts(data, data)


def _read_parts(styles: bytes, content: bytes) -> list[Paragraph]:
    known = OdtStyles()
    known.read(styles, "ODT")
    known.read(content, "ODT")
    story = Story()
    reader = _OdtReader(story, known)
    reader.read(content, "ODT")
    if not reader.is_document:
        raise UnreadableArticle("no_document")
    return story.list_paragraphs()


@dataclass(slots=True)
class _OdtStyle:
    names: list[str]
    parent: str = ""
    hides: dict[str, bool] = field(default_factory=dict)
    has_level: bool = False


class OdtStyles(XmlReader):
    """The styles of a document by family and name; the automatic ones of a part come with the others."""

    prefixes = _PREFIXES
    unseen = frozenset({"office:body", "office:master-styles"})

    def __init__(self) -> None:
        super().__init__()
        self._styles: dict[tuple[str, str], _OdtStyle] = {}
        self._current: _OdtStyle | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element of the styles."""
        if name == "style:style":
            known = attributes.get("style:name", "")
            decoded = _ENCODED.sub(lambda code: chr(int(code[1], 16)), known)
            self._current = _OdtStyle([decoded, attributes.get("style:display-name", "")])
            self._current.parent = attributes.get("style:parent-style-name", "")
            self._current.has_level = bool(attributes.get("style:default-outline-level"))
            self._styles[attributes.get("style:family", ""), known] = self._current
        elif name in ("style:text-properties", "style:section-properties") and self._current is not None:
            self._current.hides |= _read_hiding(attributes)

    def end(self, name: str) -> None:
        """A style ends."""
        if name == "style:style":
            self._current = None

    def is_quotation(self, name: str) -> bool:
        """Whether the style of a paragraph, or one that it is based on, is for quotations."""
        return names_quotation(style.names for style in self._walk("paragraph", name))

    def is_heading(self, name: str) -> bool:
        """Whether it is for headings."""
        return any(style.has_level or names_heading(style.names) for style in self._walk("paragraph", name))

    def find_hiding(self, family: str, name: str) -> dict[str, bool]:
        """What a style says of each kind of hiding, the nearest of its chain first."""
        found: dict[str, bool] = {}
        for style in self._walk(family, name):
            found = style.hides | found
        return found

    def _walk(self, family: str, name: str) -> Iterator[_OdtStyle]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent


def _read_hiding(attributes: Mapping[str, str]) -> dict[str, bool]:
    said = {}
    if "text:display" in attributes:
        said["hidden"] = attributes["text:display"] == "none"
    lines = [attributes[key] for key in ("style:text-line-through-style", "style:text-line-through-type")
             if key in attributes]  # fmt: skip
    if lines:
        said["struck"] = "none" not in lines
    return said


class _OdtReader(XmlReader):
    prefixes = _PREFIXES
    unseen = frozenset({
        "text:tracked-changes", "text:note-citation", "text:note-ref", "office:annotation", "office:annotation-end",
        "text:ruby-text", "text:script", "office:scripts", "office:styles", "office:automatic-styles", "office:meta",
        "office:master-styles", "office:font-face-decls", "office:settings", "svg:title", "svg:desc", "office:forms",
        "office:event-listeners", "text:hidden-text-source", "text:sequence-decls", "text:variable-decls",
        "text:user-field-decls", "table:table-source",
    })  # fmt: skip

    def __init__(self, story: Story, styles: OdtStyles) -> None:
        super().__init__()
        self.is_document = False
        self._story = story
        self._styles = styles
        self._hiding: list[dict[str, bool]] = []  # of each paragraph and span that is open
        self._known: dict[tuple[str, str], dict[str, bool]] = {}
        self._lines: list[int] = []  # of the notes that are open
        self._boxes = 0
        self._rows: list[int] = []
        self._row_count = 0
        self._beginnings: dict[str, Callable[[Mapping[str, str]], None]] = {
            "office:text": self._begin_body,
            "text:p": self._begin_paragraph,
            "text:h": self._begin_paragraph,
            "text:span": self._begin_span,
            "text:s": self._show_spaces,
            "text:tab": lambda _: self._show(" "),
            "text:line-break": lambda _: self._show("\n"),
            "text:note": self._begin_note,
            "draw:text-box": self._begin_box,
            "table:table-row": self._begin_row,
        }

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element of the text."""
        begin = self._beginnings.get(name)
        if begin is not None:
            begin(attributes)
        elif self._is_left_out(name, attributes):
            self.pass_over()

    def end(self, name: str) -> None:
        """An element of the text ends."""
        if name in ("text:p", "text:h"):
            self._story.end()
            self._hiding.pop()
        elif name == "text:span":
            self._hiding.pop()
        elif name == "text:note":
            self._lines.pop()
        elif name == "draw:text-box":
            self._boxes -= 1
        elif name == "table:table-row":
            self._rows.pop()

    def take_text(self, text: str) -> None:
        """Text of a paragraph; runs of white space are one space (ODF 1.3, part 3, 6.1.2)."""
        self._show(_SPACES.sub(" ", text))

    def _begin_body(self, _: Mapping[str, str]) -> None:
        self.is_document = True

    def _begin_box(self, _: Mapping[str, str]) -> None:
        self._boxes += 1

    def _begin_span(self, attributes: Mapping[str, str]) -> None:
        around = self._hiding[-1] if self._hiding else {}
        self._hiding.append(around | self._find_hiding("text", attributes.get("text:style-name", "")))

    def _begin_paragraph(self, attributes: Mapping[str, str]) -> None:
        style = attributes.get("text:style-name", "")
        line = self._lines[-1] if self._lines else 0
        flow = _NOTES if line else _BOXES if self._boxes else 0
        paragraph = self._story.begin(flow, line=line, row=self._rows[-1] if self._rows else 0)
        paragraph.is_quotation = self._styles.is_quotation(style)
        paragraph.is_heading = self.path[-1] == "text:h" or self._styles.is_heading(style)
        hiding = self._find_hiding("paragraph", style)
        if self._hiding and any(self._hiding[-1].values()):
            hiding = {**hiding, "hidden": True}  # a box or a note in hidden text is hidden too
        self._hiding.append(hiding)

    def _begin_note(self, _: Mapping[str, str]) -> None:
        self._lines.append(self._story.line)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("table:visibility") in ("collapse", "filter"):
            self.pass_over()
        else:
            self._row_count += 1
            self._rows.append(self._row_count)

    def _is_left_out(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Sections and fields that are hidden."""
        if name == "text:section":
            hidden = self._find_hiding("section", attributes.get("text:style-name", ""))
            return attributes.get("text:display") == "none" or any(hidden.values())
        if name == "text:hidden-paragraph" and attributes.get("text:is-hidden") == "true" and self._hiding:
            self._hiding[-1] = {**self._hiding[-1], "hidden": True}
        return name in ("text:hidden-text", "text:hidden-paragraph") and attributes.get("text:is-hidden") == "true"

    def _show_spaces(self, attributes: Mapping[str, str]) -> None:
        count = attributes.get("text:c", "1")
        self._show(" " * (min(_MOST_SPACES, int(count)) if count.isdecimal() and len(count) < 5 else 1))

    def _show(self, text: str) -> None:
        if self._hiding and not any(self._hiding[-1].values()):
            self._story.hold(text)

    def _find_hiding(self, family: str, name: str) -> dict[str, bool]:
        found = self._known.get((family, name))
        if found is None:
            found = self._known[family, name] = self._styles.find_hiding(family, name)
        return found
