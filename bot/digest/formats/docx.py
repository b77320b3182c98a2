"""The digest as DOCX, for Word, LibreOffice and Pages: real styles, links and tables; equal models, equal bytes."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.digest.formats.chart import draw_png, shows_all
from bot.digest.model import DigestModel
from bot.digest.page.document import Chapter, DigestDocument, Group, Item, PostedText, QuoteEntry, Table
from bot.digest.page.layout import lay_out
from bot.words.cleaning import clean_line, shorten

if TYPE_CHECKING:
    from bot.digest.formats.docx_page import DocxDocument

LONGEST_HEADER = 70
"""Characters of the title at the head of each page: one line, with the edition before it."""


def write_docx(model: DigestModel) -> bytes:
    """The whole file. Its properties name nobody, and its only date is that of the digest."""
    # lxml and python-docx load only where a DOCX digest is written
    from bot.digest.formats.docx_page import DocxDocument

    document = lay_out(model)
    page = DocxDocument(clean_line(document.title), document.language, model.as_of)
    _write_document(page, document)
    return page.save()


def write_quotes(title: str, language: str, quotes: Sequence[QuoteEntry], at: datetime) -> bytes:
    """Quotes alone, in the order in which somebody put them. language: of the file; at: its only date."""
    from bot.digest.formats.docx_page import DocxDocument

    page = DocxDocument(clean_line(title), language, at)
    page.write("Title", title)
    for quote in quotes:
        _write_quote(page, quote)
    return page.save()


def _write_document(page: "DocxDocument", document: DigestDocument) -> None:
    title = shorten(document.title, LONGEST_HEADER)
    page.repeat(f"{document.badge} · {title}" if document.private else title)
    page.write("Kicker", f"{document.kicker} · {document.badge}")
    page.write("Title", document.title)
    page.write("Note", " · ".join(document.facts))
    if document.badge_note:
        page.write("Flag", document.badge_note)
    page.write("Heading 1", document.summary_heading)
    for sentence in document.summary:
        page.write("List Bullet", sentence)
    for chapter in document.chapters:
        _write_chapter(page, chapter)
    for group in document.groups:
        _write_group(page, group, "Heading 1")
    for sentence in document.footer:
        page.write("Note", sentence)


def _write_chapter(page: "DocxDocument", chapter: Chapter) -> None:
    level = "Heading 2" if chapter.heading else "Heading 1"
    if chapter.heading:
        page.write("Heading 1", chapter.heading)
    _write_quotes(page, chapter, level)
    if chapter.table is not None:
        page.write(level, chapter.table_heading)
        _write_table(page, chapter.table)
    if chapter.posted:
        page.write(level, chapter.posted_heading)
    for posted in chapter.posted:
        _write_posted(page, posted)
    if chapter.facts:
        page.write("Note", " ".join(chapter.facts))
    for group in chapter.groups:
        _write_group(page, group, level)
    _write_others(page, chapter, level)


def _write_posted(page: "DocxDocument", posted: PostedText) -> None:
    for text in posted.texts:
        page.write_typed("Posted", text)
    for place in posted.places:
        line = page.start("Note")
        page.link(line, place)


def _write_table(page: "DocxDocument", table: Table) -> None:
    rows = [table.head, *((label, *counts) for label, counts in (*table.rows, table.total))]
    if table.bars is not None and shows_all(table.bars):
        page.write_picture(draw_png(table.bars), table.bars.alt)
    else:
        page.write_table(rows)
    page.write("Note", " ".join(table.notes))


def _write_quotes(page: "DocxDocument", chapter: Chapter, level: str) -> None:
    if chapter.quotes:
        page.write(level, chapter.quotes_heading)
    for quote in chapter.quotes:
        if quote.heading:
            page.write("Heading 3" if chapter.heading else "Heading 2", quote.heading)
        _write_quote(page, quote)
    for sentence in chapter.after_quotes:
        page.write("Normal", sentence)


def _write_others(page: "DocxDocument", chapter: Chapter, level: str) -> None:
    if chapter.others:
        page.write(level, chapter.others_heading)
    for quote in chapter.others:
        _write_quote(page, quote)
    if chapter.others_rest:
        page.write("Rest", chapter.others_rest)


def _write_quote(page: "DocxDocument", quote: QuoteEntry) -> None:
    for part in quote.parts:
        page.write_typed("Quote", part, quote.language)
    line = page.start("Attribution")
    if quote.anchor:
        page.mark(line, quote.anchor)
    if quote.number:
        page.add_run(line, str(quote.number), bold=True)
    page.add_run(line, " — " if quote.number else "— ")
    page.add_run(line, quote.name, bold=True)
    role = f", {clean_line(quote.role)}" if quote.role else ""
    handle = f" ({clean_line(quote.handle)})" if quote.handle else ""
    between = f"{role}{handle}" + (f", {quote.context}" if quote.context else "")
    for source in quote.sources:
        page.add_run(line, f"{between} · ")
        page.link(line, source)
        between = ""
    if between:
        page.add_run(line, between)
    for sentence in quote.provenance:
        page.write("Note", sentence)
    for flag in quote.flags:
        page.write("Flag", flag)
    if quote.rest:
        page.write("Rest", quote.rest)


def _write_group(page: "DocxDocument", group: Group, level: str) -> None:
    page.write(level, group.heading)
    for item in group.items:
        _write_item(page, item)


def _write_item(page: "DocxDocument", item: Item) -> None:
    line = page.start("List Bullet", keeps=bool(item.examples or item.command))
    page.add_run(line, item.sentence)
    for link in item.links:
        page.add_run(line, " ")
        page.link(line, link)
    for example in item.examples:
        page.write_typed("Example", example)
    if item.command:
        page.write("Command", item.command)
