"""The passage of a reply that is like a quotation, and the words that differ."""

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.candidates import Candidates, list_words
from bot.articles.nearest import Difference, find_nearest

SOURCE = "Well. I stopped it in 2019 after a test on 40 sites – and I can’t say that anything moved at all! So there."


def test_a_changed_number_is_shown_beside_the_true_one():
    near = find_nearest("I stopped it in 2019 after a test on 50 sites", SOURCE)
    assert near.differences == (Difference("50", "40"),)
    assert near.passage == "I stopped it in 2019 after a test on 40 sites"


def test_dropped_and_added_words_are_shown():
    near = find_nearest("I stopped it after a big test on 40 sites - and I can say that anything moved", SOURCE)
    assert near.differences == (Difference("", "in 2019"), Difference("big", ""), Difference("can", "can’t"))


def test_a_changed_capital_is_a_difference_and_typography_is_none():
    near = find_nearest("And I can't say that anything moved at all", SOURCE)
    assert near.differences == (Difference("And", "and"),)


def test_other_words_are_near_nothing():
    assert find_nearest("We sold the whole company to a circus", SOURCE) is None
    assert find_nearest("", SOURCE) is None
    assert find_nearest("We keep it", "") is None


def test_the_passage_is_found_in_a_long_answer():
    filler = "We kept it and nothing moved at all on sites after that. " * 40
    near = find_nearest("I stopped it in 2018 after a test on 40 sites", filler + SOURCE + filler)
    assert near.passage == "I stopped it in 2019 after a test on 40 sites"


@given(
    st.lists(st.sampled_from(["we", "keep", "it", "not", "40", "sites", "I", "stopped"]), max_size=30),
    st.text(max_size=60),
)
def test_a_passage_is_always_a_piece_of_the_source(words, quotation):
    source = " ".join(words)
    for wanted in (quotation, source[3:40]):
        near = find_nearest(wanted, source)
        assert near is None or near.passage in source


# ---------------------------------------------------------------- which answers to look at


def test_the_answer_that_shares_most_comes_first():
    candidates = Candidates([list_words("We stopped it in 2019 after a test"), list_words("keep it")])
    answers = {
        "ada": "In 2019 we stopped after a test.",
        "grace": "We stopped it in 2018 after a test.",
        "alan": "Keep it!",
    }
    for who, text in answers.items():
        candidates.read(list_words(text), who)
    assert candidates.best(0)[0] == "grace"
    assert candidates.best(1)[0] == "alan"


def test_of_thousands_of_answers_only_the_best_few_are_kept():
    candidates = Candidates([list_words("We stopped it in 2019 after a test")])
    for number in range(5_000):
        candidates.read(list_words(f"We stopped it in {number} after tea"), number)
    assert candidates.best(0)[0] == 2019
    assert len(candidates.best(0)) < 20
