"""A document packed in a ZIP, and its parts of XML: bounded in size, and nothing of it is looked up elsewhere."""

import io
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from bot.articles.paragraphs import UnreadableArticle

LARGEST_PART = 64 * 1024 * 1024
"""Bytes of one part unpacked; a thousand pages are a fifth of it."""
_LARGEST_UNPACKED = 200 * 1024 * 1024
_DEEPEST = 2_000


class Package:
    """The parts of a packed document. Raises UnreadableArticle where it is damaged, too large or locked."""

    def __init__(self, data: bytes, kind: str) -> None:
        """kind: what it should be, for messages: `DOCX`."""
        self._kind = kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = {part.filename: part.file_size for part in self._zip.infolist()}
        except Exception as error:  # whatever a damaged file makes zipfile raise
            raise self._tell_damage(error) from error
        self.names = frozenset(parts)
        if sum(size for name, size in parts.items() if name.endswith((".xml", ".rels"))) > _LARGEST_UNPACKED:
            raise UnreadableArticle("unpacks")

    def read(self, name: str) -> bytes:
        """A part unpacked; empty where there is none."""
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as part:
                data = part.read(LARGEST_PART + 1)
        except Exception as error:  # a wrong checksum or password, a kind of packing that zipfile does not know
            raise self._tell_damage(error) from error
        if len(data) > LARGEST_PART:
            raise UnreadableArticle("unpacks")
        return data

    def _tell_damage(self, error: Exception) -> UnreadableArticle:
        return UnreadableArticle("damaged", kind=self._kind, error=error)


class XmlReader:
    """Reads a part from beginning to end, element by element, and keeps nothing of it.

    Names are given with the prefixes of `prefixes`, whatever the file calls them; elements of other namespaces have a
    bare name behind a colon. Subclasses say what they do with each.
    """

    prefixes: Mapping[str, str] = {}
    """By namespace."""
    unseen: frozenset[str] = frozenset()
    """Elements that are passed over with all that is in them."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self._names: dict[str, str] = {}
        self._passed_over = 0  # how deep the element stands that is passed over; 0 where none is

    def read(self, data: bytes, kind: str) -> None:
        """Read a part; an empty one has nothing in it. Raises UnreadableArticle."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_entities
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take_text
        try:
            if data:
                parser.Parse(data, True)
        except expat.ExpatError as error:
            raise UnreadableArticle("damaged", kind=kind, error=error) from error

    def pass_over(self, levels: int = 0) -> None:
        """Pass over the rest of the element that has just begun, or of the one so many levels above it."""
        self._passed_over = max(1, len(self.path) - levels)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; it is the last of `path`."""

    def end(self, name: str) -> None:
        """An element ends; it is still the last of `path`."""

    def take_text(self, text: str) -> None:
        """Text within the last element of `path`."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        short = self._shorten(name)
        self.path.append(short)
        if len(self.path) > _DEEPEST:
            raise UnreadableArticle("nested")
        if self._passed_over:
            return
        if short in self.unseen:
            self.pass_over()
        else:
            self.start(short, {self._shorten(key): value for key, value in attributes.items()} if attributes else {})

    def _end(self, _name: str) -> None:
        if not self._passed_over:
            self.end(self.path[-1])
        elif self._passed_over == len(self.path):
            self._passed_over = 0
        self.path.pop()

    def _take_text(self, text: str) -> None:
        if not self._passed_over:
            self.take_text(text)

    def _shorten(self, name: str) -> str:
        short = self._names.get(name)
        if short is None:
            namespace, _, local = name.rpartition(" ")
            short = self._names[name] = f"{self.prefixes.get(namespace, '')}:{local}"
        return short


def _refuse_entities(*_: object) -> None:
    raise UnreadableArticle("entities")
