"""The tokens of a login, and where the account's data is."""

import pytest
from atproto_client.client.session import Session

from adapters.bluesky.client import BlueskySession, find_data_host

TOKENS = ("ada.example", "did:plc:ada", "access", "refresh", "https://pds.example")


def test_what_older_versions_stored_by_the_sdk_is_read_and_kept_in_its_form():
    stored = Session(*TOKENS).encode()
    assert BlueskySession.decode(stored) == BlueskySession(*TOKENS)
    assert BlueskySession(*TOKENS).encode() == stored


@pytest.mark.parametrize("text", ["", "ada.example:::did:plc:ada", ":::".join((*TOKENS, "more"))])
def test_what_is_no_session_is_refused(text):
    with pytest.raises(TypeError):
        BlueskySession.decode(text)


def test_no_token_stands_in_what_is_logged():
    assert repr(BlueskySession(*TOKENS)) == "BlueskySession('ada.example', 'did:plc:ada')"


def describe(**changes):
    service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": "https://pds.example"}
    return {"id": "did:plc:ada", "service": [{"id": "#other"}, service | changes]}


@pytest.mark.parametrize(
    ("document", "host"),
    [
        (describe(), "https://pds.example"),
        (describe(id="did:plc:ada#atproto_pds"), "https://pds.example"),
        (describe(id="#bsky_fg"), None),
        (describe(type="BskyFeedGenerator"), None),
        (describe(serviceEndpoint="file:///etc/passwd"), None),
        (describe(serviceEndpoint={"uri": "https://pds.example"}), None),
        ({"id": "did:plc:ada"}, None),
        (["nothing"], None),
        (None, None),
    ],
)
def test_calls_go_where_the_did_document_says_the_data_is(document, host):
    assert find_data_host(document) == host
