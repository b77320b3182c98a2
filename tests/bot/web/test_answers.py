"""The day with the answers: reading, deciding, the passage, the basket, copying; in a real browser."""

import asyncio
from io import BytesIO

import docx
import pytest

from bot import desk
from bot.desk import ImportDefaults
from storage.models import ChosenPassage, EditorAct, Look, Question, Verdict
from tests.running import ANSWERS

READ = "navigator.clipboard.read().then(items => items[0].getType('{}')).then(blob => blob.text())"


@pytest.fixture
async def page(answered, open_page):
    return await open_page(answered)


@pytest.fixture
async def tab(answered, open_page, open_browser):
    tab = await open_browser(await open_page(answered, enters=False, first="/answers/habits"))
    await tab.wait_for_selector("#one mark")
    return tab


async def copied(tab, kind="text/html"):
    return await tab.evaluate(READ.format(kind))


async def test_the_best_so_far_is_shown_beside_the_list_with_its_reason(page):
    shown = (await page.get("/answers/habits")).text
    assert shown.count("data-reply=") == 3
    assert shown.count("data-answer=") == 1
    assert "0 of 3 read." in shown


async def test_what_was_read_is_counted(answered, page):
    first = (await page.get("/answers/habits/1", headers={"hx-request": "true"})).text
    assert "data-answer" in first
    await page.page.state.errands["look 1"].task
    assert "1 of 3 read." in (await page.get("/answers/habits/list")).text
    assert [look.reply_id for look in await answered.rows(Look)] == [1]


@pytest.mark.parametrize(
    "path", ["/answers/nothing", "/answers/habits/999", "/answers/habits/x", "/answers/habits?shelf=x"]
)
async def test_what_is_not_there_is_a_sentence(page, path):
    answer = await page.get(path, headers={"hx-request": "true"})
    assert answer.status_code == 422
    assert "refusal" in answer.text


async def test_every_answer_can_be_reached(bot, open_page):
    await bot.tick()
    for number in range(45):
        bot.reply(
            f"person{number}", f"In {1950 + number} we closed office {number} in Lyon, and saved {number}% of rent."
        )
    await bot.tick(minutes=6)
    page = await open_page(bot)
    seen = set()
    for number in (1, 2, 3):
        listed = (await page.get(f"/answers/habits/list?shelf=all&page={number}")).text
        seen |= {part.partition('"')[0] for part in listed.split('data-reply="')[1:]}
    assert len(seen) == 45


async def test_a_passage_with_other_words_than_the_author_s_is_refused(answered, page):
    told = await page.post("/answers/habits/1/passage", words="We dropped everything")
    assert told.status_code == 422
    assert "word for word" in told.text
    assert await answered.rows(ChosenPassage) == []


async def test_what_may_not_be_quoted_is_not_copied_and_the_reason_is_told(bot, open_page):
    await bot.tick()
    bot.reply("ada", f"{ANSWERS['ada']} No quote, please.")
    await bot.tick(minutes=6)
    page = await open_page(bot)
    refused = await page.get("/answers/habits/1/copy", headers={"hx-request": "true"})
    assert refused.status_code == 422
    assert "asked not to be quoted" in refused.text
    await page.post("/answers/habits/1/keep")
    basket = (await page.get("/answers/habits/basket")).text
    assert "asked not to be quoted" in basket
    assert "AMP" not in basket


async def test_words_that_need_leave_are_not_on_the_page(open_bot, open_page, clock):
    bot = await open_bot(accounts={"square": {"consent_first": True}}, questions={"habits": {"at": "2026-11-16T08:01"}})
    clock.advance(minutes=1)
    await bot.tick()
    bot.reply("ada")
    await bot.tick(minutes=6)
    page = await open_page(bot)
    for path in ("/answers/habits?shelf=all", "/answers/habits/1", "/answers/habits/basket"):
        shown = await page.get(path, headers={"hx-request": "true"})
        assert "AMP" not in shown.text, path
    assert (await page.get("/answers/habits/1/copy")).status_code == 422


async def test_keep_maybe_and_aside_have_an_undo(answered, tab):
    await tab.click("[data-key=K]")
    await tab.wait_for_selector("#told >> text=Kept")
    await tab.wait_for_selector("#basket blockquote")
    await tab.click("#told >> text=Undo")
    await tab.wait_for_selector("#told >> text=Taken back")
    await tab.wait_for_selector("#basket >> text=What you keep")
    assert [act.undone_at is not None for act in await answered.rows(EditorAct)] == [True]
    assert tab.problems == []


async def test_what_is_selected_with_the_mouse_is_the_passage(answered, tab):
    words = tab.locator("#one .words")
    whole = await words.inner_text()
    await words.evaluate(
        """(words) => { const range = document.createRange(), node = words.querySelector('mark').firstChild;
        range.setStart(node, 0); range.setEnd(node, 20);
        getSelection().removeAllRanges(); getSelection().addRange(range);
        words.dispatchEvent(new MouseEvent('mouseup', {bubbles: true})); }"""
    )
    await tab.wait_for_selector("#told >> text=word for word")
    assert await tab.locator("#one mark").inner_text() == whole[:20].strip()
    assert len(await answered.rows(ChosenPassage)) == 1
    assert [each.editor for each in await answered.rows(Verdict) if each.editor] == ["ed"]


async def test_the_keys_alone_lead_from_the_list_to_the_clipboard(answered, tab):
    first = await tab.locator("#one h2 bdi").inner_text()
    await tab.keyboard.press("j")
    await tab.locator("#one h2 bdi", has_not_text=first).wait_for()
    await tab.keyboard.press("k")
    await tab.locator("#one h2 bdi", has_text=first).wait_for()
    await tab.keyboard.press("Shift+K")
    await tab.wait_for_selector("#told >> text=Kept")
    await tab.keyboard.press("Shift+C")
    await tab.wait_for_selector("#told >> text=Copied")
    assert "<a href=" in await copied(tab)
    assert (await copied(tab, "text/plain")).startswith("“")
    await tab.keyboard.press("/")
    assert await tab.evaluate("document.activeElement.id") == "words"
    await tab.keyboard.type("jKA")
    assert len([act for act in await answered.rows(EditorAct) if act.kind == "judged"]) == 1
    assert tab.problems == []


async def test_the_keys_can_be_switched_off(answered, tab):
    await tab.uncheck("[data-keys]")
    await tab.reload()
    await tab.wait_for_selector("#one mark")
    await tab.keyboard.press("Shift+A")
    await tab.keyboard.press("j")
    assert await tab.locator("[data-keys]").is_checked() is False
    assert await answered.rows(EditorAct) == []


async def test_the_basket_has_an_order_of_ones_own(answered, page):
    for reply in (1, 2, 3):
        await page.post(f"/answers/habits/{reply}/keep")
    moved = (await page.post("/answers/habits/basket/3/up")).text
    order = [part.partition('"')[0] for part in moved.split('id="up-')[1:]]
    assert order == ["1", "3", "2"]
    assert (await page.get("/answers/habits/basket/file.md")).text.count("> “") == 3
    word = await page.get("/answers/habits/basket/file.docx")
    quotes = [each.text for each in docx.Document(BytesIO(word.content)).paragraphs if each.style.name == "Quote"]
    assert [quote.strip("“”") in set(ANSWERS.values()) for quote in quotes] == [True] * 3
    assert word.headers["content-disposition"] == 'attachment; filename="habits.docx"'


async def test_a_name_that_is_entered_stands_in_the_copy(answered, page):
    await page.post("/answers/habits/1/keep")
    given = {"name": "Ada Lovelace", "role": "engineer", "organisation": "Acme", "said_by": "Ada"}
    assert "Undo" in (await page.post("/answers/habits/basket/1/credit", **given)).text
    assert "Ada Lovelace, engineer, Acme" in (await page.get("/answers/habits/1/copy")).json()["plain"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    answered, open_page, open_browser, find_barriers, width, scheme
):
    opened = await open_page(answered, enters=False, first="/answers/habits")
    tab = await open_browser(opened, width=width, color_scheme=scheme)
    await tab.wait_for_selector("#one mark")
    await tab.click("[data-key=K]")
    await tab.wait_for_selector("#basket blockquote")
    assert await find_barriers(tab) == []
    assert await tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.problems == []


# ---------------------------------------------------------------- what a chat model would say

MODEL = (
    "Many teams stop chasing every new tool. They focus on what matters, set clear priorities and review them often."
)
LIKE = "We stopped chasing every new tool. We focus on what matters, set clear priorities and review them each month."


async def test_a_decoy_is_pasted_and_laid_beside_the_answer_that_is_like_it(answered, page):
    answered.reply("kim", LIKE)
    await answered.tick(minutes=6)
    added = await page.post("/answers/habits/decoys", text=MODEL)
    assert added.status_code == 200
    assert "4 came: 3 worth reading, 1 holds much of what a chat model answers." in added.text
    beside = (await page.get("/answers/habits/4/beside")).text
    assert beside.count("<mark>") == 4
    assert beside.count("A chat model") == 1


async def test_without_a_decoy_nothing_is_laid_beside(page):
    refused = await page.get("/answers/habits/1/beside", headers={"hx-request": "true"})
    assert refused.status_code == 422


async def test_two_answers_are_laid_side_by_side(page):
    assert (await page.get("/answers/habits/1/beside?other=2")).text.count("<section>") == 2
    assert (await page.get("/answers/habits/1/beside?other=99")).status_code == 422


async def test_the_field_for_decoys_opens_in_the_page(answered, tab, find_barriers):
    await tab.click("details.decoys summary")
    await tab.fill("#decoy", MODEL)
    await tab.click("text=Sort the answers beside it")
    await tab.wait_for_selector("#told >> text=sorted beside it")
    assert await find_barriers(tab) == []
    assert tab.problems == []


async def test_while_answers_are_read_what_nobody_judged_is_not_the_best(bot, open_page):
    await bot.tick()
    question = await bot.row(Question)
    await desk.add_reply(bot.context, question, {"text": ANSWERS["ada"], "author": "Ada"}, ImportDefaults(by="Mara"))
    opened, over = await open_page(bot), asyncio.Event()
    opened.page.state.start("read habits", over.wait())
    assert "data-choose" not in (await opened.get("/answers/habits")).text
    over.set()
    await asyncio.sleep(0)
    await bot.tick(minutes=6)
    assert "data-choose" in (await opened.get("/answers/habits")).text
