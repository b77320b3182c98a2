"""The loopback X fails as X does, where a test says so."""

import asyncio
import time
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import ClientResponse
from tweepy.errors import HTTPException, TooManyRequests, TwitterServerError

from adapters.testing.host import START
from tests.servers.x.tweepy_client import open_tweepy


async def post(tweepy, text="Who still prints?"):
    await tweepy.create_tweet(text=text, user_auth=True)


async def test_an_answer_can_get_lost_after_the_post_was_stored(network, tweepy, asker):
    network.fail("create", after_effect=True)
    with pytest.raises(aiohttp.ClientError):
        await post(tweepy)
    assert network.standing(asker) == ["Who still prints?"]
    assert [charge.unit for charge in network.ledger()] == ["post_create"]
    assert [call.status for call in network.calls(asker)] == [0]


async def test_a_call_can_get_lost_before_anything_happens(network, tweepy, asker):
    network.fail("create")
    with pytest.raises(aiohttp.ClientError):
        await post(tweepy)
    assert network.standing(asker) == network.ledger() == []
    await post(tweepy)
    assert network.standing(asker) == ["Who still prints?"]


async def test_an_answer_can_hang_after_the_post_was_stored(network, tweepy, asker):
    network.fail("create", after_effect=True, hang=600)
    waiting = asyncio.create_task(post(tweepy))
    while not network.standing(asker):  # X is another process: only asking tells  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    assert not waiting.done()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert network.standing(asker) == ["Who still prints?"]


async def test_a_page_of_html_comes_in_place_of_json(network, tweepy, asker):
    """tweepy's own client stumbles over it, which is why it must be here."""
    network.fail("mentions", status=503, html=True)
    with pytest.raises(aiohttp.ContentTypeError):
        await tweepy.get_users_mentions(asker.id, user_auth=True)


async def test_a_server_error_comes_as_json_too(network, tweepy, asker):
    network.fail("mentions", status=503)
    with pytest.raises(TwitterServerError):
        await tweepy.get_users_mentions(asker.id, user_auth=True)


async def test_too_many_requests_come_with_and_without_a_reset(network, tweepy, asker):
    reset_at = START + timedelta(minutes=15)
    network.fail("search", status=429, reset_at=reset_at)
    network.fail("search", status=429, nth=2)
    resets = []
    for _ in range(2):
        with pytest.raises(TooManyRequests) as refused:
            await tweepy.search_recent_tweets("x", user_auth=True)
        resets.append(refused.value.reset_time)
    assert resets == [int(reset_at.timestamp()), None]


async def test_failures_come_when_they_were_planned(network, tweepy, asker):
    network.fail("mentions", status=500, nth=2, times=2)
    came = []
    for _ in range(5):
        try:
            await tweepy.get_users_mentions(asker.id, user_auth=True)
            came.append(200)
        except TwitterServerError as error:
            came.append(error.response.status)
    assert came == [200, 500, 500, 200, 200]
    await post(tweepy)


async def test_what_is_mended_fails_no_more(network, tweepy):
    network.fail("*", status=500, times=100)
    with pytest.raises(TwitterServerError):
        await post(tweepy)
    network.mend()
    await post(tweepy)


async def test_credits_can_run_out_at_any_call(network, tweepy):
    network.fail("create", status=402)
    with pytest.raises(HTTPException) as refused:
        await post(tweepy)
    assert refused.value.response.status == 402


@pytest.mark.parametrize(("operation", "most"), [("mentions", 300), ("search", 300)])
async def test_calls_are_counted_by_the_quarter_of_an_hour(network, asker, operation, most):
    async with open_tweepy(network, asker, return_type=ClientResponse) as client:
        calls = {
            "mentions": lambda: client.get_users_mentions(asker.id, user_auth=True),
            "search": lambda: client.search_recent_tweets("x", user_auth=True),
        }
        headers = [(await calls[operation]()).headers for _ in range(most)]
        assert [int(each["x-rate-limit-remaining"]) for each in headers] == list(range(most - 1, -1, -1))
        with pytest.raises(TooManyRequests) as refused:
            await calls[operation]()
        assert refused.value.reset_time == int((START + timedelta(minutes=15)).timestamp())
        network.set_clock(START + timedelta(minutes=15))
        await calls[operation]()


async def test_latency_is_felt(network, tweepy, asker):
    network.behave(latency=0.3)
    began = time.monotonic()
    await tweepy.get_users_mentions(asker.id, user_auth=True)
    assert time.monotonic() - began >= 0.3


async def test_calls_are_known_with_their_queries(network, tweepy, asker):
    await tweepy.get_users_mentions(asker.id, max_results=50, user_auth=True)
    (call,) = network.calls(asker)
    assert (call.operation, call.status, call.query, call.at) == ("mentions", 200, {"max_results": "50"}, START)


async def test_an_emptied_x_knows_nothing(network, tweepy, asker):
    await post(tweepy)
    network.reset()
    assert network.changes() == network.ledger() == network.calls() == []
    with pytest.raises(RuntimeError, match="no account"):
        network.standing(asker)
