"""The keys of an account, and what is said where they are wrong."""

import pytest
from pydantic import SecretStr, ValidationError

from adapters.x.settings import XSettings

KEYS = {
    "handle": "@pullquote",
    "consumer_key": SecretStr("key"),
    "consumer_secret": SecretStr("canary-consumer"),
    "access_token": SecretStr("4242-canary-token"),
    "access_token_secret": SecretStr("canary-secret"),
}


def test_the_accounts_number_stands_in_its_token():
    settings = XSettings(**KEYS)
    assert (settings.handle, settings.owner_id) == ("pullquote", "4242")
    assert XSettings(**KEYS, user_id="77").owner_id == "77"


def test_ceilings_are_never_empty():
    assert XSettings(**KEYS).monthly_ceiling == 5.0
    for wrong in ({"monthly_ceiling": 0}, {"daily_ceiling": 0}, {"monthly_ceiling": -1}, {"post_reserve": 6.0}):
        with pytest.raises(ValidationError):
            XSettings(**KEYS, **wrong)


@pytest.mark.parametrize("missing", KEYS)
def test_what_is_missing_is_named(missing):
    with pytest.raises(ValidationError, match=f"{missing}: missing"):
        XSettings(**{name: value for name, value in KEYS.items() if name != missing})


@pytest.mark.parametrize(
    "wrong",
    [
        {"handle": "not a handle"},
        {"handle": "sixteen_letters_"},
        {"user_id": "ada"},
        {"api": "http://example.org"},
        {"access_token": SecretStr("canary-without-number")},
        {"timeout": 0},
    ],
)
def test_a_wrong_key_is_refused_without_a_secret(wrong):
    with pytest.raises(ValidationError) as refused:
        XSettings(**KEYS | wrong)
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(("owner", "owns"), [(None, False), ("PullQuote", True), ("somebody", False)])
def test_reads_are_cheap_for_the_owner_of_the_app_alone(owner, owns):
    assert XSettings(**KEYS, app_owner=owner).owns_app is owns
