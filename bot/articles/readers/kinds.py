"""What kind of file an article is."""

import io
import zipfile
from enum import Enum, auto

from bot.articles.paragraphs import UnreadableArticle


class ArticleKind(Enum):
    """The kinds that are read; TEXT may still turn out to be HTML."""

    DOCX = auto()
    ODT = auto()
    FLAT_ODT = auto()
    HTML = auto()
    TEXT = auto()


_HTML = frozenset({"html", "htm", "xhtml", "xht"})
_PACKED = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BEGINNINGS = {
    b"%PDF": "pdf",
    b"{\\rtf": "rtf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"bplist": "web_archive",
    b"MIME-Version:": "web_archive",
    b"From: <Saved by": "web_archive",
    b"%!PS": "printer",
    b"\x1f\x8b": "packed",
    b"Rar!": "packed",
    b"7z\xbc\xaf": "packed",
}
_ENDINGS = {
    "doc": "old_word",
    "dot": "old_word",
    "rtf": "rtf",
    "pdf": "pdf",
    "pages": "pages",
    "wpd": "wordperfect",
    "wps": "works",
    "epub": "book",
    "gdoc": "google",
    "mht": "web_archive",
    "mhtml": "web_archive",
    "webarchive": "web_archive",
    "sxw": "old_office",
    "eml": "mail",
    "msg": "mail",
}


def find_kind(data: bytes, name: str = "") -> ArticleKind:
    """What its first bytes say, else what its ending says. Raises UnreadableArticle for what is not read."""
    ending = name.casefold().rpartition(".")[2] if "." in name else ""
    if data.startswith(_PACKED):
        return _find_packed(data, ending)
    if data.startswith(_OLE):
        raise _refuse("locked_word" if _LOCKED in data else "old_word")
    beginning = next((kind for first, kind in _BEGINNINGS.items() if data.lstrip()[: len(first)] == first), "")
    beginning = beginning or _ENDINGS.get(ending, "")
    if beginning:
        raise _refuse(beginning)
    if ending in ("docx", "docm", "dotx", "odt", "ott"):
        raise UnreadableArticle("called", ending=ending)
    if b"<pkg:package" in data[:2000] or b"<w:wordDocument" in data[:2000]:
        raise _refuse("word_xml")
    if ending == "fodt" or b"office:document " in data[:2000]:
        return ArticleKind.FLAT_ODT
    return ArticleKind.HTML if ending in _HTML else ArticleKind.TEXT


def _find_packed(data: bytes, ending: str) -> ArticleKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        kind = "ODT" if ending in ("odt", "ott") else "DOCX"
        raise UnreadableArticle("damaged", kind=kind, error=error) from error
    if "content.xml" in names and "mimetype" in names:
        return ArticleKind.ODT
    is_office = "[Content_Types].xml" in names or ending in ("docx", "docm", "dotx")
    if is_office and not any(name.startswith(("xl/", "ppt/")) for name in names):
        return ArticleKind.DOCX
    if "Index/Document.iwa" in names or "Index.zip" in names or ending == "pages":
        raise _refuse("pages")
    raise _refuse("packed_file")


def _refuse(kind: str) -> UnreadableArticle:
    return UnreadableArticle("not_read", kind=kind)
