"""The real discord.py understands everything that this server says, and this server what it sends."""

import io
from datetime import timedelta

import pytest

from tests.servers.discord.tests.conftest import connect, until


def make_tree(client):
    """A tree of commands as pullquote has one."""
    import discord
    from discord import app_commands, ui

    tree = app_commands.CommandTree(client)
    desk = app_commands.Group(
        name="desk",
        description="The desk.",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @desk.command(name="ask", description="Ask something.")
    @app_commands.choices(how=[app_commands.Choice(name="Soon", value="soon")])
    async def ask(
        interaction: discord.Interaction,
        text: str,
        how: app_commands.Choice[str],
        days: app_commands.Range[int, 1, 5] = 1,
        who: discord.Member | None = None,
        where: discord.TextChannel | None = None,
        role: discord.Role | None = None,
    ):
        await interaction.response.defer(ephemeral=True, thinking=True)
        words = f"{text} {how.value} {days} {who and who.display_name} {where and where.name} {role and role.name}"
        await interaction.edit_original_response(content=words)
        await interaction.followup.send("beside it", file=discord.File(io.BytesIO(b"1,2"), "a.csv"), ephemeral=True)

    @ask.autocomplete("text")
    async def complete(interaction: discord.Interaction, current: str):
        return [app_commands.Choice(name=f"{current}?", value=current)]

    class Form(ui.Modal, title="Your answer"):
        words = ui.Label(
            text="Your answer", component=ui.TextInput(style=discord.TextStyle.paragraph, custom_id="words")
        )
        leave = ui.Label(
            text="May we quote you?",
            component=ui.RadioGroup(
                custom_id="leave",
                options=[
                    discord.RadioGroupOption(label="Yes", value="yes"),
                    discord.RadioGroupOption(label="No", value="no"),
                ],
            ),
        )
        agreed = ui.Label(text="I am human", component=ui.Checkbox(custom_id="human"))

        async def on_submit(self, interaction: discord.Interaction):
            said = f"{self.words.component.value} {self.leave.component.value} {self.agreed.component.value}"
            await interaction.response.edit_message(content=said)

    class Answer(ui.DynamicItem[ui.Button], template=r"pq:answer:(?P<post>[0-9]+)"):
        def __init__(self, post: int):
            super().__init__(ui.Button(label="Answer", custom_id=f"pq:answer:{post}"))

        @classmethod
        async def from_custom_id(cls, interaction, item, match):
            return cls(int(match["post"]))

        async def callback(self, interaction: discord.Interaction):
            await interaction.response.send_modal(Form())

    class Choose(ui.View):
        @ui.select(
            custom_id="choose", options=[discord.SelectOption(label="Keep"), discord.SelectOption(label="Aside")]
        )
        async def choose(self, interaction: discord.Interaction, select: ui.Select):
            await interaction.response.send_message(f"chose {select.values}", ephemeral=True)

    async def setup():
        client.add_dynamic_items(Answer)
        client.add_view(Choose(timeout=None))
        tree.add_command(desk)
        await tree.sync()

    client.setup_hook = setup
    client.answer_view = lambda post: ui.View(timeout=None).add_item(Answer(post))
    client.choose_view = lambda: Choose(timeout=None)


@pytest.fixture
async def client(application, guild):
    async with connect(application, prepare=make_tree, guild_polls=True) as client:
        yield client


@pytest.fixture
def channel(client, guild):
    return client.get_channel(int(guild.general.id))


async def test_a_slash_command_with_every_kind_of_option(client, guild, ada):
    role = guild.add_role("experts")
    options = {"text": "Why", "how": "soon", "days": 3, "who": ada, "where": guild.general, "role": role}
    used = guild.owner.command(guild.general, "desk ask", **options)
    await used.response()
    await until(lambda: len(used.shown()) == 2)
    first, second = used.shown()
    assert first.content == "Why soon 3 Ada Lovelace general experts"
    assert first.ephemeral
    assert second.ephemeral
    assert second.files()[0].content == b"1,2"
    assert used.acknowledged_after < 30


async def test_autocomplete(client, guild):
    typed = guild.owner.type(guild.general, "desk ask", "text", "Wh")
    assert await typed.choices() == {"Wh?": "Wh"}


async def test_a_dynamic_button_and_its_form(client, channel, guild, ada):
    await channel.send("Why?", view=client.answer_view(17))
    (question,) = guild.general.messages()
    form = await ada.press(question, question.button("Answer")).modal()
    sent = ada.submit(form, words="Because.", leave="no", human=True)
    assert (await sent.updated()).content == "Because. no True"


async def test_a_menu(client, channel, guild, ada):
    await channel.send("Which?", view=client.choose_view())
    response = await ada.select(guild.general.messages()[0], "choose", "Aside").response()
    assert response.content == "chose ['Aside']"


async def test_a_poll_from_its_vote_to_its_result(client, channel, guild, ada, clock):
    import discord

    votes = []

    async def on_raw_poll_vote_add(event):
        votes.append((event.user_id, event.answer_id))

    client.event(on_raw_poll_vote_add)
    poll = discord.Poll("Which?", timedelta(hours=2)).add_answer(text="this").add_answer(text="that")
    sent = await channel.send(poll=poll)
    (message,) = guild.general.messages()
    ada.vote(message, 1)
    await until(lambda: votes)
    assert votes == [(int(ada.id), 2)]
    fetched = await channel.fetch_message(sent.id)
    assert [[voter.id async for voter in answer.voters()] for answer in fetched.poll.answers] == [[], [int(ada.id)]]
    clock.advance(hours=2)
    fetched = await channel.fetch_message(sent.id)
    assert fetched.poll.is_finalised()
    (result,) = [message async for message in channel.history(limit=1)]
    assert result.type is discord.MessageType.poll_result
    assert result.reference.message_id == sent.id


async def test_history_threads_edits_and_files(client, channel, guild, ada):
    import discord

    sent = await channel.send("Why?", file=discord.File(io.BytesIO(b"hello"), "hello.txt"), nonce="post-1")
    assert (await channel.send("Why?", nonce="post-1")).id == sent.id
    await sent.edit(content="Why now?")
    thread = await sent.create_thread(name="Why?")
    await thread.send("here")
    guild.owner.archive(guild.general.threads()[0])
    assert [found.id async for found in channel.archived_threads()] == [thread.id]
    replies = [ada.reply(guild.general.messages()[0], f"because of {number}") for number in range(110)]
    read = [message async for message in channel.history(after=discord.Object(sent.id), oldest_first=True, limit=None)]
    assert [message.id for message in read] == [int(reply.id) for reply in replies]
    assert read[0].content == "because of 0"
    assert read[0].reference.resolved.content == "Why now?"
    assert await (await channel.fetch_message(sent.id)).attachments[0].read() == b"hello"


async def test_raw_events_of_edits_and_deletions(client, guild, ada):
    events = []

    async def on_raw_message_edit(event):
        events.append(("edit", event.message_id))

    async def on_raw_message_delete(event):
        events.append(("delete", event.message_id))

    client.event(on_raw_message_edit)
    client.event(on_raw_message_delete)
    said = ada.say(guild.general, "one")
    ada.edit(said, "two")
    ada.delete(said)
    await until(lambda: len(events) == 2)
    assert events == [("edit", int(said.id)), ("delete", int(said.id))]


async def test_members_and_bans(discord, application, ada):
    import discord as library

    there = discord.add_guild(application, permissions="view_channel ban_members")
    there.join(ada)
    async with connect(application) as client:
        guild = client.get_guild(int(there.id))
        assert (await guild.fetch_member(int(ada.id))).display_name == "Ada Lovelace"
        there.owner.ban(there, ada)
        with pytest.raises(library.NotFound):
            await guild.fetch_member(int(ada.id))
        assert (await guild.fetch_ban(library.Object(int(ada.id)))).user.id == int(ada.id)


async def test_ten_reconnections_lose_nothing(application, client, guild, ada):
    written = []
    for number in range(10):
        application.close_gateway(1006)
        written.append(ada.say(guild.general, f"number {number}").id)
        await until(lambda number=number: application.gateway_log().count("resume") == number + 1)
    await until(lambda: len(client.heard) == len(written))
    assert [str(message.id) for message in client.heard] == written
