"""What is looked at before a pattern of a sale is tried."""

from itertools import product
from re import _constants as sre
from re import _parser

import pytest

from bot.filter.rules.sales.traces import PITCHES, find_traces
from bot.filter.rules.text import prepare

ANYTHING = "\0"
"""Stands for what no letter is known of."""


def write_matches(tree):
    """All that a pattern may match, its letters as they are."""
    return ["".join(parts) for parts in product(*(_write(kind, value) for kind, value in tree))]


def _write(kind, value):
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind is sre.BRANCH:
        return [each for branch in value[1] for each in write_matches(branch)]
    if kind is sre.SUBPATTERN:
        return write_matches(value[3])
    if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        return [""]
    if kind is sre.MAX_REPEAT:
        least, _, tree = value
        some = write_matches(tree)
        return (
            ["", *(f"{each}{ANYTHING}" for each in some), *some]
            if least == 0
            else [f"{each}{ANYTHING}" for each in some]
        )
    return [ANYTHING]


@pytest.mark.parametrize("pitch", [pitch for pitch in PITCHES if pitch.needs], ids=lambda pitch: pitch.needs[0])
def test_every_match_of_a_pitch_holds_what_it_needs(pitch):
    spared = [
        match for match in write_matches(_parser.parse(pitch.pattern)) if not any(need in match for need in pitch.needs)
    ]
    assert not spared, spared[:3]


def test_a_pitch_is_found_where_what_it_needs_stands():
    (found,) = find_traces(prepare(("Please like this comment",)))
    assert (found.kind, found.start) == ("applause", 0)
