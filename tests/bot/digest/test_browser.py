"""Digests in a real browser: what they load and run, who can read them, and what is left of a quote that is pasted."""

import json
import re
from pathlib import Path

import pytest

from bot.digest import render
from bot.quotes import Edition
from tests.bot.digest.browser.chromium import AXE, open_tab, require
from tests.bot.digest.reading import list_typed

POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
SHOWN = """[...document.querySelectorAll('figure blockquote')]
    .map(quote => [...quote.children].map(paragraph => paragraph.innerText.split('\\n')))"""

UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true }); 0"
OUT = ".filter(link => !link.getAttribute('href').startsWith('#'))"


@pytest.fixture
async def tab(tmp_path):
    async with open_tab(tmp_path / "browser") as opened:
        yield opened


@pytest.fixture(scope="module")
def axe():
    return Path(require(AXE, "axe-core (npm ci in tests/bot/digest/browser)")).read_text(encoding="utf-8")


@pytest.fixture
def save(tmp_path):
    def save(model):
        path = tmp_path / "digest.html"
        path.write_bytes(render(model, "html"))
        return path

    return save


async def test_a_hostile_page_runs_nothing_loads_nothing_and_shows_what_was_typed(
    hostile, hostile_files, tab, tmp_path
):
    for edition in Edition:
        page = hostile_files[edition, "html"]
        await assert_harmless(tab, tmp_path / f"{edition}.html", page)
        await tab.run(UNFOLD)
        assert json.loads(await tab.run(f"JSON.stringify({SHOWN})")) == list_typed(hostile[edition])
        unguarded, count = POLICY.subn(b"", page)
        assert count == 1
        await assert_harmless(tab, tmp_path / f"{edition} without its policy.html", unguarded)


async def assert_harmless(tab, path, page):
    path.write_bytes(page)
    tab.requests.clear()
    await tab.open(path)
    counted = "document.scripts.length + document.images.length + document.forms.length + frames.length"
    assert await tab.run(counted) == 0
    assert await tab.run("[...new Set([...document.links]" + OUT + ".map(link => link.protocol))]") == ["https:"]
    assert tab.requests == [path.as_uri()]
    assert tab.dialogs == []


async def test_no_page_is_wider_than_a_phone(stage, sample, save, tab):
    await tab.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    await tab.open(save(await stage.digest(sample)))
    assert await tab.run("document.documentElement.scrollWidth") <= 390


SHEET = (658, 971)  # what the margins of `@page` leave of A4, in CSS pixels


@pytest.mark.parametrize(("size", "media"), [((390, 844), ""), ((1280, 800), ""), (SHEET, "print")])
@pytest.mark.parametrize("edition", list(Edition))
async def test_the_first_quote_stands_whole_on_the_first_screen_and_the_first_page(
    stage, sample, save, tab, edition, size, media
):
    width, height = size
    await tab.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    await tab.call("Emulation.setEmulatedMedia", media=media)
    for model in (await stage.digest(sample, edition), await stage.week(edition=edition)):
        await tab.open(save(model))
        place = "document.querySelector('figure figcaption .name').getBoundingClientRect()"
        assert 0 < await tab.run(f"{place}.bottom") <= height


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("edition", list(Edition))
async def test_axe_finds_nothing_that_keeps_anybody_from_reading(stage, sample, save, axe, tab, edition, scheme):
    await tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    await tab.open(save(await stage.digest(sample, edition, most_quotes=100)))
    await tab.run(UNFOLD)
    await tab.run(f"{axe};0")
    found = json.loads(await tab.run("axe.run().then(done => JSON.stringify(done.violations))"))
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


async def test_a_pasted_quote_keeps_words_attribution_and_link(stage, sample, save, tab, tmp_path):
    await tab.open(save(await stage.digest(sample, Edition.PUBLIC)))
    await tab.run(
        "getSelection().selectAllChildren([...document.querySelectorAll('figure')]"
        ".find(figure => figure.textContent.includes('Ada Lovelace')))"
    )
    await tab.press("copy")
    editor = tmp_path / "editor.html"
    editor.write_text("<!DOCTYPE html><title>Editor</title><div contenteditable></div>", encoding="utf-8")
    await tab.open(editor)
    await tab.run("document.querySelector('div').focus()")
    await tab.press("paste")
    text = await tab.run("document.querySelector('div').innerText")
    assert "Postmortems, and it is not close." in text
    assert "Ada Lovelace, ada.example, replying on Bluesky, 16 November 2026" in text
    links = await tab.run("[...document.querySelectorAll('div a')].map(link => link.href)")
    assert "https://bluesky.example/ada.example/1" in links
    assert await tab.run("document.querySelectorAll('div blockquote').length") == 1
