"""The digest as CSV: a quote a row, for a spreadsheet. No cell is a formula; JSON is the lossless form."""

import csv
import io
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.digest.model import Block, DigestModel, Quote
from bot.digest.page.document import QuoteEntry
from bot.digest.page.layout import lay_out
from bot.digest.page.phrases import Phrases, load_phrases, name_network
from bot.quotes import Edition
from bot.words.cleaning import clean, clean_line, safe_link

COLUMNS = ("question", "quote", "name", "role", "handle", "network", "date", "link", "language", "stance", "basis")
"""In both editions, of the quotes and then of what else may be quoted; the private one has two more."""
FOR_WRITER = ("number", "notes")

# OWASP, CSV Injection; the wide forms are formulas to a Japanese Excel.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine."""


def write_csv(model: DigestModel) -> bytes:
    """The whole file: UTF-8 with a byte order mark, commas, lines that end as RFC 4180 says."""
    phrases = load_phrases(model.selection.language, model.zone)
    private = model.edition is Edition.PRIVATE
    file = io.StringIO(_BYTE_ORDER_MARK, newline="")
    file.seek(0, io.SEEK_END)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([phrases.say(f"columns.{name}") for name in (*COLUMNS, *(FOR_WRITER if private else ()))])
    for row in _list_rows(model, phrases):
        writer.writerow([guard(cell) for cell in row])
    return file.getvalue().encode()


def guard(text: str) -> str:
    """`text`, after an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _list_rows(model: DigestModel, phrases: Phrases) -> Iterator[list[str]]:
    for block, chapter in zip(model.selection.blocks, lay_out(model).chapters, strict=True):
        quotes, sayings = (*block.quotes, *block.others), (*chapter.quotes, *chapter.others)
        for quote, saying in zip(quotes, sayings, strict=True):
            row = _write_quote(block, quote, saying, phrases)
            notes = " ".join([*saying.provenance, *saying.flags])
            yield [*row, str(quote.number), notes] if model.edition is Edition.PRIVATE else row


def _write_quote(block: Block, quote: Quote, saying: QuoteEntry, phrases: Phrases) -> list[str]:
    first = quote.passages[0]
    links = (safe_link(source.url) for source in saying.sources)
    return [
        clean_line(block.text),
        "\n\n".join(clean(part) for part in saying.parts),
        clean_line(saying.name),
        saying.role,
        clean_line(saying.handle).removeprefix("@"),  # where a list of somebody's wrote one
        name_network(quote.platform),
        "" if first.undated else f"{first.posted_at.astimezone(ZoneInfo(phrases.zone)):%Y-%m-%d}",
        " ".join(link for link in links if link),
        quote.language,
        "" if quote.option is None else clean_line(block.options[quote.option]),
        phrases.say(f"basis.{quote.basis}") if quote.basis else "",
    ]
