"""HTML as paragraphs."""

from html.parser import HTMLParser

from bot.articles.paragraphs import Paragraph

_UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "code", "pre"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DELETED = frozenset({"del", "s", "strike"})


def read_html(text: str) -> list[Paragraph]:
    """The text that a browser shows, block by block."""
    reader = _BlockParser()
    reader.feed(text)
    reader.close()
    reader.end_block()
    return reader.paragraphs


class _BlockParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self._held: list[str] = []
        self._line = 1
        self._unseen = 0
        self._quotations = 0
        self._is_heading = False
        self._row = self._rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _UNSEEN or tag in _DELETED:
            self._unseen += 1
        elif tag == "br":
            self._hold("\n")
        elif tag == "q":
            self._hold("“")
        elif tag == "cite" and self._quotations:
            self._hold("\n— ")
        elif tag not in _INLINE:
            self.end_block()
            if tag == "footer" and self._quotations:
                self._hold("— ")
            self._quotations += tag == "blockquote"
            self._is_heading = tag in _HEADINGS
            if tag == "tr":
                self._rows += 1
                self._row = self._rows

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN or tag in _DELETED:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "q":
            self._hold("”")
        elif tag not in _INLINE and tag != "br":
            self.end_block()
            self._quotations = max(0, self._quotations - (tag == "blockquote"))
            self._is_heading = False
            if tag in ("tr", "table"):
                self._row = 0

    def handle_data(self, data: str) -> None:
        self._hold(" ".join(f"x{data}x".split())[1:-1])

    def end_block(self) -> None:
        text = "".join(self._held).strip()
        if text:
            self.paragraphs.append(
                Paragraph(text, self._line, self._quotations > 0, is_heading=self._is_heading, row=self._row)
            )
        self._held.clear()

    def _hold(self, text: str) -> None:
        if self._unseen or not text:
            return
        if not self._held:
            self._line = self.getpos()[0]
        self._held.append(text)
