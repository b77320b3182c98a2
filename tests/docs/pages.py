"""The Markdown pages of the project: their links, anchors and what they name in code."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
ABOUT_THE_TREE = sorted(
    [
        *(path for path in (ROOT / "docs").rglob("*.md")),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    ]
)
"""Pages whose every path and name must exist."""
PAGES = [*ABOUT_THE_TREE, ROOT / "CHANGELOG.md"]
"""The changelog speaks of what was; its links must still lead somewhere."""


def name_page(page):
    return page.relative_to(ROOT).as_posix()


@cache
def parse(page):
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def list_links(page):
    """Targets of links and images."""
    inline = [child for token in parse(page) for child in token.children or ()]
    return [token.attrs.get("href") or token.attrs["src"] for token in inline if token.type in {"link_open", "image"}]


@cache
def list_anchors(page):
    """Of headings, as forges and engines make them."""
    tokens = parse(page)
    texts = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text.lower())) for text in texts}


@cache
def list_code(page):
    """What stands in code: inline pieces, and whole blocks with what language they are said to be."""
    tokens = parse(page)
    inline = [child.content for token in tokens for child in token.children or () if child.type == "code_inline"]
    blocks = [(token.info.strip(), token.content) for token in tokens if token.type in {"fence", "code_block"}]
    return inline, blocks
