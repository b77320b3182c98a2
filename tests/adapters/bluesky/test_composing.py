"""Keys, facets, lengths and addresses: all that is decided before anything is sent."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.bluesky.compose import check_draft, complete_body, compose_parts
from adapters.bluesky.facets import build_facets, find_mentions
from adapters.bluesky.links import make_link, parse_link, parse_uri, recognises
from adapters.bluesky.text import count_bytes, count_graphemes
from adapters.bluesky.tid import derive_tid, encode_tid
from adapters.contract.errors import Rejected
from adapters.contract.sending import Draft, Reference

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
DID = "did:plc:ada2222222222222222222222"
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.text(), MOMENTS, st.integers(0, 998))
def test_a_key_gives_the_same_rising_record_keys(key, at, index):
    assert derive_tid(key, at, index) == derive_tid(key, at, index) < derive_tid(key, at, index + 1)


@given(st.text(), MOMENTS)
def test_record_keys_sort_by_the_second_of_their_post(key, at):
    assert derive_tid(key, at, 0) < derive_tid("another", at + timedelta(seconds=2), 0)


def test_posts_of_one_moment_have_record_keys_of_their_own():
    assert len({derive_tid(f"key {number}", AT, 0) for number in range(10_000)}) == 10_000


def test_a_record_key_is_thirteen_characters_of_the_alphabet():
    assert encode_tid(0) == "2222222222222"
    assert encode_tid(2**63 - 1) == "bzzzzzzzzzzzz"
    assert derive_tid("key", AT, 0).startswith("3n2g")


def test_a_post_of_too_many_parts_is_refused():
    with pytest.raises(ValueError, match="at most 1000 parts"):
        derive_tid("key", AT, 1000)


@given(st.text())
def test_facets_point_at_what_they_name(text):
    raw = text.encode("utf-8", "surrogatepass")
    for facet in build_facets(text, {}):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert 0 <= start < end <= len(raw)


def test_a_link_after_umlauts_is_counted_in_bytes():
    (facet,) = build_facets("Für 🖨️ siehe https://example.com/x.", {})
    assert facet["index"]["byteStart"] == len("Für 🖨️ siehe ".encode())
    assert facet["features"][0]["uri"] == "https://example.com/x"


def test_a_mention_that_nobody_answers_to_stays_plain_text():
    assert find_mentions("@ada.test and @Ada.test, not mail@example.com") == ("ada.test",)
    assert build_facets("@ada.test", {}) == []
    assert build_facets("@Ada.test", {"ada.test": DID})[0]["features"][0]["did"] == DID


@pytest.mark.parametrize(
    ("text", "graphemes", "size"), [("", 0, 0), ("a", 1, 1), ("👩‍👩‍👧‍👦", 1, 25), ("e\u0301", 1, 3), ("\ud800", 1, 3)]
)
def test_lengths_are_those_of_bluesky(text, graphemes, size):
    assert (count_graphemes(text), count_bytes(text)) == (graphemes, size)


@pytest.mark.parametrize(
    "link",
    [
        "at://ada.example/app.bsky.feed.post/3l",
        "https://bsky.app/profile/ada.example/post/3l",
        " https://www.bsky.app/profile/@ada.example/post/3l/?ref=mail#top ",
        "https://client.example.com/profile/ada.example/post/3l",  # other clients keep the path
    ],
)
def test_a_link_names_author_and_post(link):
    assert recognises(link)
    assert parse_link(link) == ("ada.example", "app.bsky.feed.post", "3l")


@pytest.mark.parametrize(
    "link",
    [
        "https://bsky.app/profile/ada.example",
        "https://bsky.app/profile/ada.example/lists/3l",
        "at://ada.example/app.bsky.feed.like/3l",
        "at://ada.example",
        "https://example.com/profile/ada/post/3l",
        "https://[",
        "",
    ],
)
def test_what_is_no_post_is_rejected(link):
    with pytest.raises(Rejected, match="is no post of Bluesky"):
        parse_link(link)


@given(st.text())
def test_any_text_is_recognised_or_not(text):
    assert recognises(text) in {True, False}
    assert parse_uri(text) is None or text.startswith("at://")


def test_a_link_names_the_did_which_does_not_change():
    assert make_link(f"at://{DID}/app.bsky.feed.post/3l") == f"https://bsky.app/profile/{DID}/post/3l"
    assert make_link(f"at://{DID}/app.bsky.feed.threadgate/3l") == ""


def test_parts_are_ordered_in_time_and_survive_their_row():
    parts = compose_parts(Draft("Who?", ("Notice.",)), "key", AT, "ada.example", {})
    records = [part.payload["record"] for part in parts]
    assert [record["createdAt"] for record in records] == ["2026-11-16T09:00:00.000Z", "2026-11-16T09:00:00.001Z"]
    assert [json.loads(json.dumps(part.payload)) for part in parts] == [part.payload for part in parts]


def test_a_self_reply_points_at_root_and_predecessor():
    part = compose_parts(Draft("Who?", ("Notice.",)), "key", AT, "ada.example", {})[1]
    first, last = (Reference(f"at://{name}", extra={"cid": name}) for name in ("first", "last"))
    reply = complete_body(part, (first, last))["record"]["reply"]
    assert reply == {"root": {"uri": "at://first", "cid": "first"}, "parent": {"uri": "at://last", "cid": "last"}}
    assert "reply" not in part.payload["record"]
    with pytest.raises(Rejected, match="no post comes before it"):
        complete_body(part, ())


@pytest.mark.parametrize("language", ["", "de", "pt-BR", "zh-Hant-TW"])
def test_languages_that_are_written_right_are_accepted(language):
    check_draft(Draft("Who?", language=language))
