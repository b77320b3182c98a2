"""Whole paths with the keyboard alone, and the screens on paper."""

import pytest

from storage.models import Reply
from tests.running import ANSWERS

FOCUSED = "document.activeElement.textContent.trim() || document.activeElement.name || document.activeElement.id"


@pytest.fixture
async def tab(answered, open_page, open_browser):
    return await open_browser(await open_page(answered, enters=False))


async def go_to(tab, what, most=60):
    """One Tab after the other, until what has the focus is called so."""
    for _ in range(most):
        await tab.keyboard.press("Tab")
        if what == await tab.evaluate(FOCUSED):
            return
    raise AssertionError(f"{what} is not reached by Tab")


async def open_screen(tab, name, path):
    await go_to(tab, name)
    await tab.keyboard.press("Enter")
    await tab.wait_for_url(f"**{path}")
    await tab.wait_for_load_state("load")


async def test_a_draft_is_checked(tab):
    await open_screen(tab, "Check", "/check")
    await tab.wait_for_selector("textarea:focus")
    await tab.keyboard.type(f"“{ANSWERS['ada']}” said Ada.")
    await go_to(tab, "Check")
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector(".found .green, .found li")
    await go_to(tab, "Copy for the editor")
    await tab.keyboard.press("Enter")
    await tab.wait_for_function("navigator.clipboard.readText().then(text => text.includes('AMP'))")
    assert tab.problems == []


async def test_an_answer_is_added(tab, answered):
    await open_screen(tab, "Add answers", "/add")
    await go_to(tab, "text")
    await tab.keyboard.type("We closed two offices in Lyon in 2019, and saved a tenth of the rent.")
    await go_to(tab, "Show what is understood")
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector("[name=author]")
    await go_to(tab, "author")
    await tab.keyboard.type("Emmy Noether")
    await go_to(tab, "Add this answer")
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector("#told:has-text('Emmy Noether')")
    assert len(await answered.rows(Reply)) == 4
    assert tab.problems == []


async def test_what_runs_is_paused_and_goes_on(tab):
    await open_screen(tab, "What is running", "/running")
    await go_to(tab, "Pause all posting")
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector("#state .alarms:has-text('all posting is paused')")
    await go_to(tab, "Go on posting")
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector("#state:not(:has-text('all posting is paused'))")
    assert tab.problems == []


async def test_an_act_is_taken_back_in_the_history(answered, open_page, open_browser):
    opened = await open_page(answered)
    await opened.post("/answers/habits/1/keep")
    tab = await open_browser(await open_page(answered, enters=False))
    await open_screen(tab, "History", "/history")
    await go_to(tab, "Undo")
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector("#told:has-text('Taken back')")
    assert tab.problems == []


async def test_on_paper_stand_words_and_results_and_no_buttons(answered, open_page, open_browser):
    opened = await open_page(answered)
    await opened.post("/answers/habits/1/keep")
    tab = await open_browser(await open_page(answered, enters=False, first="/check"))
    await tab.fill("#text", f"“{ANSWERS['ada']}” said Ada. “I never ran on Mars in my life,” said Bob.")
    await tab.click("#paste button:has-text('Check')")
    await tab.wait_for_selector(".found li")
    await tab.emulate_media(media="print")
    for part in (".conclusion", ".draft mark", ".found li.red"):
        assert await tab.locator(part).first.is_visible(), part
    await check_paper(tab)
    for path, words in (("/running", "wanted may be quoted"), ("/history", "reply 1")):
        await tab.goto((await tab.evaluate("location.origin")) + path)
        assert await tab.is_visible(f"main >> text={words}")
        await check_paper(tab)


async def check_paper(tab):
    for part in ("button", "nav", "textarea", "#strip"):
        shown = [each for each in await tab.locator(part).all() if await each.is_visible()]
        assert shown == [], part
    assert await tab.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
