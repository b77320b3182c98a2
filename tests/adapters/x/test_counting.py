"""Counts and votes, read the more rarely the older a post is, on the cheaper of two ways."""

from dataclasses import replace
from datetime import timedelta

from adapters.contract.sending import Draft, Poll
from adapters.testing.host import START
from adapters.testing.steps import make_text, publish, watch
from adapters.x.reading.counts import is_due

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def test_a_day_of_hourly_counts_costs_one_read_a_post(network, asker, adapter, host, ada):
    poll = Poll(("Yes", "No"), START + 3 * DAY)
    parts = await publish(adapter, host, Draft(make_text(), ("Say why.",), poll))
    network.vote(ada, parts[0], 1)
    post, votes = watch(host, *parts), []
    for hour in range(15):
        host.current = START + hour * HOUR
        network.set_clock(host.current)
        counts = await adapter.tally([post])
        votes.append(counts[post.id].votes)
        post = replace(post, counted_at=host.current)
    assert votes == [(0, 1)] * 15
    assert [charge.unit for charge in network.ledger(asker)].count("owned_read") == 2
    assert host.spent["owned_read"] == 2


async def test_a_post_is_not_counted_before_it_is_due(network, asker, adapter, host):
    parts = await publish(adapter, host, Draft(make_text()))
    post = replace(watch(host, *parts), counted_at=START)
    assert await adapter.tally([post]) == {}
    assert {call.operation for call in network.calls(asker)} == {"create"}
    assert post.id in await adapter.tally([replace(post, thorough=True)])


def test_an_old_post_is_counted_rarely(host):
    post = watch(host)
    counted = 0
    moment = last = START
    while moment < START + 60 * DAY:
        if is_due(replace(post, counted_at=last), moment, own=True):
            counted, last = counted + 1, moment
        moment += HOUR
    assert counted <= 47 + 20 + 4 + 4 + 5
    assert is_due(replace(post, counted_at=START + 50 * DAY), START + 57 * DAY, own=True)


def test_somebody_elses_post_is_counted_once_a_day(host):
    post = replace(watch(host), counted_at=START)
    assert not is_due(post, START + 23 * HOUR, own=False)
    assert is_due(post, START + DAY, own=False)


async def test_an_account_that_posts_much_else_is_counted_by_id(network, asker, adapter, host):
    parts = await publish(adapter, host, Draft(make_text()))
    for number in range(20):
        network.post(asker, f"something else {number}")
    post = watch(host, *parts)
    for _ in range(2):
        assert (await adapter.tally([post]))[post.id].replies == 0
    units = [charge.unit for charge in network.ledger(asker)]
    assert units.count("owned_read") == 21
    assert units.count("post_read") == 1


async def test_a_deletion_is_counted_as_x_bills_it(network, asker, adapter, host):
    parts = await publish(adapter, host, Draft(make_text()))
    for _ in range(2):  # the second finds nothing, which is free
        await adapter.retract(parts[0])
    assert [charge.unit for charge in network.ledger(asker)].count("post_delete") == 1
    assert host.spent["post_delete"] == 1


async def test_a_deleted_post_is_left_out(network, adapter, host):
    parts = await publish(adapter, host, Draft(make_text()))
    await adapter.retract(parts[0])
    assert await adapter.tally([watch(host, *parts)]) == {}


async def test_replies_of_who_is_protected_are_not_counted(network, adapter, host, ada, grace):
    parts = await publish(adapter, host, Draft(make_text()))
    network.reply(ada, parts[0], "seen")
    network.reply(grace, parts[0], "not seen")
    network.protect(grace)
    assert (await adapter.tally([watch(host, *parts)]))[1].replies == 1
