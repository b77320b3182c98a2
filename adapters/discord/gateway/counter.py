"""Counts on the buttons of a question: how many have answered by the form, and the votes where they are shown."""

import asyncio
import logging
from typing import Any
from weakref import WeakValueDictionary

import discord

from adapters.contract.errors import AdapterError
from adapters.contract.forms import PostedQuestion
from adapters.discord.gateway.responses import relabel
from adapters.discord.sending.keys import name_answer, name_vote
from adapters.discord.text import cut
from adapters.discord.wire import Wire

_LABEL = 80

log = logging.getLogger(__name__)
_turns: "WeakValueDictionary[int, asyncio.Lock]" = WeakValueDictionary()


async def show_counts(
    interaction: discord.Interaction[Any],
    wire: Wire,
    asked: PostedQuestion,
    *,
    answers: int | None = None,
    votes: tuple[int, ...] | None = None,
) -> None:
    """Put the counts on the buttons that were pressed. That is courtesy: where it fails, what was handed in is kept.

    One message is changed by one interaction at a time; the change goes through the interaction, which has a limit of
    its own, and not through the channel's.
    """
    message = interaction.message
    if message is None:
        return
    labels = {}
    if answers is not None:
        labels[name_answer(asked.post_id)] = _count(asked.labels["answer"], answers)
    for option, count in enumerate(votes or ()):
        labels[name_vote(asked.post_id, option)] = _count(asked.options[option], count)
    path = f"/webhooks/{interaction.application_id}/{interaction.token}/messages/@original"
    turn = _turns.setdefault(message.id, asyncio.Lock())
    async with turn:
        try:
            await wire.rest.patch(path, {"components": relabel(message, labels)})
        except AdapterError as error:
            log.warning("the counts could not be shown: %s", type(error).__name__)


def _count(label: str, count: int) -> str:
    shown = f" · {count}"
    return cut(label, _LABEL - len(shown)) + shown
