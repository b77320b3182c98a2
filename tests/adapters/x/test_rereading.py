"""Before a quote is printed its post is read again, and its author is read once."""

from collections import Counter
from datetime import timedelta

import pytest

from adapters.contract.reading import Freshness
from adapters.contract.sending import Draft
from adapters.testing.steps import collect, know, make_text, publish, watch


@pytest.fixture
async def known(network, adapter, host, ada):
    """One stored reply of ada's."""
    parts = await publish(adapter, host, Draft(make_text()))
    sent = network.reply(ada, parts[0], "Ten years of it.")
    replies = (await collect(adapter, [watch(host, *parts)])).replies
    return sent, know(replies[sent.remote_id])


def read(network, asker, unit):
    return Counter(charge.unit for charge in network.ledger(asker))[unit]


async def test_who_is_quoted_becomes_known(network, asker, adapter, known, ada):
    _, reply = known
    (answer,) = await adapter.refresh([reply])
    assert (answer.freshness, answer.reply.author.handle) == (Freshness.SAME, ada.handle)
    assert answer.reply.text == "Ten years of it."
    assert read(network, asker, "user_read") == 1


async def test_a_known_author_is_read_again_after_days(network, asker, adapter, host, known, ada):
    from dataclasses import replace

    _, reply = known
    await adapter.refresh([reply])
    network.rename(ada, "lovelace")
    named = replace(reply, handle=ada.handle)
    for days, handle in ((3, None), (8, "lovelace")):
        later = host.now() + timedelta(days=days)
        network.set_clock(later)
        host.current = later
        (answer,) = await adapter.refresh([named])
        assert (answer.reply and answer.reply.author.handle) == handle
    assert read(network, asker, "user_read") == 2


async def test_an_author_whose_name_was_not_stored_is_read_again(network, adapter, known):
    """The process was killed between reading the profile and storing it."""
    _, reply = known
    for _ in range(2):
        (answer,) = await adapter.refresh([reply])
        assert answer.reply is not None


@pytest.mark.parametrize(
    ("act", "freshness"),
    [("delete", Freshness.GONE), ("protect", Freshness.HIDDEN), ("suspend", Freshness.HIDDEN)],
)
async def test_what_is_no_longer_shown_is_not_quoted(network, adapter, known, ada, act, freshness):
    sent, reply = known
    getattr(network, act)(sent if act == "delete" else ada)
    (answer,) = await adapter.refresh([reply])
    assert answer.freshness is freshness


async def test_an_edit_comes_with_its_new_words_and_the_old_identity(network, adapter, known):
    sent, reply = known
    network.edit(sent, "Eleven years of it.")
    (answer,) = await adapter.refresh([reply])
    assert answer.freshness is Freshness.EDITED
    assert (answer.reply.remote_id, answer.reply.text) == (sent.remote_id, "Eleven years of it.")
    assert answer.reply.version != sent.remote_id
    (again,) = await adapter.refresh([know(answer.reply)])
    assert again.freshness is Freshness.SAME


async def test_an_author_who_opted_out_is_known_to_have(network, adapter, host):
    shy = network.add_person("shy", description="Engines. #nobot")
    parts = await publish(adapter, host, Draft(make_text()))
    network.reply(shy, parts[0], "Do not mind me.")
    replies = (await collect(adapter, [watch(host, *parts)])).replies
    (answer,) = await adapter.refresh([know(reply) for reply in replies.values()])
    assert answer.reply.author.opted_out
