"""Translation by pairs: name.bsky.json is what the platform says, name.reply.json what we make of it."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest

from adapters.bluesky.translate import count_answers, find_detached, find_hidden, judge_standing, to_reply

PAIRS = sorted((Path(__file__).parent / "pairs").glob("*.bsky.json"))


def translate(said):
    """said: { view, hidden?, profile? }."""
    standing = judge_standing(said["view"], frozenset(said.get("hidden", ())))
    return to_reply(said["view"], 1, standing, said.get("profile"))


def write_reply(reply):
    """A reply as JSON has it."""

    def write(value):
        if isinstance(value, datetime):
            return value.isoformat()
        return sorted(value) if isinstance(value, frozenset) else str(value)

    return json.loads(json.dumps(asdict(reply), default=write))


@pytest.mark.parametrize("said", PAIRS, ids=lambda path: path.name.removesuffix(".bsky.json"))
def test_a_view_becomes_the_reply_beside_it(said):
    expected = said.with_name(said.name.replace(".bsky.", ".reply."))
    assert write_reply(translate(json.loads(said.read_text()))) == json.loads(expected.read_text())


def test_a_root_without_a_gate_hides_nothing():
    assert find_hidden({"uri": "at://did:plc:ada/app.bsky.feed.post/3l"}) == frozenset()
    assert find_hidden({"threadgate": {"record": {"allow": []}}}) == frozenset()


@pytest.mark.parametrize(
    ("embed", "detached"),
    [
        (None, None),
        ({"record": {"$type": "app.bsky.embed.record#viewRecord", "uri": "at://a"}}, None),
        ({"record": {"$type": "app.bsky.embed.record#viewDetached", "uri": "at://a"}}, "at://a"),
        ({"record": {"record": {"$type": "app.bsky.embed.record#viewDetached", "uri": "at://a"}}}, "at://a"),
    ],
)
def test_a_quote_knows_whether_it_was_taken_off(embed, detached):
    assert find_detached({"embed": embed}) == detached


def test_a_view_without_counts_has_no_answers():
    assert count_answers({}) == 0
    assert count_answers({"replyCount": 2, "quoteCount": 3}) == 5
