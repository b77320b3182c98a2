"""Words are found as people type them: begun, without accents, in scripts without spaces; a page at a time."""

import pytest

from bot.desk import forget_author, search
from storage.replies.replies import empty_replies
from storage.states import CONFIG_WORKSPACE

TEXTS = {
    "ada": "We stopped printing invoices in 2021, and nobody missed the invoices.",
    "grace": "Für die Prüfung drucken wir noch: an invoice here and there, among many other things that we do.",
    "lise": "私たちは2020年に紙の請求書をやめました。SEOも見直しました。",
    "niels": "เราเลิกพิมพ์ใบแจ้งหนี้แล้ว",
}


@pytest.fixture
async def desk(open_bot):
    bot = await open_bot(questions={"habits": {"at": "2026-11-16T08:01", "closes_after": "3d"}})
    await bot.tick(minutes=1)
    bot.network().join("lise", "Lise Müller-Ångström")
    for who, text in TEXTS.items():
        bot.reply(who, text)
    await bot.tick(minutes=5)

    async def look(words, **given):
        found = await search(bot.context, CONFIG_WORKSPACE, words=words, **given)
        assert found.total >= len(found.replies)
        return [reply.handle for reply in found.replies]

    look.bot = bot
    return look


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("invoices", ["ada"]),
        ("INVOICE", ["ada", "grace"]),  # the nearest first: twice in a short text
        ("prufung", ["grace"]),
        ("Prüfung drucken", ["grace"]),
        ("drucken prüfung", ["grace"]),
        ("invoices drucken", []),
        ("請求書", ["lise"]),
        ("請求", ["lise"]),
        ("た", ["lise"]),
        ("seo", ["lise"]),
        ("ใบแจ้งหนี้", ["niels"]),
        ("แล้ว", ["niels"]),
        ("แล", ["niels"]),
        ("angstrom", ["lise"]),
        ("@lise", ["lise"]),
        ('"2021', ["ada"]),
        ("invoice OR", []),
        ("nobody* NOT", []),
        ("。", ["lise"]),
        ("%", []),
        ("nowhere", []),
    ],
)
async def test_words_are_found(desk, words, found):
    assert await desk(words) == found


async def test_a_list_comes_in_pages_and_says_how_many_there_are(desk):
    everything = await desk("")
    assert sorted(everything) == sorted(TEXTS)
    pages = [await search(desk.bot.context, CONFIG_WORKSPACE, limit=3, page=page) for page in (1, 2, 3)]
    assert [[reply.handle for reply in page.replies] for page in pages] == [everything[:3], everything[3:], []]
    assert [page.total for page in pages] == [4, 4, 4]
    assert await desk("invoice", limit=1, page=2) == ["grace"]


async def test_an_edit_is_found_by_its_new_words_alone(desk):
    written = next(post for post in desk.bot.network().posts.values() if post.text == TEXTS["ada"])
    desk.bot.edit(written, "We stopped faxing.")
    await desk.bot.tick(minutes=5)
    assert await desk("invoices") == []
    assert await desk("faxing") == ["ada"]


async def test_what_was_purged_or_erased_is_found_by_no_word(desk):
    await forget_author(desk.bot.context, CONFIG_WORKSPACE, "lise")
    assert [await desk(words) for words in ("請求書", "angstrom", "lise")] == [[], [], []]
    (ada,) = (await search(desk.bot.context, CONFIG_WORKSPACE, words="invoices")).replies
    async with desk.bot.context.store.write() as session:
        await empty_replies(session, [ada.id], desk.bot.clock(), purged=True)
    assert await desk("invoices") == []
    assert await desk("ada") == ["ada"]
