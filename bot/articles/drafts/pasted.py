"""A draft that was pasted: the rich text of a word processor, or plain text."""

from collections.abc import Sequence

from bot.articles.paragraphs import Paragraph, UnreadableArticle
from bot.articles.quotation import Quotation
from bot.articles.readers.html import read_html
from bot.articles.readers.markdown import read_markdown

LONGEST = 4 * 1024 * 1024
"""Characters; a book has one million."""


def read_pasted(text: str, rich: str = "") -> list[Paragraph]:
    """Its paragraphs. rich: the same as HTML, as Google Docs, Word and browsers copy it; it counts where it has words.

    Raises UnreadableArticle.
    """
    if max(len(text), len(rich)) > LONGEST:
        raise UnreadableArticle("a_book")
    return (read_html(rich) if rich.strip() else []) or read_markdown(text)


def take_over(article: Sequence[Paragraph], quotation: Quotation, words: str) -> list[Paragraph]:
    """The article with other words in place of a quotation's, between the same marks."""
    taken, place = list(article), quotation.paragraph
    text, end = article[place].text, quotation.start + len(quotation.text)
    line = " ".join(words.split())
    taken[place] = _with_text(article[place], text[: quotation.start] + line + text[end:])
    return taken


def _with_text(paragraph: Paragraph, text: str) -> Paragraph:
    return Paragraph(text, paragraph.line, paragraph.is_quotation, paragraph.is_heading, paragraph.row)
