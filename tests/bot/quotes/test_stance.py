"""Which option an answer names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import find_stated_option

OPTIONS = ("Feature flags", "A staging environment", "Canary releases", "Postmortems")


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Feature flags. At 16:50 on a Friday I turned a payment provider off.", 0),
        ("feature flags, because a rollback takes forty minutes", 0),
        ("Postmortems!", 3),
        ("“Postmortems”, and it is not close.", 3),
        ("I voted for postmortems: ours got shorter.", 3),
        ("We'd keep canary releases. Five percent, then lunch.", 2),
        ("My vote goes to feature flags, every time.", 0),
        ("Hard one. I picked Canary releases – they woke me up.", 2),
        ("Ich habe für Postmortems gestimmt, weil sie bleiben.", 3),
        ("Ich bin für Feature flags.", 0),
        ("Meine Stimme: Canary releases.", 2),
        ("Option 2, we tried all others.", 1),
        ("#4 without a doubt", 3),
        ("3", 2),
        ("2: because production is not a test.", 1),
        ("Nr. 3, ohne Frage", 2),
        ("Option B, we tried all others.", 1),
        ("I voted for C.", 2),
        ("d) because ours got shorter", 3),
        ("Staging environment. It caught more than our tests.", 1),
        ("A staging environment, since nobody lets you canary a patient.", 1),
    ],
)
def test_an_option_that_an_answer_names_is_stated(text, option):
    assert find_stated_option(text, OPTIONS) == option


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "We had the same certificate expire three years in a row.",
        "Feature flags are a trap.",
        "Postmortems? No.",
        "Postmortems, never again.",
        "Postmortems, not really: nobody reads them.",
        "A staging environment. Nie wieder.",
        "Feature flags. Postmortems. Both.",
        "Option 1 or option 3, it depends.",
        "3 years ago we dropped staging.",
        "2.5 million users and no staging environment",
        "4, 5 times a week we deploy",
        "Canary releases and feature flags, together.",
        "Everyone says postmortems, because it sounds wise.",
        "#9 is what I would take",
        "1. First we looked. 2. Then we cried.",
        "+1",
        "B",
        "A lot of things",
        "C, because of pointers",
        "A/B tests",
        "a) first we looked b) then we cried",
        "Option A or B",
        "Option E",
        "Option B? Never.",
    ],
)
def test_what_names_none_or_several_or_turns_it_down_is_unknown(text):
    assert find_stated_option(text, OPTIONS) is None


@pytest.mark.parametrize(("text", "option"), [("Yes, since 2019.", 0), ("No. We tried.", 1), ("Ja, aber", None)])
def test_yes_and_no_are_options_too(text, option):
    assert find_stated_option(text, ("Yes", "No")) == option


@pytest.mark.parametrize(
    "text", ["Yes, but only on Fridays", "Yes, no, I mean", "No, yes, maybe", "Yes! Well, sometimes."]
)
def test_a_yes_with_a_condition_is_none(text):
    assert find_stated_option(text, ("Yes", "No")) is None


def test_without_options_nothing_is_stated():
    assert find_stated_option("Yes.", ()) is None
    assert find_stated_option("Yes.", ("", "...")) is None


@given(st.text(max_size=300), st.lists(st.text(max_size=30), max_size=5))
def test_any_text_has_one_of_the_options_or_none(text, options):
    found = find_stated_option(text, options)
    assert found is None or found in range(len(options))
