"""Save as quote: an editor keeps somebody's message as an answer, by the menu of that message.

Discord gives the words of a message to the command and not to the menu that follows it: between the two they are held
here. After a restart the command has to be used again, and says so.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord import app_commands

from adapters.contract.errors import Rejected
from adapters.contract.forms import FormHost
from adapters.contract.reading import Reply
from adapters.discord.sending.keys import SAVE
from adapters.discord.translate import to_reply
from bot.commands.parts.acts import Act, Call, Face
from bot.commands.parts.shown import Button, Choice, Menu, Shown
from bot.commands.parts.text import plain
from bot.desk import DeskError
from bot.desk.bringing.pasted import find_pasted

NAME = "Save as quote"
_REMEMBERED = 200
_held: OrderedDict[str, Reply] = OrderedDict()


def make_command(face: Face) -> app_commands.ContextMenu:
    """Shown to those who may manage messages, until an admin opens it to roles; asked again by us each time."""

    async def save(interaction: discord.Interaction, message: discord.Message) -> None:
        _hold(interaction, str(message.id))
        await face.perform(interaction, "save-message", (str(message.id),))

    command = app_commands.ContextMenu(name=NAME, callback=save)
    command.guild_only = True
    command.default_permissions = discord.Permissions(manage_messages=True)
    return command


def _hold(interaction: discord.Interaction, message_id: str) -> None:
    """As an answer; to which post is said later."""
    data: Any = interaction.data
    message = data["resolved"]["messages"][message_id]
    reply = to_reply(message, 0, str(interaction.guild_id), readable=True)
    _held[message_id] = replace(reply, parent_remote_id=None)  # what it replied to is no question of ours
    while len(_held) > _REMEMBERED:
        _held.popitem(last=False)


async def _begin(forms: FormHost, call: Call, *, as_typed: bool = False) -> Shown:
    """The one question that is asked here is taken; among several the editor chooses.

    What somebody copied from a page is not their own words: an editor has to say that it is.
    """
    labels, reply = forms.get_labels(call.language), await _find(forms, call)
    if not (reply.text or "").strip():
        raise DeskError(labels["save_unreadable"])
    pasted = None if as_typed else find_pasted(reply.text or "")
    if pasted is not None:
        signs = ", ".join(plain(sign, 60) for sign in pasted.signs[:4])
        button = Button(call.labels["save_as_typed"], "save-as-typed", call.args)
        return Shown(call.labels["save_pasted"].format(signs=signs), ((button,),))
    questions = await forms.list_questions(call.server)
    if not questions:
        raise DeskError(labels["save_none"])
    if len(questions) == 1:
        return await _save(forms, call, reply, questions[0].post_id)
    choices = tuple(Choice(str(asked.post_id), " ".join(asked.question.split())) for asked in questions)
    return Shown(labels["save_which"], (Menu(labels["save_which"], SAVE, choices, call.args),))


async def _choose(forms: FormHost, call: Call) -> Shown:
    reply, post_id = await _find(forms, call), call.text("chosen")
    asked_here = {str(asked.post_id) for asked in await forms.list_questions(call.server)}
    if post_id not in asked_here:
        raise DeskError(forms.get_labels(call.language)["save_none"])
    return await _save(forms, call, reply, int(post_id))


async def _find(forms: FormHost, call: Call) -> Reply:
    """The message, for an editor. Raises DeskError."""
    labels, caller = forms.get_labels(call.language), call.caller
    if not await forms.may_edit(call.server, caller.roles, manages=caller.manages):
        raise DeskError(labels["save_forbidden"])
    reply = _held.get(call.args[0])
    if reply is None or reply.extra.get("guild") != call.server:
        raise DeskError(labels["save_again"])
    return reply


async def _save(forms: FormHost, call: Call, reply: Reply, post_id: int) -> Shown:
    labels = forms.get_labels(call.language)
    try:
        await forms.inbox.saved(call.interaction_id, replace(reply, post_id=post_id), call.caller.by)
    except Rejected:
        raise DeskError(labels["save_none"]) from None
    return Shown(labels["saved"])


def make_acts(forms: FormHost) -> Mapping[str, Act]:
    """The command, and the menu that chooses the question."""
    return {
        "save-message": Act(partial(_begin, forms), needs=None),
        "save-as-typed": Act(partial(_begin, forms, as_typed=True), needs=None),
        SAVE: Act(partial(_choose, forms), needs=None),
    }
