"""What a database refuses is replaced before it is written, and nothing else is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.rows import make_replies
from storage.replies.storable import make_storable

(ROW,) = make_replies(1, 1, 1, 1)
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


def refused(letter):
    return letter == "\0" or "\ud800" <= letter <= "\udfff"


@given(ANY, ANY)
def test_only_what_is_refused_is_replaced(text, name):
    stored = make_storable(replace(ROW, text=text, author=replace(ROW.author, display_name=name)))
    for given_as, stored_as in ((text, stored.text), (name, stored.author.display_name)):
        assert stored_as == "".join("\ufffd" if refused(letter) else letter for letter in given_as)
    assert stored.link == ROW.link


@pytest.mark.parametrize("field", ["handle", "display_name", "link"])
def test_a_nul_in_a_profile_is_replaced(field):
    stored = make_storable(replace(ROW, author=replace(ROW.author, **{field: "a\0b"})))
    assert getattr(stored.author, field) == "a\ufffdb"


def test_a_row_without_words_stays_as_it_is():
    row = replace(ROW, text=None)
    assert make_storable(row) is row
