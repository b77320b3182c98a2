"""The loopback X bills as X does: each thing once a UTC day, by who asks for what."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from tweepy.errors import BadRequest, HTTPException

from adapters.testing.host import START
from tests.servers.x.tweepy_client import open_tweepy


@pytest.fixture
def root(network, asker):
    return network.post(asker, "Who still prints?")


def units(network, person):
    return Counter(charge.unit for charge in network.ledger(person))


async def test_a_resource_is_billed_once_a_utc_day(network, tweepy, asker, ada, root):
    network.reply(ada, root, "We do.")
    for hours in (0, 1, 15):
        network.set_clock(START + timedelta(hours=hours))
        await tweepy.get_users_mentions(asker.id, user_auth=True)
    assert [charge.usd for charge in network.ledger()] == [0.001]
    network.set_clock(datetime(2026, 11, 17, tzinfo=UTC))
    await tweepy.get_users_mentions(asker.id, user_auth=True)
    assert [charge.usd for charge in network.ledger()] == [0.001, 0.001]


async def test_a_day_ends_at_midnight_utc(network, tweepy, asker, root):
    for moment in (datetime(2026, 11, 16, 23, 59, tzinfo=UTC), datetime(2026, 11, 17, tzinfo=UTC)):
        network.set_clock(moment)
        await tweepy.get_users_tweets(asker.id, user_auth=True)
    assert [f"{charge.at:%d}" for charge in network.ledger()] == ["16", "17"]


async def test_an_empty_answer_costs_nothing(network, tweepy, asker, root):
    await tweepy.get_users_mentions(asker.id, user_auth=True)
    await tweepy.search_recent_tweets("nothing like it", user_auth=True)
    await tweepy.get_tweets(["12"], user_auth=True)
    assert network.ledger() == []


async def test_only_the_owner_of_the_app_reads_cheaply(network, ada):
    tenant = network.add_person("tenant", owns_app=False)
    network.reply(ada, network.post(tenant, "Who still prints?"), "We do.")
    async with open_tweepy(network, tenant) as client:
        await client.get_users_mentions(tenant.id, user_auth=True)
        await client.get_users_tweets(tenant.id, user_auth=True)
    assert [(charge.unit, charge.usd) for charge in network.ledger()] == [("post_read", 0.005)] * 2


async def test_ones_own_by_search_or_by_id_are_post_reads(network, tweepy, root):
    await tweepy.search_recent_tweets(f"conversation_id:{root.remote_id}", user_auth=True)
    await tweepy.get_tweets([root.remote_id], user_auth=True)
    assert [(charge.unit, charge.operation) for charge in network.ledger()] == [("post_read", "search")]


async def test_expanded_authors_are_user_reads_each_once(network, tweepy, asker, ada, grace, root):
    network.reply_often(root, [(ada, "One."), (grace, "Two."), (ada, "Three.")])
    await tweepy.get_users_mentions(asker.id, expansions=["author_id"], user_auth=True)
    assert units(network, asker) == {"owned_read": 3, "user_read": 2}
    await tweepy.get_users(ids=[ada.id], user_auth=True)
    assert units(network, asker)["user_read"] == 2


async def test_an_author_id_without_its_profile_costs_no_user_read(network, tweepy, asker, ada, root):
    network.reply(ada, root, "We do.")
    page = await tweepy.get_users_mentions(asker.id, tweet_fields=["author_id"], user_auth=True)
    assert page["data"][0]["author_id"] == ada.id
    assert units(network, asker) == {"owned_read": 1}


async def test_expanded_posts_are_post_reads(network, tweepy, asker, ada, root):
    network.reply(ada, root, "We do.")
    await tweepy.get_users_mentions(asker.id, expansions=["referenced_tweets.id"], user_auth=True)
    assert units(network, asker) == {"owned_read": 1, "post_read": 1}


async def test_polls_cost_no_more_than_their_post(network, tweepy, asker):
    network.post(asker, "Do you print?", ["yes", "no"])
    await tweepy.get_users_tweets(asker.id, expansions=["attachments.poll_ids"], user_auth=True)
    assert units(network, asker) == {"owned_read": 1}


async def test_who_one_is_is_a_user_read(network, tweepy, asker):
    await tweepy.get_me(user_auth=True)
    assert [(charge.unit, charge.usd) for charge in network.ledger()] == [("user_read", 0.01)]


@pytest.mark.parametrize(
    ("text", "unit", "usd"),
    [
        ("Plain words.", "post_create", 0.015),
        ("See https://example.org", "post_create_url", 0.2),
        ("Look into main.py", "post_create_url", 0.2),
        ("We use socket.io", "post_create_url", 0.2),
    ],
)
async def test_a_link_makes_a_post_thirteen_times_as_dear(network, tweepy, text, unit, usd):
    await tweepy.create_tweet(text=text, user_auth=True)
    assert [(charge.unit, charge.usd) for charge in network.ledger()] == [(unit, usd)]


async def test_an_answer_to_who_named_us_has_a_price_of_its_own(network, tweepy, asker, ada, root):
    reply = network.reply(ada, root, "We do.")
    await tweepy.create_tweet(text="Thank you.", in_reply_to_tweet_id=reply.remote_id, user_auth=True)
    await tweepy.create_tweet(text="And why?", in_reply_to_tweet_id=root.remote_id, user_auth=True)
    assert [charge.unit for charge in network.ledger()] == ["summoned_reply", "post_create"]


async def test_what_is_refused_is_not_billed(network, tweepy, asker):
    with pytest.raises(HTTPException):
        await tweepy.create_tweet(text="x" * 281, user_auth=True)
    with pytest.raises(BadRequest):
        await tweepy.get_users_mentions(asker.id, pagination_token="none", user_auth=True)
    assert network.ledger() == []


async def test_each_account_has_its_own_bill(network, tweepy, asker, ada, root):
    await tweepy.get_tweets([root.remote_id], user_auth=True)
    async with open_tweepy(network, ada) as client:
        await client.get_tweets([root.remote_id], user_auth=True)
    assert [len(network.ledger(person)) for person in (asker, ada)] == [1, 1]


async def test_without_credits_nothing_is_done(network, tweepy, asker):
    network.behave(credits=0.02)
    await tweepy.create_tweet(text="The last but one.", user_auth=True)
    await tweepy.create_tweet(text="The last.", user_auth=True)
    with pytest.raises(HTTPException) as refused:
        await tweepy.create_tweet(text="One too many.", user_auth=True)
    assert (refused.value.response.status, len(network.standing(asker))) == (402, 2)
    with pytest.raises(HTTPException):
        await tweepy.get_users_mentions(asker.id, user_auth=True)
