"""The page in German: what the desk refuses and why the filter judged as it did are German too."""

import pytest

from bot.desk import DeskError
from bot.words.faults import Fault
from storage.replies import consents
from storage.states import ConsentState
from tests.bot.web.test_screens import SCREENS, look_at
from tests.running import ANSWERS

GERMAN = {"accept-language": "de"}


@pytest.fixture
async def answered(bot, open_page):
    """A question that is out, its answers and the page."""
    await bot.tick()
    bot.replies = {who: bot.reply(who) for who in ANSWERS}
    await bot.tick(minutes=6)
    opened = await open_page(bot)
    opened.client.headers.update(GERMAN)
    return opened


async def test_what_the_desk_refuses_is_german(answered):
    for path, told in [
        ("/answers/habits/99", "eine Antwort 99 gibt es nicht"),
        ("/answers/nowhere", "eine Frage »nowhere« gibt es nicht; es gibt: habits"),
    ]:
        assert told in (await answered.get(path, headers={"hx-request": "true"})).text
    refused = await answered.post("/answers/habits/1/passage", words="never said so")
    assert "so steht es nicht Wort für Wort in der Antwort" in refused.text
    refused = await answered.post("/history/77/undo")
    assert "einen Schritt 77 gibt es nicht" in refused.text
    refused = await answered.post("/take", text="https://example.org/post/1")
    assert "gehört zu keinem Netzwerk, das pullquote kennt" in refused.text


async def test_what_a_network_says_stands_behind_what_it_means(answered):
    refused = await answered.post("/login", platform="bluesky", handle="")
    assert "Die Anmeldung gilt nicht: " in refused.text


async def test_reasons_and_barriers_are_german(answered, bot):
    shown = (await answered.get("/answers/habits")).text
    assert "spricht aus Erfahrung" in shown
    assert "speaks from experience" not in shown
    why = (await answered.get("/answers/habits/3", headers={"hx-request": "true"})).text
    assert "spricht aus Erfahrung" in why
    async with bot.context.store.write() as session:
        await consents.add_consent(session, [1], ConsentState.REFUSED, bot.clock(), wording="no", proof="a letter")
    told = (await answered.post("/answers/habits/1/keep")).text
    assert "Aber sie darf nicht zitiert werden: die Erlaubnis wurde verweigert." in told
    refused = await answered.post("/answers/habits/1/public")
    assert "nur zitiert, wozu niemand Nein gesagt hat" in refused.text


async def test_the_history_says_what_it_is_about(answered):
    await answered.post("/answers/habits/1/keep")
    assert "Urteil: Antwort 1" in (await answered.get("/history")).text


def test_an_error_is_english_for_whoever_reads_its_text():
    from bot.desk.errors import refuse

    refused = refuse("bad_keys", why=(Fault("app_password", {"type": "missing", "msg": ""}), "and more"))
    assert isinstance(refused, DeskError)
    assert str(refused) == "app password is missing; and more"
    assert refused.tell("de") == "app password fehlt; and more"
    assert refused.tell("pt") == str(refused)


@pytest.mark.parametrize("width", [390, 1280])
async def test_no_german_screen_is_wider_than_the_window(answered, bot, open_page, open_browser, find_barriers, width):
    opened = await open_page(bot, enters=False)
    tab = await open_browser(opened, width=width, locale="de-DE")
    await look_at(tab, opened, SCREENS, find_barriers, width)
    assert await tab.evaluate("document.documentElement.lang") == "de"
    assert tab.problems == []


async def test_how_a_brought_file_is_read_is_german(answered):
    page = "Kommentare\nJürgen Groß\nWir haben 2021 aufgehört.\n3 Std.\nGefällt mir\nZoë Ångström\nNoch nicht.\n2 Std.\nGefällt mir\n"
    shown = (await answered.post("/add", question="habits", text=page)).text
    assert "niemandes Antwort, über der ersten Person: “Kommentare”" in shown
    assert "von der Seite selbst, weggelassen: " in shown
    refused = await answered.post("/add", question="habits", files={"file": ("answers.xlsx", b"PK\x03\x04xx")})
    assert "diese Tabelle lässt sich nicht lesen" in refused.text
