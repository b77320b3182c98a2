"""The text of a draft in pieces: what is quoted, with what was found about it, and all that stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.articles.paragraphs import Paragraph
from bot.articles.quotation import Quotation
from bot.articles.report import ArticleReport, CheckedQuotation


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph. checked: of a quotation. is_passed_over: it stands in marks and is none."""

    text: str
    checked: CheckedQuotation | None = None
    is_passed_over: bool = False


def mark_text(article: Sequence[Paragraph], report: ArticleReport) -> list[list[Piece]]:
    """The pieces of each paragraph; put together they are its text."""
    found: dict[int, list[tuple[Quotation, CheckedQuotation | None]]] = {}
    for checked in report.checked:
        found.setdefault(checked.quotation.paragraph, []).append((checked.quotation, checked))
    for quotation in report.passed_over:
        found.setdefault(quotation.paragraph, []).append((quotation, None))
    return [_mark(paragraph.text, found.get(index, [])) for index, paragraph in enumerate(article)]


def _mark(text: str, found: Sequence[tuple[Quotation, CheckedQuotation | None]]) -> list[Piece]:
    pieces, at = [], 0
    for quotation, checked in sorted(found, key=lambda pair: pair[0].start):
        end = quotation.start + len(quotation.text)
        if quotation.start > at:
            pieces.append(Piece(text[at : quotation.start]))
        pieces.append(Piece(text[max(at, quotation.start) : end], checked, is_passed_over=checked is None))
        at = end
    return [*pieces, *([Piece(text[at:])] if text[at:] else [])]
