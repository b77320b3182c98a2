"""A digest comes into a channel once, and means nothing but what it says."""

from datetime import timedelta

import pytest

from adapters.contract.errors import Rejected, Uncertain
from adapters.discord.sending.publish import PROVEN_AFTER

SEND = "POST /channels/{channel_id}/messages"
TEXT = "Three quotes of **this** week, @everyone: https://example.org"
FILES = {"week.md": b"# Week", "week.html": b"<p>Week"}


async def test_text_and_files_arrive_as_they_are(adapter, guild):
    reference = await adapter.deliver(guild.general.id, TEXT, FILES, "digest-1")
    (message,) = guild.general.messages()
    assert (message.id, message.link) == (reference.remote_id, reference.link)
    assert message.content.replace("\\", "") == TEXT
    assert "**" not in message.content
    assert "://" not in message.content
    assert message.pings == frozenset()
    assert {file.name: file.content for file in message.files()} == FILES


async def test_a_repeat_is_the_same_delivery(adapter, application, guild):
    application.fail(SEND, after_effect=True)
    first = await adapter.deliver(guild.general.id, TEXT, FILES, "digest-1")
    assert await adapter.deliver(guild.general.id, TEXT, FILES, "digest-1") == first
    assert len(guild.general.messages()) == 1


async def test_after_an_unclear_outcome_it_is_looked_for_before_it_is_sent(adapter, host, guild, ada):
    since = host.now()
    first = await adapter.deliver(guild.general.id, TEXT, FILES, "digest-1")
    host.advance(timedelta(hours=1))
    ada.say(guild.general, "Thanks!")
    assert await adapter.deliver(guild.general.id, TEXT, FILES, "digest-1", since) == first
    other = await adapter.deliver(guild.general.id, TEXT, {"other.md": b""}, "digest-2", since)
    assert other != first


async def test_where_it_cannot_be_told_yet_nothing_is_sent(adapter, host, guild, ada):
    ada.say(guild.general, "Good morning.")
    with pytest.raises(Uncertain):
        await adapter.deliver(guild.general.id, TEXT, {}, "digest-1", host.now())
    since = host.now()
    host.advance(PROVEN_AFTER)
    await adapter.deliver(guild.general.id, TEXT, {}, "digest-1", since)
    assert len(guild.general.messages()) == 2


async def test_a_text_too_long_for_a_message_is_attached_whole(adapter, guild):
    text = "word " * 600
    await adapter.deliver(guild.general.id, text, {}, "digest-1")
    (message,) = guild.general.messages()
    assert message.content.endswith("…")
    assert message.files()[0].content == text.encode()


async def test_what_discord_would_refuse_is_refused_before(adapter, application, guild):
    for text, files, said in (
        ("", {}, "nothing to deliver"),
        ("x", {f"{number}.md": b"x" for number in range(11)}, "11 files"),
        ("x", {"big.md": bytes(11 * 1024 * 1024)}, "big.md has 11,534,336 bytes"),
    ):
        with pytest.raises(Rejected, match=said):
            await adapter.deliver(guild.general.id, text, files, "digest-1")
    assert application.calls(SEND) == []


async def test_the_limit_is_each_files_own(adapter, guild):
    files = {f"{number}.md": bytes(6 * 1024 * 1024) for number in range(2)}
    await adapter.deliver(guild.general.id, "x", files, "digest-1")
    (message,) = guild.general.messages()
    assert [len(file.content) for file in message.files()] == [6 * 1024 * 1024] * 2


async def test_a_delivery_is_found_again_although_discord_changes_the_names_of_files(adapter, host, guild):
    files = {"2026-11-16 Gewohnheiten – für dich (privat).md": b"# Week", "to share.docx": b"PK"}
    since = host.now()
    first = await adapter.deliver(guild.general.id, TEXT, files, "digest-1")
    (message,) = guild.general.messages()
    assert {file.name for file in message.files()}.isdisjoint(files)
    host.advance(timedelta(hours=1))
    assert await adapter.deliver(guild.general.id, TEXT, files, "digest-1", since) == first
    assert len(guild.general.messages()) == 1


async def test_a_link_on_a_line_of_its_own_is_a_link_and_every_other_is_not(adapter, guild):
    link = "https://discord.com/channels/1/2/3?a_b=1&c=d~e_"
    await adapter.deliver(
        guild.general.id, f"“See https://evil.example/a_b”\nAda\n{link}\nhttps://a.example>x", {}, "k"
    )
    (message,) = guild.general.messages()
    lines = message.content.split("\n")
    assert lines[2] == f"<{link}>"
    assert "https://" not in lines[0] + lines[3]
