"""Putting the commands, the buttons and the forms on a client; for every client that is built anew."""

import re
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands, ui

from bot.commands import ask, digest, forget_me, my_answers, pause, privacy, queue, review, running, status
from bot.commands.parts.acts import Act, Face
from bot.commands.parts.components import TEMPLATE, read_form, read_id
from bot.context import Context
from bot.words import words

ACTS: Mapping[str, Act] = (
    ask.ACTS
    | queue.ACTS
    | running.ACTS
    | review.ACTS
    | digest.ACTS
    | status.ACTS
    | pause.ACTS
    | my_answers.ACTS
    | forget_me.ACTS
    | privacy.ACTS
)


async def install(
    client: discord.Client, tree: app_commands.CommandTree[Any], *, context: Context, account_id: int
) -> None:
    """Called in the client's `setup_hook`: nothing is sent, and nothing of an earlier client is needed."""
    face = Face(context, account_id, ACTS)
    await tree.set_translator(_German())
    tree.add_command(_make_group(face))
    for module in (my_answers, forget_me, privacy):
        tree.add_command(module.make_command(face))
    client.add_dynamic_items(_make_item(face))
    _take_forms(client, face)


def _make_group(face: Face) -> app_commands.Group:
    """`/pullquote`: shown to those who may manage messages, until an admin opens it to roles in the server's settings.

    Whether somebody may is asked again by us, at every command and every button.
    """
    group = app_commands.Group(
        name="pullquote",
        description=words("en")["face"]["commands"]["pullquote"],
        default_permissions=discord.Permissions(manage_messages=True),
        guild_only=True,
    )
    for module in (ask, queue, review, digest, status):
        group.add_command(module.make_command(face))
    for command in pause.make_commands(face):
        group.add_command(command)
    return group


def _make_item(face: Face) -> type[ui.DynamicItem[Any]]:
    """All our buttons and menus by the pattern of their ids: they need no message in memory."""

    class DeskItem(ui.DynamicItem[ui.Item[Any]], template=TEMPLATE):
        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
        ) -> "DeskItem":
            return cls(item)

        async def callback(self, interaction: discord.Interaction) -> None:
            found = read_id(self.custom_id)
            if found is not None:
                await face.perform(interaction, *found, _read_menu(interaction))

    return DeskItem


def _read_menu(interaction: discord.Interaction) -> dict[str, str | tuple[str, ...]]:
    data: Mapping[str, Any] = interaction.data or {}
    return {"chosen": tuple(data["values"])} if "values" in data else {}


def _take_forms(client: discord.Client, face: Face) -> None:
    """Forms that are handed in come from every interaction, beside what the client itself does with it: discord.py
    finds a form only where the process that opened it still runs.
    """
    before = getattr(client, "on_interaction", None)

    async def on_interaction(interaction: discord.Interaction) -> None:
        if before is not None:
            await before(interaction)
        data: Mapping[str, Any] = interaction.data or {}
        found = (
            read_id(str(data.get("custom_id"))) if interaction.type is discord.InteractionType.modal_submit else None
        )
        if found is not None:
            await face.perform(interaction, *found, read_form(data))

    client.event(on_interaction)


class _German(app_commands.Translator):
    """Descriptions of the commands for Discord in German; names stay, so that help and README are right for all."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        nameless = (
            app_commands.TranslationContextLocation.command_name,
            app_commands.TranslationContextLocation.group_name,
        )
        if locale is not discord.Locale.german or context.location in nameless:
            return None
        english, german = (words(language)["face"]["commands"] for language in ("en", "de"))
        key = next((key for key, text in english.items() if text == string.message), None)
        return None if key is None else str(german[key])
