"""Answers that only the caller sees. What is too long for one message goes on in others, or is attached."""

import asyncio
import io
import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakValueDictionary

import discord
from discord import ui

from adapters.discord.text import MESSAGE, cut
from bot.commands.parts.components import make_view
from bot.commands.parts.shown import Shown
from bot.commands.parts.text import split

MOST_MESSAGES = 3
WHOLE = "pullquote.txt"
"""The file that a text too long for messages is attached as."""

_NOBODY = discord.AllowedMentions.none()
_locks: "WeakValueDictionary[int, asyncio.Lock]" = WeakValueDictionary()


async def answer(interaction: discord.Interaction, shown: Shown, labels: Mapping[str, Any]) -> None:
    """Below what was pressed or typed, in as many messages as it takes; buttons and files are on the last."""
    texts, attached = split(shown.text), dict(shown.files)
    if len(texts) > MOST_MESSAGES:
        texts, attached = [_cut_with_note(shown.text, labels)], attached | {WHOLE: as_file(shown.text)}
    files = [discord.File(io.BytesIO(data), name) for name, data in attached.items()]
    view = make_view(shown.rows)
    for number, text in enumerate(texts):
        is_last = number == len(texts) - 1
        more: dict[str, Any] = {"view": view} if is_last and view is not None else {}
        if number == 0:
            await interaction.edit_original_response(
                content=text, attachments=files if is_last else [], allowed_mentions=_NOBODY, **more
            )
        else:
            await interaction.followup.send(
                text,
                ephemeral=True,
                suppress_embeds=True,
                files=files if is_last else [],
                allowed_mentions=_NOBODY,
                **more,
            )


async def add(interaction: discord.Interaction, shown: Shown, _labels: Mapping[str, Any]) -> None:
    """One message more, below a message that stays as it is but for labels of its buttons."""
    await interaction.followup.send(
        cut(shown.text, MESSAGE.maximum), ephemeral=True, suppress_embeds=True, allowed_mentions=_NOBODY
    )
    if shown.labels and interaction.message is not None:
        await _relabel(interaction, interaction.message, shown.labels)


async def _relabel(interaction: discord.Interaction, message: discord.Message, labels: Mapping[str, str]) -> None:
    """One message is changed by one interaction at a time; the change goes through the interaction, which has a limit
    of its own, and not through the channel's.
    """
    view = ui.View.from_message(message, timeout=None)
    for item in view.children:
        if isinstance(item, ui.Button):
            item.label = labels.get(item.custom_id or "", item.label)
    view.stop()
    lock = _locks.setdefault(message.id, asyncio.Lock())
    async with lock:
        await interaction.edit_original_response(view=view)


async def change(interaction: discord.Interaction, shown: Shown, labels: Mapping[str, Any]) -> None:
    """In place of the message that was pressed, which stays one message: what does not fit is attached."""
    text, files = shown.text, dict(shown.files)
    if len(split(text)) > 1:
        text, files = _cut_with_note(text, labels), files | {WHOLE: as_file(shown.text)}
    await interaction.edit_original_response(
        content=text,
        attachments=[discord.File(io.BytesIO(data), name) for name, data in files.items()],
        view=make_view(shown.rows),
        allowed_mentions=_NOBODY,
    )


def _cut_with_note(text: str, labels: Mapping[str, Any]) -> str:
    note = f"\n{labels['whole_attached'].format(name=WHOLE)}"
    return cut(text, MESSAGE.maximum - len(note)) + note


def as_file(text: str) -> bytes:
    """A text for a file: without the backslashes that Discord would have dropped."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text).encode()
