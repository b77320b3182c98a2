"""Without the message-content intent a bot gets the words that are meant for it, and no others."""

import pytest

from tests.servers.discord.tests.conftest import connect, until

ROW = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Answer", "custom_id": "answer"}]}


async def ask(api, guild):
    await api.post(f"channels/{guild.general.id}/messages", json={"content": "Why?", "components": [ROW]})
    return guild.general.messages()[-1]


async def read(api, guild):
    answer = await api.get(f"channels/{guild.general.id}/messages")
    return {message["id"]: message["content"] for message in answer.json()}


async def test_chatter_is_withheld_and_what_is_meant_for_the_bot_is_not(api, application, guild, ada):
    question = await ask(api, guild)
    chatter = ada.say(guild.general, "just talking")
    reply = ada.reply(question, "because")
    quiet = ada.reply(question, "because, without the ping", ping=False)
    mention = ada.mention(application.user_id, guild.general, "because of that")
    seen = await read(api, guild)
    assert seen[question.id] == "Why?"
    assert seen[chatter.id] == ""
    assert seen[reply.id] == "because"
    assert seen[quiet.id] == ""
    assert seen[mention.id].endswith("because of that")


async def test_files_are_withheld_with_the_words(api, guild, ada):
    ada.say(guild.general, "see the file", files=[("a.txt", b"secret")])
    (message,) = (await api.get(f"channels/{guild.general.id}/messages")).json()
    assert (message["content"], message["attachments"]) == ("", [])


async def test_with_the_switch_of_the_portal_everything_is_read(api, application, guild, ada):
    said = ada.say(guild.general, "just talking")
    application.allow_message_content(allowed=True)
    assert (await read(api, guild))[said.id] == "just talking"


async def test_the_gateway_withholds_the_same(discord, application, guild, ada, api):
    question = await ask(api, guild)
    async with connect(application) as client:
        ada.say(guild.general, "just talking")
        ada.reply(question, "because")
        await until(lambda: len(client.heard) == 2)
        assert [message.content for message in client.heard] == ["", "because"]


async def test_a_direct_message_is_read(discord, application, guild, ada):
    async with connect(application, dm_messages=True) as client:
        ada.direct(application.user_id, "only for you")
        await until(lambda: client.heard)
        assert client.heard[0].content == "only for you"


async def test_a_reply_to_the_response_of_a_command_is_withheld(api, application, guild, ada):
    await api.put(f"applications/{application.id}/commands", json=[{"name": "ask", "description": "Ask."}])
    async with connect(application):
        used = ada.command(guild.general, "ask")
        await answer(api, discord_id=used.id, application=application, content="Why?")
        response = await used.response()
    reply = ada.reply(response, "because")
    assert reply.pings == frozenset()
    assert (await read(api, guild))[reply.id] == ""


async def answer(api, *, discord_id, application, **data):
    """Acknowledge an interaction with a message, as only the server's own log of tokens allows from outside."""
    token = application.control.act("token", interaction=discord_id)
    return await api.post(f"interactions/{discord_id}/{token}/callback", json={"type": 4, "data": data})


async def test_the_target_of_a_message_command_is_read(api, application, guild, ada):
    import discord

    said = ada.say(guild.general, "a sentence worth keeping")
    saved = []

    def prepare(client):
        tree = discord.app_commands.CommandTree(client)

        @tree.context_menu(name="Save as quote")
        async def save(interaction: discord.Interaction, message: discord.Message):
            saved.append(message.content)
            await interaction.response.send_message("saved", ephemeral=True)

        client.setup_hook = tree.sync

    async with connect(application, prepare=prepare):
        response = await guild.owner.use_on(said, "Save as quote").response()
    assert saved == ["a sentence worth keeping"]
    assert response.ephemeral
    assert response not in guild.general.messages()


async def test_asking_for_an_intent_that_is_switched_off_ends_the_connection(discord, application, guild):
    import discord as library

    with pytest.raises(library.PrivilegedIntentsRequired):
        async with connect(application, message_content=True):
            pass
    assert application.gateway_log() == ["close 4014"]


async def test_an_edited_reply_stays_one_for_the_bot(api, guild, ada):
    reply = ada.reply(await ask(api, guild), "because")
    quiet = ada.reply(await ask(api, guild), "quietly", ping=False)
    ada.edit(reply, "because of that")
    ada.edit(quiet, "still quietly")
    seen = await read(api, guild)
    assert (seen[reply.id], seen[quiet.id]) == ("because of that", "")
