"""What is running: sentences, backing up, notices; printed quotes and people; erasing, which asks first."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.desk import Remedy, StatusTeller, read_status
from storage.models import Author
from tests.running import ANSWERS


@pytest.fixture
async def asked(open_bot):
    """A question that is out, with three answers."""
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T09:00"}}, guilds={})
    await bot.tick(minutes=61)
    bot.replies = {who: bot.reply(who) for who in ANSWERS}
    await bot.tick(minutes=6)
    return bot


async def test_how_things_stand_is_said_as_the_terminal_says_it(asked, open_page):
    opened = await open_page(asked)
    shown = (await opened.get("/running")).text
    remedies = {remedy: str(remedy) for remedy in Remedy}
    teller = StatusTeller("en", lambda moment: f"{moment:%H:%M}" if moment else "never", remedies)
    question = (await read_status(asked.context, "config")).questions[0]
    sentences = [line.text.split(", closes")[0] for line in teller.tell_question(question)]
    assert len(sentences) == 2
    for sentence in sentences:
        assert sentence in shown


async def test_it_speaks_the_language_of_the_browser(asked, open_page):
    opened = await open_page(asked)
    shown = (await opened.get("/running", headers={"accept-language": "de"})).text
    assert "gewünschten dürfen zitiert werden" in shown
    assert "wanted may be quoted" not in shown


async def test_what_needs_somebody_stands_first_with_what_to_do(asked, open_page):
    opened = await open_page(asked)
    await opened.post("/running/pause")
    asked.clock.advance(minutes=30)
    shown = (await opened.get("/running")).text
    alarms = shown[shown.index('class="alarms"') : shown.index("</ul>", shown.index('class="alarms"'))]
    assert "all posting is paused; go on with: the button here" in alarms
    assert "nothing is posted or collected until: it is started (pullquote run)" in alarms
    await opened.post("/running/resume")
    assert "all posting is paused" not in (await opened.get("/running")).text


async def test_a_copy_is_made_beside_the_config(asked, open_page):
    opened = await open_page(asked)
    told = (await opened.post("/running/back-up")).text
    copies = list((asked.folder / "backups").iterdir())
    assert len(copies) == 1
    assert copies[0].name in told
    assert copies[0].read_bytes().startswith(b"SQLite format 3")
    again = await opened.post("/running/back-up")
    assert again.status_code == 422  # the same second: a copy is never written over


async def test_everything_is_exported_beside_the_config(asked, open_page):
    opened = await open_page(asked)
    await opened.post("/running/export")
    (folder,) = asked.folder.glob("export-*")
    assert json.loads((folder / "questions.json").read_text())[0]["slug"] == "habits"


async def test_a_notice_is_tried_and_a_way_that_is_not_there_refused(asked, open_page):
    heard = []

    async def hear(reader, writer):
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        heard.append(await reader.read(4096))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/canary"
    await asked.restart(notices={"webhook": address})
    opened = await open_page(asked)
    shown = (await opened.get("/running")).text
    assert 'value="webhook"' in shown
    assert "canary" not in shown
    assert "A notice went out" in (await opened.post("/running/try-notice", place="webhook")).text
    assert b"This is a trial of pullquote" in heard[1]
    assert (await opened.post("/running/try-notice", place="ntfy")).status_code == 422
    server.close()


# ---------------------------------------------------------------- lists


async def test_people_are_found_and_what_is_held_on_one_is_handed_over(asked, open_page):
    opened = await open_page(asked)
    assert "ada" in (await opened.get("/running/people")).text
    assert "Nobody of this name" in (await opened.get("/running/people?named=zoe")).text
    author = next(each for each in await asked.rows(Author) if each.handle == "ada")
    held = await opened.get(f"/running/people/{author.id}/about")
    assert held.headers["content-disposition"] == f'attachment; filename="person-{author.id}.json"'
    assert ANSWERS["ada"] in json.dumps(held.json())


async def test_whoever_is_to_be_erased_is_named_with_what_goes_and_is_gone(asked, open_page):
    opened = await open_page(asked)
    author = next(each for each in await asked.rows(Author) if each.handle == "ada")
    sure = (await opened.get(f"/running/people/{author.id}/forget")).text
    assert "1 answer" in sure
    assert ANSWERS["ada"] in sure
    assert "cannot be undone" in sure
    assert [each.handle for each in await asked.rows(Author)].count("ada") == 1  # nothing is done by looking
    done = await opened.client.post(f"/running/people/{author.id}/forget")
    assert "is erased" in done.text
    assert "ada" not in [each.handle for each in await asked.rows(Author)]
    assert f"people/{author.id}" not in (await opened.get("/running/people")).text


@pytest.mark.parametrize("path", ["9999", "0", "x", "9" * 30])
async def test_nobody_else_is_there(asked, open_page, path):
    opened = await open_page(asked)
    for ending in ("", "/about", "/forget"):
        assert (await opened.get(f"/running/people/{path}{ending}")).status_code == 422


async def test_a_printed_quote_is_entered_and_followed(asked, open_page):
    opened = await open_page(asked)
    fields = {"reply": "ada", "url": "https://example.org/story", "title": "Habits"}
    entered = await opened.client.post("/running/printed", data=fields)
    assert "https://example.org/story" in entered.text
    assert "as it was" in (await opened.get("/running/printed")).text
    asked.delete(asked.replies["ada"])
    await asked.tick(minutes=6)
    assert "its author deleted it" in (await opened.get("/running/printed")).text
    refused = await opened.client.post("/running/printed", data=fields | {"url": "javascript:alert(1)"})
    assert refused.status_code == 422


# ---------------------------------------------------------------- in a browser


async def test_the_screen_is_used_by_keys_and_nothing_bars_anybody(asked, open_page, open_browser, find_barriers):
    opened = await open_page(asked, enters=False)
    tab = await open_browser(opened)
    await tab.click("nav >> text=What is running")
    assert await find_barriers(tab) == []
    await tab.focus("text=Back up now")
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector("#told >> text=Copied to")
    await tab.focus("text=Pause all posting")
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector("#state .alarms:has-text('all posting is paused')")
    await tab.click("text=Go on posting")
    await tab.wait_for_selector("#state:not(:has-text('all posting is paused'))")
    await tab.click("main >> text=Printed quotes")
    assert await find_barriers(tab) == []
    await tab.goto(f"{opened.address}/running/people")
    assert await find_barriers(tab) == []
    await tab.click("main >> text=ada")
    assert await find_barriers(tab) == []
    await tab.click("text=Erase this person")
    assert await find_barriers(tab) == []
    await tab.click("button:has-text('for good')")
    await tab.wait_for_selector("h1:has-text('is erased')")
    assert await find_barriers(tab) == []
    assert tab.problems == []


# ---------------------------------------------------------------- a remedy as a button in the red line


async def test_a_post_that_waits_for_another_try_is_tried_at_once(open_bot, open_page):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T09:00"}})
    bot.fail("publish", status=429, retry_at=bot.clock() + timedelta(hours=3))
    await bot.tick(minutes=61)
    assert await bot.states() == ["retry"]
    opened = await open_page(bot)
    assert "Try again now" in (await opened.get("/strip")).text
    told = await opened.post("/strip/try", question="habits")
    assert "square: not out" in told.text
    assert await bot.states() == ["retry"]  # the network's own wait is kept
    bot.clock.advance(hours=3)
    told = await opened.post("/strip/try", question="habits")
    assert "square" in told.text
    assert await bot.states() == ["published"]
    assert "Try again now" not in (await opened.get("/strip")).text


async def test_what_was_refused_is_asked_again_with_its_words_in_the_form(open_bot, open_page, open_browser):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T09:00", "options": ["Yes", "No"]}}, guilds={})
    bot.fail("publish", status=400)
    await bot.tick(minutes=61)
    assert await bot.states() == ["failed"]
    bot.mend()
    tab = await open_browser(await open_page(bot, enters=False))
    await tab.click("#strip >> text=Ask again")
    await tab.wait_for_url("**/ask?again=habits")
    assert await tab.input_value("#text") == bot.context.config.questions["habits"].text
    assert await tab.input_value("#options") == "Yes\nNo"
    await tab.wait_for_load_state("load")
    await tab.click("text=Post it")
    await tab.wait_for_selector("a:has-text('Posted on square')")
    assert sorted(await bot.states()) == ["failed", "published"]
    assert tab.problems == []


async def test_an_account_that_was_logged_out_leads_to_the_logins(asked, open_page):
    for call in ("events", "thread"):
        asked.fail(call, status=401, times=1000)
    for _ in range(5):  # it is tried for half an hour before it waits for a person
        await asked.tick(minutes=10)
    assert (await asked.account()).state == "unauthorized"
    opened = await open_page(asked)
    for screen in ("/strip", "/running"):
        assert '<a class="remedy" href="/login">Log in again</a>' in (await opened.get(screen)).text


async def test_paused_posting_goes_on_by_the_button_in_the_red_line(asked, open_page):
    opened = await open_page(asked)
    await opened.post("/running/pause")
    assert 'hx-post="/running/resume"' in (await opened.get("/strip")).text
