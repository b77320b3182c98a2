"""Collecting completely, for the least money: what X bills is compared with what was read."""

import contextlib
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.contract.errors import OverBudget, Rejected
from adapters.contract.sending import Draft
from adapters.testing.host import START
from adapters.testing.steps import CommittedPages, collect, make_text, publish, watch
from adapters.x import platform

DAY = timedelta(days=1)


@pytest.fixture
def at(network, host):
    """Set both clocks."""

    def at(moment):
        network.set_clock(moment)
        host.current = moment

    return at


def billed(network, asker):
    """How many of each unit X bills, but for what was posted."""
    units = Counter(charge.unit for charge in network.ledger(asker))
    return {unit: count for unit, count in units.items() if not unit.startswith("post_create")}


def held(post, collection, counted=None):
    """The watched post as the store would describe it now."""
    parts = {part.remote_id for part in post.parts}
    replies = [reply for reply in collection.replies.values() if reply.post_id == post.id]
    direct = sum(reply.parent_remote_id in parts for reply in replies)
    return replace(post, stored=len(replies), direct=direct, counted=counted)


async def test_one_call_serves_all_posts_and_a_reply_is_paid_once(network, asker, adapter, host, ada, grace):
    posts = [await publish(adapter, host, Draft(make_text())) for _ in range(3)]
    for number, (root,) in enumerate(posts):
        network.reply(ada, root, f"answer {number}")
        network.reply(grace, root, f"another {number}")
    watched = [watch(host, *parts, post_id=number) for number, parts in enumerate(posts)]
    collection = await collect(adapter, watched)
    for _ in range(3):
        await collect(adapter, watched, collection)
    assert len(collection.replies) == 6
    assert billed(network, asker) == {"owned_read": 6} == dict(+host.spent - Counter(post_create=3))


async def test_nothing_new_is_free(network, asker, adapter, host, at):
    parts = await publish(adapter, host, Draft(make_text()))
    collection = await collect(adapter, [watch(host, *parts)])
    for day in range(1, 40):
        at(START + day * DAY)
        await collect(adapter, [watch(host, *parts)], collection)
    assert billed(network, asker) == {}


async def test_a_reply_after_three_silent_weeks_is_found_and_costs_one_read(network, asker, adapter, host, at, ada):
    parts = await publish(adapter, host, Draft(make_text()))
    post = watch(host, *parts)
    network.reply(ada, parts[0], "early")
    collection = await collect(adapter, [post])
    for day in range(1, 21):
        at(START + day * DAY)
        await collect(adapter, [post], collection)
    network.reply(ada, parts[0], "late")
    await collect(adapter, [post], collection)
    assert sorted(reply.text for reply in collection.replies.values()) == ["early", "late"]
    assert billed(network, asker) == {"owned_read": 2}


async def test_a_bot_that_was_away_for_longer_than_x_takes_a_since_id_loses_nothing(
    network, asker, adapter, host, at, ada, grace
):
    parts = await publish(adapter, host, Draft(make_text()))
    post = watch(host, *parts)
    network.reply(ada, parts[0], "before")
    collection = await collect(adapter, [post])
    at(START + 3 * DAY)
    network.reply(grace, parts[0], "while it was away")
    at(START + 12 * DAY)
    await collect(adapter, [post], collection)
    assert sorted(reply.text for reply in collection.replies.values()) == ["before", "while it was away"]


async def test_only_replies_without_our_handle_are_searched_for(network, asker, adapter, host, ada, grace):
    parts = await publish(adapter, host, Draft(make_text(), ("Say why.",)))
    post = watch(host, *parts)
    network.reply_often(parts[0], [(ada, f"answer {number}") for number in range(30)])
    network.reply(grace, parts[0], "without your handle", without=[asker])
    collection = await collect(adapter, [post])
    assert len(collection.replies) == 30
    counted = (await adapter.tally([post]))[post.id].replies
    assert counted == 31
    await collect(adapter, [held(post, collection, counted)], collection)
    await collect(adapter, [held(post, collection, counted)], collection)
    assert len(collection.replies) == 31
    # 30 mentions, two own posts counted, and a single reply at the dear price
    assert billed(network, asker) == {"owned_read": 32, "post_read": 1}


async def test_without_a_gap_nothing_is_searched(network, asker, adapter, host, ada):
    parts = await publish(adapter, host, Draft(make_text()))
    post = watch(host, *parts)
    network.reply(ada, parts[0], "here")
    collection = await collect(adapter, [post])
    await collect(adapter, [held(post, collection, 1)], collection)
    assert "search" not in {call.operation for call in network.calls(asker)}


async def test_more_mentions_than_x_keeps_are_searched_for(network, asker, adapter, host, ada, grace, alan):
    parts = await publish(adapter, host, Draft(make_text()))
    people = [network.add_person(f"p{number}") for number in range(3)]
    network.reply_often(parts[0], [(people[n % 3], f"answer number {n}") for n in range(900)])
    collection = await collect(adapter, [watch(host, *parts)])
    assert len(collection.replies) == 900
    assert billed(network, asker) == {"owned_read": 800, "post_read": 100}


async def test_many_conversations_are_searched_in_as_few_queries_as_fit(network, asker, adapter, host, ada):
    posts = [await publish(adapter, host, Draft(make_text())) for _ in range(30)]
    watched = [watch(host, *parts, post_id=number) for number, parts in enumerate(posts)]
    for (root,) in posts:
        network.reply(ada, root, f"hidden {root.remote_id}", without=[asker])
    collection = await collect(adapter, watched)
    await collect(adapter, [held(post, collection, 1) for post in watched], collection)
    assert len(collection.replies) == 30
    queries = {call.query["query"] for call in network.calls(asker) if call.operation == "search"}
    assert len(queries) == 3
    assert max(map(len, queries)) <= 512


@pytest.mark.parametrize("spelling", ["old", "new"])
async def test_both_spellings_of_x_are_understood(network, adapter, host, ada, spelling):
    network.behave(requests=spelling, answers=spelling)
    parts = await publish(adapter, host, Draft(make_text()))
    long = "A long one. " * 40
    reply = network.reply(ada, parts[0], long.strip())
    below = network.reply(ada, reply, "And below it.")
    collection = await collect(adapter, [watch(host, *parts)])
    assert {id_: (r.text, r.parent_remote_id) for id_, r in collection.replies.items()} == {
        reply.remote_id: (long.strip(), parts[0].remote_id),
        below.remote_id: ("And below it.", reply.remote_id),
    }


async def test_a_reply_that_is_shown_late_is_not_lost(network, adapter, host, at, ada, grace):
    """Mentions come in side by side: one with a smaller id can show up after one with a larger."""
    parts = await publish(adapter, host, Draft(make_text()))
    post = watch(host, *parts)
    network.reply(ada, parts[0], "first")
    network.protect(ada)  # stands for what is not indexed yet
    at(START + timedelta(minutes=1))
    network.reply(grace, parts[0], "second")
    collection = await collect(adapter, [post])
    assert [reply.text for reply in collection.replies.values()] == ["second"]
    network.protect(ada, on=False)
    at(START + timedelta(minutes=5))
    await collect(adapter, [post], collection)
    assert sorted(reply.text for reply in collection.replies.values()) == ["first", "second"]


async def test_somebody_elses_post_is_read_by_searching_seven_days_back(network, asker, adapter, host, at, ada, grace):
    post = network.post(grace, make_text("Who still prints?"))
    network.reply(ada, post, "too long ago")
    at(START + 8 * DAY)
    network.reply(ada, post, "today")
    found = await adapter.look_up(post.link)
    assert (found.author.handle, found.replies) == (grace.handle, 2)
    watched = watch(host, found.reference)
    collection = await collect(adapter, [watched])
    await collect(adapter, [watched], collection)
    assert [reply.text for reply in collection.replies.values()] == ["today"]
    assert (await adapter.tally([watched]))[watched.id].replies == 2


async def test_a_reply_is_not_adopted(network, adapter, grace, ada):
    root = network.post(grace, make_text())
    reply = network.reply(ada, root, "me too")
    with pytest.raises(Rejected, match=rf"is itself a reply.*status/{root.remote_id}"):
        await adapter.look_up(reply.link)


async def read_day_by_day(adapter, host, at, post, collection, unit, days):
    """A little budget each day."""
    for day in range(1, days + 1):
        at(START + day * DAY)
        host.ceilings[unit] = host.spent[unit] + 40
        with contextlib.suppress(OverBudget):
            await collect(adapter, [post], collection)


@pytest.mark.parametrize("owns", [True, False])
async def test_what_a_days_budget_leaves_unread_is_gone_on_with_and_not_paid_twice(network, host, at, ada, owns):
    asker = network.add_person("frugal", owns_app=owns)
    settings = platform.settings.model_validate(network.settings(asker))
    unit = "owned_read" if owns else "post_read"
    async with platform.connect(settings, host) as adapter:
        parts = await publish(adapter, host, Draft(make_text()))
        post = watch(host, *parts)
        collection = await collect(adapter, [post])
        people = [network.add_person(f"p{number}") for number in range(3)]
        network.reply_often(parts[0], [(people[n % 3], f"answer number {n}") for n in range(130)])
        await read_day_by_day(adapter, host, at, post, collection, unit, 5)
        network.reply(ada, parts[0], "late")
        host.ceilings.clear()
        await collect(adapter, [post], collection)
    assert len(collection.replies) == 131
    assert billed(network, asker) == {unit: 131}


async def test_somebody_elses_post_is_gone_on_with_too(network, asker, adapter, host, at, grace):
    post = network.post(grace, make_text("Who still prints?"))
    people = [network.add_person(f"p{number}") for number in range(3)]
    network.reply_often(post, [(people[n % 3], f"answer number {n}") for n in range(100)])
    watched = watch(host, (await adapter.look_up(post.link)).reference)
    before = host.spent["post_read"]
    collection = CommittedPages()
    await read_day_by_day(adapter, host, at, watched, collection, "post_read", 4)
    assert len(collection.replies) == 100
    assert host.spent["post_read"] - before == 100


async def test_a_hidden_reply_to_a_reply_is_found_within_a_day_though_nothing_counts_it(
    network, asker, adapter, host, at, ada, grace
):
    parts = await publish(adapter, host, Draft(make_text()))
    post = watch(host, *parts)
    above = network.reply(ada, parts[0], "named")
    network.reply(grace, above, "not named", without=[asker])
    collection = await collect(adapter, [post])
    at(START + DAY + timedelta(minutes=1))
    await collect(adapter, [held(post, collection, 1)], collection)
    assert sorted(reply.text for reply in collection.replies.values()) == ["named", "not named"]


async def test_what_one_search_found_is_not_paid_for_when_another_conversation_is_searched(
    network, asker, adapter, host, at, ada
):
    posts = [await publish(adapter, host, Draft(make_text())) for _ in range(2)]
    watched = [watch(host, *parts, post_id=number) for number, parts in enumerate(posts)]
    network.reply(ada, posts[0][0], "hidden", without=[asker])
    collection = await collect(adapter, watched)
    for days in (1, 2, 3):
        at(START + days * DAY + timedelta(minutes=days))
        await collect(adapter, [held(post, collection, 0) for post in watched], collection)
    assert len(collection.replies) == 1
    assert [charge.unit for charge in network.ledger(asker) if charge.of == ada.id] == ["post_read"]
