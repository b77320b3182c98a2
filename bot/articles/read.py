"""An article as paragraphs of plain text, whatever file it came in."""

from collections.abc import Callable

from bot.articles.paragraphs import Paragraph, UnreadableArticle
from bot.articles.readers.encoding import decode
from bot.articles.readers.kinds import ArticleKind, find_kind

LARGEST = 20 * 1024 * 1024


def read_article(data: bytes, name: str = "", on_remark: Callable[[str], object] = lambda _: None) -> list[Paragraph]:
    """The paragraphs of an article in order. name: its file name; the first bytes decide where they say what it is.

    on_remark: told in a sentence what was guessed about its letters. Raises UnreadableArticle.
    """
    if len(data) > LARGEST:
        raise UnreadableArticle("too_large", mb=LARGEST // 2**20)
    kind = find_kind(data, name)
    if kind is ArticleKind.DOCX:
        from bot.articles.readers.docx import read_docx

        return read_docx(data)
    if kind in (ArticleKind.ODT, ArticleKind.FLAT_ODT):
        from bot.articles.readers.odt import read_flat_odt, read_odt

        return read_odt(data) if kind is ArticleKind.ODT else read_flat_odt(data)
    text = decode(data, on_remark)
    if kind is ArticleKind.HTML or (kind is ArticleKind.TEXT and _looks_like_html(text)):
        from bot.articles.readers.html import read_html

        return read_html(text)
    from bot.articles.readers.markdown import read_markdown

    return read_markdown(text)


def _looks_like_html(text: str) -> bool:
    beginning = text[:2000].casefold()
    return any(tag in beginning for tag in ("<!doctype html", "<html", "<body", "<p>", "<p ", "</p>"))
