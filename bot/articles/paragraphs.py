"""An article as its paragraphs, each with the place where it stands."""

from dataclasses import dataclass


class UnreadableArticle(ValueError):
    """The file is no article we can read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text without markup. line: where it begins in the file, counted from 1; of a DOCX the paragraph's number.
    is_quotation: it is set as a quotation (a blockquote), marks or no marks. row: of a table's cells, the number of the
    row, counted from 1 over all tables.
    """

    text: str
    line: int
    is_quotation: bool = False
    is_heading: bool = False
    row: int = 0
