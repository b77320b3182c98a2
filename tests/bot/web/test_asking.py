"""Ask: live previews, drafts that save themselves, and one question however often it is sent."""

import asyncio
import re

import pytest

from bot.app import open_app
from bot.config import load_config
from storage.models import Post, Question, UnsentForm
from tests.running import InProcess, diary_installed

WORDS = {"text": "What did you stop doing?", "accounts": "square", "closes": "2h", "enough": "3", "language": "en"}


@pytest.fixture
async def two(open_bot):
    """Two sandbox accounts, one that takes only short texts."""
    return await open_bot(accounts={"square": {}, "forum": {"text_limit": 200}}, questions={})


async def test_a_change_is_saved_and_shown_as_each_network_will(two, open_page):
    opened = await open_page(two)
    answer = await opened.post("/ask/draft", **WORDS | {"accounts": ["square", "forum"]})
    assert answer.headers["hx-replace-url"] == "/ask?draft=1"
    assert answer.text.count("What did you stop doing?") >= 2
    assert "of 200 characters" in answer.text
    again = await opened.post("/ask/draft", **WORDS | {"draft": "1", "text": "And now?"})
    assert "And now?" in again.text
    assert [form.filled["text"] for form in await two.rows(UnsentForm)] == ["And now?"]
    assert "And now?" in (await opened.get("/ask?draft=1")).text
    assert two.visible() == []


async def test_a_call_out_is_filled_in_and_its_text_can_be_copied(two, open_page):
    opened = await open_page(two)
    call_out = {"region": "Europe", "medium": "newsletter", "pitches": "2", "link": "none", "human_only": "yes"}
    shown = await opened.post("/ask/draft", **WORDS | call_out)
    assert "Credit by name and firm, no link." in shown.text
    await opened.post("/ask/send", **WORDS | call_out)
    await asyncio.gather(*(errand.task for errand in opened.page.state.errands.values()))
    sent = (await opened.get("/ask/sent/what-did-you-stop-doing", headers={"hx-request": "true"})).text
    for said in ("Region: Europe", "Medium: newsletter", "At most 2 answers a person.", "no link", "In your own words"):
        assert said in sent


async def test_an_empty_form_saves_nothing(two, open_page):
    opened = await open_page(two)
    await opened.post("/ask/draft", **WORDS | {"text": " "})
    assert await two.rows(UnsentForm) == []


async def test_two_tabs_that_send_one_draft_make_one_question(two, open_page):
    opened = await open_page(two)
    await opened.post("/ask/draft", **WORDS)
    sent = await asyncio.gather(*(opened.post("/ask/send", **WORDS | {"draft": "1"}) for _ in range(4)))
    assert sorted(each.status_code for each in sent) == [200, 422, 422, 422]
    assert (len(await two.rows(Question)), len(await two.rows(Post))) == (1, 1)
    assert (await opened.get("/ask/sent/what-did-you-stop-doing")).status_code == 200


@pytest.mark.parametrize("changes", [{"closes": "other", "closes_at": "2020-01-01T10:00"}, {"when": "at", "at": "1"}])
async def test_a_past_moment_is_refused_whatever_the_form_says(two, open_page, changes):
    opened = await open_page(two)
    refused = await opened.post("/ask/send", **WORDS | changes)
    assert refused.status_code == 422
    assert (await two.rows(Question), len(await two.rows(UnsentForm))) == ([], 1)  # and what was typed is kept


async def test_what_is_sent_again_before_it_had_a_draft_makes_one_question(two, open_page):
    opened = await open_page(two)
    (token,) = re.findall(r'name="token" value="([^"]+)"', (await opened.get("/ask")).text)
    sent = [await opened.post("/ask/send", **WORDS | {"token": token}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [200, 422]
    other = await opened.post("/ask/send", **WORDS | {"token": token[::-1], "text": "And what did you begin?"})
    assert other.status_code == 200
    assert len(await two.rows(Question)) == 2


async def test_a_draft_of_somebody_else_is_not_there(two, open_page):
    await (await open_page(two)).post("/ask/draft", **WORDS)
    async with two.context.store.write() as session:
        (await session.get(UnsentForm, 1)).by = "somebody else"
    opened = await open_page(two)
    for answer in (await opened.get("/ask?draft=1"), await opened.post("/ask/send", **WORDS | {"draft": "1"})):
        assert answer.status_code == 422
        assert "no longer there" in answer.text


async def test_what_was_pasted_at_the_start_stands_in_the_form(two, open_page):
    opened = await open_page(two)
    led = await opened.post("/take", text="What did you stop doing?")
    assert "What did you stop doing?</textarea>" in (await opened.get(led.headers["hx-redirect"])).text


async def test_a_question_is_asked_in_the_browser_from_first_word_to_post(two, open_page, open_browser, find_barriers):
    tab = await open_browser(await open_page(two, enters=False), timezone_id="Europe/Berlin")
    await tab.click("nav >> text=Ask")
    await tab.wait_for_selector("#text:focus")
    await tab.keyboard.type("What did you stop doing? " + "x" * 140)
    await tab.check("text=forum")
    await tab.wait_for_selector("article.wrong .over")
    assert await tab.is_disabled("text=Post it")
    assert await find_barriers(tab) == []
    await tab.fill("#text", "What did you stop doing?")
    await tab.uncheck("text=forum")
    await tab.wait_for_selector("button:has-text('Post it'):not([disabled])")
    await tab.wait_for_url("**/ask?draft=1")
    await tab.reload()
    assert await tab.input_value("#text") == "What did you stop doing?"
    shown = await tab.inner_text("article.post .words")
    await tab.dblclick("text=Post it")
    await tab.wait_for_selector("a:has-text('Posted on square')")
    assert two.visible() == [shown]
    await tab.wait_for_selector("#strip >> text=What did you stop doing?")
    assert await find_barriers(tab) == []
    assert tab.problems == []


async def test_everything_of_asking_is_reached_by_keys_alone(two, open_page, open_browser):
    tab = await open_browser(await open_page(two, enters=False))
    await tab.goto((await tab.evaluate("location.origin")) + "/ask")
    await tab.keyboard.type("What did you stop doing?")
    await tab.wait_for_selector("button:has-text('Post it'):not([disabled])")
    for _ in range(40):
        await tab.keyboard.press("Tab")
        if await tab.evaluate("document.activeElement.textContent") == "Post it":
            break
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector("a:has-text('Posted on square')")
    assert len(two.visible()) == 1


async def test_an_account_on_a_server_of_ones_own_logs_in_there(two, open_page):
    asked = []

    async def hear(reader, writer):
        asked.append((await reader.readuntil(b"\r\n\r\n")).partition(b"\r\n")[0].decode())
        writer.write(b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    opened = await open_page(two)
    assert 'name="service"' in (await opened.get("/login")).text
    own = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    login = {"platform": "bluesky", "handle": "ada.example.org", "password": "abcd-efgh-ijkl-mnop"}
    assert (await opened.post("/login", **login, service=own)).status_code == 422
    assert asked[0].startswith("POST /xrpc/com.atproto.server.createSession")
    asked.clear()
    assert "service" in (await opened.post("/login", **login, service="ftp://x")).text
    assert asked == []
    server.close()


# ---------------------------------------------------------------- without any config


@pytest.fixture
async def bare(tmp_path, monkeypatch, open_page):
    """The page in an empty folder, with Diary installed, a platform that needs a password."""
    with diary_installed(tmp_path, monkeypatch):
        async with open_app(load_config(), judges=InProcess()) as app:
            yield await open_page(app, enters=False), app


async def test_without_a_config_an_account_is_set_up_where_it_is_missing(bare, open_browser, find_barriers, tmp_path):
    opened, app = bare
    tab = await open_browser(opened, timezone_id="Europe/Berlin")
    await tab.goto(f"{opened.address}/ask")
    await tab.fill("#text", "What did you stop doing?")
    await tab.wait_for_selector("text=There is no account to ask with yet")
    await tab.wait_for_url("**/ask?draft=1")
    await tab.click("text=Set up an account")
    assert await find_barriers(tab) == []
    await tab.click("summary:has-text('Diary')")
    for name, value in {"handle": "ada", "page": "7", "password": "canary-wrong"}.items():
        await tab.fill(f"#diary-{name}", value)
    await tab.click("button:visible:has-text('Log in')")
    await tab.wait_for_selector("#told >> text=the password is wrong")
    assert not (tmp_path / "config.toml").exists()
    await tab.fill("#diary-password", "canary-right")
    await tab.click("button:visible:has-text('Log in')")
    await tab.wait_for_selector("text=Logged in as ada")
    await tab.click("text=Back to the question")
    assert await tab.input_value("#text") == "What did you stop doing?"
    assert await tab.is_checked("[name=accounts][value=diary]")
    await tab.wait_for_load_state("load")  # what is typed before the scripts are there waits for the next key
    await tab.fill("#outlet", "The Courier")
    await tab.wait_for_selector("article >> text=quoted by name in The Courier")
    await tab.click("text=Post it")
    await tab.wait_for_url("**/ask/sent/**")
    written = (tmp_path / "config.toml").read_text()
    assert 'zone = "Europe/Berlin"' in written
    assert 'name = "The Courier"' in written
    assert "canary" not in written
    assert app.context.name == "The Courier"
    assert [each for each in tab.problems if "422" not in each] == []
