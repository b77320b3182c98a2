"""The digest as CSV: a quote a row, and no formula."""

import csv
import io

import pytest

from bot.digest import render
from bot.digest.formats.csv import guard
from bot.quotes import Edition


def rows_of(model):
    return list(csv.reader(io.StringIO(render(model, "csv").decode("utf-8-sig"), newline="")))


async def test_a_quote_is_a_row_with_all_that_belongs_to_it(stage, sample):
    head, *rows = rows_of(await stage.digest(sample, Edition.PUBLIC))
    assert head == [
        "Question",
        "Quote",
        "Name",
        "Role",
        "Handle",
        "Network",
        "Date",
        "Link",
        "Language",
        "Stance",
        "Known by",
    ]
    row = next(row for row in (dict(zip(head, row, strict=True)) for row in rows) if row["Name"] == "Ada Lovelace")
    assert row["Quote"].startswith("Postmortems, and it is not close.")
    assert (row["Stance"], row["Known by"]) == ("Postmortems", "said so in the answer")
    assert (row["Name"], row["Handle"], row["Network"]) == ("Ada Lovelace", "ada.example", "Bluesky")
    assert (row["Date"], row["Language"]) == ("2026-11-16", "en")
    assert row["Link"].startswith("https://bluesky.example/ada.example/")
    assert len(rows) == 22  # ten quotes, and what else may be quoted


async def test_notes_are_for_the_writer_alone(stage, sample):
    assert rows_of(await stage.digest(sample))[0][-1] == "Notes"
    assert any("Kept by" in row[-1] for row in rows_of(await stage.digest(sample)))


async def test_excel_is_told_that_it_is_utf_8(stage, sample):
    assert render(await stage.digest(sample), "csv").startswith(b"\xef\xbb\xbfQuestion,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_takes_for_a_formula_is_guarded(start):
    assert guard(f"{start}SUM(A1:A9)") == f"'{start}SUM(A1:A9)"


@pytest.mark.parametrize("text", ["", "We keep it.", "3 + 4 = 7", "'=1", "a\nb"])
def test_what_is_none_stays_as_it_is(text):
    assert guard(text) == text


async def test_every_text_column_is_guarded(stage):
    question = await stage.question(text="=1+1")
    author = await stage.author("@SUM(1)", handle="+1")
    await stage.reply(question, "=HYPERLINK(1)", author)
    assert [cell[:2] for cell in rows_of(await stage.digest(question))[1][:5]] == ["'=", "'=", "'@", "", "'+"]


async def test_a_text_with_commas_quotes_and_lines_is_one_cell(stage):
    question = await stage.question()
    said = 'He said "no", twice.\nThen we left, all of us.'
    await stage.reply(question, said)
    assert rows_of(await stage.digest(question))[1][1] == said
