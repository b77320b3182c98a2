"""The page: its policy, its structure, its words."""

import base64
import hashlib
import re
import string
import tomllib
from itertools import pairwise
from pathlib import Path

import bot.words
from bot.digest import render
from bot.quotes import Edition


async def page_of(stage, sample, **values):
    return render(await stage.digest(sample, **values), "html").decode()


async def test_only_the_one_style_sheet_is_let_in(stage, sample):
    page = await page_of(stage, sample)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert "url(" not in style
    assert "@import" not in style


async def test_headings_go_down_one_level_at_a_time(stage, sample):
    for page in (await page_of(stage, sample), render(await stage.week(), "html").decode()):
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))


async def test_a_quote_and_its_attribution_are_one_block_of_real_text(stage, sample):
    page = await page_of(stage, sample)
    figure = next(each for each in re.findall(r"<figure id.*?</figure>", page, re.DOTALL) if "Ada Lovelace" in each)
    text = " ".join(re.sub("<[^>]*>", "", figure).split())
    assert text.startswith("Postmortems, and it is not close.")
    assert "Ada Lovelace, ada.example, replying on Bluesky, 16 November 2026 · open the reply" in text
    assert '<blockquote cite="https://bluesky.example/ada.example/1">' in figure


async def test_each_quote_names_its_language_and_finds_its_direction(stage, sample):
    page = await page_of(stage, sample, most_quotes=100)
    assert '<p dir="auto" lang="ar">أحتفظ' in page
    assert '<p dir="auto" lang="tr">Postmortem.' in page


def flatten(table, path=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def test_every_language_says_the_same_with_the_same_values():
    folder = Path(bot.words.__file__).parent
    english, *others = (
        dict(flatten(tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))["digest"]))
        for language in ("en", "de")
    )
    for other in others:
        assert other.keys() == english.keys()
        for key, sentence in english.items():
            if isinstance(sentence, str):
                assert {name for _, name, *_ in string.Formatter().parse(other[key]) if name} <= {
                    name for _, name, *_ in string.Formatter().parse(sentence) if name
                } | {"n"}, key


async def test_each_printed_page_of_the_private_edition_says_that_it_is_not_to_be_passed_on(stage, sample):
    assert '@top-right { content: "For you, not to be passed on";' in await page_of(stage, sample)
    assert "@top-right" not in await page_of(stage, sample, edition=Edition.PUBLIC)
