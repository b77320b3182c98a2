"""A question's slug is made of its words, whatever their script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import ask
from bot.desk.asking.slugs import slugify
from bot.questions.content import SLUG, Content
from storage.models import Question


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("What did you stop doing?", "en", "what-did-you-stop-doing"),
        ("Don't say it's 3.5", "en", "don-t-say-it-s-3-5"),
        ("Don’t say", "en", "don-t-say"),
        ("Größe ändern: Übung, öfter?", "de", "groesse-aendern-uebung-oefter"),
        ("Größe ändern", "de-AT", "groesse-aendern"),
        ("GRO\N{LATIN CAPITAL LETTER SHARP S}E U\N{COMBINING DIAERESIS}BUNG", "de", "grosse-uebung"),
        ("Können Führungskräfte", "en", "konnen-fuhrungskrafte"),
        ("Ærlig, året går på øl", "da", "aerlig-aaret-gaar-paa-oel"),
        ("Året går på øl", "nb_NO", "aaret-gaar-paa-oel"),
        ("Året går till ö", "sv", "aret-gar-till-o"),
        ("Üzletek, őszi", "hu", "uzletek-oszi"),
        ("Łódź, żółć", "pl", "lodz-zolc"),
        ("İstanbul'da ışık", "tr", "istanbul-da-isik"),
        ("Сколько стоит объект?", "ru", "skolko-stoit-obekt"),
        ("Що ви перестали робити?", "uk", "shcho-vi-perestali-robiti"),
        ("Ποια είναι η πόλη;", "el", "poia-einai-i-poli"),
        ("什么都没有改变", "zh", "shenmedoumeiyougaibian"),
        ("한국어 질문", "ko", "hangugeo-jilmun"),
        ("?! …", "en", "question"),
        ("x" * 60, "en", "x" * 40),
    ],
)
def test_a_slug_can_be_read_in_ascii(text, language, slug):
    assert slugify(text, language) == slug


@given(st.text(), st.sampled_from(["en", "de", "da", "ru", "zh-Hant", ""]))
def test_every_text_gives_a_slug(text, language):
    assert SLUG.fullmatch(slugify(text, language))


@given(st.text(st.characters(codec="ascii")))
def test_an_ascii_text_gives_the_same_in_every_language(text):
    assert slugify(text, "de") == slugify(text, "en")


async def test_texts_that_give_the_same_slug_get_their_own(open_bot):
    bot = await open_bot(accounts={"square": {}}, questions={})
    for text in ("Über Größe?", "Ueber Groesse?", "über größe…"):
        content = Content(text=text, language="de", accounts=("square",))
        await ask(bot.context, content, bot.app.account_ids, workspace="config")
    slugs = [each.slug for each in await bot.rows(Question)]
    assert slugs == ["ueber-groesse", "ueber-groesse-2", "ueber-groesse-3"]
    assert all(map(SLUG.fullmatch, slugs))
