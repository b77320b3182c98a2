"""Threads: active, archived, deleted."""

import pytest

from tests.servers.discord.network import Refused
from tests.servers.discord.tests.conftest import connect, until


async def open_thread(api, guild, text="Why?", name="Why?"):
    made = (await api.post(f"channels/{guild.general.id}/messages", json={"content": text})).json()
    url = f"channels/{guild.general.id}/messages/{made['id']}/threads"
    answer = await api.post(url, json={"name": name})
    assert answer.status_code == 201
    return answer.json()["id"], url


def find(guild, thread_id):
    return next(thread for thread in guild.general.threads() if thread.id == thread_id)


async def test_a_thread_has_the_id_of_its_message_and_there_is_one(api, guild):
    thread_id, url = await open_thread(api, guild)
    (question,) = guild.general.messages()
    assert (thread_id, question.raw["thread"]["id"]) == (question.id, question.id)
    again = await api.post(url, json={"name": "another"})
    assert again.json()["code"] == 160004


async def test_archived_threads_are_listed_last_archived_first_by_pages(api, guild, clock):
    ids = []
    for number in range(4):
        thread_id, _ = await open_thread(api, guild, f"Question {number}?")
        ids.append(thread_id)
    for thread_id in ids[:3]:
        clock.advance(minutes=1)
        assert (await api.patch(f"channels/{thread_id}", json={"archived": True})).status_code == 200
    url = f"channels/{guild.general.id}/threads/archived/public"
    first = (await api.get(url, params={"limit": 2})).json()
    assert [thread["id"] for thread in first["threads"]] == [ids[2], ids[1]]
    assert first["has_more"]
    before = first["threads"][-1]["thread_metadata"]["archive_timestamp"]
    rest = (await api.get(url, params={"limit": 2, "before": before})).json()
    assert ([thread["id"] for thread in rest["threads"]], rest["has_more"]) == ([ids[0]], False)
    active = (await api.get(f"guilds/{guild.id}/threads/active")).json()["threads"]
    assert [thread["id"] for thread in active] == [ids[3]]


async def test_writing_wakes_an_archived_thread_but_not_a_locked_one(api, guild, ada):
    thread_id, _ = await open_thread(api, guild)
    thread = find(guild, thread_id)
    guild.owner.archive(thread)
    ada.say(thread, "still here")
    assert not (await api.get(f"channels/{thread_id}")).json()["thread_metadata"]["archived"]
    guild.owner.archive(thread, locked=True)
    with pytest.raises(Refused, match="locked"):
        ada.say(thread, "too late")


async def test_a_deleted_thread_is_told_as_such_and_takes_its_messages(api, application, guild, ada):
    thread_id, _ = await open_thread(api, guild)
    thread = find(guild, thread_id)
    said = ada.say(thread, "words in a thread")
    async with connect(application) as client:
        events = []

        async def on_raw_thread_delete(event):
            events.append(event.thread_id)

        async def on_raw_message_delete(event):
            events.append(event.message_id)

        client.event(on_raw_thread_delete)
        client.event(on_raw_message_delete)
        guild.owner.delete_channel(thread)
        await until(lambda: events)
        assert events == [int(thread_id)]
    assert said.reload() is None
    assert not thread.exists
    assert (await api.get(f"channels/{thread_id}/messages")).json()["code"] == 10003
    assert guild.general.messages()[0].content == "Why?"


async def test_a_deleted_channel_takes_its_threads(api, application, guild, ada):
    await open_thread(api, guild)
    (thread,) = guild.general.threads()
    guild.owner.delete_channel(guild.general)
    assert not thread.exists
