"""What is running: sentences, backing up, notices; printed quotes and people; erasing, which asks first."""

import asyncio
import json

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
    assert "nothing is posted or collected until: it is started" in alarms
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
    await tab.wait_for_selector("#running .alarms:has-text('all posting is paused')")
    await tab.click("text=Go on posting")
    await tab.wait_for_selector("text=Pause all posting")
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
