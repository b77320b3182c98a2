"""What no phrase foresaw has a shape: weights of words, fitted to sentences that ask and to look-alikes."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import Refusal, find_refusal
from bot.quotes.refusals.shape import list_features, measure_shape, read_words

ROOT = Path(__file__).parents[3]
ROWS = [
    line.split("\t")
    for line in (ROOT / "scripts/refusals.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
WEIGHTS = tomllib.loads((ROOT / "bot/quotes/refusals/weights.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "Kindly refrain from quoting this.",
        "Please hold this back from the write-up.",
        "Please keep my employer's name off this.",
        "No surname please.",
        "Quote? No. Name? No. But here's the story anyway.",
        "Veröffentlichung: nein",
        "I am not giving consent for publication.",
        "Einer Veröffentlichung widerspreche ich.",
    ],
)
def test_what_no_phrase_foresaw_is_held(text):
    assert find_refusal(text).outcome in set(Refusal)


@pytest.mark.parametrize(
    "text",
    [
        "The client did not want to be named in the case study, so we lost the backlink.",
        "Unsere Kunden wollen nicht genannt werden, das macht Referenzen schwer.",
        "Vor dem Druck lesen bei uns zwei Leute Korrektur.",
        "It was published without our consent, and the lawyer cost 4,000.",
    ],
)
def test_a_story_of_others_is_free(text):
    assert find_refusal(text) is None


@given(st.sampled_from([text for _, _, text in ROWS]))
def test_the_shape_is_the_sum_of_the_weights_of_its_features(text):
    clause = " ".join(text.lower().split())
    features = set(list_features(read_words(clause)))
    total = WEIGHTS["always"] + sum(WEIGHTS.get(feature, 0.0) for feature in features)
    assert measure_shape(clause) == pytest.approx(total)


def test_the_sentences_it_was_fitted_to_are_told_apart():
    asking = [text for right, _, text in ROWS if right == "asking"]
    free = [text for right, _, text in ROWS if right == "free"]
    assert sum(find_refusal(text) is None for text in asking) <= 0.11 * len(asking)
    assert sum(find_refusal(text) is not None for text in free) <= 0.07 * len(free)
