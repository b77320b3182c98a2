"""Markdown or plain text as paragraphs."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.articles.paragraphs import Paragraph

_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\]")
_TAG = re.compile(r"</?[a-z][a-z0-9-]*", re.IGNORECASE)
_SHOWN = {"<q": "“", "</q": "”", "<br": " "}
_DELETED = frozenset({"del", "s", "strike"})
_MARKS = dict.fromkeys(map(ord, "“”„«»‹›‚‘’\"'「」『』"))
_DEEPEST = 100
_LONGEST_NUMBER = 3
"""Digits of an item's number; what has more is a year that begins a sentence."""


def read_markdown(text: str) -> list[Paragraph]:
    """Paragraphs with their first line; code blocks and front matter are left out."""
    paragraphs: list[Paragraph] = []
    quotations, headings, year = 0, 0, ""
    for token in _make_parser().parse("\n".join(_skip_front_matter(text.splitlines()))):
        if token.type in ("blockquote_open", "blockquote_close"):
            quotations += token.nesting
        elif token.type in ("heading_open", "heading_close"):
            headings += token.nesting
        elif token.type == "list_item_open":
            year = f"{token.info}{token.markup} " if len(token.info) > _LONGEST_NUMBER else ""
        elif token.type in ("inline", "html_block"):
            said, year = year + "".join(_read_inline(_list_parts(token))), ""
            if said.strip():
                paragraphs.append(Paragraph(said, (token.map or [0])[0] + 1, quotations > 0, is_heading=headings > 0))
    return paragraphs


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


def _list_parts(block: Token) -> Sequence[Token]:
    """The parts of a paragraph; HTML between paragraphs has the same."""
    parts = _make_parser().parseInline(block.content)[0].children if block.type == "html_block" else block.children
    return parts or ()


def _read_inline(tokens: Sequence[Token]) -> Iterator[str]:
    """What is shown, with a line feed for each in the file, so that lines can be counted."""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "code_inline":
            yield token.content.translate(_MARKS)  # code is no quotation
        elif token.type == "html_inline":
            yield _read_tag(token.content)
        elif token.type == "text":
            yield token.content


def _read_tag(content: str) -> str:
    """Nothing of most tags; those of deleted text stay, so that nobody takes it for printed."""
    tag = _TAG.match(content)
    name = tag[0].casefold() if tag else ""
    if name.strip("</") in _DELETED:
        return content
    return _SHOWN.get(name, "") + "\n" * content.count("\n")


def _skip_front_matter(lines: list[str]) -> list[str]:
    """With empty lines in its place, so that numbers stay."""
    if lines and lines[0].strip() == "---":
        for end, line in enumerate(lines[1:200], 1):
            if line.strip() in ("---", "..."):
                return [""] * (end + 1) + lines[end + 1 :]
    return lines
