"""Sentences as people type them online."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes.sentences import find_sentence_at, find_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["We stopped.", "Nothing moved."],
        ["we stopped.", "nothing moved"],
        ["Really?!", "Yes!", "no."],
        ["Ask Dr. Grace Hopper, e.g. on Monday, about it.", "She knows."],
        ["We use it at Example Inc. for all.", "Example Inc.", "It works."],
        ["It costs 3.50 a month, i.e. approx. 40 a year.", "Fine."],
        ["We tested 40.", "Nothing moved."],
        ["Adopt all of it: 1. Set standards.", "2. End subsidies.", "3. Stop."],
        ["Two of them: 1. Stop, and 2. go on."],
        ["I said no.", "They said yes."],
        ["See fig. 3 for it, vol. 2."],
        ["Das war am 3. März so.", "Es blieb z. B. bei uns dabei, d.h. bei mir."],
        ["Der 2. Versuch gelang.", "Danach war Schluss."],
        ["Well... maybe.", "I tried…", "Never again."],
        ["It was hard… and slow."],
        ["Nice 👍🏽 idea. 🎉", "We tried it. 😀😀"],
        ['He said "Stop. Go home." and left.', "I stayed."],
        ["“Why?” she asked.", "Nobody knew."],
        ["We left it (it was slow. Very slow.) alone.", "Then it grew."],
        ["First line\n\n", "second paragraph"],
        ["We did this:\n", "- Stop it\n", "- Start it"],
        ["one thought that\ngoes on here"],
        ["J. R. Hartley wrote it.", "So did I.", "Then we met."],
        ["使わなくなった。", "理由は簡単。"],
        ["At 9 a.m. we ship.", "Done by 5 p.m.", "Good."],
    ],
)
def test_a_text_is_cut_where_its_sentences_end(sentences):
    text = " ".join(sentences)
    assert [text[start:end] for start, end in find_sentences(text)] == [each.strip() for each in sentences]


@given(st.text(max_size=300))
def test_sentences_cover_every_word_once_and_in_order(text):
    found = find_sentences(text)
    assert "".join(text[start:end] for start, end in found).split() == [] or found
    covered = "".join("".join(text[start:end].split()) for start, end in found)
    assert covered == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    for start, end in found:
        assert find_sentence_at(found, start) == find_sentence_at(found, end - 1) == (start, end)
