"""Our buttons. Each is found by the pattern of its id, also weeks later and after a restart."""

import re
from typing import Any, Self

import discord
from discord import ui

from adapters.contract.errors import Rejected
from adapters.contract.forms import PostedQuestion
from adapters.discord.gateway.counter import show_counts
from adapters.discord.gateway.form import make_form
from adapters.discord.gateway.responses import is_silenced, report_failures, respond
from adapters.discord.sending.choices import make_decision
from adapters.discord.sending.keys import ANSWER, LEAVE, VOTE
from adapters.discord.text import escape
from adapters.discord.wire import Wire


def explain_refusal(asked: PostedQuestion | None, interaction: discord.Interaction[Any], wire: Wire) -> str | None:
    """What to say to somebody who cannot answer or vote, None where they can."""
    if asked is None:
        return wire.forms.get_labels(str(interaction.locale))["unknown"]
    if not asked.open:
        return asked.labels["closed"]
    if is_silenced(interaction.user, wire.host.now()):
        return asked.labels["timed_out"]
    return None


class AnswerButton(ui.DynamicItem[ui.Button[Any]], template=ANSWER):
    """Opens the form."""

    def __init__(self, item: ui.Button[Any], post_id: int) -> None:
        super().__init__(item)
        self._post_id = post_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, int(match["post"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        wire: Wire = interaction.client.wire
        asked = await wire.forms.get_question(self._post_id, str(interaction.user.id))
        async with report_failures(interaction, wire.forms.get_labels(str(interaction.locale))):
            if (reason := explain_refusal(asked, interaction, wire)) is not None or asked is None:
                await respond(interaction, reason or "")
            else:
                await interaction.response.send_modal(make_form(asked))


class VoteButton(ui.DynamicItem[ui.Button[Any]], template=VOTE):
    """Chooses an option."""

    def __init__(self, item: ui.Button[Any], post_id: int, option: int) -> None:
        super().__init__(item)
        self._post_id = post_id
        self._option = option

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, int(match["post"]), int(match["option"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        wire: Wire = interaction.client.wire
        async with report_failures(interaction, wire.forms.get_labels(str(interaction.locale))):
            await interaction.response.defer()
            asked = await wire.forms.get_question(self._post_id)
            if (reason := explain_refusal(asked, interaction, wire)) is not None or asked is None:
                await respond(interaction, reason or "")
            elif self._option < len(asked.options):
                await self._vote(interaction, wire, asked)

    async def _vote(self, interaction: discord.Interaction[Any], wire: Wire, asked: PostedQuestion) -> None:
        try:
            voter = str(interaction.user.id)
            counts = await wire.forms.inbox.voted(str(interaction.id), asked.post_id, voter, self._option)
        except Rejected:
            await respond(interaction, asked.labels["closed"])
            return
        await respond(interaction, asked.labels["voted"].format(option=escape(asked.options[self._option])))
        if counts is not None:
            await show_counts(interaction, wire, asked, votes=counts)


class ConsentButton(ui.DynamicItem[ui.Button[Any]], template=LEAVE):
    """Decides about being quoted; pressed again, another choice takes the place of the first."""

    def __init__(self, item: ui.Button[Any], request: str, choice: str) -> None:
        super().__init__(item)
        self._request = request
        self._choice = choice

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, match["request"], match["choice"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        wire: Wire = interaction.client.wire
        fallback = wire.forms.get_labels(str(interaction.locale))
        async with report_failures(interaction, fallback):
            await interaction.response.defer(ephemeral=True, thinking=True)
            request = await wire.forms.get_consent_request(self._request)
            if request is None:
                await respond(interaction, fallback["unknown"])
                return
            await respond(
                interaction, request.labels[await self._decide(interaction, wire, request.wording, request.labels)]
            )

    async def _decide(self, interaction: discord.Interaction[Any], wire: Wire, wording: str, words: Any) -> str:
        """The key of what to say."""
        leave = make_decision(self._choice, f"{wording} {words[self._choice]}")
        try:
            await wire.forms.inbox.consented(str(interaction.id), str(interaction.user.id), self._request, leave)
        except Rejected:
            return "not_yours"
        return f"said_{self._choice}"
