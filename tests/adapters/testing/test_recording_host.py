"""The Host that adapters are tested with keeps the promises of `adapters.contract.adapter.Host`."""

import asyncio
from datetime import timedelta

import pytest

from adapters.contract.adapter import Host
from adapters.contract.errors import OverBudget
from adapters.contract.forms import ConsentDecision
from adapters.contract.sending import Reference
from adapters.testing import RecordingHost
from adapters.testing.host import START, Consented, Voted


@pytest.fixture
def host() -> RecordingHost:
    return RecordingHost()


def test_it_is_a_host(host):
    typed: Host = host
    assert typed.now() == START


def test_time_passes_only_when_told(host):
    host.advance(timedelta(minutes=5))
    assert host.now() == START + timedelta(minutes=5)


async def test_what_was_saved_is_loaded(host):
    assert await host.load("session") is None
    await host.save("session", "one")
    await host.save("session", "two")
    assert await host.load("session") == "two"
    assert host.saves == [("session", "one"), ("session", "two")]


async def test_only_one_at_a_time_holds_a_name(host):
    inside = 0

    async def refresh() -> None:
        nonlocal inside
        async with host.exclusive("session"):
            inside += 1
            await asyncio.sleep(0)
            assert inside == 1
            inside -= 1

    await asyncio.gather(*(refresh() for _ in range(20)))


async def test_spending_beyond_the_ceiling_is_refused_and_not_counted():
    host = RecordingHost(ceilings={"reads": 3})
    await host.spend("reads", 2)
    with pytest.raises(OverBudget, match="limit of 3; 2 are spent"):
        await host.spend("reads", 2)
    await host.spend("reads", 1)
    await host.spend("writes", 1000)
    assert host.spent == {"reads": 3, "writes": 1000}


async def test_an_interaction_counts_once(host):
    leave = ConsentDecision(granted=True, wording="May we quote you?")
    await host.inbox.voted("a", 1, "ada", 0)
    await host.inbox.voted("a", 1, "ada", 1)
    await host.inbox.consented("b", "ada", "leave-1", leave)
    assert host.inbox.received == {"a": Voted(1, "ada", 0), "b": Consented("ada", "leave-1", leave)}


def test_hints_are_kept(host):
    host.hint()
    host.hint([Reference("p1")])
    assert host.hints == [(), (Reference("p1"),)]
