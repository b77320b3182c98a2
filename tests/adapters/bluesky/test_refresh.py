"""Reading again before quoting: what is gone is gone for certain, what cannot be known is unknown."""

import httpx
import pytest

from adapters.bluesky import platform
from adapters.contract.reading import Freshness, Known, Standing, Watched, WatchedPost
from tests.servers.bluesky.proxy import Answer, run_proxy

pytestmark = pytest.mark.bluesky

POSTS = "app.bsky.feed.getPosts"


@pytest.fixture
def root(devnet, asker):
    root = asker.post("Who still prints?")
    devnet.settle()  # a reply that is indexed beside its root may never be told
    return root


def know(reference, post_id=1):
    return Known(reference, post_id, version=reference.extra["cid"])


async def refresh(adapter, *references):
    return [answer.freshness for answer in await adapter.refresh([know(reference) for reference in references])]


async def test_a_reply_that_stands_is_the_same(devnet, adapter, reader, ada, root):
    reply = ada.reply(root, "I do.")
    devnet.settle()
    assert await refresh(adapter, reply) == await refresh(reader, reply) == [Freshness.SAME]


async def test_an_edited_reply_comes_with_its_words(devnet, adapter, ada, root):
    reply = ada.reply(root, "I do.")
    ada.edit(reply, "I do, since 1998.")
    devnet.settle()
    (answer,) = await adapter.refresh([know(reply, post_id=7)])
    assert answer.freshness is Freshness.EDITED
    assert (answer.reply.text, answer.reply.post_id) == ("I do, since 1998.", 7)


async def test_a_deleted_reply_is_gone_and_what_hangs_below_it_is_not(devnet, adapter, reader, ada, grace, root):
    reply = ada.reply(root, "I do.")
    below = grace.reply(reply, "Me too.", root=root)
    devnet.settle()
    ada.delete(reply)
    devnet.settle()
    for one in (adapter, reader):
        assert await refresh(one, reply, below) == [Freshness.GONE, Freshness.SAME]


async def test_a_reply_that_the_asker_hid_is_hidden(devnet, adapter, reader, asker, ada, grace, root):
    rude, fine = ada.reply(root, "Rude."), grace.reply(root, "Fine.")
    asker.hide(root, [rude])
    devnet.settle()
    for one in (adapter, reader):
        assert await refresh(one, rude, fine) == [Freshness.HIDDEN, Freshness.SAME]


async def test_a_hidden_reply_stays_hidden_when_a_view_lacks_its_threadgate(devnet, asker, ada, root, host):
    """atproto #3153."""
    rude = ada.reply(root, "Rude.")
    asker.hide(root, [rude])
    devnet.settle()
    async with run_proxy(devnet.pds) as proxy:
        settings = devnet.settings(asker).model_copy(update={"service": proxy.url})
        async with platform.connect(settings, host) as adapter:
            async with httpx.AsyncClient(base_url=f"{devnet.appview}/xrpc/") as appview:
                views = (await appview.get(POSTS, params={"uris": [root.remote_id]})).json()["posts"]
                seen = (await appview.get(POSTS, params={"uris": [rude.remote_id]})).json()
            assert views[0].pop("threadgate")
            proxy.breaks[POSTS] = [Answer(200, seen), Answer(200, {"posts": views})]
            assert await refresh(adapter, rude) == [Freshness.HIDDEN]
            proxy.breaks[POSTS] = [Answer(200, {"posts": views})]
            post = WatchedPost(1, (root,), host.now(), thorough=True)
            pages = [page async for page in adapter.collect(Watched((post,)))]
    (reply,) = [reply for page in pages for reply in page.replies]
    assert reply.standing is Standing.HIDDEN


async def test_what_hangs_below_a_hidden_reply_is_hidden(devnet, adapter, asker, ada, grace, root):
    rude = ada.reply(root, "Rude.")
    below = grace.reply(rude, "Below.", root=root)
    asker.hide(root, [rude])
    devnet.settle()
    assert await refresh(adapter, below) == [Freshness.HIDDEN]


async def test_a_quote_that_was_taken_off_is_hidden(devnet, adapter, asker, ada, root):
    quote = ada.quote(root, "Mocking.")
    asker.detach(root, [quote])
    devnet.settle()
    assert await refresh(adapter, quote) == [Freshness.HIDDEN]


async def test_a_block_hides_and_does_not_delete(devnet, adapter, asker, ada, grace, root):
    by_blocked, by_blocking = ada.reply(root, "I do."), grace.reply(root, "Me too.")
    devnet.settle()
    asker.block(ada)
    grace.block(asker)
    devnet.settle()
    assert await refresh(adapter, by_blocked, by_blocking) == [Freshness.HIDDEN, Freshness.HIDDEN]


async def test_a_closed_account_hides_and_comes_back(devnet, adapter, ada, root):
    reply = ada.reply(root, "I do.")
    devnet.settle()
    ada.close_account()
    devnet.settle()
    assert await refresh(adapter, reply) == [Freshness.HIDDEN]
    ada.reopen_account()
    devnet.settle()
    assert await refresh(adapter, reply) == [Freshness.SAME]


async def test_a_deleted_account_is_gone_with_its_replies(devnet, adapter, ada, root):
    reply = ada.reply(root, "I do.")
    devnet.settle()
    devnet.delete_account(ada)
    devnet.settle()
    assert await refresh(adapter, reply) == [Freshness.GONE]


async def test_more_than_a_batch_is_read(devnet, adapter, ada, root):
    replies = [ada.reply(root, f"Reply {number}.") for number in range(30)]
    devnet.settle()
    ada.delete(replies[28])
    devnet.settle()
    answers = await refresh(adapter, *replies)
    assert (answers.count(Freshness.SAME), answers[28]) == (29, Freshness.GONE)


async def test_what_cannot_be_asked_about_is_unknown(devnet, asker, host, ada, root):
    reply = ada.reply(root, "I do.")
    devnet.settle()
    ada.delete(reply)
    devnet.settle()
    settings = devnet.settings(asker).model_copy(update={"appview": "http://127.0.0.1:9"})
    async with platform.connect(settings, host) as adapter:
        assert await refresh(adapter, reply) == [Freshness.UNKNOWN]
