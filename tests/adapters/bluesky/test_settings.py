"""The keys of an account: what is missing or wrong is named, secrets are not; nothing heavy is imported."""

import subprocess
import sys

import pytest
from pydantic import ValidationError

from adapters.bluesky.settings import BlueskySettings


def test_without_handle_and_password_public_posts_are_read():
    settings = BlueskySettings()
    assert (settings.service, settings.appview) == ("https://bsky.social", "https://public.api.bsky.app")


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({"handle": "ada.example"}, "password is missing"),
        ({"password": "canary-7f3a"}, "handle is missing"),
        ({"handle": "ada@example.com", "password": "canary-7f3a"}, "must be a handle"),
        ({"handle": "ada.example", "password": "canary-7f3a", "service": "http://example.com"}, "https://"),
        ({"handle": "ada.example", "password": "canary-7f3a", "pasword": "canary-7f3a"}, "pasword"),
    ],
)
def test_what_is_wrong_is_named_and_no_secret_is(keys, named):
    with pytest.raises(ValidationError, match=named) as refused:
        BlueskySettings(**keys)
    assert "canary" not in str(refused.value)


def test_a_handle_is_taken_as_people_write_it():
    assert BlueskySettings(handle="@Ada.Example", password="x").handle == "ada.example"


def test_a_password_goes_unencrypted_to_this_machine_alone():
    assert BlueskySettings(service="http://localhost:2583/").service == "http://localhost:2583"


def test_importing_the_platform_imports_no_sdk():
    heavy = "{name.split('.')[0] for name in sys.modules} & {'atproto', 'atproto_client', 'httpx'}"
    code = f"import sys; from adapters.bluesky import platform; print({heavy})"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_connecting_imports_none_of_the_sdks_clients_and_they_can_still_be_had():
    """They have a class for every call of every lexicon: 27 MiB."""
    code = """
import sys
from adapters.bluesky import platform
from adapters.testing import RecordingHost
platform.connect(platform.settings(), RecordingHost())
print(any("namespaces" in name for name in sys.modules))
from atproto_client import AsyncClient, models
print(AsyncClient.__name__, models.AppBskyFeedPost.__name__)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "AsyncClient", "atproto_client.models.app.bsky.feed.post"]
