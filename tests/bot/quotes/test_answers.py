"""Consecutive replies of one author to themselves are one answer."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import group_answers

NINE = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ADA, GRACE = 1, 2


@dataclass(frozen=True)
class Said:
    remote_id: str
    author_id: int
    parent_remote_id: str | None = "root"
    posted_at: datetime = NINE
    platform: str = "bluesky"


def names(answers):
    return [[part.remote_id for part in answer] for answer in answers]


def after(minutes):
    return NINE + timedelta(minutes=minutes)


def test_a_chain_is_one_answer_in_reading_order():
    chain = [Said("c", ADA, "b", after(2)), Said("a", ADA), Said("b", ADA, "a", after(1))]
    assert names(group_answers(chain)) == [["a", "b", "c"]]


def test_a_backdated_part_keeps_its_place_in_the_chain():
    assert names(group_answers([Said("a", ADA, posted_at=after(5)), Said("b", ADA, "a", NINE)])) == [["a", "b"]]


def test_a_reply_to_somebody_else_begins_a_new_answer():
    talk = [Said("a", ADA), Said("b", GRACE, "a", after(1)), Said("c", ADA, "b", after(2))]
    assert names(group_answers(talk)) == [["a"], ["b"], ["c"]]


def test_two_replies_side_by_side_are_two_answers():
    assert names(group_answers([Said("a", ADA), Said("b", ADA, posted_at=after(1))])) == [["a"], ["b"]]


def test_a_chain_that_forks_is_read_branch_by_branch():
    fork = [Said("a", ADA), Said("b", ADA, "a", after(1)), Said("c", ADA, "b", after(9)), Said("d", ADA, "a", after(2))]
    assert names(group_answers(fork)) == [["a", "b", "c", "d"]]


def test_the_same_id_on_another_platform_is_another_reply():
    apart = [Said("a", ADA), Said("b", ADA, "a", after(1), platform="x")]
    assert names(group_answers(apart)) == [["a"], ["b"]]


def test_replies_that_are_each_others_parents_are_not_lost():
    assert names(group_answers([Said("a", ADA, "b"), Said("b", ADA, "a", after(1))])) == [["a", "b"]]
    assert names(group_answers([Said("a", ADA, "a")])) == [["a"]]


def test_a_chain_of_ten_thousand_does_not_break_the_stack():
    chain = [Said(str(n), ADA, str(n - 1), after(n)) for n in range(10_000)]
    assert len(group_answers(reversed(chain))[0]) == 10_000


@given(st.data())
def test_any_order_of_arrival_gives_the_same_answers(data):
    names_ = list("abcdefg")
    said = [
        Said(
            name,
            data.draw(st.sampled_from([ADA, GRACE])),
            data.draw(st.sampled_from([None, "root", *names_])),
            after(data.draw(st.integers(0, 3))),
        )
        for name in names_
    ]
    grouped = group_answers(said)
    assert group_answers(data.draw(st.permutations(said))) == grouped
    assert sorted(part.remote_id for answer in grouped for part in answer) == names_
