"""What a part of a thread says between its counters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes.counters import find_uncounted


def read(*texts):
    return [text[start:end] for text, (start, end) in zip(texts, find_uncounted(texts), strict=True)]


@pytest.mark.parametrize(
    "counted",
    [
        ("1/3 We audit links.", "2/3 Twice a year.", "3/3 It pays."),
        ("We audit links. 1/3", "Twice a year. 2/3", "It pays. 3/3"),
        ("(1/3) We audit links.", "(2/3) Twice a year.", "(3/3) It pays."),
        ("We audit links. (1/3)", "Twice a year. (2/3)", "It pays. (3/3)"),
        ("[1/3] We audit links.", "[2/3]\nTwice a year.", "It pays. [3/3]"),
        ("1/ We audit links.", "2/ Twice a year.", "3/ It pays."),
        ("We audit links. 1/", "Twice a year. 2/", "It pays. 3/3"),
        ("1/n We audit links.", "2/n Twice a year.", "3/n It pays."),
        ("1/3\n\nWe audit links.", "2/3\n\nTwice a year.", "3/3\n\nIt pays."),
        ("We audit links.\n1/3", "Twice a year.\n\n2/3", "It pays.\n3/3 "),
        ("1/3: We audit links.", "2/3: Twice a year.", "3/3: It pays."),
        ("🧵 1/3 We audit links.", "2/3 Twice a year.", "3/3 It pays."),
        ("We audit links. 🧵1/3", "2/3 Twice a year.", "It pays. 3/3"),
        ("We audit links.", "(2/3) Twice a year.", "It pays."),
        ("We audit links.1/3", "Twice a year.2/3", "It pays.3/3"),
        ("(1) We audit links.", "(2) Twice a year.", "(3) It pays."),
        ("We audit links. (1)", "Twice a year.(2)", "It pays.\n(3)"),
        ("[1] We audit links.", "[2] Twice a year.", "[3]\nIt pays."),
        ("1. We audit links.", "2. Twice a year.", "3. It pays."),
        ("1) We audit links.", "2) Twice a year.", "3) It pays."),
    ],
)
def test_counters_at_the_edges_of_parts_are_no_words(counted):
    assert read(*counted) == ["We audit links.", "Twice a year.", "It pays."]


def test_where_a_part_was_not_collected_the_others_count_on():
    assert read("Hello. 1/4", "Really. 2/4", "Bye. 4/4") == ["Hello.", "Really.", "Bye."]


def test_a_counter_inside_a_part_stays_and_the_others_go():
    said = ("In three parts. 1/3 We audit links.", "2/3 Twice a year.", "3/3 It pays.")
    assert read(*said) == ["In three parts. 1/3 We audit links.", "Twice a year.", "It pays."]


def test_counters_without_a_full_stop_before_them_are_known_by_all_parts():
    assert read("we audit links 1/2", "it pays 2/2") == ["we audit links", "it pays"]


@pytest.mark.parametrize(
    "said",
    [
        ("1/3 of my clients left.",),
        ("1/3 We audit links.",),
        ("1/3 of my clients left.", "They came back."),
        ("1/3 of my clients left.", "2/3 of them came back."),
        ("1/3 meiner Kunden ging.", "2/3 davon kamen zurück."),
        ("1/3 Kunden ging.", "2/3 blieben."),
        ("It fell by 1/3", "Then it rose by 2/3"),
        ("It fell by 1/3", "Then it rose by 2/3", "The end"),
        ("1/3 Kunden ging.", "2/3 blieben.", "Ende."),
        ("It fell by 1/3.", "Then it rose by 2/3."),
        ("We lost 1/3 of them.", "And 2/3 of the rest."),
        ("Open 24/7", "Really."),
        ("We rank 7/10", "It was 9/10"),
        ("See https://example.org/1/3", "And https://example.org/2/3"),
        ("On 1/3 we stopped.", "On 2/3 we began."),
        ("We met on 1/12", "and on 2/12"),
        ("1/3", "2/3"),
        ("(1) Cost.",),
        ("(1) Cost.", "Time, too."),
        ("(1) Cost.", "(3) Time."),
        ("1. Cost.\n2. Time.", "3. Trust."),
        ("We asked 1.", "Then 2."),
        ("We asked them (1)", None, "and them (3)"),
        ("(1)", "(2)"),
        ("1.5 of them left.", "2.5 of them came."),
        ("It is 3/2", "no, 1/1"),
        ("We stopped. (3/4)", "Why? Cost."),
        ("We rank 7/10", "It was 8/10", "Now 9/10"),
        (None, "1/2 cup of sugar."),
        ("", ""),
    ],
)
def test_numbers_in_sentences_stay(said):
    assert read(*(text or "" for text in said)) == [text or "" for text in said]
    assert len(find_uncounted(said)) == len(said)


@given(
    st.lists(st.text("ab .1/23()[]\n🧵x:", max_size=14), min_size=1, max_size=5),
)
def test_whatever_was_written_only_counters_and_blanks_are_left_out(texts):
    for text, (start, end) in zip(texts, find_uncounted(texts), strict=True):
        assert 0 <= start <= end <= len(text)
        left_out = text[:start] + text[end:]
        assert not set(left_out) & set("ab.")
        assert text[start:end].strip() or not text.strip()


@given(
    st.lists(st.from_regex(r"[A-Z][a-z]{1,8}( [a-z]{1,8}){0,5}[.!?]", fullmatch=True), min_size=2, max_size=12),
    st.data(),
)
def test_what_a_thread_says_is_the_same_with_and_without_its_counters(texts, data):
    form = data.draw(
        st.sampled_from(
            ["{n}/{of} {text}", "{text} {n}/{of}", "({n}/{of}) {text}", "{text}\n\n{n}/{of}", "{n}/ {text}"]
        )
    )
    counted = [form.format(n=n, of=len(texts), text=text) for n, text in enumerate(texts, 1)]
    if not any(text.lower().startswith(("of ", "der ", "de ", "des ")) for text in texts):
        assert read(*counted) == texts
