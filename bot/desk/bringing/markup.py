"""What networks and forms put around words: tags, entities, mentions; and letters that a wrong encoding broke.

What is left is what people saw when it was written; nobody said `&amp;` or `<@U123>`.
"""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser

_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|a|span|div|ul|ol|li|blockquote|code|pre|s|del|h[1-6]|font|img)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_SLACK = re.compile(r"<(?P<kind>[@#!]?)(?P<what>[^<>|\s]+(?:\^[^<>|]*)?)(?:\|(?P<label>[^<>]*))?>")
_MARKED = re.compile(r"(?<![\w*~_])(?P<mark>\*\*|\*|~~|~|__|\|\||_)(?=\S)(?P<words>[^\n]+?)(?<=\S)(?P=mark)(?![\w*~_])")
_EMOJI = re.compile(r"<a?(:\w{2,32}:)\d{15,21}>")
_BROKEN = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u02c6-\u2122]|\ufffd")
"""Two letters that one of UTF-8 becomes where it is read as Windows-1252: what may be worth a closer look."""


class _Words(HTMLParser):
    """What a browser shows of some HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.pieces.append("\n")
        elif tag in _BLOCKS:
            self.pieces.append("\n\n" if tag != "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n\n" if tag != "li" else "\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def read_markup(text: str) -> str:
    """A text as it was shown, where it has tags or entities of HTML; else the very text."""
    if "<" in text and _TAG.search(text):
        words = _Words()
        words.feed(text)
        words.close()
        return re.sub(r"\n{3,}", "\n\n", "".join(words.pieces)).strip()
    if "&" in text and _ENTITY.search(text):
        return unescape(text)
    return text


def read_slack(text: str, names: Mapping[str, str]) -> str:
    """What Slack showed: links by their words, people by their names. names: of people, by id."""

    def show(found: re.Match[str]) -> str:
        kind, what, label = found["kind"], found["what"], found["label"]
        if kind == "@":
            return f"@{label or names.get(what, what)}"
        if kind == "#":
            return f"#{label or what}"
        if kind == "!":
            return label or f"@{what.partition('^')[0]}"
        return label or what.removeprefix("mailto:")

    return unescape(drop_marks(_SLACK.sub(show, text)))


def read_discord(text: str) -> str:
    """What Discord showed, of a text whose mentions were written out already."""
    return drop_marks(_EMOJI.sub(r"\1", text))


def drop_marks(text: str) -> str:
    """Without the signs for bold, italic, struck and hidden."""
    for _ in range(3):
        text, count = _MARKED.subn(lambda found: found["words"], text)
        if not count:
            break
    return text


def mend_letters(text: str) -> str | None:
    """What a text was before a wrong encoding broke its letters, or None: it looks whole."""
    if text.isascii() or not _BROKEN.search(text):
        return None
    from ftfy import fix_encoding  # with the first text that may need it

    mended: str = fix_encoding(text)
    return mended if mended != text else None
