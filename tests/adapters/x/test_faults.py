"""What goes wrong at X, over real sockets: the error decides, nothing is posted twice, nothing is paid for nothing."""

from datetime import timedelta

import pytest

from adapters.contract.errors import OverBudget, RateLimited, Unauthorized, Unavailable, Uncertain
from adapters.contract.optional import FindsWords
from adapters.contract.sending import Draft, NotYet, Reference
from adapters.testing.host import START
from adapters.testing.steps import collect, make_key, make_text, publish, watch
from adapters.x.errors import OutOfCredits


async def prepare(adapter, host, text=None):
    (part,) = await adapter.prepare(Draft(text or make_text()), make_key(), host.now())
    return part


@pytest.mark.parametrize(
    "failure",
    [{}, {"status": 503, "html": True}, {"status": 500}, {"hang": 30}],
    ids=["connection lost", "HTML", "500", "no answer in time"],
)
async def test_a_post_whose_answer_is_lost_is_uncertain_and_found(network, asker, host, open_adapter, failure):
    adapter = await open_adapter(timeout=1.0)
    part = await prepare(adapter, host)
    network.fail("create", after_effect=True, **failure)
    with pytest.raises(Uncertain):
        await adapter.publish(part, ())
    assert network.standing(asker) == [part.payload["text"]]
    assert isinstance(await adapter.find(part, (), START), Reference)
    assert host.spent["post_create"] == 1


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ({"status": 401}, Unauthorized),
        ({"status": 402}, OutOfCredits),
        ({"status": 429}, RateLimited),
    ],
)
async def test_what_x_refuses_was_not_posted_and_not_paid(network, asker, adapter, host, failure, error):
    part = await prepare(adapter, host)
    network.fail("create", **failure)
    with pytest.raises(error):
        await adapter.publish(part, ())
    assert network.standing(asker) == []
    assert host.spent["post_create"] == 0


@pytest.mark.parametrize(
    "failure",
    [{}, {"status": 503, "html": True}, {"status": 503}, {"hang": 30}],
    ids=["connection lost", "HTML", "503", "no answer in time"],
)
async def test_a_read_that_fails_is_unavailable_and_free(network, host, open_adapter, failure):
    adapter = await open_adapter(timeout=1.0)
    parts = await publish(adapter, host, Draft(make_text()))
    network.fail("mentions", times=2, **failure)  # aiohttp asks once more where a kept connection is lost
    with pytest.raises(Unavailable):
        await collect(adapter, [watch(host, *parts)])
    assert host.spent["owned_read"] == 0
    network.mend()
    await collect(adapter, [watch(host, *parts)])


async def test_a_limit_is_told_with_its_end(network, adapter, host):
    parts = await publish(adapter, host, Draft(make_text()))
    network.fail("mentions", status=429, reset_at=START + timedelta(minutes=7))
    with pytest.raises(RateLimited) as limited:
        await collect(adapter, [watch(host, *parts)])
    assert limited.value.retry_at == START + timedelta(minutes=7)


async def test_a_wrong_clock_is_named(network, adapter):
    network.behave(skew=1200)
    with pytest.raises(Unauthorized, match="this machine's clock is 20 min behind X's"):
        await adapter.identify()


async def test_tokens_of_another_account_are_told(network, ada, host, open_adapter):
    adapter = await open_adapter(handle=ada.handle)
    with pytest.raises(Unauthorized, match="the tokens belong to @asker"):
        await adapter.identify()


async def test_no_credits_are_told_with_what_to_do(network, adapter, host):
    network.behave(credits=0)
    with pytest.raises(OutOfCredits, match="out of credits: buy some in its developer console, then: pullquote resume"):
        await adapter.publish(await prepare(adapter, host), ())


async def test_a_post_that_stands_already_is_uncertain_until_it_is_found(network, asker, adapter, host):
    part = await prepare(adapter, host)
    first = await adapter.publish(part, ())
    with pytest.raises(Uncertain, match="X has a post with this text already"):
        await adapter.publish(part, ())
    found = await adapter.find(part, (), START)
    assert isinstance(found, Reference)
    assert found.remote_id == first.remote_id
    assert len(network.standing(asker)) == 1


async def test_where_its_database_is_lost_a_post_is_found_by_its_words_but_for_numbers(adapter, host):
    assert isinstance(adapter, FindsWords)
    sent, other = await prepare(adapter, host), await prepare(adapter, host)
    sent.payload["text"] = "What changed since Monday 30, 09:15?"
    other.payload["text"] = "What changed since Monday 30, 10:00?"
    first = await adapter.publish(sent, ())
    found = await adapter.find_words(other, (), START)
    assert isinstance(found, Reference)
    assert found.remote_id == first.remote_id
    assert isinstance(await adapter.find(other, (), START), NotYet)


async def test_a_timeline_that_lags_proves_nothing(network, adapter, host):
    part = await prepare(adapter, host)
    network.behave(timeline_lag=600)
    await adapter.publish(part, ())
    assert isinstance(await adapter.find(part, (), START), NotYet)
    network.set_clock(START + timedelta(minutes=11))
    assert isinstance(await adapter.find(part, (), START), Reference)


async def test_a_look_up_that_breaks_off_is_no_look_up(network, adapter, host):
    network.behave(page_size=5)
    for _ in range(12):
        await publish(adapter, host, Draft(make_text()))
    network.fail("timeline", status=503, nth=2)
    with pytest.raises(Unavailable):
        await adapter.find(await prepare(adapter, host), (), START)


async def test_an_old_post_with_the_same_words_is_not_taken_for_a_new_one(network, adapter, host):
    text = make_text()
    await adapter.publish(await prepare(adapter, host, text), ())
    week_later = START + timedelta(days=7)
    network.set_clock(week_later)
    host.current = week_later
    assert isinstance(await adapter.find(await prepare(adapter, host, text), (), week_later), NotYet)


async def test_what_the_budget_forbids_is_not_sent(network, asker, adapter, host):
    host.ceilings.update({"owned_read": 0, "post_create": 1})
    parts = await publish(adapter, host, Draft(make_text()))
    with pytest.raises(OverBudget):
        await collect(adapter, [watch(host, *parts)])
    with pytest.raises(OverBudget):
        await publish(adapter, host, Draft(make_text()))
    assert {call.operation for call in network.calls(asker)} == {"create"}


async def test_five_limited_minutes_before_midnight_lose_no_question(network, asker, open_x_bot):
    bot = await open_x_bot({"late": {"at": "2026-11-16T23:55"}})
    network.fail("create", status=429, reset_at=bot.clock() + timedelta(hours=16))
    await bot.tick(hours=15, minutes=55)
    for _ in range(5):
        await bot.tick(minutes=2)
    assert len(network.standing(asker)) == 1


async def test_each_answer_says_what_time_it_is_at_x(adapter, host, network):
    await adapter.identify()
    assert len(host.times) == 1
    network.fail("me", status=401)
    with pytest.raises(Unauthorized):
        await adapter.identify()
    assert len(host.times) == 2
