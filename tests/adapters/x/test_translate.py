"""Translation by pairs: name.x.json is what X says, name.reply.json what we make of it."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest

from adapters.x.translate import to_author, to_reply, to_tally

PAIRS = sorted((Path(__file__).parent / "pairs").glob("*.x.json"))


def write_reply(reply):
    """A reply as JSON has it."""

    def write(value):
        if isinstance(value, datetime):
            return value.isoformat()
        return sorted(value) if isinstance(value, frozenset) else str(value)

    return json.loads(json.dumps(asdict(reply), default=write))


@pytest.mark.parametrize("said", PAIRS, ids=lambda path: path.name.removesuffix(".x.json"))
def test_a_post_becomes_the_reply_beside_it(said):
    told = json.loads(said.read_text(encoding="utf-8"))
    author = to_author(told["user"]) if "user" in told else None
    expected = said.with_name(said.name.replace(".x.", ".reply."))
    assert write_reply(to_reply(told["post"], 1, author)) == json.loads(expected.read_text(encoding="utf-8"))


def make_part(replies, **more):
    return {"id": "1", "public_metrics": {"reply_count": replies}, **more}


def test_own_self_replies_are_no_replies():
    assert to_tally([make_part(4), make_part(2), make_part(0)], {}).replies == 4


def test_a_poll_without_fractions_in_its_times_is_read():
    options = [{"position": 2, "label": "no", "votes": 5}, {"position": 1, "label": "yes", "votes": 3}]
    poll = {"id": "7", "options": options, "voting_status": "closed", "end_datetime": "2026-11-17T08:00:00Z"}
    tally = to_tally([make_part(0, attachments={"poll_ids": ["7"]})], {"7": poll})
    assert (tally.votes, tally.final) == ((3, 5), True)


def test_a_post_whose_poll_is_not_there_has_no_votes():
    assert to_tally([make_part(0, attachments={"poll_ids": ["7"]})], {}).votes is None
