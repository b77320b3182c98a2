"""Answering whoever pressed something: seen by nobody else, in time, and once."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import discord

from adapters.contract.sending import Payload

_ALREADY_ANSWERED = 40060
_UNKNOWN_INTERACTION = 10062

log = logging.getLogger(__name__)


async def respond(interaction: discord.Interaction[Any], text: str) -> None:
    """Say something to whoever pressed, as the answer or after it."""
    if interaction.response.is_done():
        await interaction.followup.send(text, ephemeral=True)
    else:
        await interaction.response.send_message(text, ephemeral=True)


@asynccontextmanager
async def report_failures(interaction: discord.Interaction[Any], words: Mapping[str, str]) -> AsyncIterator[None]:
    """Whatever fails inside is logged, and whoever pressed is told that nothing came of it.

    An interaction that comes twice was answered before, and one that comes too late cannot be answered: both are none
    of our failures, and nothing more is said.
    """
    try:
        yield
    except discord.HTTPException as error:
        log.warning("an interaction could not be answered: status %s, code %s", error.status, error.code)
        if error.code not in (_ALREADY_ANSWERED, _UNKNOWN_INTERACTION):
            await _report_failure(interaction, words)
    except Exception:
        log.exception("an interaction failed")
        await _report_failure(interaction, words)


async def _report_failure(interaction: discord.Interaction[Any], words: Mapping[str, str]) -> None:
    try:
        await respond(interaction, words["failed"])
    except discord.HTTPException as error:
        log.warning("nor could that be said: status %s", error.status)


def is_silenced(user: discord.User | discord.Member, now: datetime) -> bool:
    """Whether a moderator has timed them out."""
    until = user.timed_out_until if isinstance(user, discord.Member) else None
    return until is not None and until > now


def relabel(message: discord.Message, labels: Mapping[str, str]) -> list[Payload]:
    """The components of a message, with other words on the buttons with these custom ids."""
    rows: list[Payload] = [dict(row.to_dict()) for row in message.components]
    for row in rows:
        for item in row.get("components", ()):
            if item.get("custom_id") in labels:
                item["label"] = labels[item["custom_id"]]
    return rows
