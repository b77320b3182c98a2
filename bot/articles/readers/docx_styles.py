"""The styles of a DOCX: which are for quotations, which for headings, which hide their text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.articles.readers.package import XmlReader

W = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",  # the strict kind
}
HIDING = frozenset({"w:vanish", "w:strike", "w:dstrike"})
"""What takes text out of what is read: hidden, struck through once or twice."""
_TOGGLES = frozenset({"w:vanish", "w:strike"})
"""Given by the styles of paragraph and characters both, these cancel each other (ECMA-376, part 1, 17.7.3)."""
_OFF = frozenset({"0", "false", "off", "none"})
_LONGEST_CHAIN = 50

# Names of Word, LibreOffice, pandoc and Google in their languages, and what people call styles of their own.
_QUOTES = re.compile(
    r"quot|block\s*text|textblock|zitat|citat|citaa|citaç|citazion|^cita\b|^citas\b|citation|cytat|citát|idézet|"
    r"alıntı|цитат|παράθεση|引用|引文|인용|sitaatti|sitat|ציטוט|اقتباس",
    re.IGNORECASE,
)
_NAMES_SPEAKERS = re.compile(
    r"author|attribution|source|speaker|byline|cite$|credit|autor|quelle|geber|auteur|fonte|fuente|bron|caption",
    re.IGNORECASE,
)
_HEADINGS = re.compile(r"^\s*(?:heading|title|subtitle|überschrift|titel|titre|título|titolo|kop\b)", re.IGNORECASE)


@dataclass(slots=True)
class Style:
    """One style as it stands. hides: what it says of each kind of hiding; level: of its outline, where it has one."""

    names: list[str] = field(default_factory=list)
    parent: str = ""
    hides: dict[str, bool] = field(default_factory=dict)
    has_level: bool = False


class DocxStyles(XmlReader):
    """The styles of a document by id."""

    prefixes = W
    unseen = frozenset({"w:latentStyles", "w:tblStylePr", "w:rPrChange", "w:pPrChange"})

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._styles: dict[str, Style] = {}
        self._current = Style()
        self._default = ""
        self.read(data, "DOCX")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element of the part of styles."""
        value = attributes.get("w:val", "")
        if name == "w:style":
            identity = attributes.get("w:styleId", "")
            self._current = self._styles[identity] = Style([identity])
            if attributes.get("w:type") == "paragraph" and is_on(attributes.get("w:default", "0")):
                self._default = identity
        elif name in ("w:name", "w:aliases"):
            self._current.names += value.split(",")
        elif name == "w:basedOn":
            self._current.parent = value
        elif name == "w:outlineLvl":
            self._current.has_level = value in "012345678"
        elif name in HIDING and self.path[-3:-1] == ["w:style", "w:rPr"]:
            self._current.hides[name] = is_on(value)

    def is_quotation(self, identity: str) -> bool:
        """Whether the style, or one that it is based on, is for quotations; the nearest name decides."""
        return names_quotation(style.names for style in self._walk(identity))

    def is_heading(self, identity: str) -> bool:
        """Whether it is for headings."""
        return any(style.has_level or names_heading(style.names) for style in self._walk(identity))

    def hides(self, paragraph: str, characters: str, direct: Mapping[str, bool]) -> bool:
        """Whether text in these styles is hidden or struck. direct: what the text itself says of each."""
        for kind in HIDING:
            of_paragraph, of_characters = self._find(paragraph or self._default, kind), self._find(characters, kind)
            both = of_paragraph != of_characters if kind in _TOGGLES else of_paragraph or of_characters
            if direct.get(kind, both):
                return True
        return False

    def _find(self, identity: str, kind: str) -> bool:
        return next((style.hides[kind] for style in self._walk(identity) if kind in style.hides), False)

    def _walk(self, identity: str) -> Iterator[Style]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(identity) or Style([identity])  # one that the part of styles lacks has a name too
            yield style
            if not style.parent:
                return
            identity = style.parent


def names_quotation(chain: Iterable[Sequence[str]]) -> bool:
    """Whether a style is for quotations. chain: its names, then those of the styles it is based on; the first that
    says anything decides, so that a "Quote Author" based on "Quote" is none.
    """
    for names in chain:
        if any(_NAMES_SPEAKERS.search(name) for name in names):
            return False
        if any(_QUOTES.search(name) for name in names):
            return True
    return False


def names_heading(names: Iterable[str]) -> bool:
    """Whether a style is for headings."""
    return any(map(_HEADINGS.match, names))


def is_on(value: str) -> bool:
    """What a property says that is on where it says nothing."""
    return value not in _OFF
