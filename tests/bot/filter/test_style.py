"""How a reply is worded and what a chat model answers: signed terms of the rank, hints for people, never a verdict."""

import math
import random
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.filter import Candidate, FilterVerdict, JudgedQuestion, Judgement, judge
from bot.filter.judge import SHIPPED
from bot.filter.rules.text import prepare
from bot.filter.style.decoys import Decoys
from bot.filter.style.features import measure_style
from bot.filter.style.habits import NAMES, SURFACE
from bot.filter.style.machines import estimate_style
from bot.filter.style.terms import BACKED, weigh_alike, weigh_likeness, weigh_style
from bot.filter.style.weights import StyleEstimate, load_style
from bot.words import words

STRANGE = st.floats(-200, 200)
STYLES = st.builds(StyleEstimate, STRANGE, STRANGE)
DECOYS = (
    (
        "Start with soil that drains well and gets six hours of sun. Tomatoes need steady water, about an inch a week,"
        " so mulch around the stems and water at the base. Uneven watering is the most common cause of split fruit."
    ),
    (
        "Split tomatoes usually come from uneven watering. Mulch the soil, water deeply at the base twice a week, and"
        " pick the fruit as soon as it colours."
    ),
)
ASKED = JudgedQuestion("Why do my tomatoes split, and what helped you?")
WITH_DECOYS = replace(ASKED, decoys=DECOYS)
LIKE_DECOY = (
    "Tomatoes split because of uneven watering, which is the most common cause. Water deeply at the base, mulch around"
    " the stems, and pick the fruit as soon as it colours, so that the skin never has to stretch."
)
PRACTITIONER = (
    "You have to water at the base and mulch. Uneven watering is the reason, I read it and tried it: no split fruit this"
    " year, picking them when they start to colour is also good."
)
NOT_LIKE = "we sell at the market so i grow a thick skinned one, my dad got the seed in 1988 and nobody else has it!!"
PITCH = (
    "Marian Oakhurst, Head Grower at Verdant Row, says: “Split fruit is a watering problem, not a breeding problem."
    " In our trials, beds with drip lines lost 4% of their fruit, and beds watered by hand lost 31%. My advice is to"
    " keep the soil evenly moist, to mulch by June, and to pick at first colour.”"
)
ALIKE = (
    (
        "Split fruit comes down to uneven moisture: the skin hardens in a dry week, and it tears when the rain returns."
        " A thick mulch and a slow drip line keep the soil even, and picking at first colour does the rest."
    ),
    (
        "In most gardens, split fruit comes down to uneven moisture. The skin hardens in a dry week, and a sudden storm"
        " does the damage. A thick mulch keeps the soil even, a slow drip line helps, and picking at first colour is"
        " safe."
    ),
)


def judge_one(text: str, asked: JudgedQuestion = ASKED) -> Judgement:
    return judge(asked, [Candidate("r1", (text,))])[0]


def weights_of(judgement: Judgement, prefix: str) -> list[float]:
    return [reason.weight for reason in judgement.reasons if reason.rule.startswith(prefix)]


def find_hints(*candidates: Candidate) -> dict[str, dict[str, str]]:
    return {
        judged.id: {each.rule: each.detail for each in judged.reasons if each.rule.startswith("machine")}
        for judged in judge(ASKED, candidates)
    }


# Decoys


@pytest.mark.parametrize("text", [LIKE_DECOY, PRACTITIONER, NOT_LIKE, PITCH, "thanks!", "水やりです。", "12 %", ""])
def test_decoys_never_raise_a_score(text):
    assert judge_one(text, WITH_DECOYS).score <= judge_one(text).score


def test_what_a_chat_model_answers_too_holds_that_it_does():
    assert (
        weights_of(judge_one(LIKE_DECOY, WITH_DECOYS), "decoy")[0]
        < weights_of(judge_one(NOT_LIKE, WITH_DECOYS), "decoy")[0]
        <= 0
    )


def test_a_practitioners_standard_answer_is_not_passed_by_an_invented_one_for_being_new():
    """Being unlike the decoys earns nothing: what decoys take from one is not given to the other."""
    invented = "A teaspoon of baking soda on each stem at the full moon stopped it, and I have done that since 1988."
    assert judge_one(invented, WITH_DECOYS).score <= judge_one(invented).score
    assert find_log_odds(PRACTITIONER) - find_log_odds(PRACTITIONER, WITH_DECOYS) < 1.2


def find_log_odds(text, *asked):
    """What of a score the terms are, however likely a good answer it is without them."""
    score = judge_one(text, *asked).score
    return math.log(score / (1 - score))


@pytest.mark.parametrize(
    ("question", "decoy", "near", "far"),
    [
        (
            "Warum platzen meine Tomaten?",
            "Tomaten platzen meist durch ungleichmäßiges Gießen. Mulchen Sie den Boden und gießen Sie regelmäßig.",
            "Das kommt vom ungleichmäßigen Gießen, man muss den Boden mulchen und regelmäßig gießen.",
            "Bei uns stehen sie unter einem Dach, seit 1998, und geplatzt ist seither keine einzige.",
        ),
        (
            "トマトが割れるのはなぜ?",
            "トマトが割れる主な原因は水やりの不均一です。土をマルチングし、定期的に水を与えてください。",
            "水やりの不均一が主な原因です。マルチングして定期的に水を与えてください。",
            "うちでは屋根の下で育てています。祖父の代からの品種で、割れたことがありません。",
        ),
    ],
)
def test_decoys_are_compared_in_every_language(question, decoy, near, far):
    decoys = Decoys(JudgedQuestion(question, decoys=(decoy,)), SHIPPED)
    assert decoys.measure(prepare((near,))) > 2 * decoys.measure(prepare((far,)))


def test_what_every_answer_takes_from_the_question_is_no_likeness():
    asked = JudgedQuestion(
        "Newsletter people: what did you stop doing that made your newsletter better?",
        decoys=("I stopped obsessing over open rates, stopped chasing subscribers, and dropped the corporate voice.",),
    )
    decoys = Decoys(asked, SHIPPED)
    assert (
        decoys.measure(prepare(("We stopped putting the greeting on top of our newsletter, it got better.",)))
        < BACKED / 2
    )
    assert decoys.measure(prepare(("We stopped obsessing over open rates and chasing subscribers.",))) > BACKED


def test_a_long_answer_is_not_like_a_decoy_for_its_length():
    decoys = Decoys(WITH_DECOYS, SHIPPED)
    assert decoys.measure(prepare((f"{NOT_LIKE} " * 8,))) <= decoys.measure(prepare((NOT_LIKE,)))


def test_the_more_of_a_decoy_a_reply_holds_the_weaker_a_style_is_enough():
    style = StyleEstimate(1.0, 1.0)
    assert weigh_style(style, 0.4) < weigh_style(style, 0.1) - 0.2


def test_a_decoy_says_nothing_of_who_wrote_it():
    assert words("en")["reasons"]["decoy"].endswith("that says nothing about who wrote it")


@given(st.floats(0, 1))
def test_likeness_to_a_decoy_only_lowers(likeness):
    assert weigh_likeness(likeness) <= 0


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


@pytest.mark.parametrize("text", [PITCH, LIKE_DECOY, *ALIKE])
def test_neither_style_nor_decoys_nor_hints_set_a_reply_aside(text):
    candidates = [Candidate(f"r{n}", (each,), f"author {n}") for n, each in enumerate((text, *ALIKE))]
    assert judge(WITH_DECOYS, candidates)[0].verdict is not FilterVerdict.ASIDE


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_sentence_accuses_anybody(language):
    said = " ".join(
        sentence
        for rule, sentence in words(language)["reasons"].items()
        if rule.startswith(("machine", "style", "decoy", "alike"))
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
