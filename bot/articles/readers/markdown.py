"""Markdown or plain text as paragraphs."""

import re
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline

from bot.articles.paragraphs import Paragraph
from bot.articles.readers.html import BlockParser
from bot.articles.readers.inline import read_inline
from bot.articles.readers.unprinted import blank_unprinted

_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\]")
_CALLOUT = re.compile(r"\s*\[!(?P<kind>[\w-]{1,40})(?:\|[^\]\n]*)?\][+-]?(?P<name>[^\n]*)")
_QUOTING_CALLOUTS = frozenset({"quote", "cite", "quotation", "blockquote", "pullquote"})
_DEEPEST = 100
_LONGEST_NUMBER = 3
"""Digits of an item's number; what has more is a year that begins a sentence."""


def read_markdown(text: str) -> list[Paragraph]:
    """Paragraphs with their first line; code blocks and what is not printed are left out."""
    html, headings, year = BlockParser(), 0, ""
    quotations: list[_BlockQuote] = []
    for token in _make_parser().parse(blank_unprinted("\n".join(text.splitlines()))):
        line = (token.map or [0])[0] + 1
        if token.type == "blockquote_open":
            quotations.append(_BlockQuote())
        elif token.type == "blockquote_close":
            quotations.pop()
        elif token.type in ("heading_open", "heading_close"):
            headings += token.nesting
        elif token.type == "list_item_open":
            year = f"{token.info}{token.markup} " if len(token.info) > _LONGEST_NUMBER else ""
        elif token.type == "html_block":
            html.read(token.content, line)
            html.end_block()
        elif token.type == "inline":
            is_set_off = bool(quotations) or html.quotations > 0
            said, year = year + read_inline(token.children or (), is_set_off=is_set_off), ""
            said = quotations[-1].read(said) if quotations else said
            if said.strip():
                is_quotation = quotations[-1].quotes if quotations else html.quotations > 0
                html.paragraphs.append(Paragraph(said, line, is_quotation, is_heading=headings > 0))
    return html.paragraphs


@dataclass(slots=True)
class _BlockQuote:
    """A blockquote that is being read. quotes: it is one, and not a callout (`[!NOTE]`)."""

    quotes: bool = True
    has_begun: bool = False

    def read(self, said: str) -> str:
        """A paragraph of it, without the sign of a callout; its name (`[!quote] Ada`) as that of a speaker."""
        callout = None if self.has_begun else _CALLOUT.match(said)
        self.has_begun = True
        if callout is None:
            return said
        self.quotes = callout["kind"].casefold() in _QUOTING_CALLOUTS
        name = callout["name"].strip()
        return f"{name}:{said[callout.end() :]}" if self.quotes and name else name + said[callout.end() :]


@cache
def _make_parser() -> MarkdownIt:
    """Of CommonMark without code by indentation, which in a plain text is an indented paragraph; with footnotes."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).disable("code")
    parser.block.ruler.at("reference", _read_reference)
    parser.inline.ruler.before("link", "footnote", _skip_footnote)
    return parser


def _read_reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Where a link leads is not shown; a footnote is, however much it may look like one."""
    is_footnote = state.src.startswith("[^", state.bMarks[start] + state.tShift[start])
    return not is_footnote and reference(state, start, end, silent)


def _skip_footnote(state: StateInline, silent: bool) -> bool:  # noqa: ARG001
    mark = _FOOTNOTE.match(state.src, state.pos)
    if mark:
        state.pos = mark.end()
    return mark is not None
