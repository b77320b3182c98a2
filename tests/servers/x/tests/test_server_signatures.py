"""The loopback X believes a signature only where X would."""

import pytest
from aiohttp import ClientResponse, ClientSession
from tweepy.errors import Unauthorized

from tests.servers.x.oauth import sign
from tests.servers.x.tweepy_client import open_tweepy

VECTOR = {
    "include_entities": "true",
    "oauth_consumer_key": "xvz1evFS4wEEPTGEFPHBog",
    "oauth_nonce": "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
    "oauth_signature_method": "HMAC-SHA1",
    "oauth_timestamp": "1318622958",
    "oauth_token": "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    "oauth_version": "1.0",
    "status": "Hello Ladies + Gentlemen, a signed OAuth request!",
}
"""The example of X's documentation, "Creating a signature"."""


def test_the_documented_example_gets_the_documented_signature():
    secrets = ("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE")
    url = "https://api.twitter.com/1.1/statuses/update.json"
    assert sign("post", url, VECTOR.items(), *secrets) == "hCtSmYh+iHYCEqBWrE7C7hYmtUk="


async def test_what_tweepy_signs_is_taken(tweepy, asker):
    assert (await tweepy.get_me(user_auth=True))["data"]["id"] == asker.id


@pytest.mark.parametrize("secret", ["consumer_secret", "access_token_secret", "consumer_key", "access_token"])
async def test_a_wrong_key_is_refused(network, asker, secret):
    async with open_tweepy(network, asker) as client:
        setattr(client, secret, getattr(client, secret)[:-1] + "-")
        with pytest.raises(Unauthorized):
            await client.get_me(user_auth=True)
        with pytest.raises(Unauthorized):
            await client.create_tweet(text="not mine", user_auth=True)
    assert network.standing(asker) == []


async def test_the_keys_of_another_app_do_not_fit(network, asker, ada):
    async with open_tweepy(network, asker) as client:
        client.consumer_key, client.consumer_secret = ada.consumer_key, ada.consumer_secret
        with pytest.raises(Unauthorized):
            await client.get_me(user_auth=True)


async def test_what_is_signed_cannot_be_changed_on_its_way(network, tweepy, asker):
    class Meddling:
        async def __aenter__(self):
            return self

        async def __aexit__(self, *_):
            pass

        def __init__(self, session):
            self._session = session

        def request(self, method, url, **how):
            return self._session.request(method, str(url).replace("max_results=5", "max_results=100"), **how)

    tweepy.session = Meddling(tweepy.session)
    with pytest.raises(Unauthorized):
        await tweepy.get_users_mentions(asker.id, max_results=5, user_auth=True)


async def test_a_request_is_taken_once(network, tweepy):
    sent = {}

    class Recording:
        def __init__(self, session):
            self._session = session

        def request(self, method, url, **how):
            sent.update(how["headers"])
            return self._session.request(method, url, **how)

    tweepy.session = Recording(tweepy.session)
    await tweepy.get_me(user_auth=True)
    async with ClientSession() as session, session.get(f"{network.url}/2/users/me", headers=sent) as again:
        assert again.status == 401


async def test_nothing_is_answered_without_a_signature(network):
    async with ClientSession() as session, session.get(f"{network.url}/2/users/me") as response:
        assert response.status == 401


@pytest.mark.parametrize("skew", [-301, 301])
async def test_a_clock_that_is_off_breaks_signatures_and_the_date_tells(network, asker, skew):
    """X names no reason; its own time stands in the Date header."""
    network.behave(skew=skew * 2)
    async with open_tweepy(network, asker, return_type=ClientResponse) as client:
        with pytest.raises(Unauthorized) as refused:
            await client.get_me(user_auth=True)
    told = "Mon, 16 Nov 2026 08:10:02 GMT" if skew > 0 else "Mon, 16 Nov 2026 07:49:58 GMT"
    assert refused.value.response.headers["Date"] == told
    network.behave(skew=skew / 2)
    async with open_tweepy(network, asker) as client:
        await client.get_me(user_auth=True)


async def test_a_suspended_account_can_do_nothing(network, tweepy, asker):
    network.suspend(asker)
    with pytest.raises(Unauthorized):
        await tweepy.get_me(user_auth=True)
