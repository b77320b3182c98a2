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


_SAVE = "save the draft as .docx, .odt, .html, .md or .txt, or paste it"
_HTML = frozenset({"html", "htm", "xhtml", "xht"})
_PACKED = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BEGINNINGS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a file of RTF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"bplist": "a web archive",
    b"MIME-Version:": "a web archive",
    b"From: <Saved by": "a web archive",
    b"%!PS": "a file for a printer",
    b"\x1f\x8b": "packed",
    b"Rar!": "packed",
    b"7z\xbc\xaf": "packed",
}
_ENDINGS = {
    "doc": "an old Word file",
    "dot": "an old Word file",
    "rtf": "a file of RTF",
    "pdf": "a PDF",
    "pages": "a file of Pages",
    "wpd": "a file of WordPerfect",
    "wps": "a file of Works",
    "epub": "a book",
    "gdoc": "only a link to Google Docs",
    "mht": "a web archive",
    "mhtml": "a web archive",
    "webarchive": "a web archive",
    "sxw": "an old OpenOffice file",
    "eml": "a mail",
    "msg": "a mail",
}


def find_kind(data: bytes, name: str = "") -> ArticleKind:
    """What its first bytes say, else what its ending says. Raises UnreadableArticle for what is not read."""
    ending = name.casefold().rpartition(".")[2] if "." in name else ""
    if data.startswith(_PACKED):
        return _find_packed(data, ending)
    if data.startswith(_OLE):
        raise _refuse("locked with a password; take that off, and" if _LOCKED in data else "an old Word file;")
    beginning = next((kind for first, kind in _BEGINNINGS.items() if data.lstrip()[: len(first)] == first), "")
    beginning = beginning or _ENDINGS.get(ending, "")
    if beginning:
        raise _refuse(f"{beginning};")
    if ending in ("docx", "docm", "dotx", "odt", "ott"):
        raise UnreadableArticle(f"the draft is called .{ending} and is none; save it again, or paste the text")
    if b"<pkg:package" in data[:2000] or b"<w:wordDocument" in data[:2000]:
        raise _refuse("a Word document in XML;")
    if ending == "fodt" or b"office:document " in data[:2000]:
        return ArticleKind.FLAT_ODT
    return ArticleKind.HTML if ending in _HTML else ArticleKind.TEXT


def _find_packed(data: bytes, ending: str) -> ArticleKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        kind = "ODT" if ending in ("odt", "ott") else "DOCX"
        message = f"the draft is no whole {kind} ({error}); save it again, or paste the text"
        raise UnreadableArticle(message) from error
    if "content.xml" in names and "mimetype" in names:
        return ArticleKind.ODT
    is_office = "[Content_Types].xml" in names or ending in ("docx", "docm", "dotx")
    if is_office and not any(name.startswith(("xl/", "ppt/")) for name in names):
        return ArticleKind.DOCX
    if "Index/Document.iwa" in names or "Index.zip" in names or ending == "pages":
        raise _refuse("a file of Pages;")
    raise _refuse("a packed file and no text document;")


def _refuse(kind: str) -> UnreadableArticle:
    return UnreadableArticle(f"this kind of file is not read: it is {kind} {_SAVE}")
