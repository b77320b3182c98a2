"""What X counts and what it makes a link of."""

import pytest

from adapters.x.text import find_accidental_links, find_crowding, find_links, weigh


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("a" * 280, 280),
        ("see https://example.org/" + "a" * 300, 27),
        ("日本", 4),
        ("\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}", 2),
        ("main.py", 23),
    ],
)
def test_length_is_weighted(text, length):
    assert weigh(text) == length


@pytest.mark.parametrize("word", ["main.py", "README.md", "socket.io", "example.org", "Vue.io"])
def test_a_link_by_accident_is_found_and_what_to_change_is_said(word):
    text = f"Do you keep a {word} by hand?"
    assert find_links(text) == [word]
    (fault,) = find_accidental_links(text)
    assert f"X makes '{word}' a link" in fault
    assert "13 times as much" in fault


@pytest.mark.parametrize("text", ["See https://example.org/a", "No link at all.", "v2.1 and e.g. this", "Node.js"])
def test_meant_links_and_plain_words_are_no_fault(text):
    assert find_accidental_links(text) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Which is riskier: $TSLA or $NVDA?", "$TSLA or $NVDA without its $"),
        ("What do @ada and @alan get wrong?", "(@ada, @alan): write names without @"),
    ],
)
def test_two_cashtags_or_handles_are_a_fault_that_says_what_to_change(text, named):
    (fault,) = find_crowding(text)
    assert named in fault


@pytest.mark.parametrize(
    "text",
    ["Do you hold $TSLA?", "$20 or $30?", "US$NVDA and $TSLA", "$TSLA, and again $TSLA", "Ask @ada.", "a@b.de, c@d.de"],
)
def test_one_cashtag_or_handle_prices_and_addresses_are_no_fault(text):
    assert find_crowding(text) == []
