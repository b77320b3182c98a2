"""Save as quote: an editor keeps somebody's message as an answer, by the menu of that message."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

import discord
from discord import app_commands, ui

from adapters.contract.errors import Rejected
from adapters.contract.forms import PostedQuestion
from adapters.contract.reading import Author, Reply
from adapters.discord.gateway.responses import report_failures, respond
from adapters.discord.sending.keys import SAVE, name_save
from adapters.discord.text import cut
from adapters.discord.wire import Wire

NAME = "Save as quote"
_REMEMBERED = 200
_OPTION = 100


class Saving:
    """The command, and the messages that wait for the choice of a question.

    Discord gives the words of a message to the command and not to the menu that follows it: between the two they are
    held here. After a restart the command has to be used again, and says so.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._held: OrderedDict[str, Reply] = OrderedDict()

    def make_command(self) -> app_commands.ContextMenu:
        """Shown to those who may manage messages, until an admin opens it to roles; asked again by us each time."""
        command = app_commands.ContextMenu(name=NAME, callback=self._begin)
        command.guild_only = True
        command.default_permissions = discord.Permissions(manage_messages=True)
        return command

    async def _begin(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        words = self._wire.forms.get_labels(str(interaction.locale))
        async with report_failures(interaction, words):
            await interaction.response.defer(ephemeral=True)
            if not await self._may(interaction):
                await respond(interaction, words["save_forbidden"])
            elif not message.content.strip():
                await respond(interaction, words["save_unreadable"])
            else:
                await self._offer(interaction, message)

    async def _may(self, interaction: discord.Interaction[Any]) -> bool:
        user = interaction.user
        roles = [str(role.id) for role in user.roles] if isinstance(user, discord.Member) else []
        manages = interaction.permissions.manage_guild
        return await self._wire.forms.may_edit(str(interaction.guild_id), roles, manages=manages)

    async def _offer(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """The one question that is asked here is taken; among several the editor chooses."""
        words = self._wire.forms.get_labels(str(interaction.locale))
        questions = await self._wire.forms.list_questions(str(interaction.guild_id))
        reply = make_reply(message, str(interaction.guild_id))
        if not questions:
            await respond(interaction, words["save_none"])
        elif len(questions) == 1:
            await self.save(interaction, reply, questions[0].post_id)
        else:
            self._hold(reply)
            await interaction.followup.send(words["save_which"], view=_make_menu(reply, questions), ephemeral=True)

    def _hold(self, reply: Reply) -> None:
        self._held[reply.remote_id] = reply
        while len(self._held) > _REMEMBERED:
            self._held.popitem(last=False)

    async def choose(self, interaction: discord.Interaction[Any], message_id: str, post_id: int) -> None:
        """An editor has chosen the question."""
        words = self._wire.forms.get_labels(str(interaction.locale))
        async with report_failures(interaction, words):
            await interaction.response.defer(ephemeral=True, thinking=True)
            reply = self._held.get(message_id)
            if not await self._may(interaction):
                await respond(interaction, words["save_forbidden"])
            elif reply is None:
                await respond(interaction, words["save_again"])
            else:
                await self.save(interaction, reply, post_id)

    async def save(self, interaction: discord.Interaction[Any], reply: Reply, post_id: int) -> None:
        """Keep it under one question."""
        words = self._wire.forms.get_labels(str(interaction.locale))
        by = f"{interaction.user.name} (discord:{interaction.user.id})"
        try:
            await self._wire.forms.inbox.saved(str(interaction.id), replace(reply, post_id=post_id), by)
        except Rejected:
            await respond(interaction, words["save_none"])
            return
        await respond(interaction, words["saved"])


class QuestionMenu(ui.DynamicItem[ui.Select[Any]], template=SAVE):
    """The choice of a question for a message."""

    def __init__(self, item: ui.Select[Any], message_id: str) -> None:
        super().__init__(item)
        self._message_id = message_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Select)
        return cls(item, match["message"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        data: Mapping[str, Any] = interaction.data or {}
        saving: Saving = interaction.client.saving
        await saving.choose(interaction, self._message_id, int(data["values"][0]))


def make_reply(message: discord.Message, guild: str) -> Reply:
    """The message as an answer; to which post is said later."""
    author, edited = message.author, message.edited_at
    return Reply(
        remote_id=str(message.id),
        post_id=0,
        author=Author(
            remote_id=str(author.id),
            handle=author.name,
            display_name=author.global_name or "",
            labels=frozenset({"bot"}) if author.bot else frozenset(),
            link=f"https://discord.com/users/{author.id}",
        ),
        text=message.content,
        posted_at=message.created_at,
        link=f"https://discord.com/channels/{guild}/{message.channel.id}/{message.id}",
        version=edited.isoformat() if edited else "",
        edited_at=edited,
        extra={"channel": str(message.channel.id), "guild": guild},
    )


def _make_menu(reply: Reply, questions: Sequence[PostedQuestion]) -> ui.View:
    view = ui.View(timeout=None)
    options = [
        discord.SelectOption(label=cut(" ".join(asked.question.split()), _OPTION), value=str(asked.post_id))
        for asked in questions
    ]
    view.add_item(QuestionMenu(ui.Select(custom_id=name_save(reply.remote_id), options=options), reply.remote_id))
    return view
