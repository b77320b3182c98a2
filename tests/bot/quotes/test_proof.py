"""No text leaves as a quote that a string test has not found in a revision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import Span, Unproven, find_own_words, prove, read_span

TEXT = st.text(min_size=1).filter(str.strip)


@given(TEXT, st.data())
def test_any_exact_substring_is_proven_and_reads_back(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = text[start:end]
    if passage.strip():
        assert read_span(prove(passage, text, 7), text) == passage


@given(TEXT, TEXT)
def test_what_was_not_said_is_never_proven(passage, source):
    if passage not in source:
        with pytest.raises(Unproven):
            prove(passage, source, 7)


@pytest.mark.parametrize("passage", ["", "  ", "\n"])
def test_an_empty_passage_quotes_nobody(passage):
    with pytest.raises(Unproven):
        prove(passage, "We keep postmortems.  \n", 7)


def test_one_changed_letter_is_not_what_was_said():
    with pytest.raises(Unproven, match="revision 7 does not say"):
        prove("We keep postmortem's", "We keep postmortems", 7)


def test_nothing_is_proven_from_a_text_that_is_gone():
    with pytest.raises(Unproven, match="no text any more"):
        prove("We keep", None, 7)


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-2, 4), (0, 9), (8, 12), (4, 5)])
def test_a_span_that_does_not_fit_reads_nothing(span):
    assert read_span(Span(7, *span), "Keep it.") is None


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_own_words_are_exact_and_never_somebody_elses(text, foreign):
    foreign = [(start, end) for start, end in foreign if start <= end]
    for span in find_own_words(7, text, foreign):
        words = read_span(span, text)
        assert words is not None
        assert words == words.strip()
        assert all(span.end <= start or end <= span.start for start, end in foreign if start < end)


def test_a_reply_without_foreign_words_is_quoted_whole():
    assert find_own_words(7, "  Keep it. \n") == [Span(7, 2, 10)]


def test_what_its_author_quoted_of_others_is_left_out():
    text = "> never keep it\nI would. > why?\nBecause."
    assert [read_span(span, text) for span in find_own_words(7, text, [(0, 15), (25, 31)])] == ["I would.", "Because."]
