"""Putting the commands, the buttons and the forms on a client; for every client that is built anew."""

import re
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands, ui

from adapters.contract.forms import FormHost
from adapters.discord.sending.keys import DESK, MEMBERS, read_id
from bot.commands import (
    answering,
    ask,
    consenting,
    decoys,
    digest,
    forget_me,
    my_answers,
    pause,
    privacy,
    queue,
    quoting,
    review,
    running,
    saving,
    status,
    voting,
)
from bot.commands.parts.acts import Act, Face
from bot.commands.parts.components import read_form
from bot.commands.parts.questions import suggest_questions
from bot.context import Context
from bot.words import words

ACTS: Mapping[str, Act] = (
    ask.ACTS
    | queue.ACTS
    | running.ACTS
    | review.ACTS
    | quoting.ACTS
    | decoys.ACTS
    | digest.ACTS
    | status.ACTS
    | pause.ACTS
    | my_answers.ACTS
    | forget_me.ACTS
    | privacy.ACTS
)


async def install(
    client: discord.Client,
    tree: app_commands.CommandTree[Any],
    *,
    context: Context,
    account_id: int,
    forms: FormHost,
) -> None:
    """Called in the client's `setup_hook`: nothing is sent, and nothing of an earlier client is needed."""
    face = Face(context, account_id, {**ACTS, **make_member_acts(forms)})
    await tree.set_translator(_German())
    tree.add_command(_make_group(face))
    for name, act in (("my-answers", "mine"), ("forget-me", "forget"), ("privacy", "privacy")):
        tree.add_command(_make_command(face, name, act))
    tree.add_command(saving.make_command(face))
    take_presses(client, face)


def make_member_acts(forms: FormHost) -> Mapping[str, Act]:
    """What members press under questions and requests, and editors under messages."""
    return {
        name: act for module in (answering, voting, consenting, saving) for name, act in module.make_acts(forms).items()
    }


def take_presses(client: discord.Client, face: Face) -> None:
    """Buttons and menus are found by the pattern of their ids, and forms too: they need no message in memory."""
    client.add_dynamic_items(*(_make_item(face, pattern) for pattern in (MEMBERS, DESK)))
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
    for command in (
        ask.make_command(face),
        _make_command(face, "queue", "queue"),
        _make_question_command(face, "review"),
        _make_question_command(face, "decoys"),
        digest.make_command(face),
        _make_command(face, "status", "status"),
        _make_question_command(face, "pause"),
        _make_question_command(face, "resume"),
    ):
        group.add_command(command)
    return group


def _make_command(face: Face, name: str, act: str) -> app_commands.Command[Any, Any, Any]:
    """A command with nothing to choose."""

    @app_commands.command(name=name, description=words("en")["face"]["commands"][name.replace("-", "_")])
    async def command(interaction: discord.Interaction) -> None:
        await face.perform(interaction, act)

    return command


def _make_question_command(face: Face, name: str) -> app_commands.Command[Any, Any, Any]:
    """A command in which a question can be chosen; its act has the same name."""
    labels = words("en")["face"]["commands"]

    @app_commands.command(name=name, description=labels[name])
    @app_commands.describe(question=labels[f"{name}_question"])
    async def command(interaction: discord.Interaction, question: str = "") -> None:
        await face.perform(interaction, name, values={"question": question})

    @command.autocomplete("question")
    async def suggest(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await suggest_questions(face, interaction, typed)

    return command


def _make_item(face: Face, pattern: re.Pattern[str]) -> type[ui.DynamicItem[Any]]:
    class PressedItem(ui.DynamicItem[ui.Item[Any]], template=pattern):
        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /
        ) -> "PressedItem":
            return cls(item)

        async def callback(self, interaction: discord.Interaction) -> None:
            found = read_id(self.custom_id, pattern)
            if found is not None:
                await face.perform(interaction, *found, _read_menu(interaction))

    return PressedItem


def _read_menu(interaction: discord.Interaction) -> dict[str, str | tuple[str, ...]]:
    data: Mapping[str, Any] = interaction.data or {}
    return {"chosen": tuple(data["values"])} if "values" in data else {}


def _take_forms(client: discord.Client, face: Face) -> None:
    """Forms that are handed in come from every interaction: discord.py finds a form only where the process that opened
    it still runs.
    """

    async def on_interaction(interaction: discord.Interaction) -> None:
        data: Mapping[str, Any] = interaction.data or {}
        custom_id = str(data.get("custom_id"))
        found = read_id(custom_id, MEMBERS) or read_id(custom_id)
        if interaction.type is discord.InteractionType.modal_submit and found is not None:
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
