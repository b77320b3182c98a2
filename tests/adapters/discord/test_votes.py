"""Native polls are counted, with who voted for what, and ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.contract.reading import Watched
from adapters.contract.sending import Draft, Poll
from adapters.testing.steps import publish, watch


@pytest.fixture
async def poll(adapter, host, guild):
    parts = await publish(
        adapter,
        host,
        Draft(
            "Print or web?",
            poll=Poll(("print", "web", "neither"), host.now() + timedelta(hours=24)),
            place=guild.general.id,
        ),
    )
    return parts, guild.general.message(parts[0].remote_id)


async def tally(adapter, host, parts):
    return (await adapter.tally([watch(host, *parts)]))[1]


async def test_votes_and_voters_are_read_completely_and_again_only_when_they_changed(
    adapter, application, host, guild, poll
):
    parts, message = poll
    voters = [guild.add_member(f"member {number}") for number in range(103)]
    for voter in voters[:-1]:
        voter.vote(message, 1)
    voters[-1].vote(message, 0)
    counted = await tally(adapter, host, parts)
    assert (counted.votes, counted.final) == ((1, 102, 0), False)
    assert counted.voters == {voter.id: (1,) for voter in voters[:-1]} | {voters[-1].id: (0,)}
    application.forget_calls()
    assert await tally(adapter, host, parts) == replace(counted, voters=None)
    assert len(application.calls()) == 1
    voters[-1].vote(message, 2)
    assert (await tally(adapter, host, parts)).voters[voters[-1].id] == (2,)


async def test_a_poll_that_is_over_is_counted_for_good(adapter, application, host, ada, poll):
    parts, message = poll
    ada.vote(message, 2)
    host.advance(timedelta(hours=25))
    counted = await tally(adapter, host, parts)
    assert (counted.votes, counted.final, counted.voters) == ((0, 0, 1), True, {ada.id: (2,)})
    application.forget_calls()
    assert (await tally(adapter, host, parts)).votes == (0, 0, 1)
    assert application.calls() == []


async def test_a_poll_is_ended_before_its_time(adapter, host, ada, poll, guild):
    parts, message = poll
    ada.vote(message, 0)
    await adapter.close_poll(parts[0])
    assert message.reload().ballot.expires_at <= host.now()
    await adapter.close_poll(parts[0])
    guild.owner.delete(message)
    await adapter.close_poll(parts[0])


async def test_the_result_that_discord_tells_is_no_answer(adapter, host, guild, ada, poll):
    parts, message = poll
    ada.vote(message, 0)
    host.advance(timedelta(hours=25))
    assert 46 in [each.type for each in guild.general.messages()]
    replies = [reply async for page in adapter.collect(watched(host, parts)) for reply in page.replies]
    assert replies == []


def watched(host, parts):
    return Watched((watch(host, *parts),))


async def test_a_poll_that_was_deleted_and_a_question_without_one_count_nothing(
    adapter, application, host, guild, poll
):
    parts, message = poll
    guild.owner.delete(message)
    assert (await tally(adapter, host, parts)).votes is None
    plain = await publish(adapter, host, Draft("Who?", place=guild.general.id))
    assert (await tally(adapter, host, plain)).votes is None
    application.forget_calls()
    assert (await tally(adapter, host, plain)).votes is None
    assert application.calls() == []


async def test_what_cannot_be_counted_now_is_left_out(adapter, application, host, poll):
    parts, _ = poll
    application.fail("GET /channels/{channel_id}/messages/{message_id}", status=503)
    assert await adapter.tally([watch(host, *parts)]) == {}
