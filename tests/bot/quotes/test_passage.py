"""The passage of a long answer that is quoted: whole sentences that stand alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import choose_passage, prove_quote
from bot.quotes.sentences import find_sentences

LONG = (
    "Great question, thanks for asking! "
    "There are many opinions on this and everyone has to find their own way through them. "
    "We stopped disavowing links in March 2019 because the file cost us every Friday. "
    "It took 3 months before anybody noticed, and nothing moved. "
    "Some people will tell you otherwise and that is fine with me, they may have other sites. "
    "Hope this helps! "
    "More of it on https://sandbox.example/blog if you like reading about it."
)


def choose(text, *arguments, **options):
    start, end = choose_passage(text, *arguments, **options)
    return text[start:end]


def test_the_sentences_that_say_most_are_chosen():
    assert choose(LONG) == (
        "We stopped disavowing links in March 2019 because the file cost us every Friday. "
        "It took 3 months before anybody noticed, and nothing moved."
    )


def test_a_short_answer_is_quoted_whole():
    text = "Postmortems. We keep them because nobody remembers a Tuesday."
    assert choose(text) == text


def test_a_post_that_must_be_quoted_whole_is_whole():
    assert choose(LONG, whole=True) == LONG
    assert choose(f"  {LONG}\n", whole=True) == LONG


def test_one_sentence_without_an_end_is_not_cut():
    text = "we never stopped " + "and went on " * 60
    assert choose(text) == text.strip()


FILLER = "Everybody has a view on that and most of them are written down somewhere on the wall of some office. " * 3


@pytest.mark.parametrize(
    "leaning",
    [
        "This saved us 40 hours a month.",
        "It saved us 40 hours.",
        "And we saved 40 hours.",
        "Das sparte uns 40 Stunden.",
    ],
)
def test_a_sentence_that_leans_on_another_never_begins_a_passage(leaning):
    assert not choose(f"{FILLER}{leaning} {FILLER}").startswith(leaning[:5])


def test_a_thought_is_not_cut_before_it_turns():
    text = f"{FILLER}We saved 40 hours in 2019 with it. But we lost a client because of that. {FILLER}"
    assert "But we lost a client" in choose(text)


def test_what_the_question_asked_for_counts():
    text = f"{FILLER}We bought 12 chairs for the office. We dropped 12 feature flags last year. {FILLER}"
    assert "feature flags" in choose(text, "Which feature flags did you drop?")


def test_what_the_author_quoted_of_others_is_never_chosen():
    text = f"> We saved 40 hours in 2019 because we stopped.\n{FILLER}We never did."
    assert not choose(text, foreign=[(0, text.index("\n"))]).startswith(">")
    assert choose_passage("> all of it", foreign=[(0, 11)]) is None
    assert choose_passage(" \n") is None


def test_a_quotation_is_not_cut_in_two():
    text = (
        f'{FILLER}My boss said: "We lost 40 hours in 2019. I want them back because they were mine." I left. {FILLER}'
    )
    assert choose(text).count('"') % 2 == 0


SENTENCES = st.lists(
    st.sampled_from([
        "We kept it in 2019.", "It works!", "Why?", "This is it…", "e.g. ours.", "Ask Dr. Grace.", "“Stop.” she said.",
        "And so on (etc.)", "👍🏽", "I'd never do 3.5 of it.", "\n\n", "- one", "nothing",
    ]),
    min_size=1,
    max_size=60,
)  # fmt: skip


@given(SENTENCES)
def test_a_passage_is_whole_sentences_and_verbatim(sentences):
    text = " ".join(sentences)
    found = choose_passage(text)
    if found is None:
        assert not text.strip()
        return
    start, end = found
    bounds = find_sentences(text)
    assert start in {begin for begin, _ in bounds}
    assert end in {stop for _, stop in bounds}
    if any(letter.isalnum() for letter in text[start:end]):
        assert prove_quote(text, text[start:end]).holds


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Anonymous please. We lost 40 percent in a week.", "We lost 40 percent in a week."),
        ("We lost 40 percent in a week. Keep my name out of it.", "We lost 40 percent in a week."),
        ("No names please.", "No names please."),
        ("We lost 40 percent in a week.", "We lost 40 percent in a week."),
    ],
)
def test_what_is_said_about_being_quoted_is_no_part_of_the_quote(text, passage):
    start, end = choose_passage(text)
    assert text[start:end] == passage
