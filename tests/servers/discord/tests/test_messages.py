"""What a bot writes, and how history is read."""

import pytest

from tests.servers.discord.network import Refused


async def say(api, channel, **body):
    return await api.post(f"channels/{channel.id}/messages", json=body)


async def test_an_enforced_nonce_makes_one_message(api, guild):
    first = await say(api, guild.general, content="Why?", nonce="post-1", enforce_nonce=True)
    again = await say(api, guild.general, content="Why?", nonce="post-1", enforce_nonce=True)
    assert first.json()["id"] == again.json()["id"]
    assert len(guild.general.messages()) == 1


async def test_a_nonce_that_is_not_enforced_does_not(api, guild):
    for _ in range(2):
        await say(api, guild.general, content="Why?", nonce="post-1")
    assert len(guild.general.messages()) == 2


async def test_a_nonce_is_remembered_for_minutes_only(api, guild, clock):
    await say(api, guild.general, content="Why?", nonce="post-1", enforce_nonce=True)
    clock.advance(minutes=4)
    await say(api, guild.general, content="Why?", nonce="post-1", enforce_nonce=True)
    assert len(guild.general.messages()) == 1
    clock.advance(minutes=2)
    await say(api, guild.general, content="Why?", nonce="post-1", enforce_nonce=True)
    assert len(guild.general.messages()) == 2


async def test_history_shows_no_nonce(api, guild):
    made = await say(api, guild.general, content="Why?", nonce="post-1", enforce_nonce=True)
    assert made.json()["nonce"] == "post-1"
    (listed,) = (await api.get(f"channels/{guild.general.id}/messages")).json()
    assert "nonce" not in listed


async def list_ids(api, channel, **query):
    answer = await api.get(f"channels/{channel.id}/messages", params=query)
    return [message["id"] for message in answer.json()]


async def test_history_is_newest_first_and_after_gives_the_next_ones(api, guild, ada):
    ids = [ada.say(guild.general, f"number {number}").id for number in range(6)]
    assert await list_ids(api, guild.general) == ids[::-1]
    assert await list_ids(api, guild.general, limit=2) == [ids[5], ids[4]]
    assert await list_ids(api, guild.general, before=ids[3], limit=2) == [ids[2], ids[1]]
    assert await list_ids(api, guild.general, after=ids[0], limit=2) == [ids[2], ids[1]]
    assert await list_ids(api, guild.general, around=ids[3], limit=3) == [ids[4], ids[3], ids[2]]


async def test_history_gives_at_most_a_hundred(api, application, guild):
    answer = await api.get(f"channels/{guild.general.id}/messages", params={"limit": 101})
    assert answer.status_code == 400
    application.forget_problems()


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2001},
        {"content": " \n "},
        {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]},
        {"content": "x", "components": [{"type": 2, "style": 1, "label": "Bare", "custom_id": "a"}]},
        {"content": "x", "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "No id"}]}]},
        {
            "content": "x",
            "components": [
                {"type": 1, "components": [{"type": 2, "style": 1, "label": "Twice", "custom_id": "a"}] * 2}
            ],
        },
    ],
    ids=["2,001 characters", "nothing", "embeds of 6,001", "a bare button", "no custom id", "the same custom id twice"],
)
async def test_what_the_openapi_file_would_let_pass_is_refused(api, application, guild, body):
    answer = await say(api, guild.general, **body)
    assert answer.status_code == 400
    assert guild.general.messages() == []
    application.forget_problems()


async def test_a_body_with_a_key_that_discord_does_not_know_is_refused(api, application, guild, spec):
    answer = await say(api, guild.general, content="Why?", colour="red")
    assert answer.status_code == 400
    assert "unknown key /colour" in application.problems()[0]
    application.forget_problems()


async def test_a_bot_cannot_change_what_people_wrote_and_may_not_delete_it(api, guild, ada):
    said = ada.say(guild.general, "mine")
    url = f"channels/{guild.general.id}/messages/{said.id}"
    assert (await api.patch(url, json={"content": "yours"})).json()["code"] == 50005
    assert (await api.delete(url)).json()["code"] == 50013


async def test_an_edit_changes_what_it_names_and_says_when(api, guild, clock):
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Answer", "custom_id": "answer"}]}
    made = (await say(api, guild.general, content="Why?", components=[row])).json()
    clock.advance(minutes=1)
    await api.patch(f"channels/{guild.general.id}/messages/{made['id']}", json={"content": "Why not?"})
    (message,) = guild.general.messages()
    assert (message.content, message.button("Answer")) == ("Why not?", "answer")
    assert message.edited_at == clock()


async def test_mentions_ping_only_whom_the_bot_allows(api, guild, ada, grace):
    words = f"@everyone <@{ada.id}> <@{grace.id}>"
    await say(api, guild.general, content=words, allowed_mentions={"parse": []})
    await say(api, guild.general, content=words, allowed_mentions={"parse": [], "users": [ada.id]})
    await say(api, guild.general, content=words)
    assert [message.pings for message in guild.general.messages()] == [set(), {ada.id}, {ada.id, grace.id}]


async def test_everyone_is_pinged_by_who_may(discord, application, ada):
    loud = discord.add_guild(application, permissions="view_channel send_messages mention_everyone")
    said = loud.owner.say(loud.general, "@everyone look")
    assert said.pings == {"everyone"}
    with pytest.raises(Refused):
        ada.say(loud.general, "I am no member")


async def test_a_reply_pings_unless_switched_off(api, guild, ada, grace):
    said = ada.say(guild.general, "first")
    assert grace.reply(said, "loud").pings == {ada.id}
    assert grace.reply(said, "quiet", ping=False).pings == frozenset()
    body = {"content": "bot", "message_reference": {"message_id": said.id}}
    await say(api, guild.general, **body, allowed_mentions={"parse": [], "replied_user": False})
    await say(api, guild.general, **body, allowed_mentions={"parse": [], "replied_user": True})
    assert [message.pings for message in guild.general.messages()[-2:]] == [set(), {ada.id}]


async def test_a_reply_to_what_is_gone_is_refused(api, application, guild, ada):
    said = ada.say(guild.general, "gone soon")
    ada.delete(said)
    answer = await say(api, guild.general, content="To whom?", message_reference={"message_id": said.id})
    assert answer.status_code == 400
    application.forget_problems()


async def test_files_come_back_as_they_were_sent(api, guild):
    files = {"files[0]": ("digest.csv", b"a,b\n1,2\n", "text/csv")}
    payload = '{"content": "The digest", "attachments": [{"id": "0", "description": "rows"}]}'
    answer = await api.post(f"channels/{guild.general.id}/messages", data={"payload_json": payload}, files=files)
    (attachment,) = answer.json()["attachments"]
    assert (attachment["filename"], attachment["description"]) == ("digest.csv", "rows")
    assert (await api.get(attachment["url"])).content == b"a,b\n1,2\n"
    ((file,),) = [message.files() for message in guild.general.messages()]
    assert file.content == b"a,b\n1,2\n"


async def test_what_was_visible_is_logged_in_order(api, discord, guild):
    made = (await say(api, guild.general, content="Why?", nonce="post-1")).json()
    await api.patch(f"channels/{guild.general.id}/messages/{made['id']}", json={"content": "How?"})
    await api.delete(f"channels/{guild.general.id}/messages/{made['id']}")
    seen = [(event["what"], event["content"]) for event in discord.visible() if event["message"] == made["id"]]
    assert seen == [("create", "Why?"), ("edit", "How?"), ("delete", "How?")]
