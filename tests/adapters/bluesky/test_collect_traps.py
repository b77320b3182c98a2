"""The traps of collecting on Bluesky, each as it was seen: notifications are a trigger, threads are the record."""

from datetime import timedelta

import pytest

from tests.adapters.bluesky.collecting import Collection, watch
from tests.servers.bluesky.network import read_clock

pytestmark = pytest.mark.bluesky


@pytest.fixture
def root(devnet, asker):
    root = asker.post("Who still prints?")
    devnet.settle()  # a reply that is indexed beside its root may never be told
    return root


@pytest.fixture
def collection():
    return Collection()


def list_told(person):
    """One page of what an account was told, as (reason, text)."""
    answer = person.query("app.bsky.notification.listNotifications", limit=100)
    return [(note["reason"], note["record"].get("text")) for note in answer["notifications"]]


async def test_a_reply_that_mentions_the_account_is_collected_though_it_is_told_as_mention(
    devnet, adapter, asker, ada, grace, root, collection
):
    first = ada.reply(root, "I do.")
    devnet.settle()
    await collection.run(adapter, watch(root))
    collection.let_time_pass()
    grace.mentioning_reply(first, asker, "I bind too.", root=root)
    devnet.settle()
    reply = f"@{asker.handle} I bind too."
    assert [reason for reason, text in list_told(asker) if text == reply] == ["mention"]  # the trap
    assert reply in await collection.run(adapter, watch(root))


async def test_a_mention_elsewhere_is_no_reply(devnet, adapter, asker, ada, grace, root, collection):
    elsewhere = grace.post("My own thread.")
    ada.mentioning_reply(elsewhere, asker, "look at this.")
    devnet.settle()
    assert await collection.run(adapter, watch(root)) == []


async def test_replies_deeper_than_notifications_reach_are_collected(devnet, adapter, asker, ada, root, collection):
    ada.chain(root, [f"Part {number}." for number in range(1, 9)])
    devnet.settle()
    told = [text for reason, text in list_told(asker)]
    assert "Part 8." not in told  # the trap
    assert "Part 8." in await collection.run(adapter, watch(root))


async def test_a_backdated_reply_behind_a_page_of_newer_ones_is_collected(
    devnet, adapter, asker, ada, grace, root, collection
):
    pointer = {"uri": root.remote_id, "cid": root.extra["cid"]}
    ada.write_many(
        [{"text": f"Reply {number}.", "reply": {"root": pointer, "parent": pointer}} for number in range(120)]
    )
    devnet.settle()
    await collection.run(adapter, watch(root))
    collection.let_time_pass()
    grace.backdated_reply(root, "Written three days ago.", timedelta(days=3))
    devnet.settle()
    assert "Written three days ago." not in [text for _, text in list_told(asker)]  # the trap
    assert "Written three days ago." in await collection.run(adapter, watch(root))


async def test_four_hundred_replies_in_one_millisecond_are_all_collected(devnet, adapter, asker, ada, root, collection):
    pointer = {"uri": root.remote_id, "cid": root.extra["cid"]}
    moment = read_clock().isoformat(timespec="milliseconds")
    ada.write_many(
        [
            {"text": f"Reply {number}.", "reply": {"root": pointer, "parent": pointer}, "createdAt": moment}
            for number in range(400)
        ]
    )
    devnet.settle()
    assert len(await collection.run(adapter, watch(root))) == 400


async def test_a_reply_behind_an_empty_page_of_notifications_is_collected(
    devnet, adapter, asker, ada, grace, alan, root, collection
):
    first = ada.reply(root, "I do.")
    devnet.settle()
    await collection.run(adapter, watch(root))
    collection.let_time_pass()
    grace.reply(first, "Below what was read.", root=root)
    pointer = {"root": {"uri": root.remote_id, "cid": root.extra["cid"]}}
    pointer["parent"] = {"uri": first.remote_id, "cid": first.extra["cid"]}
    alan.write_many([{"text": f"Noise {number}.", "reply": pointer} for number in range(200)])
    asker.block(alan)
    devnet.settle()
    assert list_told(asker) == []  # the trap: empty, and more behind it
    assert "Below what was read." in await collection.run(adapter, watch(root))


async def test_an_account_that_wants_only_priority_notifications_misses_no_reply(
    devnet, adapter, asker, ada, grace, root, collection
):
    asker.call("app.bsky.notification.putPreferences", priority=True)
    first = ada.reply(root, "I do.")
    devnet.settle()
    await collection.run(adapter, watch(root))
    collection.let_time_pass()
    grace.reply(first, "A stranger, nested.", root=root)
    devnet.settle()
    assert list_told(asker) == []  # the trap
    assert "A stranger, nested." in await collection.run(adapter, watch(root))


async def test_collecting_marks_nothing_as_seen(devnet, adapter, asker, ada, root, collection):
    ada.reply(root, "I do.")
    devnet.settle()
    before = asker.query("app.bsky.notification.getUnreadCount")
    await collection.run(adapter, watch(root))
    assert asker.query("app.bsky.notification.getUnreadCount") == before == {"count": 1}


@pytest.fixture
def cut_threads(devnet):
    devnet.set_thread_depth(10)
    yield
    devnet.set_thread_depth(None)


@pytest.mark.usefixtures("cut_threads")
async def test_a_thread_that_is_cut_at_depth_ten_is_read_to_its_end(devnet, adapter, ada, root, collection):
    ada.chain(root, [f"Part {number}." for number in range(1, 36)])
    devnet.settle()
    assert len(await collection.run(adapter, watch(root))) == 35


async def test_a_thread_deeper_than_the_parser_goes_is_read_to_its_end(devnet, adapter, ada, root, collection):
    ada.chain(root, [f"Part {number}." for number in range(1, 131)])
    devnet.settle()
    assert len(await collection.run(adapter, watch(root))) == 130
