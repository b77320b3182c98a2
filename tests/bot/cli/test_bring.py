import json
import time

import pytest

ROWS = """id,text,author,at
1,"We moved to static pages in 2019, because the CMS cost us 4 hours a week.",ada,2026-11-01T10:00
2,,grace,
3,"I use a paper list: 12 lines, every morning", since 2003.,alan,yesterday
4,"Twelve people, one kettle, no meetings since March.",alan,
"""


@pytest.fixture
def tea(empty_folder):
    """A question of the config that was asked elsewhere."""
    empty_folder.configure('[pullquote]\nname = "The Pull Quote"\n[questions.tea]\ntext = "Which tea?"\n')
    (empty_folder.folder / "mail.csv").write_text(ROWS, encoding="utf-8")
    return empty_folder


def test_good_rows_are_kept_and_bad_ones_told_with_their_line(tea):
    shown = tea("import", "tea", "mail.csv")
    assert shown.code == 1
    assert shown.out == "4 read, 2 added, 0 known already, 2 bad\n"
    assert "mail.csv:3: 'text' is missing or empty" in shown.err
    assert "mail.csv:4: has 5 cells" in shown.err


def test_columns_that_nothing_reads_are_told(tea):
    (tea.folder / "form.csv").write_text("Text,Posted at,\nI use a paper list.,2026-11-01,\n", encoding="utf-8")
    shown = tea("import", "tea", "form.csv")
    assert (shown.code, shown.out) == (0, "1 read, 1 added, 0 known already, 0 bad\n")
    assert "form.csv: nothing reads Posted at; known are id, text, author" in shown.err
    assert json.loads(tea("import", "tea", "form.csv", "--json").out)["unread"] == ["Posted at"]


def test_a_second_import_adds_nothing(tea):
    tea("import", "tea", "mail.csv")
    assert tea("import", "tea", "mail.csv").out == "4 read, 0 added, 2 known already, 2 bad\n"


def test_what_was_imported_is_judged(tea):
    tea("import", "tea", "mail.csv")
    assert all(reply["verdict"] for reply in json.loads(tea.done("replies", "--json")))


def test_only_the_first_twenty_bad_rows_are_told_one_by_one(tea):
    (tea.folder / "bad.jsonl").write_text("nonsense\n" * 30, encoding="utf-8")
    shown = tea("import", "tea", "bad.jsonl")
    assert shown.err.count("bad.jsonl:") == 20
    assert "and 10 more bad rows" in shown.err


@pytest.mark.parametrize(
    ("file", "told"),
    [("missing.csv", "there is no such file"), ("config.toml", "save it as .csv or .jsonl")],
)
def test_a_file_that_cannot_be_read_is_told(tea, file, told):
    shown = tea("import", "tea", file)
    assert shown.code == 1
    assert told in shown.err


def test_a_reply_is_added_by_hand_once(tea):
    reply = ("add", "tea", "--author", "ada", "--text", "By hand: we cut 30 % of all meetings in 2020.")
    assert tea.done(*reply) == "added: ada to tea\n"
    assert tea.done(*reply) == "known already: ada to tea\n"


def test_an_empty_reply_is_refused(tea):
    shown = tea("add", "tea", "--author", "ada", "--text", " ")
    assert shown.code == 1
    assert "'text' is missing or empty" in shown.err


def test_a_program_reads_what_an_import_brought(tea):
    told = json.loads(tea("import", "tea", "mail.csv", "--json").out)
    assert (told["read"], told["added"], [bad["line"] for bad in told["bad"]]) == (4, 2, [3, 4])


FORM = 'text,author,"May we quote you?"\nWe moved in 2019.,Ada,"Yes, with my name"\nIt cost 4 hours.,Ole,No\n'


def test_who_may_be_quoted_is_told_row_by_row(tea):
    (tea.folder / "form.csv").write_text(FORM, encoding="utf-8")
    shown = tea("import", "tea", "form.csv", "--consent", "May we quote you?")
    told = " ".join(shown.out.split())
    assert shown.code == 0
    assert "“May we quote you?” was read row by row: of the new ones 1 may be quoted by name, 1 not to be" in told
    assert shown.out.endswith("2 read, 2 added, 0 known already, 0 bad\n")


def test_a_second_import_says_what_leave_it_adds(tea):
    (tea.folder / "form.csv").write_text(FORM.replace('"May we quote you?"', "mood"), encoding="utf-8")
    tea("import", "tea", "form.csv")
    (tea.folder / "form.csv").write_text(FORM, encoding="utf-8")
    told = " ".join(tea("import", "tea", "form.csv").out.split())
    assert "1 known reply given leave 1 known reply not to be quoted now 2 read, 0 added, 2 known already" in told


def test_a_question_about_a_column_stops_the_import(tea):
    (tea.folder / "form.csv").write_text(FORM.replace("Yes, with my name", "1"), encoding="utf-8")
    shown = tea("import", "tea", "form.csv", "--consent", "yes")
    assert shown.code == 1
    assert '--yes-means "1"' in " ".join(shown.err.split())
    assert json.loads(tea.done("replies", "--json")) == []
    assert tea("import", "tea", "form.csv", "--yes-means", "1").code == 0


def test_nothing_is_added_by_a_dry_run(tea):
    (tea.folder / "form.csv").write_text(FORM, encoding="utf-8")
    assert "2 read, 2 to be added, 0 known already" in tea("import", "tea", "form.csv", "--dry-run").out
    assert json.loads(tea.done("replies", "--json")) == []


def test_columns_with_other_headings_are_named(tea):
    (tea.folder / "form.csv").write_text("Why?,Who\nIt cost 4 hours.,Ada\n", encoding="utf-8")
    assert tea("import", "tea", "form.csv", "--column", "text=Why?", "--column", "author=who").code == 0
    assert tea("import", "tea", "form.csv", "--column", "words=Why?").code == 2


def test_a_header_of_many_letters_is_told_at_once(tea):
    (tea.folder / "wide.csv").write_text(f"text,{'c' * 60_000}\nIt cost 4 hours.,1\n", encoding="utf-8")
    start = time.process_time()
    shown = tea("import", "tea", "wide.csv")
    assert time.process_time() - start < 10  # it took minutes
    assert shown.code == 0
    assert "nothing reads ccccccc" in shown.err
    assert len(shown.err) < 300


PASTED = "Mara Vogel\n• 2nd\nHead of SEO\n1w\nIt cost 4 hours a week.\nLike · 3\nReply"


def test_what_was_copied_from_a_page_is_shown_and_taken_only_as_somebody_says(tea):
    (tea.folder / "page.jsonl").write_text(json.dumps({"text": PASTED}) + "\n", encoding="utf-8")
    shown = tea("import", "tea", "page.jsonl")
    assert shown.code == 1
    assert "looks copied from a page (“Mara Vogel”, “• 2nd”, “Head of SEO”, “1w”); it would" in " ".join(
        shown.err.split()
    )
    assert "1 row not taken" in shown.out
    assert tea("import", "tea", "page.jsonl", "--as-pasted").code == 0
    assert [reply["text"] for reply in json.loads(tea.done("replies", "--json"))] == ["It cost 4 hours a week."]


def test_a_copied_text_is_added_by_hand_only_as_somebody_says(tea):
    reply = ("add", "tea", "--author", "Mara", "--text", PASTED)
    shown = tea(*reply)
    assert (shown.code, "--as-typed" in shown.err) == (1, True)
    assert tea.done(*reply, "--as-typed") == "added: Mara to tea\n"
