"""Calls that fail on purpose: what an adapter says, and what the network then holds."""

from datetime import timedelta

import pytest

from adapters.contract.errors import RateLimited, Rejected, Unauthorized, Unavailable, Uncertain
from adapters.contract.reading import Watched, WatchedPost
from adapters.contract.sending import Absent, Draft, NotYet, Reference
from adapters.sandbox import platform
from adapters.sandbox.conduct import NO_ANSWER, Failure
from adapters.sandbox.process import SandboxProcess
from adapters.sandbox.service import SandboxService
from adapters.sandbox.settings import SandboxSettings
from adapters.testing import RecordingHost
from adapters.testing.steps import make_key

LIKE_X = SandboxSettings(repeats_safely=False, settle_after=timedelta(minutes=15))


@pytest.fixture
def host():
    return RecordingHost()


@pytest.fixture
def service():
    return SandboxService()


@pytest.fixture
def connect(service, host):
    """An adapter of the one network; opening and closing holds nothing in process."""
    return lambda settings=LIKE_X: platform.connect(settings.model_copy(update={"service": service}), host)


async def prepare(adapter, host, text="Who still prints?"):
    (part,) = await adapter.prepare(Draft(text), make_key(), host.now())
    return part


@pytest.mark.parametrize(
    ("status", "error"), [(401, Unauthorized), (400, Rejected), (503, Uncertain), (NO_ANSWER, Uncertain)]
)
async def test_the_status_of_a_publish_is_the_decision(connect, host, service, status, error):
    service.conduct.failures.append(Failure("publish", status=status))
    adapter = connect()
    with pytest.raises(error):
        await adapter.publish(await prepare(adapter, host), ())
    assert service.network.posts == {}


async def test_too_many_requests_say_when_to_come_back(connect, host, service):
    retry_at = host.now() + timedelta(minutes=15)
    service.conduct.failures.append(Failure(status=429, retry_at=retry_at))
    with pytest.raises(RateLimited) as caught:
        await connect().identify()
    assert caught.value.retry_at == retry_at


async def test_reading_leaves_no_doubt(connect, service):
    service.conduct.failures.append(Failure("posts", status=NO_ANSWER))
    with pytest.raises(Unavailable):
        await connect().refresh([])


async def test_only_the_nth_calls_fail(connect, service):
    service.conduct.failures.append(Failure("identify", nth=2, times=2, status=401))
    adapter, outcomes = connect(), []
    for _ in range(4):
        try:
            outcomes.append((await adapter.identify()).handle)
        except Unauthorized:
            outcomes.append("refused")
    assert outcomes == ["pullquote", "refused", "refused", "pullquote"]


async def test_without_keys_a_blind_repeat_is_a_double(connect, host, service):
    service.conduct.failures.append(Failure("publish", after_effect=True))
    adapter = connect()
    part = await prepare(adapter, host)
    with pytest.raises(Uncertain):
        await adapter.publish(part, ())
    await adapter.publish(part, ())
    assert [post.text for post in service.network.posts.values()] == ["Who still prints?"] * 2


async def test_with_keys_a_repeat_is_the_same_post(connect, host, service):
    service.conduct.failures.append(Failure("publish", after_effect=True))
    adapter = connect(SandboxSettings())
    part = await prepare(adapter, host)
    with pytest.raises(Uncertain):
        await adapter.publish(part, ())
    await adapter.publish(part, ())
    assert len(service.network.posts) == 1


@pytest.mark.parametrize(("settings", "nothing"), [(LIKE_X, NotYet), (SandboxSettings(), Absent)])
async def test_a_lagging_find_says_what_it_would_say_of_nothing(connect, host, service, settings, nothing):
    service.conduct.find_lag = timedelta(seconds=30)
    adapter, since = connect(settings), host.now()
    part = await prepare(adapter, host)
    await adapter.publish(part, ())
    assert isinstance(await adapter.find(part, (), since), nothing)
    host.advance(timedelta(seconds=30))
    assert isinstance(await adapter.find(part, (), since), Reference)


async def test_an_older_post_of_the_same_words_is_not_mistaken_for_this_one(connect, host):
    adapter = connect()
    await adapter.publish(await prepare(adapter, host), ())
    host.advance(timedelta(days=7))
    assert isinstance(await adapter.find(await prepare(adapter, host), (), host.now()), NotYet)


async def test_a_mark_is_given_only_with_the_last_page_of_a_run_from_the_newest(connect, host, service):
    service.conduct.page_size = 2
    root = service.network.post("pullquote", "Who still prints?", host.now())
    for number in range(5):
        service.network.post("ada", f"answer {number}", host.now(), parent=root.id)
    watched = Watched((WatchedPost(1, (Reference(root.id),), host.now(), counted=0),))
    pages = [page async for page in connect(SandboxSettings(newest_first=True)).collect(watched)]
    assert [dict(page.marks) for page in pages] == [{}, {}, {"events": "6"}]


async def test_a_reply_between_two_pages_is_read_by_the_next_run(connect, host, service):
    service.conduct.page_size = 2
    root = service.network.post("pullquote", "Who still prints?", host.now())
    for number in range(5):
        service.network.post("ada", f"answer {number}", host.now(), parent=root.id)
    posts = (WatchedPost(1, (Reference(root.id),), host.now(), counted=0),)
    adapter = connect(SandboxSettings(newest_first=True))
    marks: dict[str, str] = {}
    async for page in adapter.collect(Watched(posts)):
        marks |= page.marks
        if not marks:
            service.network.post("grace", "in between", host.now(), parent=root.id)
    texts = [reply.text async for page in adapter.collect(Watched(posts, marks)) for reply in page.replies]
    assert texts == ["in between", "in between"]


async def test_a_deletion_is_told_and_a_hidden_reply_says_so(connect, host, service):
    root = service.network.post("pullquote", "Who still prints?", host.now())
    deleted, hidden = (service.network.post("ada", text, host.now(), parent=root.id) for text in ("one", "two"))
    service.network.delete(deleted.id, host.now())
    service.network.hide(hidden.id, host.now())
    watched = Watched((WatchedPost(1, (Reference(root.id),), host.now(), counted=0),))
    (page,) = [page async for page in connect().collect(watched)]
    assert page.gone == (deleted.id,)
    assert [(reply.remote_id, reply.standing.value) for reply in page.replies] == [(hidden.id, "hidden")]


def test_every_visible_change_is_in_the_log(tmp_path):
    with SandboxProcess(tmp_path / "visible.jsonl", name="loop") as process:
        root = process.act("post", who="ada", text="Who?", at="2026-11-16T08:00:00+00:00")
        process.act("reply", who="grace", to=root["id"], text="Me.", at="2026-11-16T08:01:00+00:00")
        process.act("delete", id=root["id"], at="2026-11-16T08:02:00+00:00")
        with pytest.raises(RuntimeError, match="the post loop-1 was deleted"):
            process.act("edit", id=root["id"], text="?", at="2026-11-16T08:03:00+00:00")
    changes = process.changes()
    assert [(change["sequence"], change["change"], change["post"]) for change in changes] == [
        (1, "posted", "loop-1"),
        (2, "posted", "loop-2"),
        (3, "deleted", "loop-1"),
    ]
    assert changes[1]["detail"] == {"author": "grace", "text": "Me.", "key": "", "parent": "loop-1"}


async def test_a_call_that_gets_no_answer_over_http_may_have_been_done(tmp_path, host):
    with SandboxProcess(tmp_path / "visible.jsonl") as process:
        process.behave(failures=[{"operation": "publish", "after_effect": True}])
        async with platform.connect(platform.settings(url=process.url), host) as adapter:
            part = await prepare(adapter, host)
            with pytest.raises(Uncertain):
                await adapter.publish(part, ())
            reference = await adapter.publish(part, ())
        assert [change["post"] for change in process.changes()] == [reference.remote_id]
        assert process.calls() == ["publish", "publish"]


async def test_too_many_requests_over_http_say_when_to_come_back(tmp_path, host):
    retry_at = host.now() + timedelta(minutes=15)
    with SandboxProcess(tmp_path / "visible.jsonl") as process:
        process.behave(failures=[{"status": 429, "retry_at": retry_at.isoformat()}])
        async with platform.connect(platform.settings(url=process.url), host) as adapter:
            with pytest.raises(RateLimited) as caught:
                await adapter.identify()
    assert caught.value.retry_at == retry_at
