"""The network itself: what people see of each other."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from adapters.registry import recognise
from adapters.sandbox.network import Ballot, Change, NoSuchPost, Refused, SandboxNetwork, read_link
from adapters.sandbox.settings import SandboxSettings, count_graphemes

MORNING = datetime(2026, 11, 16, 8, tzinfo=UTC)


@pytest.fixture
def network():
    return SandboxNetwork()


def make_poll(network):
    return network.post(
        "ada", "Tea or coffee?", MORNING, ballot=Ballot(("tea", "coffee"), MORNING + timedelta(hours=1))
    )


def test_the_same_acts_give_the_same_network():
    def play():
        network = SandboxNetwork()
        root = network.post("ada", "Who?", MORNING)
        network.edit(network.post("grace", "Me.", MORNING, parent=root.id).id, "Us.", MORNING)
        return network.posts, network.events

    assert play() == play()


def test_each_edit_is_another_edition(network):
    post = network.post("ada", "one", MORNING)
    network.edit(post.id, "two", MORNING + timedelta(hours=1))
    assert (post.text, post.edition, post.edited_at) == ("two", 2, MORNING + timedelta(hours=1))


def test_replies_to_a_deleted_post_stay_and_no_new_ones_come(network):
    root = network.post("ada", "Who?", MORNING)
    reply = network.post("grace", "Me.", MORNING, parent=root.id)
    below = network.post("alan", "You?", MORNING, parent=reply.id)
    network.delete(reply.id, MORNING)
    network.delete(reply.id, MORNING)
    assert network.replies(root.id) == [below]
    assert [event.change for event in network.events].count(Change.DELETED) == 1
    with pytest.raises(NoSuchPost, match="sandbox-2 was deleted"):
        network.post("ada", "Still there?", MORNING, parent=reply.id)


def test_a_voter_counts_once(network):
    poll = make_poll(network)
    for voter, option in (("ada", 0), ("grace", 1), ("ada", 1)):
        network.vote(poll.id, voter, option, MORNING)
    assert poll.ballot.count() == (0, 2)


@pytest.mark.parametrize(("option", "after"), [(2, timedelta()), (-1, timedelta()), (0, timedelta(hours=1))])
def test_a_vote_for_nothing_or_too_late_is_refused(network, option, after):
    poll = make_poll(network)
    with pytest.raises(Refused):
        network.vote(poll.id, "ada", option, MORNING + after)


def test_a_poll_that_ended_stays_ended(network):
    poll = make_poll(network)
    network.close_poll(poll.id, MORNING + timedelta(minutes=5))
    network.close_poll(poll.id, MORNING + timedelta(minutes=9))
    assert poll.ballot.closes_at == MORNING + timedelta(minutes=5)


def test_a_post_without_a_poll_takes_no_votes(network):
    with pytest.raises(Refused, match="has no poll"):
        network.vote(network.post("ada", "Who?", MORNING).id, "grace", 0, MORNING)


def test_a_link_leads_to_its_post(network):
    post = network.post("ada", "Who?", MORNING)
    assert read_link(post.link) == post.id
    assert recognise(post.link).name == "sandbox"


@pytest.mark.parametrize(
    "link",
    [
        "https://sandbox.example/post/",
        "https://sandbox.example/people/ada",
        "https://example.org/post/1",
        "https://sandbox.example/post/1/2",
    ],
)
def test_other_links_lead_to_no_post(link):
    assert read_link(link) is None


def test_an_unknown_key_of_the_settings_is_refused_by_name():
    with pytest.raises(ValidationError, match="colour"):
        SandboxSettings(colour="red")


@pytest.mark.parametrize(
    ("text", "graphemes"),
    [
        ("", 0),
        ("abc", 3),
        ("\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}", 1),
        ("e\N{COMBINING ACUTE ACCENT}", 1),
        ("\r\n", 1),
    ],
)
def test_a_length_is_counted_as_readers_see_it(text, graphemes):
    assert count_graphemes(text) == graphemes
