"""A DOCX as paragraphs as they are printed: changes as if accepted, nothing hidden or struck, with its notes."""

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.articles.paragraphs import Paragraph, UnreadableArticle
from bot.articles.readers.docx_styles import HIDING, DocxStyles, W, is_on
from bot.articles.readers.package import Package, XmlReader
from bot.articles.readers.story import Story

_BOXES, _NOTES = 1, 2
_SHOWN = {"w:br": "\n", "w:cr": "\n", "w:tab": " ", "w:ptab": " ", "w:noBreakHyphen": "-"}
_NOTE_CALLS = {"w:footnoteReference": "w:footnote", "w:endnoteReference": "w:endnote"}
_DELETIONS = frozenset({"w:del", "w:moveFrom", "w:hidden", "w:cellDel"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(data: bytes) -> list[Paragraph]:
    """The paragraphs of the body and its tables, of text boxes, of foot- and endnotes. Raises UnreadableArticle."""
    package = Package(data, "DOCX")
    main = _Relations(package, "").find("officeDocument") or "word/document.xml"
    body = package.read(main)
    if not body:
        raise UnreadableArticle("without_text", kind="DOCX")
    relations = _Relations(package, main)
    folder = posixpath.dirname(main)
    styles = DocxStyles(package.read(relations.find("styles") or f"{folder}/styles.xml"))
    story = Story()
    reader = _DocxReader(story, styles)
    reader.read(body, "DOCX")
    if not reader.is_document:
        raise UnreadableArticle("no_document")
    for kind in ("footnote", "endnote"):
        notes = _DocxReader(story, styles, reader.called[f"w:{kind}"])
        notes.read(package.read(relations.find(f"{kind}s") or f"{folder}/{kind}s.xml"), "DOCX")
    return story.list_paragraphs()


class _Relations(XmlReader):
    """What a part of a package refers to, by the last word of the kind."""

    def __init__(self, package: Package, part: str) -> None:
        super().__init__()
        self._folder = posixpath.dirname(part)
        self._targets: dict[str, str] = {}
        self.read(package.read(posixpath.join(self._folder, "_rels", f"{posixpath.basename(part)}.rels")), "DOCX")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """One relation."""
        if name == ":Relationship" and attributes.get(":TargetMode") != "External":
            kind = attributes.get(":Type", "").rpartition("/")[2]
            target = posixpath.join("/", self._folder, attributes.get(":Target", ""))
            self._targets.setdefault(kind, posixpath.normpath(target).lstrip("/"))

    def find(self, kind: str) -> str:
        """The path of the part; empty where there is none."""
        return self._targets.get(kind, "")


@dataclass(slots=True)
class _Run:
    """A stretch of text in one format. is_hidden: None until it was looked up."""

    style: str = ""
    direct: dict[str, bool] = field(default_factory=dict)
    is_hidden: bool | None = None


class _DocxReader(XmlReader):
    """Reads the body, or the notes that are called. called: by kind of note and by id, the line where it is called."""

    prefixes = W | {
        "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
        "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
        "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    }
    unseen = frozenset({
        "w:delText", "w:delInstrText", "w:instrText", "w:rt", "w:sdtPr", "w:sectPr", "w:tabs",
        "w:pPrChange", "w:rPrChange", "w:trPrChange", "w:tcPrChange", "w:tblPr", "w:tblGrid", "mc:Fallback",
        "w:framePr", "w:numPr", "w:fldData", "w:ffData",
    })  # fmt: skip

    def __init__(self, story: Story, styles: DocxStyles, notes: Mapping[str, int] | None = None) -> None:
        super().__init__()
        self.is_document = False
        self.called: dict[str, dict[str, int]] = {kind: {} for kind in _NOTE_CALLS.values()}
        self._story = story
        self._styles = styles
        self._notes = notes
        self._line = 0  # of the note that is read
        self._paragraph_styles: list[str] = []
        self._runs: list[_Run] = []
        self._boxes = 0
        self._rows: list[int] = []
        self._row_count = 0
        self._fields: list[bool] = []  # of each field that is open: whether its instruction is being read
        self._instructions = 0
        self._beginnings: dict[str, Callable[[Mapping[str, str]], None]] = {
            "w:body": self._begin_body,
            "w:p": self._begin_paragraph,
            "w:r": self._begin_run,
            "m:r": self._begin_run,
            "w:txbxContent": self._begin_box,
            "w:tr": self._begin_row,
            "w:fldChar": self._step_field,
            "w:sym": self._show_symbol,
            "w:footnote": self._begin_note,
            "w:endnote": self._begin_note,
        }

    # ------------------------------------------------------------ elements

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element of the text."""
        begin = self._beginnings.get(name)
        if begin is not None:
            begin(attributes)
        elif name in _SHOWN:
            self._show(_SHOWN[name])
        elif name in _NOTE_CALLS:
            self._call_note(_NOTE_CALLS[name], attributes.get("w:id", ""))
        elif name in _DELETIONS:
            self._leave_out(name)
        else:
            self._take_property(name, attributes.get("w:val", ""))

    def end(self, name: str) -> None:
        """An element of the text ends."""
        if name == "w:p":
            self._end_paragraph()
        elif name in ("w:r", "m:r"):
            self._runs.pop()
        elif name == "w:txbxContent":
            self._boxes -= 1
        elif name == "w:tr":
            self._rows.pop()

    def take_text(self, text: str) -> None:
        """What stands in an element of text; all else between elements is layout."""
        if self.path[-1] in ("w:t", "m:t"):
            self._show(text.replace("\n", " "))

    # ------------------------------------------------------------ paragraphs and notes

    def _begin_body(self, _: Mapping[str, str]) -> None:
        self.is_document = True

    def _begin_run(self, _: Mapping[str, str]) -> None:
        self._runs.append(_Run(is_hidden=self._is_hidden() or None))  # a box in hidden text is hidden too

    def _begin_box(self, _: Mapping[str, str]) -> None:
        self._boxes += 1

    def _begin_row(self, _: Mapping[str, str]) -> None:
        self._row_count += 1
        self._rows.append(self._row_count)

    def _begin_paragraph(self, _: Mapping[str, str]) -> None:
        flow = _NOTES if self._line else _BOXES if self._boxes else 0
        self._story.begin(flow, line=self._line, row=self._rows[-1] if self._rows else 0)
        self._paragraph_styles.append("")

    def _end_paragraph(self) -> None:
        if self._instructions:  # one that never ends hides no later paragraph
            self._fields.clear()
            self._instructions = 0
        self._paragraph_styles.pop()
        self._story.end()

    def _begin_note(self, attributes: Mapping[str, str]) -> None:
        line = (self._notes or {}).get(attributes.get("w:id", ""))
        if line is None or attributes.get("w:type") in _SEPARATORS:
            self.pass_over()
        else:
            self._line = line

    def _call_note(self, kind: str, identity: str) -> None:
        if not self._is_hidden():
            self.called[kind].setdefault(identity, self._story.line)

    # ------------------------------------------------------------ what is shown

    def _show(self, text: str) -> None:
        if not self._instructions and not self._is_hidden():
            self._story.hold(text)

    def _is_hidden(self) -> bool:
        if not self._runs:
            return False
        run = self._runs[-1]
        if run.is_hidden is None:
            style = self._paragraph_styles[-1] if self._paragraph_styles else ""
            run.is_hidden = self._styles.hides(style, run.style, run.direct)
        return run.is_hidden

    def _leave_out(self, name: str) -> None:
        """A deletion: of the text in it, of the end of the paragraph, of the row or the cell that has this property."""
        if self.path[-3:-1] == ["w:pPr", "w:rPr"]:
            self._story.open[-1].goes_on = True
        elif len(self.path) > 1 and self.path[-2] in ("w:trPr", "w:tcPr"):
            if self.path[-2] == "w:trPr":
                self._rows.pop()
            self.pass_over(levels=2)
        elif name != "w:hidden":
            self.pass_over()

    def _show_symbol(self, attributes: Mapping[str, str]) -> None:
        self._show(_read_symbol(attributes.get("w:char", "")))

    def _step_field(self, attributes: Mapping[str, str]) -> None:
        step = attributes.get("w:fldCharType", "")
        if step == "begin":
            self._fields.append(True)
            self._instructions += 1
        elif self._fields and step in ("separate", "end"):
            self._instructions -= self._fields[-1]
            self._fields[-1] = False
            if step == "end":
                self._fields.pop()

    def _take_property(self, name: str, value: str) -> None:
        parents = self.path[-3:-1]
        if name == "w:pStyle" and parents == ["w:p", "w:pPr"]:
            self._paragraph_styles[-1] = value
            paragraph = self._story.open[-1]
            paragraph.is_quotation, paragraph.is_heading = (
                self._styles.is_quotation(value),
                self._styles.is_heading(value),
            )
        elif parents in (["w:r", "w:rPr"], ["m:r", "w:rPr"]):
            if name == "w:rStyle":
                self._runs[-1].style = value
            elif name in HIDING:
                self._runs[-1].direct[name] = is_on(value)
        elif name in ("w:vanish", "w:specVanish") and parents == ["w:pPr", "w:rPr"] and is_on(value):
            self._story.open[-1].goes_on = True


def _read_symbol(code: str) -> str:
    """A character that is named by its number; those of symbol fonts mean something else in each."""
    try:
        letter = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= letter <= "\uf8ff" or "\ud800" <= letter <= "\udfff" else letter
