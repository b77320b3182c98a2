"""The digest as Markdown (CommonMark), with front matter. What people typed renders as typed."""

import re
from collections.abc import Iterable, Iterator

from bot.digest.model import DigestModel
from bot.digest.page.document import Chapter, DigestDocument, Group, Link, PostedText, QuoteEntry, Table
from bot.digest.page.layout import lay_out
from bot.words.cleaning import clean_line, safe_link, split_paragraphs

# Backslashes where every renderer knows them, entities for the rest: python-markdown shows `\<` with its backslash.
_ALWAYS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*[]"} | {"<": "&lt;"} | {m: f"&#{ord(m)};" for m in "~|$^"})
# GitHub sets formulas between dollars, others know ^above^ and ==marked==; Jekyll fills in {{ }} wherever it stands.
# GitHub and markdown-it-emoji make a picture of :tada:, Obsidian hides what stands between %%.
_PAIRS = re.compile(r"=(?==)|\{(?=[{%#])|(?<!\d):(?=[\w+-]+:)|%(?=%)")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_LINE_START = re.compile(r"^([#>+=-]|:|\d{1,9}(?=[.)]))")
_MENTION = re.compile(r"@(?=everyone|here)")  # would call a whole server where this is pasted into Discord
_GAPS = re.compile(r"\n{3,}")
_WORD_JOINER = "\u2060"
# Within a word no renderer reads it, and what links addresses by itself (linkify) would take the backslash along.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# In words, brackets and trailing marks belong to the sentence and not to the address.
_ADDRESS = re.compile(
    r"https?://[^\s<>\\|\"'()\[\]{}“”«»„]+[^\s<>\\|\"'()\[\]{}“”«»„.,;:!?…*_~]", re.ASCII | re.IGNORECASE
)


def write_markdown(model: DigestModel) -> bytes:
    """The whole file, UTF-8."""
    document = lay_out(model)
    text = "\n".join(_write_document(model, document)).strip("\n")
    return (_GAPS.sub("\n\n", text) + "\n").encode()


def _write_document(model: DigestModel, document: DigestDocument) -> Iterator[str]:
    """Line by line; one that ends in a line break has an empty one behind it."""
    if document.private:  # codes, for programs that a writer files digests with
        yield from _front_matter(model)
    yield f"# {escape(document.title)}\n"
    yield f"{escape(document.kicker)} · **{escape(document.badge)}**"
    yield from _paragraphs([*document.facts, document.badge_note])
    yield f"## {escape(document.summary_heading)}\n"
    yield from (f"- {escape(sentence)}" for sentence in document.summary)
    yield ""
    for chapter in document.chapters:
        yield from _write_chapter(chapter)
    for group in document.groups:
        yield from _write_group(group, "##")
    yield "---"
    yield from _paragraphs(document.footer)


def _front_matter(model: DigestModel) -> Iterator[str]:
    """Only values that we made: nothing that people typed stands here."""
    yield "---"
    yield "schema: pullquote.digest/1"
    yield f"kind: {model.kind}"
    yield f'period: "{model.period}"'
    yield f"edition: {model.edition}"
    yield f'as_of: "{model.as_of:%Y-%m-%dT%H:%M:%SZ}"'
    yield f'zone: "{model.zone}"'
    yield f"revision: {model.revision}"
    yield "---\n"


def _paragraphs(sentences: Iterable[str]) -> Iterator[str]:
    yield ""
    for sentence in sentences:
        if sentence:
            yield f"{escape(sentence)}\n"


# ---------------------------------------------------------------- a question


def _write_chapter(chapter: Chapter) -> Iterator[str]:
    level = "###" if chapter.heading else "##"
    if chapter.heading:
        yield f"## {escape(chapter.heading)}\n"
    yield from _write_quotes(chapter, level)
    if chapter.table is not None:
        yield f"{level} {escape(chapter.table_heading)}\n"
        yield from _write_table(chapter.table)
    if chapter.posted:
        yield f"{level} {escape(chapter.posted_heading)}\n"
        for posted in chapter.posted:
            yield from _write_posted(posted)
    if chapter.facts:
        yield f"{escape(' '.join(chapter.facts))}\n"
    for group in chapter.groups:
        yield from _write_group(group, level)
    yield from _write_others(chapter, level)


def _write_posted(posted: PostedText) -> Iterator[str]:
    yield from _quoted(posted.texts)
    yield ""
    if posted.places:
        yield from (f"- {_link(place)}" for place in posted.places)
        yield ""


def _write_table(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(map(escape, table.head)) + " |"
    yield "| :-- |" + " --: |" * (len(table.head) - 1)
    for label, counts in (*table.rows, table.total):
        yield f"| {escape(label)} | " + " | ".join(counts) + " |"
    yield from _paragraphs([" ".join(table.notes)])


def _write_quotes(chapter: Chapter, level: str) -> Iterator[str]:
    if chapter.quotes:
        yield f"{level} {escape(chapter.quotes_heading)}\n"
    for quote in chapter.quotes:
        if quote.heading:
            yield f"{level}# {escape(quote.heading)}\n"
        yield from _write_quote(quote)
    for sentence in chapter.after_quotes:
        yield f"{escape(sentence)}\n"


def _write_others(chapter: Chapter, level: str) -> Iterator[str]:
    if chapter.others:
        yield f"{level} {escape(chapter.others_heading)}\n"
    for quote in chapter.others:
        yield from _write_quote(quote)
    if chapter.others_rest:
        yield f"{escape(chapter.others_rest)}\n"


def _write_quote(quote: QuoteEntry) -> Iterator[str]:
    if quote.number:
        yield f'<a id="{quote.anchor}"></a>**[{quote.number}](#{quote.anchor})**\n'
    yield from _quoted(quote.parts)
    yield ">"
    who = f"**{escape(quote.name)}**" + (f", {escape(quote.role)}" if quote.role else "")
    who += f" ({escape(quote.handle)})" if quote.handle else ""
    sources = " · ".join(_link(source) for source in quote.sources)
    yield f"> — {who}, {escape(quote.context)}" + (f" · {sources}" if sources else "")
    for sentence in quote.provenance:
        yield ">"
        yield f"> {escape(sentence)}"
    yield ""
    for flag in quote.flags:
        yield f"*{escape(flag)}*\n"
    if quote.rest:
        yield f"{escape(quote.rest)}\n"


def _write_group(group: Group, level: str) -> Iterator[str]:
    yield f"{level} {escape(group.heading)}\n"
    for item in group.items:
        links = " ".join(_link(link) for link in item.links)
        yield f"- {escape(item.sentence)}" + (f" {links}" if links else "")
        for example in item.examples:
            yield ""
            yield from (f"  {line}" for line in _quoted([example]))
        if item.command:
            yield ""
            yield f"  `{item.command}`"
        if item.examples or item.command:
            yield ""
    yield ""


# ---------------------------------------------------------------- what people typed


def _quoted(texts: Iterable[str]) -> Iterator[str]:
    """Texts as one block quote; two blanks end a line that goes on, which every renderer knows."""
    first = True
    for paragraph in (paragraph for text in texts for paragraph in split_paragraphs(text)):
        if not first:
            yield ">"
        first = False
        yield from (f"> {_escape_line(line)}  " for line in paragraph[:-1])
        yield f"> {_escape_line(paragraph[-1])}"


def escape(text: str) -> str:
    """`text` as one line that renders as it was typed."""
    return _escape_line(clean_line(text))


def _escape_line(line: str) -> str:
    """Addresses become links of their own: left to the renderer, their escapes would be part of where they lead."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(line):
        if safe_link(found[0]) == found[0]:
            # without the entity some would link what is a link, escapes and all
            label = _escape_words(found[0]).replace("://", "&#58;//", 1)
            parts += [_escape_words(line, end, found.start()), f"[{label}](<{found[0]}>)"]
            end = found.end()
    return "".join([*parts, _escape_words(line, end)])


def _escape_words(line: str, start: int = 0, end: int | None = None) -> str:
    words = _UNDERSCORE.sub(r"\\_", _ENTITY.sub("&amp;", line[start:end]).translate(_ALWAYS))
    if start == 0:
        words = _LINE_START.sub(_guard, words)
    words = _PAIRS.sub(lambda found: f"&#{ord(found[0])};", words)
    return _MENTION.sub(f"@{_WORD_JOINER}", words)


def _guard(start: re.Match[str]) -> str:
    mark = start[0]
    if mark.isdigit():
        return f"{mark}\\"
    return f"&#{ord(mark)};" if mark in "=:" else f"\\{mark}"


def _link(link: Link) -> str:
    url = safe_link(link.url)
    return f"[{escape(link.label)}](<{url}>)" if url else escape(link.label)
