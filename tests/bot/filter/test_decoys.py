"""What a chat model answers to the question too: it lowers a reply, never raises one, and says nothing of who wrote it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.filter import JudgedQuestion
from bot.filter.judging import SHIPPED
from bot.filter.rules.text import prepare
from bot.filter.style.decoys import Decoys
from bot.filter.style.terms import BACKED, weigh_likeness, weigh_style
from bot.filter.style.weights import StyleEstimate
from bot.words import words
from tests.bot.filter.tomatoes import LIKE_DECOY, NOT_LIKE, PITCH, PRACTITIONER, WITH_DECOYS, judge_one, weights_of


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
