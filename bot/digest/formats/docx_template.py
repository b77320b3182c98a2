"""python-docx's template with our styles, without what no digest uses: half of a file that is mailed and passed on."""

import io
from functools import lru_cache

from docx import Document
from docx.document import Document as OpenDocument
from docx.opc.rel import Relationships
from docx.oxml.ns import qn

from bot.digest.formats.docx_package import write_package
from bot.digest.formats.docx_styles import add_styles

_UNUSED = ("stylesWithEffects", "customXml", "thumbnail")
"""What Word 2010 wrote beside its styles, an empty bibliography, a picture of the empty template."""


def open_template(language: str) -> OpenDocument:
    """A new, empty document in our styles, which has no other table style than the plain one."""
    return Document(io.BytesIO(_make_template(language)))


@lru_cache(maxsize=8)  # its styles take as long as a fifth of 500 quotes, and each week has several files
def _make_template(language: str) -> bytes:
    document = Document()
    _drop_unused(document.part.rels)
    _drop_unused(document.part.package.rels)
    styles = document.styles.element
    for style in list(styles.iterchildren(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) is None:
            styles.remove(style)
    add_styles(document, language)
    return write_package(document)


def _drop_unused(relationships: Relationships) -> None:
    for id_, relationship in list(relationships.items()):
        if relationship.reltype.rpartition("/")[2] in _UNUSED:
            del relationships[id_]
