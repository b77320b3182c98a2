"""Every screen, empty and full: nothing keeps anybody from using it, and nothing is wider than the window."""

import pytest

from tests.running import ANSWERS

SCREENS = (
    "/", "/answers/habits", "/answers/habits?shelf=all&reply=2", "/check", "/add", "/ask", "/running", "/running/printed",
    "/running/people", "/history", "/login",
)  # fmt: skip
WITHOUT_QUESTIONS = ("/", "/answers", "/check", "/add", "/ask", "/running", "/history")
SIZES = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


async def look_at(tab, opened, screens, find_barriers, width):
    for screen in screens:
        await tab.goto(f"{opened.address}{screen}")
        await tab.wait_for_load_state("networkidle")
        assert await tab.locator("h1").count() == 1, screen
        assert await find_barriers(tab) == [], screen
        assert await tab.evaluate("document.documentElement.scrollWidth") <= width, screen


@pytest.mark.parametrize(("width", "scheme"), SIZES)
async def test_no_screen_keeps_anybody_out(bot, open_page, open_browser, find_barriers, width, scheme):
    await bot.tick()
    for who in ANSWERS:
        bot.reply(who)
    await bot.tick(minutes=6)
    opened = await open_page(bot, enters=False)
    tab = await open_browser(opened, width=width, color_scheme=scheme)
    await look_at(tab, opened, SCREENS, find_barriers, width)
    assert tab.problems == []


@pytest.mark.parametrize(("width", "scheme"), SIZES[::3])
async def test_no_empty_screen_keeps_anybody_out(open_bot, open_page, open_browser, find_barriers, width, scheme):
    opened = await open_page(await open_bot(), enters=False)
    tab = await open_browser(opened, width=width, color_scheme=scheme)
    await look_at(tab, opened, WITHOUT_QUESTIONS, find_barriers, width)


async def test_every_screen_is_reached_and_worked_with_keys_alone(bot, open_page, open_browser):
    await bot.tick()
    bot.reply("ada")
    await bot.tick(minutes=6)
    tab = await open_browser(await open_page(bot, enters=False, first="/answers/habits"))
    await tab.keyboard.press("Tab")
    assert await tab.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):  # one Tab after the other, as far as the file chooser, which is drawn over
        await tab.keyboard.press("Tab")
        if await tab.evaluate("document.activeElement.matches('nav a[href=\"/check\"]')"):
            break
    await tab.keyboard.press("Enter")
    await tab.wait_for_url("**/check")
    for _ in range(10):
        await tab.keyboard.press("Tab")
        if await tab.evaluate("document.activeElement.matches('input[type=file]')"):
            break
    drawn = await tab.evaluate("getComputedStyle(document.querySelector('.file')).outlineStyle")
    assert drawn == "solid"
    assert tab.problems == []


async def test_a_printed_screen_shows_words_and_no_buttons(bot, open_page, open_browser):
    await bot.tick()
    bot.reply("ada")
    await bot.tick(minutes=6)
    tab = await open_browser(await open_page(bot, enters=False, first="/answers/habits"))
    await tab.wait_for_selector("#one mark")
    await tab.emulate_media(media="print")
    assert await tab.is_visible("#one .words")
    assert not await tab.is_visible("#one button")
    assert not await tab.is_visible("nav")
