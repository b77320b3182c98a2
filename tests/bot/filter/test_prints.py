"""What a text is found again by."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.filter.compare.pieces import BANDS
from bot.filter.compare.prints import Prints, make_prints
from bot.filter.rules.text import prepare

TEXT = "We gave up three expensive rank trackers in May, because the numbers of {name} never matched the console of {n} clients."


def prints_of(text: str) -> Prints:
    return make_prints(prepare((text,)))


def test_a_text_has_the_same_prints_in_every_process():
    code = "from bot.filter.compare.prints import make_prints\nfrom bot.filter.rules.text import prepare\n"
    ask = [sys.executable, "-c", code + f"print(make_prints(prepare(({TEXT!r},))))"]
    answers = {
        subprocess.run(ask, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }
    assert answers == {f"{prints_of(TEXT)}\n"}


def test_prints_stay_what_they_were_when_they_were_stored():
    prints = prints_of(TEXT.format(name="Rankly", n=40))
    assert (prints.bands[0], prints.frames[0], prints.grams[0]) == (
        5513913977515872520,
        -1649087553192335730,
        -5428144326141692402,
    )


@pytest.mark.parametrize(
    "other",
    [
        TEXT.upper(),
        TEXT.replace(" ", "  ").replace(",", " -- ") + "!!! 🎉",
        TEXT.replace("We gave", "We\u200b gave"),
    ],
)
def test_case_punctuation_spacing_and_emoji_do_not_part_copies(other):
    assert prints_of(other.replace("{NAME}", "{name}")).bands == prints_of(TEXT).bands


def test_a_text_with_a_few_other_words_shares_a_band():
    one, other = prints_of(TEXT), prints_of(TEXT.replace("expensive", "costly"))
    assert set(one.bands) & set(other.bands)


def test_texts_about_other_things_share_nothing():
    one, other = (
        prints_of(TEXT),
        prints_of("The bakery round the corner closed when the flour became too dear for them last year."),
    )
    assert not set(one.bands) & set(other.bands)
    assert not set(one.grams) & set(other.grams)


def test_a_frame_is_the_same_with_other_names_and_numbers():
    one, other = prints_of(TEXT.format(name="Rankly", n=40)), prints_of(TEXT.format(name="Ada Byron", n="twelve"))
    assert one.frames
    assert one.frames == other.frames
    assert prints_of(TEXT.replace("console", "invoices").format(name="Rankly", n=40)).frames != one.frames


def test_a_frame_is_found_with_another_greeting_or_signature():
    body = "I have helped firms to grow for years and would be glad to tell your readers how we do it at {name}."
    one, other = (
        prints_of(f"Hello there. {body.format(name='Acme')}"),
        prints_of(f"{body.format(name='Ada')} Best, Bob"),
    )
    assert set(one.frames) & set(prints_of(f"Good morning to you all. {body.format(name='Ada')}").frames)
    assert set(other.frames) & set(prints_of(f"{body.format(name='Eve')} Yours truly, Alice").frames)


def test_a_short_text_has_no_prints():
    assert prints_of("We use Plausible.") == Prints((), (), ())


def test_the_rarest_words_are_the_grams():
    text = "it is what it is and so on. " * 3 + "Kryptographische Handschuhe verlangsamen Bibliotheken spürbar"
    with_gram, without = prints_of(text), prints_of("it is what it is and so on. " * 3)
    assert set(with_gram.grams) - set(without.grams)


@given(st.text(max_size=400))
def test_prints_are_signed_numbers_of_64_bits(text):
    prints = prints_of(text)
    assert len(prints.bands) in {0, BANDS}
    assert all(-(2**63) <= number < 2**63 for number in (*prints.bands, *prints.frames, *prints.grams))
    assert all(type(number) is int for number in (*prints.bands, *prints.frames, *prints.grams))
