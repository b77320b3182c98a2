"""Markdown or plain text as paragraphs."""

import re

from bot.articles.paragraphs import Paragraph

_QUOTE_PREFIX = re.compile(r" {0,3}(?:> ?)+")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_BLOCK_START = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)]|#{1,6})\s+")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}\Z")
_MARKUP = (
    (re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)"), ""),  # images
    (re.compile(r"\[\^[^\[\]\s]{1,40}\]"), ""),  # footnotes
    (re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)"), r"\1"),  # links; […] without a target stays
    (re.compile(r"</?(?:em|strong|i|b|u|span|sup|sub|small|cite|a)\b[^<>]*>", re.IGNORECASE), ""),
    (re.compile(r"<q\b[^<>]*>", re.IGNORECASE), "“"),
    (re.compile(r"</q>", re.IGNORECASE), "”"),
    (re.compile(r"(?<![\w\\*_])[*_]{1,3}(?=[^\s*_])|(?<=[^\s\\*_])[*_]{1,3}(?![\w*_])"), ""),  # emphasis
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def read_markdown(text: str) -> list[Paragraph]:
    """Paragraphs with their first line; code blocks and front matter are left out."""
    paragraphs: list[Paragraph] = []
    held: list[str] = []
    begins, quoted, fence = 1, False, ""

    def end_paragraph() -> None:
        if held:
            said = _strip_markup("\n".join(held))
            paragraphs.append(Paragraph(said, begins, quoted))
            held.clear()

    for number, line in enumerate(_skip_front_matter(text.splitlines()), 1):
        mark = _FENCE.match(line)
        if fence or mark:
            end_paragraph()
            if mark and (not fence or mark[1].startswith(fence)):
                fence = "" if fence else mark[1]
            continue
        prefix = _QUOTE_PREFIX.match(line)
        said = line[prefix.end() :] if prefix else line
        if not said.strip() or _RULE.match(said) or _BLOCK_START.match(said) or (held and bool(prefix) != quoted):
            end_paragraph()
        if said.strip() and not _RULE.match(said):
            if not held:
                begins, quoted = number, bool(prefix)
            start = _BLOCK_START.match(said)
            held.append(said[start.end() :] if start else said)
    end_paragraph()
    return paragraphs


def _skip_front_matter(lines: list[str]) -> list[str]:
    """With empty lines in its place, so that numbers stay."""
    if lines and lines[0].strip() == "---":
        for end, line in enumerate(lines[1:200], 1):
            if line.strip() in ("---", "..."):
                return [""] * (end + 1) + lines[end + 1 :]
    return lines


def _strip_markup(text: str) -> str:
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text
