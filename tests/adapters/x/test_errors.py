"""Each failure becomes the error that decides what is done about it."""

from datetime import timedelta
from email.utils import format_datetime

import aiohttp
import pytest

from adapters.contract.errors import RateLimited, Rejected, Unauthorized, Unavailable, Uncertain
from adapters.testing.host import START
from adapters.x.errors import FailedResponse, OutOfCredits, find_retry_at, translate_error

MINUTE = timedelta(minutes=1)


def translate(answer, *, writes=False, error=None):
    return translate_error(error or ValueError("canary-body"), answer, "posting", START, writes=writes)


def problem(detail="", kind=""):
    return {"detail": detail, "type": f"https://api.x.com/2/problems/{kind}"}


@pytest.mark.parametrize(
    ("answer", "reads", "writes"),
    [
        (FailedResponse(), Unavailable, Uncertain),
        (FailedResponse(500), Unavailable, Uncertain),
        (FailedResponse(503), Unavailable, Uncertain),
        (FailedResponse(302), Unavailable, Uncertain),
        (FailedResponse(400, problem=problem("bad")), Rejected, Rejected),
        (FailedResponse(401), Unauthorized, Unauthorized),
        (FailedResponse(402), OutOfCredits, OutOfCredits),
        (FailedResponse(403, problem=problem("no", "client-forbidden")), Unauthorized, Unauthorized),
        (FailedResponse(403, problem=problem("Your account is suspended")), Unauthorized, Unauthorized),
        (FailedResponse(403, problem=problem("You may not reply")), Rejected, Rejected),
        (FailedResponse(403, problem=problem("duplicate content")), Rejected, Uncertain),
        (FailedResponse(404), Rejected, Rejected),
        (FailedResponse(429), RateLimited, RateLimited),
    ],
)
def test_the_class_is_the_decision(answer, reads, writes):
    assert isinstance(translate(answer), reads)
    assert isinstance(translate(answer, writes=True), writes)


def test_a_call_that_never_left_is_not_uncertain():
    error = aiohttp.ConnectionTimeoutError()
    assert isinstance(translate(FailedResponse(), writes=True, error=error), Unavailable)
    assert isinstance(translate(FailedResponse(), writes=True, error=TimeoutError()), Uncertain)


def test_nothing_of_a_body_that_is_no_problem_is_told():
    assert "canary" not in str(translate(FailedResponse(500)))


def test_a_limit_ends_when_x_says_by_our_clock():
    theirs = START + 3 * MINUTE  # X's clock is ahead
    headers = {"x-rate-limit-reset": str(int((theirs + 10 * MINUTE).timestamp())), "Date": format_datetime(theirs)}
    assert find_retry_at(headers, START) == START + 10 * MINUTE


def test_a_limit_without_a_reset_ends_with_its_window():
    assert find_retry_at({}, START) == START + 15 * MINUTE
    assert find_retry_at({"x-rate-limit-reset": "soon"}, START) == START + 15 * MINUTE


def test_a_reset_in_the_past_is_not_asked_at_once():
    headers = {"x-rate-limit-reset": str(int((START - MINUTE).timestamp()))}
    assert find_retry_at(headers, START) > START


def test_the_limit_of_a_day_outlasts_that_of_a_window():
    headers = {
        "x-rate-limit-reset": str(int((START + 15 * MINUTE).timestamp())),
        "x-user-limit-24hour-remaining": "0",
        "x-user-limit-24hour-reset": str(int((START + timedelta(hours=20)).timestamp())),
    }
    assert find_retry_at(headers, START) == START + timedelta(hours=20)


@pytest.mark.parametrize(("minutes", "told"), [(12, "12 min behind X's"), (-12, "12 min ahead of X's")])
def test_a_wrong_clock_is_named(minutes, told):
    answer = FailedResponse(401, {"Date": format_datetime(START + minutes * MINUTE)})
    assert told in str(translate(answer))
    assert "keys" not in str(translate(answer))


def test_wrong_keys_are_named_where_the_clock_is_right():
    answer = FailedResponse(401, {"Date": format_datetime(START + MINUTE)})
    assert "check the four keys and tokens" in str(translate(answer))
