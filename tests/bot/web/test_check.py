"""A draft on the page: pasted, checked, mended, vouched for, copied and watched; nothing of it is kept."""

import json
import re
from html import unescape

import pytest

from storage.models import VouchedQuote, WatchedDraft

PEOPLE = {"ada": "Ada Lovelace", "grace": "Grace Hopper", "alan": "Alan Turing"}
SAID = {
    "ada": "We dropped AMP last March because nobody used it. Traffic stayed flat, revenue rose 12%.",
    "grace": "I stopped disavowing links in 2019 after a test on 40 sites; nothing moved at all.",
    "alan": "I would not go back to estimates, whatever my manager pays. The rule is a week and no more.",
}
RICH = (
    "<meta charset='utf-8'><b id=\"docs-internal-guid-1\"><h1><span>What they stopped</span></h1>"
    "<p><span>“We dropped AMP last March because nobody used&nbsp;it,” said <i>Ada Lovelace</i>.</span></p>"
    "<p><span>“I stopped disavowing links in 2019 after a test on 50 sites,” said Grace Hopper.</span></p>"
    "<p><span>“I heard this one myself on the telephone last night,” said Zelda Overmantel.</span></p></b>"
)
PLAIN = "What they stopped\n\nonly the plain text of it"


@pytest.fixture
async def answered(open_bot):
    """People have answered, and what they said is collected."""
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T08:01"}})
    await bot.tick(minutes=1)
    for handle, name in PEOPLE.items():
        bot.network().join(handle, name)
    bot.said = {handle: bot.reply(handle, text) for handle, text in SAID.items()}
    await bot.tick(minutes=6)
    return bot


@pytest.fixture
async def served(answered, open_page):
    return await open_page(answered)


async def paste(tab, rich, plain):
    """As the browser does when somebody pastes."""
    await tab.focus("#text")
    script = """async ([rich, plain]) => navigator.clipboard.write([new ClipboardItem({
        'text/html': new Blob([rich], {type: 'text/html'}), 'text/plain': new Blob([plain], {type: 'text/plain'})})])"""
    await tab.evaluate(script, [rich, plain])
    await tab.keyboard.press("Control+V")


def read_fields(answer):
    """The fields of the draft that the browser would send with the next act."""
    found = re.findall(r'<input type="hidden" name="(draft|given|since)" value="([^"]*)"', answer.text)
    return {name: unescape(value) for name, value in found}


# ---------------------------------------------------------------- in the browser


async def test_a_pasted_draft_is_checked_mended_vouched_for_copied_and_watched(
    answered, open_page, open_browser, find_barriers
):
    tab = await open_browser(await open_page(answered, enters=False))
    await tab.click("nav >> text=Check")
    await paste(tab, RICH, PLAIN)
    await tab.wait_for_selector("mark.red >> nth=1")
    assert await tab.locator("mark").evaluate_all("marks => marks.map(each => each.className)") == [
        "green", "red", "red",
    ]  # fmt: skip
    assert await find_barriers(tab) == []
    await tab.click("text=Take the author's words")
    await tab.wait_for_selector("mark >> text=40 sites")
    await tab.click("#s3 >> text=Mine, by phone")
    await tab.wait_for_selector("#s3.amber")
    async with tab.expect_response("**/check/editor"):
        await tab.check("#s2 input >> nth=0")
    await tab.wait_for_selector("#editor .conclusion")
    await tab.click("text=Copy for the editor")
    await tab.wait_for_selector("text=Copied")
    copied = await tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("2 of 3 quotations match, all still up at ")
    assert "1 vouched for by the writer" in copied.splitlines()[0]
    assert "sandbox.example" in copied
    assert "not ticked: 40" in copied
    await tab.click("text=Watch until print")
    await tab.wait_for_selector("#watched >> text=2 quotes")
    assert await find_barriers(tab) == []
    answered.delete(answered.said["ada"])
    await answered.tick(minutes=16)
    await tab.reload()
    await tab.wait_for_selector("#watched >> text=quote 1 was deleted")
    assert tab.problems == []


async def test_what_is_typed_after_pasting_counts(answered, open_page, open_browser):
    tab = await open_browser(await open_page(answered, enters=False))
    await tab.click("nav >> text=Check")
    await paste(tab, RICH, "plain")
    await tab.wait_for_selector("mark.red >> nth=1")
    await tab.focus("#text")
    await tab.keyboard.type(" “We dropped AMP last March because nobody used it,” said Ada Lovelace.")
    await tab.click("form.bring button:text-is('Check')")
    await tab.wait_for_selector("mark >> nth=1", state="detached")
    assert await tab.locator("mark").count() == 1
    assert tab.problems == []


# ---------------------------------------------------------------- over the socket


async def test_a_dropped_file_is_checked(served):
    data = "“We dropped AMP last March because nobody used it,” said Ada Lovelace.".encode()
    shown = await served.post("/check", files={"file": ("draft.md", data)})
    assert "1 quotation matches, still up at" in shown.text


async def test_a_file_that_is_no_article_is_refused_with_what_to_do(served):
    shown = await served.post("/check", files={"file": ("draft.pdf", b"%PDF-1.7 ...")})
    assert shown.status_code == 422
    assert "it is a PDF; save the draft as .docx" in shown.text


async def test_a_draft_from_the_first_screen_is_checked_at_once(served):
    led = await served.post("/take", text="“We dropped AMP last March because nobody used it,” said Ada Lovelace.")
    shown = await served.get(led.headers["hx-redirect"])
    assert "1 quotation matches" in shown.text


async def test_rich_text_from_the_first_screen_is_checked_as_such(served):
    led = await served.post("/take", text=f"{PLAIN}\n\nand more of it", rich=RICH)
    assert "1 of 3 quotations match" in (await served.get(led.headers["hx-redirect"])).text


async def test_pasted_sources_prove_words_and_are_told_as_such(open_bot, open_page):
    page = await open_page(await open_bot())
    draft = (
        "“It rains sideways here in spring,” said Zelda Overmantel. “It never ever rains here,” said Zelda Overmantel."
    )
    sources = {"source_words": "It rains sideways here in spring, honestly.", "source_name": "Zelda Overmantel"}
    shown = await page.post("/check", text=draft, **sources, source_link="")
    assert "1 of 2 quotations match, as pasted at" in unescape(shown.text)
    assert "from what you pasted" in shown.text
    fields = read_fields(shown)
    assert "1 of 2 quotations match, as pasted" in (await page.post("/check/again", **fields)).text
    refused = await page.post("/check/watch", until="", **fields)
    assert "there is nothing to watch" in refused.text


async def test_the_words_of_a_link_prove_a_quotation(answered, open_page):
    asked = answered.network().post("emmy", "We count the apples twice before the frost comes.", answered.clock())
    shown = await (await open_page(answered)).post(
        "/check",
        text="“We count the apples twice before the frost comes,” said Emmy.",
        source_words="",
        source_name="Emmy Noether",
        source_link=asked.link,
    )
    assert "1 quotation matches" in shown.text


async def test_nothing_of_a_draft_is_stored_by_any_act(served, answered, tmp_path):
    shown = await served.post("/check", rich=RICH, text=PLAIN)
    fields = read_fields(shown)
    await served.post("/check/mine/3", **fields)
    await served.post("/check/words/2", **fields)
    await served.post("/check/editor", tick=json.dumps([1, "AMP"]), **fields)
    await served.post("/check/watch", until="", **fields)
    assert len(await answered.rows(VouchedQuote)) == len(await answered.rows(WatchedDraft)) == 1
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    held = [path for path in files if b"on the telephone" in path.read_bytes() or b"Overmantel" in path.read_bytes()]
    assert (bool(files), held) == (True, [])


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"draft": "[[1, 2]]", "given": "[]", "since": "2026-11-16T08:00:00+00:00"},
        {"draft": '[["a", 1]]', "given": "[{}]", "since": "2026-11-16T08:00:00+00:00"},
        {"draft": '[["a", 1]]', "given": "[]", "since": "yesterday"},
        {"draft": '[["a", 1]]', "given": "[]", "since": "2026-11-16T08:00:00"},
        {"draft": "{" * 50_000, "given": "[]", "since": "2026-11-16T08:00:00+00:00"},
    ],
)  # fmt: skip
async def test_a_draft_that_is_none_is_refused(served, fields):
    for path in ("/check/again", "/check/words/1", "/check/mine/1", "/check/editor", "/check/watch"):
        assert (await served.post(path, **fields)).status_code == 422


async def test_hostile_words_are_text(served, answered):
    hostile = "</textarea><script>alert(1)</script><img src=x onerror=alert(2)>"
    answered.reply("alan", f"{hostile} We tried it on two wards and went back to two releases.")
    await answered.tick(minutes=6)
    draft = f"{hostile}: “{hostile} We tried it on two wards and went back to four releases,” said {hostile}."
    for shown in (
        await served.post("/check", text=draft, source_words=hostile, source_name=hostile, source_link=""),
        await served.post("/check", rich=f"<p>{draft.replace('<', '&lt;')}</p>", text=""),
    ):
        assert shown.status_code == 200
        assert "<script" not in shown.text
        assert "<img" not in shown.text


async def test_another_workspace_reaches_no_watched_draft(served, answered, open_page):
    fields = read_fields(await served.post("/check", rich=RICH, text=PLAIN))
    await served.post("/check/watch", until="", **fields)
    other = await open_page(answered, workspace="guild:1")
    assert "2 quotes" not in (await other.get("/check/watched")).text
    refused = await other.post("/check/watched/1/stop")
    assert (refused.status_code, len(await answered.rows(WatchedDraft))) == (422, 1)
    assert "Not watched any more" in (await served.post("/check/watched/1/stop")).text
