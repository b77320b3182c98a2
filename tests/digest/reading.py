"""Reading back what a digest wrote."""

import html
import io
import zipfile

from bot.digest import FORMATS, render


def read_format(model, name):
    """All that can be read in one format; of an archive every file of it."""
    content = render(model, name)
    if name != "docx":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(each).decode() for each in archive.namelist() if each.endswith((".xml", ".rels"))]
    return html.unescape("\n".join(parts))


def read_formats(model):
    """The same of every format, by name."""
    return {name: read_format(model, name) for name in FORMATS}
