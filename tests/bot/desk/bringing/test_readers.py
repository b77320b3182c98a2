"""Files of every dialect, encoding and kind: what is read is what was written, and what is hostile has a clear end."""

import contextlib
import csv
import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.desk import DeskError, HeldFile
from bot.desk.answers.import_files import ReadFile, lay_out
from bot.desk.bringing.columns import look_at_table
from bot.desk.bringing.readers.opening import read_rows
from storage.models import Author, CreditGiven, Reply
from tests.bot.cli.workbooks import write_ods_body, write_xlsx

WORDS = "We stopped in 2021, and nothing moved; not one drop."
CP1252 = "".join(bytes([code]).decode("cp1252") for code in range(160, 256)) + "€–—“”„’…Œ"
LETTERS = st.sampled_from("abcdefgh XYZ,;|'\t\n\"" + CP1252)


def read(name, content):
    """(rows by our columns, what was noted) of a file that nobody explained."""
    file = HeldFile(name, content)
    table = look_at_table(file)
    done = ReadFile()
    layout = lay_out(table.guessed)
    return [layout.pick(row) for _, row in read_rows(file, done, layout)], done


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(st.text(LETTERS, min_size=1), st.text(LETTERS)), min_size=1, max_size=6),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    above=st.sampled_from(["", "sep", "\n", "Answers of November\n\n"]),
    names=st.sampled_from([("text", "author"), ("Answer", "Your name"), ("Antwort", "Name"), ("Respuesta", "Nombre")]),
)
def test_a_table_in_any_dialect_and_encoding_is_read_as_it_was_written(
    rows, delimiter, encoding, end, quoting, above, names
):
    written = io.StringIO(newline="")
    if above:
        written.write((f"sep={delimiter}\n" if above == "sep" else above).replace("\n", end))
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow([*names, "Note"])
    # letters enough that the encoding shows, in the words of the test itself
    writer.writerow(["Für uns hat es sich gelohnt, sagt wer es weiß.", "Jürgen Groß", ""])
    writer.writerows([*row, ""] for row in rows)
    found, done = read("form.csv", written.getvalue().encode(encoding))
    assert done.bad == []
    assert [(row["text"], row["author"]) for row in found] == [
        ("Für uns hat es sich gelohnt, sagt wer es weiß.", "Jürgen Groß"),
        *rows,
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.csv", "a.tsv", "a.txt", "a.json", "a.jsonl", "a.xlsx", "a.ods", "a.zip", "a.js"]),
)
def test_whatever_bytes_come_they_are_rows_or_a_refusal(content, name):
    with contextlib.suppress(DeskError):
        read(name, content)


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        ([{"text": WORDS, "author": "Ada"}, {"text": "No.", "author": "Eva"}], (WORDS, "Ada")),
        ({"meta": {"n": 1}, "data": {"comments": [{"body": WORDS, "author": {"name": "Ada"}}, {"body": "x", "author": {"name": "Eva"}}]}}, (WORDS, "Ada")),
        ([{"tweet": {"full_text": WORDS, "id_str": "1"}}], (WORDS, None)),
        ([{"Answer to why": WORDS, "Full name": "Ada"}], (WORDS, "Ada")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("indent", [None, 2])
def test_json_of_any_shape_is_read_by_its_longest_list(document, wanted, indent):
    found, _ = read("form.json", json.dumps(document, indent=indent).encode())
    assert (found[0]["text"], found[0].get("author")) == wanted


def test_objects_a_line_are_read_whatever_the_file_is_called():
    for name in ("form.json", "form.jsonl", "form.ndjson"):
        found, _ = read(name, f'{{"text": "{WORDS}"}}\n{{"text": "Two."}}\n'.encode())
        assert [row["text"] for row in found] == [WORDS, "Two."]
    assert [row["text"] for row in read("form.jsonl", f'[{{"text": "{WORDS}"}}]'.encode())[0]] == [WORDS]


def test_a_row_that_describes_the_columns_is_no_answer():
    head = b"Answer,Your name\nOpen-Ended Response,Open-Ended Response\n"
    assert [row["author"] for row in read("form.csv", head + b"We stopped at last.,Ada\n")[0]] == ["Ada"]
    assert len(read("form.csv", b"Answer,Your name\nOpen-Ended Response,Ada\n")[0]) == 1


def test_a_second_column_of_a_name_is_read_where_the_first_is_empty_and_may_be_chosen():
    found, _ = read("form.csv", b"text,author,Author\nOne.,,Ada\nTwo.,Eva,\n")
    assert [row["author"] for row in found] == ["Ada", "Eva"]
    layout = lay_out({"text": "Comments #2"}, chosen=["Comments #2"])
    rows = read_rows(HeldFile("a.csv", b"Comments,Comments\nOne.,Two.\n"), ReadFile(), layout)
    assert [layout.pick(row)["text"] for _, row in rows] == ["Two."]


def test_a_formula_is_what_was_calculated_and_a_whole_number_has_no_point(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(
        path,
        (
            "S",
            [
                ["text", "author", "id"],
                ['=CONCATENATE("a","b")|We stopped.', "=1+1|Ada", 7],
                ["=HYPERLINK(1)|", "Eva", 8.5],
            ],
        ),
    )
    found, _ = read("a.xlsx", path.read_bytes())
    assert [(row["text"], row["author"], row["id"]) for row in found] == [
        ("We stopped.", "Ada", "7"),
        ("", "Eva", "8.5"),
    ]


# ---------------------------------------------------------------- hostile


def pack(*members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def change(path, name, content):
    """A workbook with another member."""
    with zipfile.ZipFile(path) as archive:
        return pack(*((each, content if each == name else archive.read(each)) for each in archive.namelist()))


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, ("S", [["text", "author"], [WORDS, "Ada"]]))
    return path


def test_a_workbook_that_unpacks_to_too_much_is_refused(workbook, monkeypatch):
    monkeypatch.setattr("bot.desk.bringing.readers.sheets.LARGEST_UNPACKED", 5_000_000)
    bomb = change(workbook, "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 6_000_000)
    assert len(bomb) < 20_000
    with pytest.raises(DeskError, match=r"a\.xlsx: it unpacks to more than 4 MiB"):
        read("a.xlsx", bomb)


@pytest.mark.parametrize("place", ["XFD1048576", "XFD1", "ZZ1048576"])
def test_cells_that_are_too_far_apart_are_refused(workbook, place):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>text</t></is></c></row><row>'
        f"<c t='inlineStr' s=\"1\" r='{place}'><is><t>x</t></is></c></row></sheetData></worksheet>"
    )
    with pytest.raises(DeskError, match="its cells reach to column"):
        read("a.xlsx", change(workbook, "xl/worksheets/sheet1.xml", sheet))


def test_cells_that_repeat_without_end_are_refused(tmp_path):
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    write_ods_body(
        tmp_path / "a.ods", f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    )
    with pytest.raises(DeskError, match="its cells reach to column 16,384 and row 1,048,576"):
        read("a.ods", (tmp_path / "a.ods").read_bytes())


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PKxx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"", b"text\n"]
)
def test_what_only_looks_like_a_workbook_is_refused(content):
    with pytest.raises(DeskError, match=r"a\.xlsx: it is no spreadsheet that can be read"):
        read("a.xlsx", content)


def test_a_million_columns_are_refused():
    with pytest.raises(DeskError, match="it has 1,000,001 columns, at most 2,000"):
        read("a.csv", b"text" + b",c" * 1_000_000 + b"\nOne.\n")


def test_a_cell_with_nul_is_a_bad_row_of_its_own():
    found, _ = read("a.csv", b"text,author\nOne\0two.,Ada\nThree.,Eva\n")
    assert [row["text"] for row in found] == ["One\0two.", "Three."]


@pytest.mark.parametrize(
    "content",
    [pack(("a.txt", "x")), pack(("a.csv", "text\nOne."), ("b.csv", "text\nTwo.")), b"PK\x05\x06" + b"\0" * 18],
)
def test_an_archive_without_one_table_is_refused(content):
    with pytest.raises(DeskError, match=r"a\.zip: it packs \d tables"):
        read("a.zip", content)


def test_arrays_within_arrays_without_end_are_refused():
    with pytest.raises(DeskError, match=r"a\.json: it is not JSON"):
        read("a.json", b"[" * 200_000)


# ---------------------------------------------------------------- what becomes of it


async def test_markup_is_what_was_shown_and_told(bot, load, said):
    done = await load(
        "a.csv",
        'text,author\n"<p>We stopped &amp; <b>nothing</b> moved.</p><p>Not once.</p>",Ada\n"It&#39;s <br>so.",Eva\nA < b & c > d,Una\n',
    )
    assert [text for _, text in await said()] == [
        "We stopped & nothing moved.\n\nNot once.",
        "It's \nso.",
        "A < b & c > d",
    ]
    assert done.marked == 2


async def test_broken_letters_are_shown_and_not_stored_before_somebody_decides(load, said):
    broken = (
        "text,author\nWir haben 2021 aufgehÃ¶rt â€“ nichts geschah.,JÃ¼rgen GroÃŸ\nGanz heil: Ähre Ö.,Zoë Ångström\n"
    )
    done = await load("a.csv", broken)
    assert (done.added, [(row.is_broken, row.words) for row in done.pasted]) == (
        1,
        [(True, "Wir haben 2021 aufgehört – nichts geschah.")],
    )
    await load("a.csv", broken, pasted="as_pasted")
    assert ("Jürgen Groß", "Wir haben 2021 aufgehört – nichts geschah.") in await said()


async def test_what_people_say_of_themselves_is_their_credit_and_their_address_is_shown_nowhere(bot, load):
    content = "text,author,role,company,website,email\nWe stopped.,Ada,Head of search,Nordlicht,nordlicht.example,ada@example.org\nNo.,Eva,,,javascript:1,\n"
    await load("a.csv", content, columns={"organisation": "company", "page": "website"})
    (credit,) = await bot.rows(CreditGiven)
    assert (credit.role, credit.organisation, credit.link) == (
        "Head of search",
        "Nordlicht",
        "https://nordlicht.example",
    )
    assert [reply.extra.get("email") for reply in await bot.rows(Reply)] == ["ada@example.org", None]
    assert [author.handle for author in await bot.rows(Author)] == ["", ""]


async def test_a_mapping_is_remembered_for_the_next_file_of_its_shape(load, said):
    head = "Thoughts,More thoughts,Who\n"
    first = head + "A sentence that is long enough here.,We stopped in twenty twenty-one.,Ada\n"
    with pytest.raises(DeskError, match=r"may both hold what they said: say which, --text"):
        await load("a.csv", first)
    await load("a.csv", first, columns={"text": "More thoughts", "author": "Who"})
    await load("b.csv", head + "Another sentence that is long enough.,We never began at all.,Eva\n")
    assert await said() == [("Ada", "We stopped in twenty twenty-one."), ("Eva", "We never began at all.")]


# ---------------------------------------------------------------- a name in two columns


@pytest.mark.parametrize(
    ("headings", "author"),
    [
        ("First name,Last name,Why?", "First name + Last name"),
        ("Ihr Nachname,Ihr Vorname,Warum?", "Ihr Vorname + Ihr Nachname"),
        ("Vorname,Name,Warum?", "Vorname + Name"),
        ("Prénom,Nom,Pourquoi ?", "Prénom + Nom"),
        ("Name,First name,Why?", "Name"),
        ("Nombre,Respuesta", "Nombre"),
    ],
)
def test_a_first_and_a_last_name_are_one_author(headings, author):
    table = look_at_table(HeldFile("form.csv", f"{headings}\nAda,Lovelace,It took six months.\n".encode()))
    assert table.guessed["author"] == author
    assert author in table.headings


async def test_both_halves_of_a_name_are_credited_and_told_and_none_is_left_over(bot, load):
    done = await load(
        "form.jsonl",
        [
            {"Vorname": "Ada", "Nachname": "Lovelace", "Warum?": "We dropped it in March."},
            {"Vorname": "Grace", "Nachname": "", "Warum?": "Nobody used it at all."},
        ],
    )
    assert [author.display_name for author in await bot.rows(Author)] == ["Ada Lovelace", "Grace"]
    assert (done.mapping["author"], done.unread) == ("Vorname + Nachname", [])
