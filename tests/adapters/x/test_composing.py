"""From a draft to the body of each call, or to a clear no before anything is sent."""

from datetime import timedelta

import pytest

from adapters.contract.errors import Rejected
from adapters.contract.sending import Draft, Poll, Reference
from adapters.testing.host import START
from adapters.x.capabilities import CAPABILITIES
from adapters.x.compose import check_draft, complete_body, compose_parts

DAY = timedelta(days=1)


def compose(draft):
    check_draft(draft, CAPABILITIES, START)
    return compose_parts(draft, "post-1", START)


def test_a_poll_is_written_with_its_length_in_minutes():
    (root,) = compose(Draft("Do you?", poll=Poll(("Yes", "No"), START + 3 * DAY)))
    assert root.payload == {"text": "Do you?", "poll": {"options": ["Yes", "No"], "duration_minutes": 4320}}


def test_each_part_of_a_thread_answers_the_one_before():
    parts = compose(Draft("One.", ("Two.", "Three.")))
    assert [part.key for part in parts] == ["post-1-0", "post-1-1", "post-1-2"]
    body = complete_body(parts[2], [Reference("11"), Reference("12")])
    assert body == {"text": "Three.", "reply": {"in_reply_to_tweet_id": "12"}}
    assert "reply" not in parts[2].payload


def test_a_self_reply_without_its_root_is_refused():
    with pytest.raises(Rejected, match="no post comes before it"):
        complete_body(compose(Draft("One.", ("Two.",)))[1], [])


@pytest.mark.parametrize(
    ("options", "lasts", "why"),
    [
        (("only",), DAY, "2 to 4 options, not 1"),
        (("a", "b", "c", "d", "e"), DAY, "2 to 4 options, not 5"),
        (("a" * 26, "b"), DAY, "has 26 characters; X takes 25"),
        (("a", " "), DAY, "an option of the poll is empty"),
        (("a", "b"), timedelta(minutes=4), "5 to 10,080 minutes, not for 4"),
        (("a", "b"), timedelta(minutes=10_081), "5 to 10,080 minutes, not for 10,081"),
    ],
)
def test_a_poll_that_does_not_fit_is_refused(options, lasts, why):
    with pytest.raises(Rejected, match=why):
        compose(Draft("Do you?", poll=Poll(options, START + lasts)))


def test_a_text_that_would_cost_thirteen_times_as_much_by_accident_is_refused():
    with pytest.raises(Rejected, match=r"X makes 'main\.py' a link"):
        compose(Draft("Do you test main.py?"))
    with pytest.raises(Rejected, match=r"post 2 of 2: X makes 'README\.md' a link"):
        compose(Draft("Do you?", ("Say it in README.md.",)))
