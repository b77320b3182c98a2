"""A DOCX document as the bytes of its file, with nothing in them that depends on when and where it was made."""

import io
import zipfile
from typing import Any

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter

_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: ZIP knows none before."""


class _Archive:
    """What python-docx writes the parts of a package to; its own would put the hour of this machine on each."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def write(self, name: PackURI, content: bytes) -> None:
        entry = zipfile.ZipInfo(name.membername, _OLDEST)
        entry.create_system, entry.external_attr = 3, 0o644 << 16
        self._archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def write_package(document: Document) -> bytes:
    """The whole file; equal documents, equal bytes."""
    package, written = document.part.package, io.BytesIO()
    for part in package.parts:
        part.before_marshal()
    writer: Any = PackageWriter  # its public method opens an archive of its own
    with zipfile.ZipFile(written, "w") as file:
        archive = _Archive(file)
        writer._write_content_types_stream(archive, package.parts)  # noqa: SLF001
        writer._write_pkg_rels(archive, package.rels)  # noqa: SLF001
        writer._write_parts(archive, package.parts)  # noqa: SLF001
    return written.getvalue()
