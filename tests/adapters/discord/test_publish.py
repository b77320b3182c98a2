"""A message is sent once: by its nonce for some minutes, and after them by the channel's history."""

from datetime import timedelta

import pytest

from adapters.contract.errors import RateLimited, Rejected, Unavailable, Uncertain
from adapters.contract.optional import FindsWords
from adapters.contract.sending import Absent, Draft, NotYet, Reference, Role
from adapters.discord.sending.publish import PROVEN_AFTER
from adapters.testing.steps import store_and_load

SEND = "POST /channels/{channel_id}/messages"


@pytest.fixture
async def part(adapter, host, guild, asked):
    (part,) = await adapter.prepare(Draft("Who still prints?", place=guild.general.id), "post-7", host.now())
    return store_and_load(part)


async def test_a_question_has_its_button_and_a_link_that_leads_to_it(adapter, guild, part):
    reference = await adapter.publish(part, ())
    (message,) = guild.general.messages()
    assert (message.content, message.button("Answer")) == ("Who still prints?", "pq:answer:7")
    assert reference == Reference(message.id, message.link, {"channel": guild.general.id, "guild": guild.id})


@pytest.mark.parametrize("failure", [{}, {"status": 502}, {"status": 503, "html": True}])
@pytest.mark.parametrize("after_effect", [True, False])
async def test_an_unclear_outcome_is_sent_again_with_the_same_nonce(
    adapter, application, guild, part, failure, after_effect
):
    application.fail(SEND, after_effect=after_effect, **failure)
    reference = await adapter.publish(part, ())
    assert [message.id for message in guild.general.messages()] == [reference.remote_id]
    assert len({call.body["nonce"] for call in application.calls(SEND)}) == 1


async def test_what_the_second_try_says_takes_no_doubt_away(adapter, application, guild, part):
    for second in ({"status": 429, "retry_after": 600}, {"status": 403, "code": 50013}, {"status": 401}):
        application.fail(SEND, after_effect=True)
        application.fail(SEND, **second)
        with pytest.raises(Uncertain):
            await adapter.publish(part, ())
        application.mend()
    assert len(guild.general.messages()) == 1


async def test_a_refusal_and_a_limit_on_the_first_try_are_clear(adapter, application, guild, part):
    application.fail(SEND, status=429, retry_after=600)
    with pytest.raises(RateLimited):
        await adapter.publish(part, ())
    guild.general.permit(application, deny="send_messages")
    with pytest.raises(Rejected, match="pullquote check"):
        await adapter.publish(part, ())
    assert guild.general.messages() == []


async def test_after_the_minutes_of_a_nonce_the_message_is_found_in_the_history(adapter, host, guild, ada, part):
    since = host.now()
    reference = await adapter.publish(part, ())
    for number in range(130):
        ada.say(guild.general, f"talk {number}")
    host.advance(timedelta(hours=2))
    assert await adapter.find(part, (), since) == reference


async def test_where_its_database_is_lost_a_message_is_found_by_its_words(adapter, host, guild, part):
    assert isinstance(adapter, FindsWords)
    since = host.now()
    reference = await adapter.publish(part, ())
    host.advance(timedelta(hours=2))
    draft = Draft(part.payload["body"]["content"], place=part.payload["channel"])
    (other,) = await adapter.prepare(draft, "post-4711", host.now())
    assert await adapter.find_words(other, (), since) == reference
    (unsent,) = await adapter.prepare(Draft("Never said.", place=part.payload["channel"]), "post-4712", host.now())
    assert isinstance(await adapter.find_words(unsent, (), since), Absent)


async def test_absence_is_proven_only_when_nothing_can_be_on_its_way(adapter, host, guild, ada, part):
    since = host.now()
    ada.say(guild.general, "talk")
    host.advance(PROVEN_AFTER - timedelta(seconds=1))
    assert isinstance(await adapter.find(part, (), since), NotYet)
    host.advance(timedelta(seconds=1))
    assert isinstance(await adapter.find(part, (), since), Absent)


async def test_a_history_that_is_closed_proves_nothing(adapter, application, host, guild, part):
    since = host.now()
    await adapter.publish(part, ())
    host.advance(PROVEN_AFTER)
    guild.general.permit(application, deny="read_message_history")
    with pytest.raises(Unavailable, match="Read Message History"):
        await adapter.find(part, (), since)
    guild.general.permit(application, deny="view_channel")
    with pytest.raises(Unavailable):
        await adapter.find(part, (), since)


async def test_in_an_empty_channel_absence_is_proven_too(adapter, host, part):
    since = host.now()
    host.advance(PROVEN_AFTER)
    assert isinstance(await adapter.find(part, (), since), Absent)


async def test_a_channel_that_is_gone_holds_nothing(adapter, host, guild, asked):
    channel, since = guild.add_channel("news"), host.now()
    (part,) = await adapter.prepare(Draft("Who?", place=channel.id), "post-7", since)
    guild.owner.delete_channel(channel)
    assert isinstance(await adapter.find(part, (), since), Absent)
    with pytest.raises(Rejected, match="there is no such channel"):
        await adapter.publish(part, ())


async def test_the_words_of_somebody_else_are_not_ours(adapter, host, guild, ada, part):
    since = host.now()
    ada.say(guild.general, "Who still prints?")
    host.advance(PROVEN_AFTER)
    assert isinstance(await adapter.find(part, (), since), Absent)


async def test_a_clock_that_was_ahead_hides_no_message(adapter, host, guild, part):
    await adapter.publish(part, ())
    host.advance(timedelta(minutes=5))
    assert isinstance(await adapter.find(part, (), host.now() + timedelta(hours=2)), Reference)


async def test_a_question_whose_button_counts_by_now_is_still_found(adapter, host, guild, asked, part):
    since = host.now()
    reference = await adapter.publish(part, ())
    await adapter._wire.rest.patch(
        f"/channels/{guild.general.id}/messages/{reference.remote_id}",
        {
            "components": [
                {"type": 1, "components": [{"type": 2, "style": 1, "label": "Answer · 12", "custom_id": "pq:answer:7"}]}
            ]
        },
    )
    assert await adapter.find(part, (), since) == reference


async def test_below_a_deleted_question_nothing_more_is_sent(adapter, application, host, guild, asked):
    draft = Draft("Who still prints?", ("And why?",), place=guild.general.id)
    root, below = await adapter.prepare(draft, "post-7", host.now())
    reference = await adapter.publish(root, ())
    guild.owner.delete(guild.general.message(reference.remote_id))
    with pytest.raises(Rejected):
        await adapter.publish(below, (reference,))
    application.forget_problems()


async def test_a_thread_is_opened_once_and_found(connect, host, guild, asked):
    async with connect(open_thread=True) as adapter:
        root, thread = await adapter.prepare(Draft("Who still prints?", place=guild.general.id), "post-7", host.now())
        reference = await adapter.publish(root, ())
        assert isinstance(await adapter.find(thread, (reference,), host.now()), Absent)
        opened = await adapter.publish(thread, (reference,))
        assert await adapter.publish(thread, (reference,)) == opened
        assert await adapter.find(thread, (reference,), host.now()) == opened
        assert thread.role is Role.GATE
        assert [each.name for each in guild.general.threads()] == ["Which habit made you better at your trade?"]
        await adapter.retract(opened)  # a bot that may not manage threads cannot delete its own
        await adapter.retract(reference)
        assert guild.general.messages() == []
