"""How a reply is worded and what a chat model answers: signed terms of the rank, hints for people, never a verdict."""

import random
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.filter import Candidate, FilterVerdict, judge
from bot.filter.judging import SHIPPED
from bot.filter.rules.text import prepare
from bot.filter.style.decoys import Decoys
from bot.filter.style.features import measure_style
from bot.filter.style.habits import NAMES, SURFACE
from bot.filter.style.machines import estimate_style
from bot.filter.style.terms import weigh_alike, weigh_likeness, weigh_style
from bot.filter.style.weights import StyleEstimate, load_style
from bot.words import words
from tests.bot.filter.tomatoes import (
    ALIKE,
    LIKE_DECOY,
    NOT_LIKE,
    PITCH,
    PRACTITIONER,
    WITH_DECOYS,
    find_hints,
    judge_one,
    weights_of,
)

STRANGE = st.floats(-200, 200)
STYLES = st.builds(StyleEstimate, STRANGE, STRANGE)


# Style


@given(STYLES)
def test_a_style_alone_moves_the_probability_by_at_most_a_tenth(style):
    assert abs(weigh_style(style, 0)) <= 0.2


@given(STRANGE, STRANGE, st.floats(0, 1))
def test_the_order_of_styles_is_kept(one, other, likeness):
    low, high = sorted((one, other))
    assert weigh_style(StyleEstimate(low, low), likeness) >= weigh_style(StyleEstimate(high, high), likeness)


@given(STYLES, st.floats(0, 1))
def test_a_decoy_never_makes_a_style_count_in_favour(style, likeness):
    assert weigh_style(style, likeness) <= weigh_style(style, 0)


def test_a_style_that_a_decoy_backs_counts_in_full():
    assert sum(weights_of(judge_one(LIKE_DECOY, WITH_DECOYS), "style")) < -2
    assert abs(sum(weights_of(judge_one(LIKE_DECOY), "style"))) <= 0.2


def test_wording_like_a_person_costs_little_even_where_the_answer_is_a_models():
    assert sum(weights_of(judge_one(PRACTITIONER, WITH_DECOYS), "style")) > -0.6


@pytest.mark.parametrize(
    "text", ["Danke, wir gießen früh.", "水やりは朝だけにしています。", "Поливаем утром, у корня.", "🌱🌱", "1988"]
)
def test_only_english_has_a_style(text):
    language = "de" if text.startswith("Danke") else ""
    assert estimate_style(prepare((text,)), language, SHIPPED) == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + " 🙂",
        lambda text: text.replace(" ", "  "),
        lambda text: text[0].swapcase() + text[1:],
        str.upper,
        lambda text: f'"{text}"',
        lambda text: text.replace(". ", ".\n\n"),
    ],
)
@pytest.mark.parametrize("text", [LIKE_DECOY, PITCH, PRACTITIONER, *ALIKE])
def test_a_keystroke_moves_style_and_likeness_by_at_most_a_twentieth(text, change):
    weigh = partial(weigh_style_and_likeness, decoys=Decoys(WITH_DECOYS, SHIPPED))
    assert abs(weigh(change(text)) - weigh(text)) <= 4 * 0.05


def weigh_style_and_likeness(text: str, decoys: Decoys) -> float:
    reply = prepare((text,))
    likeness = decoys.measure(reply)
    styles = estimate_style(reply, "en", SHIPPED)
    return weigh_likeness(likeness) + min(weigh_style(style, likeness) for style in styles.values())


def test_a_semicolon_is_a_comma_and_a_line_break_a_space():
    one = "First we mulched, then it rained. Nothing split."
    assert measure_style(prepare((one,))) == measure_style(prepare((one.replace(",", ";").replace(". N", ".\nN"),)))


@given(st.text(max_size=300))
def test_every_text_has_a_finite_style(text):
    assert all(abs(value) < 1_000 for value in measure_style(prepare((text,))))


def test_no_feature_is_named_twice_and_each_that_a_keystroke_changes_is_one():
    assert len(set(NAMES)) == len(NAMES)
    assert set(NAMES) >= SURFACE


# Siblings


def test_two_replies_worded_alike_hint_at_each_other():
    one, two = (Candidate(f"r{n}", (text,), f"author {n}") for n, text in enumerate(ALIKE))
    hints = find_hints(one, two, Candidate("r9", (NOT_LIKE,), "ada"))
    assert hints["r0"]["machine_alike"] == "r1"
    assert hints["r1"]["machine_alike"] == "r0"
    assert "machine_alike" not in hints["r9"]


def test_an_author_who_repeats_the_own_words_is_not_hinted_at():
    hints = find_hints(*(Candidate(f"r{n}", (text,), "ada") for n, text in enumerate(ALIKE)))
    assert not any("machine_alike" in each for each in hints.values())


def test_a_copy_is_called_a_copy_and_hints_at_nobody():
    hints = find_hints(*(Candidate(f"r{n}", (ALIKE[0],), f"author {n}") for n in range(2)))
    assert not any("machine_alike" in each for each in hints.values())


def test_people_who_type_as_people_may_say_the_same():
    typed = "uneven watering, i mulch the beds n water at the base twice a week, pick when they colour.. no split ones"
    hints = find_hints(
        Candidate("r1", (typed + " since july lol",), "ada"), Candidate("r2", ("yep " + typed + " here!!",), "grace")
    )
    assert not any("machine_alike" in each for each in hints.values())


@given(st.floats(0, 1), STRANGE)
def test_one_sibling_moves_a_score_by_at_most_a_twentieth(shared, weaker):
    assert -0.15 <= weigh_alike(shared, weaker) <= 0


def test_a_hostile_sibling_changes_no_verdict_and_hardly_a_score():
    others = [Candidate(f"r{n}", (text,), f"author {n}") for n, text in enumerate((ALIKE[0], PITCH, NOT_LIKE))]
    before = judge(WITH_DECOYS, others)
    after = judge(WITH_DECOYS, [*others, Candidate("hostile", (ALIKE[1],), "mallory")])[: len(others)]
    assert [each.verdict for each in after] == [each.verdict for each in before]
    assert all(abs(one.score - two.score) <= 0.05 for one, two in zip(before, after, strict=True))


def test_no_order_of_arrival_changes_a_bit():
    texts = (*ALIKE, PITCH, LIKE_DECOY, PRACTITIONER, NOT_LIKE)
    candidates = [Candidate(f"r{n}", (text,), f"author {n}") for n, text in enumerate(texts)]
    wanted = {each.id: each for each in judge(WITH_DECOYS, candidates)}
    for seed in range(5):
        shuffled = random.Random(seed).sample(candidates, len(candidates))
        assert {each.id: each for each in judge(WITH_DECOYS, shuffled)} == wanted


def test_what_is_stored_of_a_reply_does_not_depend_on_its_siblings():
    alone = judge(WITH_DECOYS, [Candidate("r0", (ALIKE[0],), "ada")])[0]
    beside = judge(WITH_DECOYS, [Candidate("r0", (ALIKE[0],), "ada"), Candidate("r1", (ALIKE[1],), "mallory")])[0]
    assert (alone.own, alone.verdict) == (beside.own, beside.verdict)


# Hints


def test_a_text_in_a_style_that_no_register_of_people_has_is_hinted_at():
    long = PITCH + " Growers often blame the variety, but a steady supply, a deep mulch, and patience matter far more."
    assert "machine_style" in find_hints(Candidate("r1", (long,)))["r1"]


def test_fewer_than_forty_words_are_no_ground_for_a_hint():
    assert find_hints(Candidate("r1", (" ".join(PITCH.split()[:39]),)))["r1"] == {}


STOCK = (
    "Watering tomatoes plays a crucial role in healthy growth. Additionally, it is worth noting that results can vary"
    " depending on the soil. Ultimately, a balanced approach is key."
)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (STOCK, 1),
        (STOCK + " We mulch.", 0),
        (STOCK + " It took 3 years.", 0),
        ("Watering plays a crucial role. Additionally, mulch.", 0),
    ],
)
def test_stock_phrases_lower_a_reply_that_has_neither_a_figure_nor_anything_of_its_own(text, counted):
    assert len(weights_of(judge_one(text), "stock_phrases")) == counted


def test_stock_phrases_set_nobody_aside_and_rank_below_a_plain_answer():
    assert judge_one(STOCK).verdict is not FilterVerdict.ASIDE
    assert judge_one(STOCK).score < judge_one("Water them at the base, twice a week, so the soil stays even.").score


@pytest.mark.parametrize("text", [PITCH, LIKE_DECOY, *ALIKE])
def test_neither_style_nor_decoys_nor_hints_set_a_reply_aside(text):
    candidates = [Candidate(f"r{n}", (each,), f"author {n}") for n, each in enumerate((text, *ALIKE))]
    assert judge(WITH_DECOYS, candidates)[0].verdict is not FilterVerdict.ASIDE


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_sentence_accuses_anybody(language):
    said = " ".join(
        sentence
        for rule, sentence in words(language)["reasons"].items()
        if rule.startswith(("machine", "style", "decoy", "alike", "stock"))
    )
    for accusing in ("fake", "cheat", "generated", "written by a", "artificial", "maschinell", "generiert", "täusch"):
        assert accusing not in said.lower()


# Weights


def test_the_weights_that_ship_can_be_read():
    assert [family.name for family in load_style(SHIPPED).families] == ["newer", "older"]


@pytest.mark.parametrize("content", ["", "{}", '{"format": 0, "features": [], "families": {}}', "[1]"])
def test_weights_that_do_not_fit_are_named(tmp_path, content):
    (tmp_path / "style.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"style\.json: .*fit them anew"):
        load_style(tmp_path)
