"""python-docx's template without what no digest uses: it would be half of a file that is mailed and passed on."""

from docx import Document
from docx.document import Document as OpenDocument
from docx.opc.rel import Relationships
from docx.oxml.ns import qn

_UNUSED = ("stylesWithEffects", "customXml", "thumbnail")
"""What Word 2010 wrote beside its styles, an empty bibliography, a picture of the empty template."""


def open_template() -> OpenDocument:
    """A new, empty document, which has no other table style than the plain one."""
    document = Document()
    _drop_unused(document.part.rels)
    _drop_unused(document.part.package.rels)
    styles = document.styles.element
    for style in list(styles.iterchildren(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) is None:
            styles.remove(style)
    return document


def _drop_unused(relationships: Relationships) -> None:
    for id_, relationship in list(relationships.items()):
        if relationship.reltype.rpartition("/")[2] in _UNUSED:
            del relationships[id_]
