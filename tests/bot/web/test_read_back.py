"""Reading back on the page: the letter is seen before it goes out, it goes once, and what became of it stands there."""

import pytest

from storage.models import ReadBack
from tests.bot.delivery.server import Inbox, Server

HERE = "/answers/habits/1/read-back"


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
async def page(answered, inbox, open_page):
    with Server(inbox) as server:
        mail = {"host": "127.0.0.1", "port": server.port, "security": "none", "sender": "Mara <mara@example.org>"}
        await answered.restart(mail=mail)
        yield await open_page(answered)


async def test_the_letter_is_shown_and_nothing_is_sent(answered, page, inbox):
    shown = await page.get(HERE, headers={"hx-request": "true"})
    assert "Are these your words" in shown.text
    changed = await page.post(f"{HERE}/draft", follow_up="How many of you?", to="ada@acme.example")
    assert "How many of you?" in changed.text
    assert "an address that they publish" in changed.text
    assert (await answered.rows(ReadBack), inbox.taken) == ([], [])


async def test_what_the_credit_lacks_is_the_question_that_is_proposed(page):
    assert "May we print" in (await page.get(HERE, headers={"hx-request": "true"})).text


async def test_it_is_sent_once_and_how_it_stands_is_said(answered, page, inbox):
    given = {"follow_up": "How many of you?", "to": "ada@acme.example"}
    first, second = [await page.post(HERE, **given) for _ in range(2)]
    assert (first.status_code, second.status_code) == (200, 422)
    assert "not heard yet" in first.text
    assert "not heard yet" in (await page.get("/answers/habits/1", headers={"hx-request": "true"})).text
    assert [mail["To"] for mail in inbox.taken] == ["ada@acme.example"]


async def test_without_an_address_it_is_noted_and_can_be_copied_again(answered, page, inbox):
    noted = await page.post(HERE, follow_up="", to="")
    assert "Copy the letter and send it" in noted.text
    again = await page.get(HERE, headers={"hx-request": "true"})
    assert "Are these your words" in again.text
    assert (len(await answered.rows(ReadBack)), inbox.taken) == (1, [])


async def test_an_address_that_is_none_is_refused_in_a_sentence(page):
    refused = await page.post(HERE, follow_up="", to="<script>")
    assert refused.status_code == 422
    assert "is no mail address" in refused.text
    assert "<script>" not in refused.text.replace("<script src", "")


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
async def test_it_is_read_back_in_the_browser(answered, page, inbox, open_page, open_browser, find_barriers, language):
    opened = await open_page(answered, enters=False, first="/answers/habits")
    tab = await open_browser(opened, extra_http_headers={"accept-language": language}, width=390)
    await tab.wait_for_selector("#one mark")
    await tab.click("[hx-get$='/read-back']")
    await tab.wait_for_selector("#one .letter")
    assert await find_barriers(tab) == []
    await tab.fill("#to", "ada@acme.example")
    await tab.click("#read-back button")
    await tab.wait_for_selector("#one .letter")
    tab.on("dialog", lambda dialog: dialog.accept())
    await tab.click("[hx-post$='/read-back']")
    await tab.wait_for_selector("#one [data-answer]")
    assert await find_barriers(tab) == []
    assert len(inbox.taken) == 1
    assert tab.problems == []
