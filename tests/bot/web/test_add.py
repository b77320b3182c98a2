"""Answers from elsewhere on the page: what is understood is shown, corrected, taken, and taken back."""

import re
from html import unescape
from pathlib import Path

import pytest

from bot.desk.bringing.columns import guess_columns
from storage.models import Author, Reply, Revision
from storage.states import TOMBSTONES

FORM = (
    "Zeitstempel,Ihr Name,Was haben Sie aufgegeben und was geschah?,Dürfen wir Sie zitieren?,Notiz\n"
    '2026-11-15T10:00,Ada Lovelace,"We dropped AMP last March, because nobody used it.",Ja,x\n'
    "2026-11-15T11:00,Grace Hopper,I stopped disavowing links after a test on 40 sites.,Nein,\n"
    "2026-11-15T12:00,Alan Turing,I would not go back to estimates whatever my manager pays.,nur nach Absprache mit Bob,\n"
).encode()


@pytest.fixture
async def asked(open_bot):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T08:01"}})
    await bot.tick(minutes=1)
    return bot


@pytest.fixture
async def served(asked, open_page):
    return await open_page(asked)


async def list_stored(bot):
    standing = {each.id for each in await bot.rows(Reply) if each.state not in TOMBSTONES}
    return sorted(each.text for each in await bot.rows(Revision) if each.reply_id in standing)


def read_held(answer):
    return re.search(r'name="held" value="([^"]*)"', answer.text)[1]


# ---------------------------------------------------------------- in the browser


async def test_a_dropped_file_is_understood_corrected_taken_and_taken_back(
    asked, open_page, open_browser, find_barriers
):
    tab = await open_browser(await open_page(asked, enters=False))
    await tab.click("nav >> text=Add answers")
    await tab.set_input_files("input[type=file]", files=[{"name": "form.csv", "mimeType": "text/csv", "buffer": FORM}])
    if not await tab.locator("#brought form").count():
        await tab.click("text=Show what is understood")
    await tab.wait_for_selector("text=3 answers would be added")
    assert await tab.input_value("select[name=column_text]") == "Was haben Sie aufgegeben und was geschah?"
    assert await tab.input_value("select[name=column_author]") == "Ihr Name"
    assert await tab.input_value("select[name=column_at]") == "Zeitstempel"
    assert await tab.is_disabled("text=Add 3 answers")
    assert await find_barriers(tab) == []
    assert await list_stored(asked) == []
    await tab.select_option("select[name=means]", label="ask first")
    await tab.wait_for_selector("button:enabled >> text=Add 3 answers")
    assert await find_barriers(tab) == []
    await tab.click("text=Add 3 answers")
    await tab.wait_for_selector("#told >> text=3 answers are added.")
    assert len(await list_stored(asked)) == 3
    await tab.click("#told >> text=Undo")
    await tab.wait_for_selector("#told >> text=Taken back")
    assert await list_stored(asked) == []
    assert tab.problems == []


# ---------------------------------------------------------------- over the socket


async def test_nothing_is_stored_before_it_is_taken(served, asked):
    shown = await served.post("/add", question="habits", files={"file": ("form.csv", FORM)})
    assert "3 answers would be added" in shown.text
    assert "Nein" not in await list_stored(asked)
    assert await list_stored(asked) == []
    refused = await served.post("/add/take", question="habits", held=read_held(shown), column_text="Notiz")
    assert refused.status_code == 422
    assert await list_stored(asked) == []


async def test_another_column_is_read_where_somebody_says_so(served):
    shown = await served.post("/add", question="habits", text="who\tsaid\tlong\nAda\tyes\tWe dropped it all last year.")
    assert 'value="long" selected' in shown.text
    other = await served.post(
        "/add/preview", question="habits", held=read_held(shown), column_text="said", column_author="who"
    )
    assert re.search(r'<td><bdi>Ada</bdi></td><td dir="auto">yes</td>', other.text)


async def test_without_a_column_of_words_one_is_asked_for(served):
    shown = await served.post("/add", question="habits", text="a\tb\n1\t2\n3\t4")
    assert "Choose the column that holds what was said." in shown.text
    assert "/add/take" not in shown.text


async def test_what_is_left_out_is_told_with_why(served):
    rows = "text,author,id\nWe dropped it.,Ada,1\n,Grace,2\nWe kept it all.,Alan,1\n"
    shown = unescape((await served.post("/add", question="habits", files={"file": ("a.csv", rows.encode())})).text)
    assert "1 answer would be added" in shown
    assert "2 rows cannot be taken" in shown
    assert "the id 1 stands in line 2 too" in shown


async def test_words_that_all_agreed_by_give_leave(served, asked):
    shown = await served.post(
        "/add", question="habits", files={"file": ("a.csv", b"text,author\nWe dropped it.,Ada\n")}
    )
    given = {"column_text": "text", "column_author": "author", "consent": "You may quote me"}
    shown = await served.post("/add/preview", question="habits", held=read_held(shown), **given)
    assert "1 yes, by name" in shown.text
    done = await served.post("/add/take", question="habits", held=read_held(shown), **given)
    assert "1 answer is added." in done.text
    assert await list_stored(asked) == ["We dropped it."]


async def test_one_answer_is_added_by_hand(served, asked):
    shown = await served.post("/add", question="habits", text="We dropped AMP last March. It was time.")
    assert "Who said it" in shown.text
    nobody = await served.post("/add/one", question="habits", text="We dropped AMP last March.", author="")
    assert (nobody.status_code, "Say who said it." in nobody.text) == (422, True)
    done = await served.post(
        "/add/one", question="habits", text="We dropped AMP last March. It was time.", author="Ada", network="mail"
    )
    assert "Ada is added." in done.text
    assert "Undo" in done.text
    assert await list_stored(asked) == ["We dropped AMP last March. It was time."]
    assert (
        "known already"
        in (
            await served.post(
                "/add/one",
                question="habits",
                text="We dropped AMP last March. It was time.",
                author="Ada",
                network="mail",
            )
        ).text
    )


async def test_one_answer_that_looks_copied_is_asked_about(served, asked):
    copied = "Ada Lovelace\n2 days ago\nWe dropped AMP last March, and nobody asked.\nLike\nReply"
    answer = {"question": "habits", "text": copied, "author": "Ada Lovelace"}
    asked_about = await served.post("/add/one", **answer, pasted="ask")
    assert asked_about.status_code == 422
    assert "“We dropped AMP last March, and nobody asked.”" in asked_about.text
    assert "--as-pasted" not in asked_about.text
    await served.post("/add/one", **answer, pasted="as_pasted")
    assert await list_stored(asked) == ["We dropped AMP last March, and nobody asked."]


async def test_a_column_about_the_name_alone_asks_for_the_words_of_leave(served, asked):
    rows = b"text,author,May we use your name?\nWe dropped it all.,Ada,yes\n"
    shown = await served.post("/add", question="habits", files={"file": ("a.csv", rows)})
    assert "asks about the name" in shown.text
    assert "disabled" in shown.text
    given = {"column_text": "text", "column_author": "author", "consent": "You may quote me"}
    shown = await served.post("/add/preview", question="habits", held=read_held(shown), **given)
    assert "1 yes, by name" in shown.text
    assert "asks about the name" not in shown.text


async def test_a_file_from_the_first_screen_is_shown_as_it_is_understood(served):
    led = await served.post("/take", text="", files={"file": ("form.csv", FORM)})
    assert "3 answers would be added" in (await served.get(led.headers["hx-redirect"])).text


async def test_a_file_that_is_held_no_longer_is_asked_for_again(served, asked):
    shown = await served.post("/add", question="habits", files={"file": ("form.csv", FORM)})
    asked.clock.advance(minutes=11)
    await served.post("/add", question="habits", files={"file": ("other.csv", FORM)})
    gone = await served.post("/add/take", question="habits", held=read_held(shown))
    assert (gone.status_code, "bring it again" in gone.text) == (422, True)


async def test_hostile_cells_are_text(served):
    hostile = "</select><script>alert(1)</script>"
    rows = f"text,author,May we quote you?,{hostile}\n{hostile} We dropped it.,{hostile},{hostile},x\n"
    shown = await served.post("/add", question="habits", files={"file": (f"{hostile}.csv", rows.encode())})
    assert shown.status_code == 200
    assert "<script" not in shown.text


async def test_another_workspace_has_no_such_question(asked, open_page):
    other = await open_page(asked, workspace="guild:1")
    assert (await other.post("/add", question="habits", files={"file": ("form.csv", FORM)})).status_code == 422
    assert (await other.post("/add/one", question="habits", text="We did.", author="Ada")).status_code == 422
    assert await asked.rows(Author) == []


# ---------------------------------------------------------------- which column is which


@pytest.mark.parametrize(
    ("headings", "wanted"),
    [
        (("Timestamp", "Your name", "Your answer", "May we quote you by name?"), {"text": "Your answer", "author": "Your name", "at": "Timestamp"}),
        (("id", "text", "author", "handle", "link", "at"), {name: name for name in ("id", "text", "author", "handle", "link", "at")}),
        (("Nachricht", "Benutzername", "URL"), {"text": "Nachricht", "handle": "Benutzername", "link": "URL"}),
        (("Q1", "Q2"), {}),
        ((), {}),
        (("Name", "Name"), {"author": "Name"}),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings(headings, wanted):
    assert guess_columns(headings) == wanted


def test_a_column_of_sentences_is_what_was_said():
    rows = [("3", "It took us six months to get there."), ("4", "Nobody noticed for eleven weeks.")]
    assert guess_columns(("Q1", "Q2"), rows) == {"text": "Q2"}


async def test_a_pasted_table_is_one_though_its_last_heading_is_a_question(bot, opened_page):
    await bot.tick()
    table = "Name\tAnswer\tMay we quote you?\nHanna Lind\tWe stopped the Friday issue in 2024.\tyes"
    shown = await opened_page.post("/add", question="habits", text=table)
    assert "pasted" in shown.text
    assert "Hanna Lind" in shown.text
    assert "Who said it" not in shown.text


async def test_a_pasted_page_is_one_answer_a_person_with_its_own_lines_told(served, asked):
    page = (Path(__file__).parents[1] / "cli/exports/linkedin.txt").read_text(encoding="utf-8")
    shown = await served.post("/add", question="habits", text=page)
    assert "2 answers would be added" in shown.text
    assert "a page of LinkedIn" in shown.text
    assert "“Load more comments”" in unescape(shown.text)
    await served.post("/add/take", question="habits", held=read_held(shown), column_text="text", column_author="author")
    assert [text.partition(":")[0] for text in await list_stored(asked)] == [
        "I still do it for one client with a manual penalty",
        "We stopped in 2021 and nothing moved",
    ]


async def test_the_order_of_dates_is_told_and_corrected(served, asked):
    table = "Name\tAnswer\tDate\nHanna Lind\tWe stopped the Friday issue in 2024.\t11/12/2026"
    shown = await served.post("/add", question="habits", text=table)
    assert "say --dates mdy" in unescape(shown.text)
    columns = {"column_text": "Answer", "column_author": "Name", "column_at": "Date"}
    again = await served.post("/add/preview", question="habits", held=read_held(shown), dates="mdy", **columns)
    assert "say --dates" not in again.text
    await served.post("/add/take", question="habits", held=read_held(again), dates="mdy", **columns)
    (reply,) = await asked.rows(Reply)
    assert f"{reply.posted_at:%Y-%m}" == "2026-11"
