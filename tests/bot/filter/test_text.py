"""The text of a reply, cut once: quick ways give what the plain ones do."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from bot.filter import remembered
from bot.filter.remembered import Remembered
from bot.filter.rules.text import LINK, WORD, prepare, split_words

TEXTS = st.text(st.sampled_from("ab'1_ .,-\n\"éИ😀"), max_size=30)


@given(TEXTS)
@example("rock 'n' roll, don''t 'quote' _it_'s")
def test_words_are_those_of_the_pattern(text):
    assert split_words(text) == WORD.findall(text)


@given(
    st.lists(st.sampled_from(("see www.a.com/b ", "https://x ", "a.shop, ", "e.g. ", "no.comma ", "me ")), max_size=6)
)
def test_a_text_without_its_links_is_what_the_pattern_leaves(parts):
    reply = prepare(("".join(parts),))
    assert [reply.lowered[start:end] for start, end in reply.links] == LINK.findall(reply.lowered)
    assert reply.bare == LINK.sub(" ", reply.lowered)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4))
def test_what_stays_of_a_cut_reply_is_traced_to_where_it_stood(text, pairs):
    whole = prepare((text,))
    edges = sorted({min(place, len(whole.text)) for pair in pairs for place in pair})
    gone = list(zip(edges[::2], edges[1::2], strict=False))
    left = whole.without(gone)
    cut = {place for start, end in gone for place in range(start, end)}
    assert left.text == "".join(letter for place, letter in enumerate(whole.text) if place not in cut)
    for found in re.finditer(r"\S", left.text):
        span = left.span(*found.span())
        assert prepare((text[span.start : span.end],)).text == found.group()


def test_what_is_known_of_words_is_forgotten_before_it_grows(monkeypatch):
    asked = []
    monkeypatch.setattr(remembered, "MOST", 2)
    known = Remembered(lambda word: asked.append(word) or len(word))
    assert [known[word] for word in ("a", "bb", "a", "ccc", "a")] == [1, 2, 1, 3, 1]
    assert asked == ["a", "bb", "ccc", "a"]
