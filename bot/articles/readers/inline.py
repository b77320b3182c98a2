"""The sentences of a Markdown paragraph as they are shown."""

import re
from collections.abc import Sequence
from html import unescape

from markdown_it.token import Token

from bot.articles.readers.html import is_code_tag, read_code, read_picture
from bot.articles.readers.notes import is_note_mark

_TAG = re.compile(r"<(?P<ends>/?)(?P<name>[a-z][^\s/>]*)", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_SHOWN = {"<q": "“", "</q": "”", "<br": " "}
_DELETED = frozenset({"del", "s", "strike"})
_UNSEEN = frozenset({"rt", "rp", "script", "style", "template", "svg"})
_WIKI_LINK = re.compile(r"(?P<embeds>!?)\[\[(?P<page>[^\[\]|\n]+)(?:\|(?P<shown>[^\[\]\n]*))?\]\]")
_HIGHLIGHT = re.compile(r"(?<!=)==(?=[^\s=])([^=]{1,500}?)(?<=[^\s=])==(?!=)")
_ANCHOR = re.compile(r"[ \t]\^[A-Za-z0-9-]{1,40}\s*\Z")
"""`^b7f2`: a name that Obsidian gives a paragraph."""
_CLOSES_TEX = {"``": re.compile(r"''|´´"), "`": re.compile(r"´|(?<=[\w.,!?])'(?!\w)")}


def read_inline(tokens: Sequence[Token], *, is_set_off: bool = False) -> str:
    """What is shown, with a line feed for each in the file, to count lines by. is_set_off: in a blockquote."""
    reader = _Inline(is_set_off)
    for number, token in enumerate(tokens):
        reader.read(token, tokens[number + 1 : number + 10])
    said = _HIGHLIGHT.sub(r"\1", _WIKI_LINK.sub(_read_wiki_link, "".join(reader.held)))
    return _ANCHOR.sub("", said)


def _read_wiki_link(found: re.Match[str]) -> str:
    return "" if found["embeds"] else found["page"] if found["shown"] is None else found["shown"]


class _Inline:
    """Collects what is shown. raised: where raised text began."""

    def __init__(self, is_set_off: bool) -> None:
        self.held: list[str] = []
        self._is_set_off = is_set_off
        self._unseen = ""
        self._code = False
        self._raised: int | None = None
        self._raises_link = False

    def read(self, token: Token, following: Sequence[Token]) -> None:
        """One token."""
        if token.type in ("softbreak", "hardbreak"):
            self.held.append("\n")
        elif token.type == "html_inline":
            self._read_tag(token.content)
        elif self._unseen:
            return
        elif token.type == "code_inline":
            self.held.append(_read_code_span(token, following))
        elif token.type == "image":
            self.held.append(read_picture(token.content))
        elif token.type == "link_open":
            self._raises_link = True
        elif token.type == "text":
            self._read_text(token.content)

    def _read_text(self, text: str) -> None:
        if self.held and self.held[-1].endswith("\n— "):
            text = text.lstrip("—–― -")
        self.held.append(read_code(text) if self._code else text)

    def _read_tag(self, content: str) -> None:
        """Nothing of most tags; those of deleted text stay, so that nobody takes it for printed."""
        tag = _TAG.match(content)
        name, ends = (tag["name"].casefold(), bool(tag["ends"])) if tag else ("", False)
        breaks = "\n" * content.count("\n")
        if name in _UNSEEN:
            self._unseen = "" if ends else name
        elif name in _DELETED:
            self.held.append(content)
            return
        elif name in ("cite", "footer") and self._is_set_off and not ends:
            self._begin_byline()
        elif name == "sup":
            self._read_raised(ends=ends)
        elif name == "img":
            alternative = _ALTERNATIVE.search(content)
            self.held.append(read_picture((alternative[1] or alternative[2]) if alternative else ""))
        elif name == "a":
            self._raises_link = True
        elif is_code_tag(name):
            self._code = not ends
        self.held.append(_SHOWN.get(f"<{'/' * ends}{name}", "") + breaks)

    def _begin_byline(self) -> None:
        """On a line of its own; where it has none in the file, lines are no longer counted behind it."""
        begins = "".join(self.held[-2:]).endswith("\n") or not "".join(self.held).strip()
        self.held.append("— " if begins else "\n— ")

    def _read_raised(self, *, ends: bool) -> None:
        if not ends:
            self._raised, self._raises_link = len(self.held), False
        elif self._raised is not None:
            raised, before = (
                "".join(self.held[self._raised :]),
                "".join(self.held[max(0, self._raised - 3) : self._raised]),
            )
            if is_note_mark(raised, before, is_link=self._raises_link):
                del self.held[self._raised :]
            self._raised = None


def _read_code_span(token: Token, following: Sequence[Token]) -> str:
    """Code quotes nothing; but ``One'' and `one´ are quotations that were taken for it.

    Then the last tick stands behind a space or before a word, which that of code does not.
    """
    ticks, content = token.markup, token.content
    rest = following[0].content if following and following[0].type == "text" else ""
    runs_on = (content[-1:].isspace() and not content[:1].isspace()) or rest[:1].isalnum()
    closes = _CLOSES_TEX.get(ticks)
    if runs_on and closes and (closes.search(content) or any(closes.search(each.content) for each in following)):
        return f"{ticks}{unescape(_ANY_TAG.sub('', content))}{ticks}"
    return read_code(content)
