"""Copied pages as networks print them: who speaks is told from their words, and the page's own lines from both."""

import time

import pytest

from bot.desk import DeskError, HeldFile
from bot.desk.answers.import_files import ReadFile, lay_out
from bot.desk.bringing.readers.opening import read_rows
from bot.desk.bringing.readers.pages import find_people, hold_page, split_lines

FACEBOOK = """Kommentare
Relevanteste
Jürgen von der Heide
Wir haben 2021 aufgehört.
Nichts geschah.
3 Std.
Gefällt mir
Antworten
Zoë Ångström
Für einen Kunden schon noch.
2 Std.
Gefällt mir
Antworten
"""
LINKEDIN = """Profil von Mara Vogel anzeigen
Mara Vogel
 • 2.
Leiterin Suche bei Nordlicht
2 Std.

Wir haben 2021 aufgehört.

Gefällt mir
Antworten
Profil von Ivo Brandt anzeigen
Ivo Brandt
 • 3. und höher
Berater
1 Tag (bearbeitet)
Ich mache es noch.
Gefällt mir
Antworten
"""
X = """Mara Vogel @mara_v · 3h
We stopped in 2021, and nothing moved.
2
4
Ivo Brandt @ivob · Nov 20
Replying to @mara_v
Still do.
1
"""


def read(page):
    done = ReadFile()
    rows = read_rows(HeldFile("page.txt", page.encode()), done, lay_out({"text": "text"}))
    return [(row["author"], row["handle"], row["role"], row["text"]) for _, row in rows], done


@pytest.mark.parametrize(
    ("page", "people"),
    [
        (FACEBOOK, [("Jürgen von der Heide", None, None, "Wir haben 2021 aufgehört.\nNichts geschah."), ("Zoë Ångström", None, None, "Für einen Kunden schon noch.")]),
        (LINKEDIN, [("Mara Vogel", None, "Leiterin Suche bei Nordlicht", "Wir haben 2021 aufgehört."), ("Ivo Brandt", None, "Berater", "Ich mache es noch.")]),
        (X, [("Mara Vogel", "mara_v", None, "We stopped in 2021, and nothing moved."), ("Ivo Brandt", "ivob", None, "Still do.")]),
    ],
    ids=["facebook", "linkedin", "x"],
)  # fmt: skip
def test_a_reply_a_person_without_what_the_page_prints(page, people):
    assert read(page)[0] == people


def test_what_is_left_out_is_told():
    _, done = read(FACEBOOK)
    assert [*map(str, done.told)] == [
        "nobody's answer, above the first person: “Kommentare”, “Relevanteste”",
        "the page's own, left out: “Gefällt mir”, “Antworten”, “3 Std.”, “2 Std.”",
    ]


@pytest.mark.parametrize(
    ("when", "written"),
    [("3h", "3h"), ("2:05 PM · Nov 20, 2026", "2:05 PM Nov 20, 2026"), ("Nov 20, 2026", "Nov 20, 2026")],
)
def test_when_it_was_said_is_read_as_the_page_says_it(when, written):
    page = f"Mara Vogel\n@mara_v\n·\n{when}\nWe stopped in 2021.\nIvo Brandt @ivob · {when}\nStill do.\n1\n"
    rows = [row for _, row in read_rows(HeldFile("page.txt", page.encode()), ReadFile(), lay_out({}))]
    assert [row["at"] for row in rows] == [written, written]


def test_how_a_page_was_read_is_german_for_who_reads_german():
    _, done = read(FACEBOOK)
    assert done.told[0].tell("de") == "niemandes Antwort, über der ersten Person: “Kommentare”, “Relevanteste”"
    with pytest.raises(DeskError) as refused:
        read("A letter from somebody.\nAnd no people.")
    assert refused.value.tell("de").startswith("page.txt: niemand ist darin zu erkennen")


@pytest.mark.parametrize("text", ["A letter from somebody.\nIt has lines.\nAnd no people.", "", "Mara Vogel", "@mara"])
def test_a_text_without_people_is_no_page(text):
    assert hold_page(text) is None
    with pytest.raises(DeskError, match=r"page\.txt: no person is recognised"):
        read(text)


@pytest.mark.parametrize(
    "page", ["Mara Vogel\n" * 50_000, "@a\n3h\n" * 20_000, "x" * 150 + "\n", f"{'a ' * 80}\n" * 5_000]
)
def test_a_large_page_takes_no_time(page):
    start = time.process_time()
    find_people(split_lines(page))
    assert time.process_time() - start < 20  # none grows faster than its lines
