"""A DOCX as paragraphs, with tracked changes as if accepted."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from bot.articles.paragraphs import Paragraph, UnreadableArticle

_LARGEST_UNPACKED = 200 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SHOWN = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}


def read_docx(data: bytes) -> list[Paragraph]:
    """The paragraphs of the body, those of tables too. Raises UnreadableArticle."""
    import docx

    try:
        _refuse_bombs(data)
        document = docx.Document(io.BytesIO(data))
    except UnreadableArticle:
        raise
    except Exception as error:  # whatever a damaged package makes zipfile, lxml or python-docx raise
        raise UnreadableArticle(f"the draft is no whole DOCX ({error}); save it again, or paste the text") from error
    names = {style.style_id: style.name or "" for style in document.styles}
    paragraphs = []
    for number, element in enumerate(document.element.body.iter(f"{_W}p"), 1):
        text = "".join(_read_text(element)).strip()
        if text and not _is_fallback(element):
            paragraphs.append(Paragraph(text, number, "quote" in names.get(_find_style(element), "").casefold()))
    return paragraphs


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(file.file_size for file in package.infolist()) > _LARGEST_UNPACKED:
            raise UnreadableArticle("the draft unpacks to more than an article can be; paste the text")


def _read_text(paragraph: Any) -> Iterator[str]:
    """What is shown of a paragraph: inserted text is, deleted text is another element and is not."""
    for node in paragraph.iter(f"{_W}t", *_SHOWN):
        if next(node.iterancestors(f"{_W}p")) is paragraph:
            yield _SHOWN.get(node.tag) or node.text or ""


def _is_fallback(element: Any) -> bool:
    return next(element.iterancestors(_FALLBACK), None) is not None


def _find_style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val"))
