"""Links that people copy, in whatever client they read."""

import pytest

from adapters.bluesky.links import RecordAddress, parse_link, recognises
from adapters.contract.errors import Rejected
from adapters.registry import recognise

POST = "app.bsky.feed.post"


@pytest.mark.parametrize(
    ("link", "repo"),
    [
        ("https://bsky.app/profile/ada.test/post/3abc", "ada.test"),
        ("https://main.bsky.dev/profile/ada.test/post/3abc", "ada.test"),
        ("https://deer.social/profile/@ada.test/post/3abc", "ada.test"),
        ("https://blacksky.community/profile/did:plc:x7/post/3abc?ref=a", "did:plc:x7"),
        ("http://my.own.example:8080/profile/did%3Aplc%3Ax7/post/3abc/", "did:plc:x7"),
        ("https://embed.bsky.app/embed/did:plc:x7/app.bsky.feed.post/3abc", "did:plc:x7"),
        (" at://did:plc:x7/app.bsky.feed.post/3abc ", "did:plc:x7"),
    ],
)
def test_a_post_is_known_by_the_link_of_any_client(link, repo):
    assert recognise(link).name == "bluesky"
    assert parse_link(link) == RecordAddress(repo, POST, "3abc")


@pytest.mark.parametrize(
    "link",
    [
        "https://forum.example/profile/ada/post/3",
        "https://deer.social/profile/ada.test",
        "https://embed.bsky.app.example/embed/did:plc:x7/app.bsky.feed.post/3abc",
        "ftp://deer.social/profile/ada.test/post/3abc",
        "https://[broken/profile/ada.test/post/3abc",
    ],
)
def test_what_only_looks_like_one_is_nobodys(link):
    assert not recognises(link)


@pytest.mark.parametrize(
    "link", ["https://bsky.app/profile/ada.test", "https://embed.bsky.app/embed/did:plc:x7/list/3"]
)
def test_a_link_that_is_no_post_is_refused_with_the_one_to_use(link):
    with pytest.raises(Rejected, match=r"a link looks like https://bsky\.app/profile/NAME/post/ID"):
        parse_link(link)
