"""HTML as paragraphs."""

import re
from html.parser import HTMLParser

from bot.articles.marks import ALL_MARKS
from bot.articles.paragraphs import Paragraph
from bot.articles.readers.notes import is_note_mark
from bot.articles.readers.unprinted import blank_front_matter

_UNSEEN = frozenset({
    "script", "style", "head", "template", "noscript", "svg", "pre", "iframe", "audio", "video", "object", "canvas",
    "rt", "rp", "del", "s", "strike", "select", "textarea", "title",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup",
    "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "xmp", "plaintext",
})  # fmt: skip
"""What ends a paragraph (HTML's own list); all other names do not, those that nobody knows neither."""
_END = re.compile(r"\n|</([a-z][^\s/>]*)", re.IGNORECASE)
_CODE = frozenset({"code", "samp", "kbd"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*comment|line-through",
    re.IGNORECASE,
)
_NO_MARKS = dict.fromkeys(map(ord, ALL_MARKS))
_DASHES = "—–― \t\n-"
_COMMENT_CALL = "msocomanchor"
"""The class of what Word puts where somebody commented: `[AB1]`."""
_ANSWERED_COMMENT = "#cmnt_ref"
"""Where the comments below an exported Google document link to."""


def read_html(text: str) -> list[Paragraph]:
    """The text that a browser shows, block by block."""
    reader = BlockParser()
    reader.read(blank_front_matter(text))
    reader.end_block()
    return reader.paragraphs


def read_code(text: str) -> str:
    """Code as text: its marks quote nothing."""
    return text.translate(_NO_MARKS)


def is_code_tag(name: str) -> bool:
    """Whether its text is code."""
    return name in _CODE


def read_picture(alternative: str | None) -> str:
    """What a picture in a sentence says: an emoji itself, any other nothing."""
    return alternative if alternative and not any(map(str.isalnum, alternative)) else ""


def _show_unclosed(text: str) -> str:
    """A comment or tag that nothing closes is text, and the parser need not look for its end again and again."""
    closed = text.rfind("-->") + 1
    text = text[:closed] + text[closed:].replace("<!--", "&lt;!--")
    closed = text.rfind(">") + 1
    return text[:closed] + text[closed:].replace("<", "&lt;")


def _find_last_ends(text: str) -> dict[str, tuple[int, int]]:
    """(line, column) of the last end tag of each name."""
    ends, line, begin = {}, 1, 0
    for found in _END.finditer(text):
        if found[1] is None:
            line, begin = line + 1, found.end()
        else:
            ends[found[1].casefold()] = line, found.start() - begin
    return ends


class BlockParser(HTMLParser):
    """Collects paragraphs. quotations: how many blockquotes are open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.quotations = 0
        self._held: list[str] = []
        self._first_line = 1
        self._last_ends: dict[str, tuple[int, int]] = {}
        self._line = 1
        self._unseen: list[str] = []
        self._code = self._skipped = 0
        self._raised: int | None = None
        self._raises_link = self._is_comment = False
        self._is_heading = False
        self._row = self._rows = 0

    def read(self, text: str, line: int = 1) -> None:
        """Read HTML that begins at `line` of the file."""
        self.reset()
        text = _show_unclosed(text)
        self._first_line, self._last_ends = line, _find_last_ends(text)
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.append(tag)
            return
        if tag in BLOCKS:
            self.end_block()
        if self._is_unseen(tag, attrs):
            self._unseen.append(tag)
        elif tag in BLOCKS:
            self._start_block(tag)
        else:
            self._start_inline(tag, dict(attrs))

    def _is_unseen(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        """It has an end in this text; what has none would take all the rest with it."""
        is_hidden = any(
            name == "hidden"
            or (name == "style" and _HIDDEN.search(value or ""))
            or (name == "class" and value == _COMMENT_CALL)
            for name, value in attrs
        )
        if tag in _VOID or not (is_hidden or tag in _UNSEEN):
            return False
        return self.getpos() < self._last_ends.get(tag, (0, 0))

    def _start_block(self, tag: str) -> None:
        if tag == "footer" and self.quotations:
            self._hold("— ")
        self.quotations += tag == "blockquote"
        self._is_heading = tag in _HEADINGS
        if tag == "tr":
            self._rows += 1
            self._row = self._rows

    def _start_inline(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "br":
            self._hold("\n")
        elif tag == "q":
            self._hold("“")
        elif tag == "cite" and self.quotations:
            self._hold("" if self._held and self._held[-1].endswith("— ") else "\n— ")
        elif tag == "img":
            self._hold(read_picture(attrs.get("alt")))
        elif tag == "sup":
            self._raised, self._raises_link = len(self._held), False
        elif tag == "a":
            self._raises_link = True
            self._is_comment |= (attrs.get("href") or "").startswith(_ANSWERED_COMMENT)
        self._code += tag in _CODE

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
        elif tag in BLOCKS:
            self.end_block()
            self.quotations = max(0, self.quotations - (tag == "blockquote"))
            self._is_heading = False
            if tag in ("tr", "table"):
                self._row = 0
        elif tag == "q":
            self._hold("”")
        elif tag == "sup" and self._raised is not None:
            self._end_raised(self._raised)
        elif tag in _CODE:
            self._code = max(0, self._code - 1)

    def _end_raised(self, start: int) -> None:
        raised, before = "".join(self._held[start:]), "".join(self._held[max(0, start - 3) : start])
        if is_note_mark(raised, before, is_link=self._raises_link):
            del self._held[start:]
        self._raised = None

    def handle_data(self, data: str) -> None:
        if self._held and self._held[-1].endswith("— "):
            data = data.lstrip(_DASHES)
        if not self._held:
            self._skipped = data.count("\n", 0, len(data) - len(data.lstrip()))
            data = data.lstrip()
        said = " ".join(f"x{data}x".split())[1:-1]
        self._hold(read_code(said) if self._code else said)

    def end_block(self) -> None:
        """Close the paragraph that is being read."""
        text = "".join(self._held).strip()
        if text and not self._is_comment:
            self.paragraphs.append(
                Paragraph(text, self._line, self.quotations > 0, is_heading=self._is_heading, row=self._row)
            )
        self._held.clear()
        self._raised, self._is_comment, self._code = None, False, 0

    def _hold(self, text: str) -> None:
        if self._unseen or not text:
            return
        if not self._held:
            self._line = self.getpos()[0] + self._first_line - 1 + self._skipped
        self._held.append(text)
        self._skipped = 0
