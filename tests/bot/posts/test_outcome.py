"""One table: the type of an error decides what becomes of a post and of whatever else is sent."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.contract.errors import OverBudget, RateLimited, Rejected, Unauthorized, Unavailable, Uncertain
from bot.posts.outcome import NotWanted, States, decide, decide_post
from bot.questions.render import DoesNotFit
from storage.states import OutgoingState, PostState

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=7)
OUTGOING = States(again=OutgoingState.RETRY, never=OutgoingState.FAILED, unclear=OutgoingState.UNCERTAIN)
ERRORS = {
    "rate limited": (RateLimited("slow", LATER), "retry", False),
    "unavailable": (Unavailable("down"), "retry", False),
    "unauthorized": (Unauthorized("revoked"), "retry", True),
    "over budget": (OverBudget("spent", LATER), "retry", True),
    "rejected": (Rejected("too long"), "failed", True),
    "does not fit": (DoesNotFit(["too long"]), "failed", True),
    "uncertain": (Uncertain("no answer"), "uncertain", False),
    "a fault of ours": (KeyError("x"), "uncertain", True),
}


@pytest.mark.parametrize(("error", "state", "notifies"), ERRORS.values(), ids=ERRORS)
def test_posts_and_all_else_share_the_table(error, state, notifies):
    post = decide_post(error, unclear=False, attempts=1, now=NOW)
    other = decide(error, OUTGOING, attempts=1, now=NOW)
    assert (post.state, other.state) == (PostState(state), OutgoingState(state))
    assert (post.notifies, other.notifies) == (notifies, notifies)
    assert (post.retry_at is None) == (other.retry_at is None) == (state == "failed")


@pytest.mark.parametrize("error", [RateLimited("slow", LATER), Unavailable("down"), Unauthorized("revoked")])
def test_an_unclear_post_never_becomes_one_to_be_sent_again(error):
    assert decide_post(error, unclear=True, attempts=1, now=NOW).state is PostState.UNCERTAIN


def test_a_limit_is_waited_for_as_long_as_the_network_says():
    assert decide(RateLimited("slow", LATER), OUTGOING, attempts=1, now=NOW).retry_at == LATER
    assert decide(OverBudget("spent", LATER), OUTGOING, attempts=1, now=NOW).retry_at == LATER
    next_month = OverBudget("spent", NOW + timedelta(days=20))
    assert decide(next_month, OUTGOING, attempts=1, now=NOW).retry_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(("for_good", "state"), [(True, PostState.CANCELLED), (False, PostState.RETRY)])
def test_a_post_that_is_not_wanted_is_told_to_nobody(for_good, state):
    decision = decide_post(NotWanted("paused", for_good=for_good), unclear=False, attempts=1, now=NOW)
    assert (decision.state, decision.notifies) == (state, False)
