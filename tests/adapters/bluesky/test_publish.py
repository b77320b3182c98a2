"""Posting: bytes chosen beforehand, one post however often it is sent, found on the account's own server."""

from dataclasses import replace

import pytest

from adapters.bluesky import platform
from adapters.contract.errors import RateLimited, Rejected, Unauthorized, Unavailable, Uncertain
from adapters.contract.sending import Absent, Draft, Poll, Reference, Role
from tests.servers.bluesky.network import read_clock
from tests.servers.bluesky.proxy import LOST, Answer, run_proxy

pytestmark = pytest.mark.bluesky

PUT = "com.atproto.repo.putRecord"


async def prepare(adapter, text="Who still prints?", **draft):
    (part, *_) = await adapter.prepare(Draft(text, **draft), "key", read_clock())
    return part


async def publish_all(adapter, draft):
    references = []
    for part in await adapter.prepare(draft, "key", read_clock()):
        references.append(await adapter.publish(part, references))
    return references


@pytest.fixture
async def proxy(devnet):
    async with run_proxy(devnet.pds) as proxy:
        yield proxy


@pytest.fixture
async def proxied(devnet, proxy, asker, host):
    settings = devnet.settings(asker).model_copy(update={"service": proxy.url})
    async with platform.connect(settings, host) as adapter:
        yield adapter


async def test_the_record_is_the_one_that_was_prepared(adapter, asker):
    part = await prepare(adapter, "Wer druckt noch?", language="de")
    reference = await adapter.publish(part, ())
    assert asker.read(reference) == part.payload["record"]
    assert part.payload["record"]["langs"] == ["de"]
    assert reference.remote_id == f"at://{asker.did}/app.bsky.feed.post/{part.key}"


async def test_sending_twice_is_one_post_and_one_version(devnet, adapter, asker):
    part = await prepare(adapter)
    first, second = await adapter.publish(part, ()), await adapter.publish(part, ())
    assert first == second
    listed = asker.query("com.atproto.repo.listRecords", repo=asker.did, collection="app.bsky.feed.post")
    assert len(listed["records"]) == 1


async def test_a_thread_hangs_together(devnet, adapter, asker):
    root, second, third = await publish_all(adapter, Draft("Who?", ("Replies may be quoted.", "Until Friday.")))
    reply = asker.read(third)["reply"]
    assert (reply["root"]["uri"], reply["parent"]["uri"]) == (root.remote_id, second.remote_id)
    devnet.settle()
    assert asker.query("app.bsky.feed.getPostThread", uri=root.remote_id)["thread"]["post"]["replyCount"] == 1


async def test_links_and_mentions_can_be_clicked(devnet, adapter, asker, ada):
    text = f"Grüße, @{ada.handle}: see https://example.com/ü?x=1, and @nobody.test."
    devnet.settle()
    record = asker.read(await adapter.publish(await prepare(adapter, text), ()))
    spans = {}
    for facet in record["facets"]:
        index = facet["index"]
        shown = text.encode()[index["byteStart"] : index["byteEnd"]].decode()
        spans[shown] = facet["features"][0]
    assert spans[f"@{ada.handle}"]["did"] == ada.did
    assert spans["https://example.com/ü?x=1"]["uri"] == "https://example.com/ü?x=1"
    assert len(spans) == 2  # who is not there stays plain text


async def test_absence_is_proven_by_the_own_server_though_others_know_nothing(devnet, adapter):
    devnet.set_indexing(on=False)
    try:
        sent, unsent = await prepare(adapter), await prepare(adapter, "Never sent.", language="de")
        unsent = replace(unsent, payload={**unsent.payload, "rkey": "3jzfcijpj2z2a"})
        reference = await adapter.publish(sent, ())
        assert await adapter.find(sent, (), read_clock()) == reference
        assert isinstance(await adapter.find(unsent, (), read_clock()), Absent)
    finally:
        devnet.set_indexing(on=True)


async def test_a_lost_answer_is_uncertain_and_the_post_is_found(proxied, proxy):
    part = await prepare(proxied)
    proxy.breaks[PUT] = [LOST]
    with pytest.raises(Uncertain):
        await proxied.publish(part, ())
    found = await proxied.find(part, (), read_clock())
    assert isinstance(found, Reference)
    assert await proxied.publish(part, ()) == found


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_broken_server_is_uncertain_and_the_absence_is_found(proxied, proxy, status):
    part = await prepare(proxied)
    proxy.breaks[PUT] = [Answer(status, "<html>Bad gateway</html>")]
    with pytest.raises(Uncertain):
        await proxied.publish(part, ())
    assert isinstance(await proxied.find(part, (), read_clock()), Absent)


@pytest.mark.parametrize("body", ["<html>Welcome</html>", [1, 2], {"ok": True}])
async def test_an_answer_that_is_none_is_uncertain(proxied, proxy, body):
    part = await prepare(proxied)
    proxy.breaks[PUT] = [Answer(200, body)]
    with pytest.raises(Uncertain):
        await proxied.publish(part, ())


async def test_an_expired_token_while_posting_is_renewed_and_the_post_goes_out(proxied, proxy):
    part = await prepare(proxied)
    proxy.breaks[PUT] = [Answer(400, {"error": "ExpiredToken", "message": "Token has expired"})]
    assert (await proxied.publish(part, ())).remote_id
    assert proxy.calls["com.atproto.server.refreshSession"] == 1


async def test_a_limit_says_until_when(proxied, proxy, host):
    part = await prepare(proxied)
    limits = {"ratelimit-reset": "1793500000"}
    proxy.breaks[PUT] = [
        Answer(429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, limits),
        Answer(429, {"error": "RateLimitExceeded"}, {"retry-after": "90"}),
        Answer(429, "<html>slow down</html>"),
    ]
    waits = []
    for _ in range(3):
        with pytest.raises(RateLimited) as refused:
            await proxied.publish(part, ())
        waits.append(refused.value.retry_at)
    assert [int(waits[0].timestamp()), *((at - host.now()).total_seconds() for at in waits[1:])] == [
        1793500000,
        90,
        300,
    ]


async def test_a_403_of_a_proxy_is_no_wrong_password(proxied, proxy):
    part = await prepare(proxied)
    proxy.breaks[PUT] = [Answer(403, "<html>Blocked</html>")]
    with pytest.raises(Unavailable):
        await proxied.publish(part, ())


async def test_what_the_server_refuses_is_rejected_with_its_reason(adapter):
    part = await prepare(adapter)
    long = replace(part, payload={**part.payload, "record": {**part.payload["record"], "text": "x" * 3001}})
    with pytest.raises(Rejected, match=r"too big \(maximum 3000, got 3001\) at \$.record.text"):
        await adapter.publish(long, ())


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (Draft("x" * 301), "post 1 of 1 has 301 characters; Bluesky takes 300"),
        (Draft("👩‍👩‍👧‍👦" * 130), "post 1 of 1 has 3250 bytes"),
        (Draft("Who?", ("", "x")), "post 2 of 3 is empty"),
        (Draft("Who?", language="english please"), "BCP 47"),
        (Draft("Who?", poll=Poll(("yes", "no"), read_clock())), "print the options"),
    ],
)
async def test_what_would_be_refused_is_refused_before_anything_is_sent(proxied, proxy, draft, reason):
    with pytest.raises(Rejected, match=reason):
        await proxied.prepare(draft, "key", read_clock())
    assert not proxy.calls


async def test_three_hundred_families_are_three_hundred_characters(adapter, asker):
    part = await prepare(adapter, "👍🏽" * 300)
    assert asker.read(await adapter.publish(part, ()))["text"] == "👍🏽" * 300


async def test_a_part_of_another_account_is_not_sent(adapter, reader):
    part = await prepare(adapter)
    other = replace(part, payload={**part.payload, "repo": "grace.test"})
    with pytest.raises(Rejected, match=r"prepared for grace\.test"):
        await adapter.publish(other, ())
    with pytest.raises(Unauthorized):
        await reader.publish(part, ())


async def test_root_and_thread_are_taken_back_and_twice_is_fine(adapter, asker):
    references = await publish_all(adapter, Draft("Who?", ("Replies may be quoted.",)))
    for reference in [*references, *references]:
        await adapter.retract(reference)
    listed = asker.query("com.atproto.repo.listRecords", repo=asker.did, collection="app.bsky.feed.post")
    assert listed["records"] == []


async def test_a_gate_is_taken_back(adapter, asker):
    root = await adapter.publish(await prepare(adapter), ())
    gate = asker.hide(root, [])
    await adapter.retract(gate)
    listed = asker.query("com.atproto.repo.listRecords", repo=asker.did, collection="app.bsky.feed.threadgate")
    assert listed["records"] == []


async def test_what_is_somebody_elses_is_never_taken_back(adapter, ada):
    with pytest.raises(Rejected, match="not in the repository"):
        await adapter.retract(ada.post("Mine."))


async def test_every_part_knows_its_role(adapter):
    parts = await adapter.prepare(Draft("Who?", ("Replies may be quoted.",)), "key", read_clock())
    assert [part.role for part in parts] == [Role.ROOT, Role.THREAD]


async def test_the_stored_bytes_name_the_account_by_what_stays(adapter, asker, host):
    before = await prepare(adapter)
    await adapter.identify()
    after = await prepare(adapter)
    assert (before.payload["repo"], after.payload["repo"]) == (asker.handle, asker.did)


@pytest.mark.parametrize("has_logged_in", [True, False])
async def test_a_post_whose_answer_was_lost_is_found_after_a_change_of_handle(
    devnet, proxy, asker, host, has_logged_in
):
    settings = devnet.settings(asker).model_copy(update={"service": proxy.url})
    async with platform.connect(settings, host) as adapter:
        if has_logged_in:
            await adapter.identify()
        part = await prepare(adapter)
        proxy.breaks[PUT] = [LOST]
        with pytest.raises(Uncertain):
            await adapter.publish(part, ())
        asker.call("com.atproto.identity.updateHandle", handle=f"new{asker.handle}")
        asker.handle = f"new{asker.handle}"
        assert isinstance(await adapter.find(part, (), host.now()), Reference)
    settings = devnet.settings(asker).model_copy(update={"service": proxy.url})
    async with platform.connect(settings, host) as adapter:
        found = await adapter.find(part, (), host.now())
        assert found.remote_id == f"at://{asker.did}/app.bsky.feed.post/{part.key}"
        assert await adapter.publish(part, ()) == found
