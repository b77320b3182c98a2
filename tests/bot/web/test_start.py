"""From a link to the first answers."""

from bot.web.pages import SCREENS
from bot.web.server import NAVIGATION
from bot.web.warming import warm_up
from storage.models import Look
from tests.running import ANSWERS


async def test_a_link_becomes_a_question_whose_answers_appear(open_bot, open_page, open_browser):
    bot = await open_bot()
    asked = bot.network().post("editor", "What did you stop doing, and what happened?", bot.clock())
    for who in ANSWERS:
        bot.reply(who, to=asked)
    tab = await open_browser(await open_page(bot, enters=False))
    await tab.fill("#text", asked.link)
    await tab.keyboard.press("Enter")
    await tab.wait_for_selector("ol.answers li")
    await tab.wait_for_selector("ol.answers li:nth-child(3)")
    await tab.click("ol.answers a")
    await tab.click("[data-key=K]")
    await tab.wait_for_selector("#told >> text=Kept")
    await tab.click("#told >> text=Undo")
    await tab.wait_for_selector("#told >> text=Taken back")
    assert tab.problems == []


async def test_a_question_that_was_taken_back_leaves_the_strip(bot, opened_page):
    await bot.tick()
    assert "Delete my post" in (await opened_page.get("/strip")).text
    await opened_page.post("/strip/take-back", question="habits")
    await bot.tick(minutes=1)
    assert "Delete my post" not in (await opened_page.get("/strip")).text


def test_the_navigation_names_the_screens_that_are_loaded_after_the_first_one():
    assert tuple(screen.name for screen in SCREENS if screen.name) == NAVIGATION


async def test_what_is_loaded_ahead_counts_as_no_look_and_holds_up_no_screen(bot, open_page):
    await bot.tick()
    for who in ANSWERS:
        bot.reply(who)
    await bot.tick(minutes=6)
    opened = await open_page(bot)
    await warm_up(opened.page.app, opened.page.state)
    assert await bot.rows(Look) == []
    assert "habits" in (await opened.get("/answers/habits")).text
