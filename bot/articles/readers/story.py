"""The paragraphs of a document in the order of a reader: the running text, then boxes beside it, then notes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.articles.paragraphs import Paragraph


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph that is being read. line: its number, or that of the one where its note is called.

    goes_on: its end was deleted, so the next one continues it.
    """

    line: int
    flow: int
    row: int = 0
    pieces: list[str] = field(default_factory=list)
    is_quotation: bool = False
    is_heading: bool = False
    goes_on: bool = False


class Story:
    """Collects paragraphs, which may stand within one another. Costs one step a piece of text."""

    def __init__(self) -> None:
        self.open: list[OpenParagraph] = []
        self._flows: dict[int, list[Paragraph]] = {0: []}
        self._unfinished: dict[int, OpenParagraph] = {}
        self._count = 0

    @property
    def line(self) -> int:
        """The number of the innermost paragraph, or of the last one."""
        return self.open[-1].line if self.open else self._count

    def begin(self, flow: int, *, line: int = 0, row: int = 0) -> OpenParagraph:
        """A paragraph begins. flow: 0 is the running text, higher ones follow it. row: see `Paragraph`."""
        self._count += not line
        paragraph = OpenParagraph(line or self._count, flow, row)
        before = self._unfinished.pop(flow, None)
        if before is not None:
            paragraph.line, paragraph.pieces = before.line, before.pieces
        self.open.append(paragraph)
        return paragraph

    def hold(self, text: str) -> None:
        """Text of the innermost paragraph."""
        if self.open:
            self.open[-1].pieces.append(text)

    def end(self) -> None:
        """The innermost paragraph ends."""
        if not self.open:
            return
        paragraph = self.open.pop()
        if paragraph.goes_on:
            self._unfinished[paragraph.flow] = paragraph
        else:
            self._flows.setdefault(paragraph.flow, []).extend(_finish([paragraph]))

    def list_paragraphs(self) -> list[Paragraph]:
        """All of them."""
        for flow, paragraph in self._unfinished.items():
            self._flows.setdefault(flow, []).extend(_finish([paragraph]))
        self._unfinished.clear()
        return [paragraph for flow in sorted(self._flows) for paragraph in self._flows[flow]]


def _finish(paragraphs: Iterable[OpenParagraph]) -> Iterator[Paragraph]:
    for each in paragraphs:
        text = "".join(each.pieces).strip()
        if text:
            yield Paragraph(text, each.line, each.is_quotation, is_heading=each.is_heading, row=each.row)
