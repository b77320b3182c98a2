"""An article as its paragraphs, each with the place where it stands."""

from dataclasses import dataclass

from bot.words import FALLBACK, words


class UnreadableArticle(ValueError):
    """The file is no article we can read; what is told says what to do."""

    def __init__(self, name: str, **given: object) -> None:
        """name: of a sentence in `[unreadable]` of the words; given: what is filled in."""
        self._name, self._given = name, given
        super().__init__(self.tell(FALLBACK))

    def tell(self, language: str) -> str:
        """The sentence in a language. A `kind` of file is one of `[unreadable.kinds]`, or as it is given."""
        said = words(language)["unreadable"]
        kind = self._given.get("kind", "")
        sentence: str = said[self._name].format_map({**self._given, "kind": said["kinds"].get(kind, kind)})
        return sentence


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
