"""Callbacks of interactions and what follows them."""

from tests.servers.discord import interactions
from tests.servers.discord.errors import unknown
from tests.servers.discord.interactions import Interaction
from tests.servers.discord.requests import Asked, Body, route
from tests.servers.discord.world import Message


@route("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
async def create_interaction_response(asked: Asked) -> tuple[int, Body]:
    interaction = interactions.find(asked.state, asked.params["interaction_id"], asked.params["interaction_token"])
    interactions.acknowledge(asked.state, interaction, asked.body, asked.files)
    if asked.query.get("with_response", "").lower() not in {"1", "true"}:
        return 204, None
    return 200, interactions.tell_response(interaction, asked.state)


def _interaction(asked: Asked) -> Interaction:
    return interactions.by_token(asked.state, asked.params["webhook_id"], asked.params["webhook_token"])


def _message(asked: Asked, interaction: Interaction) -> Message:
    """A message shown for it, by its id or as @original."""
    wanted = asked.params.get("message_id", interaction.original)
    allowed = {*interaction.followups, interaction.original}
    message = asked.state.world.message(interaction.channel.id, wanted)
    if message is None or wanted not in allowed:
        raise unknown("Message", 10008)
    return message


@route("POST", "/webhooks/{webhook_id}/{webhook_token}")
async def execute_webhook(asked: Asked) -> tuple[int, Body]:
    message = interactions.follow_up(asked.state, _interaction(asked), asked.body, asked.files)
    return 200, asked.state.show(message, asked.application)


@route("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original")
@route("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}")
async def get_webhook_message(asked: Asked) -> tuple[int, Body]:
    return 200, asked.state.show(_message(asked, _interaction(asked)), asked.application)


@route("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original")
@route("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}")
async def update_webhook_message(asked: Asked) -> tuple[int, Body]:
    interaction = _interaction(asked)
    message = interactions.change(asked.state, _message(asked, interaction), asked.body, asked.files)
    interaction.updated = interaction.updated or message is interaction.on
    return 200, asked.state.show(message, asked.application)


@route("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original")
@route("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}")
async def delete_webhook_message(asked: Asked) -> tuple[int, Body]:
    interaction = _interaction(asked)
    interactions.take_away(asked.state, interaction, _message(asked, interaction))
    return 204, None
