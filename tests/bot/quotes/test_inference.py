"""What an answer plainly argues for without naming an option, and above all what is not plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import infer_option

ASKED = "Which of these would you keep if you could keep only one?"
OPTIONS = ("Feature flags", "A staging environment", "Canary releases", "Postmortems")
TOOL = "Which tool saved you the most time this week?"
TOOLS = ("An editor", "A script of my own", "An assistant", "Something else")
HABIT = "Do you still disavow links?"
HABITS = ("Yes, regularly", "Only after a manual action", "No, never", "What is disavowing?")


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("We'd keep our staging.", 1),
        ("Hard one. I would always pick the canaries, because they woke me up.", 2),
        ("My vote goes to the flags. A rollback takes us forty minutes.", 0),
        ("After six outages: I'd go with a postmortem every time", 3),
        ("Wir behalten Staging. Der Rest ist Gewohnheit.", 1),
    ],
)
def test_who_chooses_what_only_one_option_has_argues_for_it(text, option):
    assert infer_option(text, ASKED, OPTIONS) == option


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        # nobody chooses
        "Feature flags are a trap.",
        "Staging saved us twice.",
        "Everyone says postmortems.",
        # somebody else does
        "My boss would keep staging.",
        "They told us to keep staging.",
        # denied, or turned
        "I would never keep staging.",
        "I'd keep anything but staging.",
        "I'd keep staging, said nobody ever.",
        "Not staging.",
        "We do not keep postmortems.",
        "I would hardly keep the flags.",
        "I'd keep staging. Not.",
        "I'd keep the canary. Actually no.",
        "I'd keep staging /s",
        "I'd keep staging. Just kidding.",
        # with a condition, or gone by
        "I'd keep staging if somebody paid for it.",
        "I'd keep staging, but only for the interns.",
        "We kept staging until 2021.",
        "I'd keep staging, maybe.",
        "Would I keep staging?",
        # several
        "I'd keep flags over staging.",
        "I'd keep flags and staging.",
        "I'd keep staging. Postmortems are nice too.",
        # the words of the option in another sense
        "I keep saying staging is useless.",
        "We keep breaking staging.",
        "I keep staging around as a museum piece.",
    ],
)
def test_what_is_not_plain_is_unknown(text):
    assert infer_option(text, ASKED, OPTIONS) is None


@pytest.mark.parametrize(
    "text",
    [
        "Not an editor.",
        "I would not go with an editor.",
        "My vote goes to not using an editor.",
        "An editor is the last thing I'd pick.",
        "I went with the assistant and it wrote nonsense.",
        "We chose an editor from Berlin to run the desk.",
        "I took the script to court.",
        "I'd pick editors that get out of my way.",
    ],
)
def test_not_an_editor_is_no_editor(text):
    assert infer_option(text, TOOL, TOOLS) is None


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Nein. Ich betreue 14 Websites, und keine hat es je gebraucht.", 2),
        ("Jamais. On a regardé pendant un an.", 2),
        ("Nope: too much work for nothing.", 2),
        ("Agency of six. My answer is a clear no, because clients asked and we looked.", 2),
        # a bare yes is not "regularly": there is another way to do it
        ("Yes.", None),
        ("Yes, since 2019.", None),
        ("No problem.", None),
        ("No idea what that is.", None),
        ("No one does.", None),
        ("No longer.", None),
        ("No, but we did once.", None),
        ("No. Only after a manual action.", None),
        ("No. Yes. It depends.", None),
        ("Never say never.", None),
        ("No, why would I?", None),
        ("We never do. That is what the agency is for.", None),
    ],
)
def test_a_plain_no_is_for_the_option_that_says_no(text, option):
    assert infer_option(text, HABIT, HABITS) == option


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("Don't you disavow links?", ("Yes", "No")),  # a no to a negation is either
        ("Do you disavow links or ignore them?", ("Yes", "No")),
        ("Why do you disavow links?", ("Yes", "No")),
        ("Do you disavow? Do you audit?", ("Yes", "No")),
        ("Do you disavow?", ("No, never", "No, not yet", "Yes")),
        ("Do you disavow?", ("Often", "Seldom")),
    ],
)
def test_where_a_question_cannot_be_answered_so_a_no_is_for_nothing(question, options):
    assert infer_option("Nope.", question, options) is None


@pytest.mark.parametrize(("text", "option"), [("Ja.", 0), ("Yep, every quarter.", 0), ("Yes. Not always.", None)])
def test_a_yes_is_for_the_option_that_says_no_more(text, option):
    assert infer_option(text, HABIT, ("Yes", "No")) == option


@given(st.text(max_size=300), st.text(max_size=60), st.lists(st.text(max_size=30), max_size=5))
def test_any_text_has_one_of_the_options_or_none(text, question, options):
    found = infer_option(text, question, options)
    assert found is None or found in range(len(options))
