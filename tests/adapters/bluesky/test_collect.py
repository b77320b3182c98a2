"""What a collection brings, and what it leaves where it is."""

from datetime import timedelta

import pytest

from adapters.bluesky import platform
from adapters.contract.errors import RateLimited, Unavailable
from adapters.contract.reading import Standing, Watched, WatchedPost
from adapters.contract.sending import Draft
from tests.adapters.bluesky.collecting import Collection, watch
from tests.servers.bluesky.proxy import Answer, run_proxy

pytestmark = pytest.mark.bluesky


@pytest.fixture
def root(devnet, asker):
    root = asker.post("Who still prints?")
    devnet.settle()  # a reply that is indexed beside its root may never be told
    return root


@pytest.fixture
def collection():
    return Collection()


async def test_nested_quoting_and_chained_replies_are_collected(devnet, adapter, ada, grace, root, collection):
    first = ada.reply(root, "I do.")
    nested = grace.reply(first, "Me too.", root=root)
    chained = ada.chain(root, ["One.", "Two.", "Three."])
    quote = grace.quote(root, "A good question.")
    devnet.settle()
    await collection.run(adapter, watch(root))
    assert collection.replies.keys() == {post.remote_id for post in (first, nested, *chained, quote)}
    assert collection.find(nested).parent_remote_id == first.remote_id
    assert collection.find(chained[2]).parent_remote_id == chained[1].remote_id
    assert collection.find(quote).parent_remote_id == root.remote_id


async def test_a_second_collection_brings_what_is_new(devnet, adapter, ada, grace, root, collection):
    ada.reply(root, "I do.")
    devnet.settle()
    await collection.run(adapter, watch(root))
    collection.let_time_pass()
    grace.reply(root, "Me too.")
    devnet.settle()
    assert "Me too." in await collection.run(adapter, watch(root))


async def test_a_post_where_nothing_happened_is_not_read_again(devnet, adapter, asker, ada, root, collection):
    quiet = asker.post("And who binds?")
    ada.reply(quiet, "I do.")
    devnet.settle()
    await collection.run(adapter, watch(quiet))
    collection.let_time_pass()
    assert await collection.run(adapter, watch(quiet)) == []
    assert await collection.run(adapter, watch(quiet, thorough=True)) == ["I do."]


async def test_replies_to_several_posts_are_told_apart(devnet, adapter, asker, ada, root, collection):
    other = asker.post("And who binds?")
    printing, binding = ada.reply(root, "I print."), ada.reply(other, "I bind.")
    devnet.settle()
    await collection.run(adapter, watch(root, post_id=7), watch(other, post_id=8))
    assert (collection.find(printing).post_id, collection.find(binding).post_id) == (7, 8)


async def test_replies_to_the_second_part_of_a_post_are_collected(devnet, adapter, asker, ada, root, collection):
    (notice,) = asker.chain(root, ["Replies may be quoted."])
    ada.reply(notice, "To the notice.", root=root)
    ada.quote(notice, "Quoting the notice.")
    devnet.settle()
    assert await collection.run(adapter, watch(root, notice)) == ["Quoting the notice.", "To the notice."]


async def test_what_the_asker_writes_is_given_too_since_the_platform_counts_it(
    devnet, adapter, asker, ada, root, collection
):
    first = ada.reply(root, "I do.")
    ada.reply(asker.reply(first, "Thank you!", root=root), "You are welcome.", root=root)
    devnet.settle()
    assert await collection.run(adapter, watch(root)) == ["I do.", "Thank you!", "You are welcome."]


async def test_a_hidden_reply_and_what_hangs_below_it_are_flagged(devnet, adapter, asker, ada, grace, root, collection):
    rude = ada.reply(root, "Rude.")
    below = grace.reply(rude, "Below the rude one.", root=root)
    fine = grace.reply(root, "Fine.")
    asker.hide(root, [rude])
    devnet.settle()
    await collection.run(adapter, watch(root))
    assert collection.find(rude).standing is Standing.HIDDEN
    assert collection.find(below).standing is Standing.HIDDEN
    assert collection.find(fine).standing is Standing.VISIBLE


async def test_what_a_blocked_person_writes_is_not_collected(devnet, adapter, asker, ada, grace, root, collection):
    ada.reply(root, "From someone blocked.")
    ada.quote(root, "A quote by someone blocked.")
    grace.reply(root, "Fine.")
    asker.block(ada)
    devnet.settle()
    assert await collection.run(adapter, watch(root)) == ["Fine."]


async def test_a_deleted_reply_hides_its_subtree_but_nothing_is_reported_gone(
    devnet, adapter, ada, grace, root, collection
):
    first = ada.reply(root, "I do.")
    devnet.settle()  # a fast exchange is not always told
    grace.reply(first, "Below.", root=root)
    devnet.settle()
    await collection.run(adapter, watch(root))
    ada.delete(first)
    devnet.settle()
    pages = [page async for page in adapter.collect(Watched((watch(root, thorough=True),)))]
    assert [page.gone for page in pages] == [()] * len(pages)
    assert [reply.text for page in pages for reply in page.replies] == ["Below."]  # told, though not in the thread


async def test_an_edited_reply_comes_with_another_version(devnet, adapter, ada, root, collection):
    reply = ada.reply(root, "I do.")
    devnet.settle()
    await collection.run(adapter, watch(root))
    first = collection.find(reply)
    ada.edit(reply, "I do, since 1998.")
    devnet.settle()
    await collection.run(adapter, watch(root, thorough=True))
    assert collection.find(reply).text == "I do, since 1998."
    assert collection.find(reply).version != first.version


async def test_a_quote_that_was_taken_off_is_left_out(devnet, adapter, asker, ada, grace, root, collection):
    mocking = ada.quote(root, "Mocking.")
    grace.quote(root, "Earnest.")
    asker.detach(root, [mocking])
    devnet.settle()
    assert await collection.run(adapter, watch(root)) == ["Earnest."]


async def test_a_fresh_root_that_others_cannot_see_yet_brings_nothing(devnet, adapter, asker, collection):
    devnet.settle()
    devnet.set_indexing(on=False)
    try:
        root = asker.post("Just now.")
        assert await collection.run(adapter, watch(root)) == []
    finally:
        devnet.set_indexing(on=True)


async def test_labels_and_bio_say_who_must_not_be_quoted(devnet, adapter, ada, grace, alan, root, collection):
    ada.describe(labels=("!no-unauthenticated",))
    grace.describe(bio="Printer in Leipzig. #NoBot please", labels=("bot",))
    replies = [person.reply(root, "I do.") for person in (ada, grace, alan)]
    devnet.settle()
    await collection.run(adapter, watch(root))
    authors = [collection.find(reply).author for reply in replies]
    assert [sorted(author.labels) for author in authors] == [["!no-unauthenticated"], ["bot"], []]
    assert [author.opted_out for author in authors] == [False, True, False]


async def test_a_reply_carries_what_a_digest_needs(devnet, adapter, ada, root, collection):
    reply = ada.reply(root, "Ich drucke.", langs=["de", "en"])
    devnet.settle()
    await collection.run(adapter, watch(root))
    found = collection.find(reply)
    assert (found.author.remote_id, found.author.handle) == (ada.did, ada.handle)
    assert found.link == f"https://bsky.app/profile/{ada.did}/post/{reply.remote_id.rsplit('/', 1)[1]}"
    assert found.languages == ("de", "en")
    assert found.posted_at - watch(root).opened_at < timedelta(minutes=2)


async def test_a_collection_that_breaks_off_keeps_no_mark_of_what_it_did_not_read(
    devnet, adapter, ada, root, collection
):
    ada.reply(root, "I do.")
    devnet.settle()
    pages = adapter.collect(Watched((watch(root),)))
    assert (await anext(pages)).marks == {}
    await pages.aclose()


async def test_a_post_that_cannot_be_read_does_not_keep_the_others_from_it(devnet, asker, ada, host, root):
    other = asker.post("And who binds?")
    ada.reply(root, "I print."), ada.reply(other, "I bind.")
    devnet.settle()
    collection = Collection()
    async with run_proxy(devnet.pds) as proxy:
        settings = devnet.settings(asker).model_copy(update={"service": proxy.url})
        proxy.breaks["app.bsky.feed.getPostThread"] = [Answer(500, {"error": "InternalServerError"})]
        async with platform.connect(settings, host) as adapter:
            with pytest.raises(Unavailable):
                await collection.run(adapter, watch(root), watch(other, post_id=2))
            assert [reply.text for reply in collection.replies.values()] == ["I bind."]
            assert "notifications" not in collection.marks
            assert "I print." in await collection.run(adapter, watch(root), watch(other, post_id=2))


async def test_a_thread_that_is_not_shown_yet_is_not_taken_for_an_empty_one(devnet, asker, ada, host, root):
    ada.reply(root, "I print.")
    devnet.settle()
    collection = Collection()
    async with run_proxy(devnet.pds) as proxy:
        settings = devnet.settings(asker).model_copy(update={"service": proxy.url})
        proxy.breaks["app.bsky.feed.getPostThread"] = [Answer(400, {"error": "NotFound", "message": "Post not found"})]
        async with platform.connect(settings, host) as adapter:
            with pytest.raises(Unavailable, match="not its thread"):
                await collection.run(adapter, watch(root))
            assert await collection.run(adapter, watch(root)) == ["I print."]


async def test_a_limit_ends_the_collection_at_once(devnet, asker, ada, host, root):
    ada.reply(root, "I print.")
    devnet.settle()
    async with run_proxy(devnet.pds) as proxy:
        settings = devnet.settings(asker).model_copy(update={"service": proxy.url})
        proxy.breaks["app.bsky.feed.getPostThread"] = [Answer(429, {"error": "RateLimitExceeded"})]
        async with platform.connect(settings, host) as adapter:
            with pytest.raises(RateLimited):
                await Collection().run(adapter, watch(root), watch(root))
        assert proxy.calls["app.bsky.feed.getPostThread"] == 1


async def test_the_count_holds_direct_replies_and_quotes_of_others(devnet, adapter, asker, ada, grace, root):
    (notice,) = asker.chain(root, ["Replies may be quoted."])
    ada.reply(root, "I do.")
    grace.reply(notice, "Fine.", root=root)
    grace.quote(root, "A good question.")
    devnet.settle()
    assert (await adapter.tally([watch(root, notice)]))[1].replies == 3


async def test_a_post_that_is_not_shown_is_not_counted(devnet, adapter, asker, root):
    devnet.settle()
    asker.delete(root)
    devnet.settle()
    assert await adapter.tally([watch(root)]) == {}


async def test_a_deleted_question_is_named_as_gone(devnet, asker, adapter, host):
    parts = [(await adapter.prepare(Draft(f"Which habit went last, {n}?"), f"post-{n}", host.now()))[0] for n in (1, 2)]
    refs = [await adapter.publish(part, []) for part in parts]
    devnet.settle()
    asker.delete(refs[0])
    devnet.settle()
    posts = tuple(WatchedPost(n, (ref,), host.now() - timedelta(minutes=1)) for n, ref in enumerate(refs))
    pages = [page async for page in adapter.collect(Watched(posts))]
    assert [gone for page in pages for gone in page.gone] == [refs[0].remote_id]
