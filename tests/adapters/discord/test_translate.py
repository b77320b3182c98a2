"""Translation by pairs: name.discord.json is what Discord says, name.reply.json what we make of it."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.contract.errors import Rejected
from adapters.discord.links import MessageAddress, first_id, parse_link, read_moment, recognises
from adapters.discord.reading.votes import count_votes
from adapters.discord.translate import may_read, to_found_post, to_reply

PAIRS = sorted((Path(__file__).parent / "pairs").glob("*.discord.json"))
BOT, GUILD = "900000000000000003", "900000000000000001"


def translate(said):
    """said: { message, message_content? }."""
    readable = may_read(said["message"], BOT, message_content=said.get("message_content", False))
    return to_reply(said["message"], 1, GUILD, readable=readable)


def write_reply(reply):
    """A reply as JSON has it."""

    def write(value):
        if isinstance(value, datetime):
            return value.isoformat()
        return sorted(value) if isinstance(value, frozenset) else str(value)

    return json.loads(json.dumps(asdict(reply), default=write))


@pytest.mark.parametrize("said", PAIRS, ids=lambda path: path.name.removesuffix(".discord.json"))
def test_a_message_becomes_the_reply_beside_it(said):
    expected = said.with_name(said.name.replace(".discord.", ".reply."))
    assert write_reply(translate(json.loads(said.read_text()))) == json.loads(expected.read_text())


def test_a_poll_that_is_adopted_says_its_question_and_its_answers():
    message = json.loads((Path(__file__).parent / "pairs" / "reply.discord.json").read_text())["message"]
    poll = {
        "question": {"text": "Print or web?"},
        "answers": [{"answer_id": 1, "poll_media": {"text": "print"}}, {"answer_id": 2, "poll_media": {"text": "web"}}],
    }
    found = to_found_post(message | {"content": "", "poll": poll}, MessageAddress("1", "2", "3"))
    assert (found.text, found.reference.link) == (
        "Print or web?\nprint\nweb",
        "https://discord.com/channels/1/2/3",
    )


@pytest.mark.parametrize(
    ("results", "counts"),
    [
        (None, None),
        ({"is_finalized": False, "answer_counts": []}, (0, 0)),
        ({"is_finalized": True, "answer_counts": [{"id": 2, "count": 5, "me_voted": False}]}, (0, 5)),
    ],
)
def test_votes_are_counted_in_the_order_of_the_answers(results, counts):
    answers = [{"answer_id": 1, "poll_media": {"text": "a"}}, {"answer_id": 2, "poll_media": {"text": "b"}}]
    assert count_votes({"answers": answers, "results": results}) == counts


def test_an_id_says_when_it_was_made():
    moment = datetime(2026, 11, 16, 8, 0, 0, 123_000, tzinfo=UTC)
    assert read_moment(first_id(moment) + 4_194_303) == moment
    assert read_moment(first_id(moment) - 1) == moment - timedelta(milliseconds=1)
    assert first_id(datetime(2014, 1, 1, tzinfo=UTC)) == 0


@pytest.mark.parametrize("host", ["discord.com", "ptb.discord.com", "canary.discord.com", "discordapp.com"])
def test_a_link_of_any_client_leads_to_its_message(host):
    assert parse_link(f" https://{host}/channels/1/22/333 ") == MessageAddress("1", "22", "333")


@pytest.mark.parametrize(
    "link",
    [
        "https://discord.com/channels/@me/22/333",
        "https://discord.com/channels/1/22",
        "https://discord.com.example.org/channels/1/22/333",
        "https://example.org/channels/1/22/333",
        "http://[",
    ],
)
def test_other_links_lead_to_no_message(link):
    with pytest.raises(Rejected, match="is no message in a Discord server"):
        parse_link(link)


def test_discord_knows_its_links():
    assert recognises("https://discord.com/developers")
    assert not recognises("https://bsky.app/profile/a/post/b")
