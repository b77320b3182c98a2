"""Interactions: begun by people, acknowledged once and in time, followed up for a quarter of an hour."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.servers.discord import components, messages, polls, show
from tests.servers.discord.errors import ApiError, Refused, invalid, unknown
from tests.servers.discord.world import (
    CONTEXT_COMMAND,
    EPHEMERAL,
    JSON,
    LOADING,
    SAID,
    SLASH_COMMAND,
    Application,
    Attachment,
    Channel,
    Guild,
    Message,
    User,
)

if TYPE_CHECKING:
    from tests.servers.discord.state import Loopback

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
"""Types of interactions."""
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
"""Types of callbacks."""
_ALLOWED = {
    COMMAND: {MESSAGE, DEFERRED, MODAL},
    COMPONENT: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    SUBMIT: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE},
}


@dataclass
class Interaction:
    """on: the message whose button or menu was used. callback: the type of the acknowledgement, 0 before it.

    original: the id of the message shown for it first. followups: all messages shown for it, in order.
    """

    id: str
    token: str
    application: Application
    type: int
    data: JSON
    guild: Guild
    channel: Channel
    user: User
    at: datetime
    on: Message | None = None
    opened_by: "Interaction | None" = None
    callback: int = 0
    original: str = ""
    followups: list[str] = field(default_factory=list)
    modal: JSON | None = None
    modal_taken: bool = False
    choices: list[JSON] | None = None
    updated: bool = False
    dispatched: float = 0
    told: JSON | None = None
    acknowledged_after: float | None = None


def begin(
    state: "Loopback",
    application: Application,
    type_: int,
    data: JSON,
    channel: Channel,
    user: User,
    *,
    on: Message | None = None,
    opened_by: Interaction | None = None,
) -> Interaction:
    """Somebody uses the bot: INTERACTION_CREATE. Raises Refused where the bot is no member."""
    guild = state.world.guild_of(channel)
    if guild is None or application.user.id not in guild.members:
        raise Refused("the bot is no member of this guild")
    token = secrets.token_urlsafe(48)
    interaction = Interaction(
        state.ids.make(), token, application, type_, data, guild, channel, user, state.now(), on, opened_by
    )
    state.interactions[interaction.id] = interaction
    dispatch(state, interaction)
    return interaction


def dispatch(state: "Loopback", interaction: Interaction) -> None:
    """Deliver it (again, with the same bytes)."""
    interaction.dispatched = asyncio.get_running_loop().time()
    interaction.told = interaction.told or _show(state, interaction)
    state.gateway.tell("INTERACTION_CREATE", interaction.told, to=lambda bot: bot is interaction.application)


def _show(state: "Loopback", interaction: Interaction) -> JSON:
    guild, channel, bot = interaction.guild, interaction.channel, interaction.application
    member = guild.members[interaction.user.id]
    allowed = show.show_permissions(guild, member, channel, state.now())
    payload: JSON = {
        "id": interaction.id,
        "application_id": bot.id,
        "type": interaction.type,
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "guild_id": guild.id,
        "guild": {"id": guild.id, "locale": "en-US", "features": []},
        "channel_id": channel.id,
        "channel": show.show_channel(channel, state.world) | {"permissions": allowed},
        "member": show.show_member(member) | {"permissions": allowed},
        "app_permissions": show.show_permissions(guild, guild.members[bot.user.id], channel, state.now()),
        "locale": "en-US",
        "guild_locale": "en-US",
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": guild.id},
        "context": 0,
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    if interaction.on is not None:
        payload["message"] = state.show(interaction.on, bot, reads_content=True)
        for problem in state.spec.check_message(payload["message"]):
            state.note(bot, f"INTERACTION_CREATE message {problem}")
    return payload


# ---------------------------------------------------------------- what the bot answers


def find(state: "Loopback", interaction_id: str, token: str) -> Interaction:
    """Raises ApiError where there is none, or it was not acknowledged in time."""
    interaction = state.interactions.get(interaction_id)
    if interaction is None or interaction.token != token:
        raise unknown("interaction", 10062)
    return interaction


def by_token(state: "Loopback", application_id: str, token: str) -> Interaction:
    """For followups. Raises ApiError where the token is over, or nothing was acknowledged yet."""
    interaction = next((known for known in state.interactions.values() if known.token == token), None)
    if interaction is None or interaction.application.id != application_id:
        raise unknown("Webhook", 10015)
    if state.now() - interaction.at > state.limits.token:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    if not interaction.callback:
        raise unknown("Webhook", 10015)
    return interaction


def acknowledge(state: "Loopback", interaction: Interaction, body: JSON, files: list[Attachment]) -> None:
    """The callback: once, within 3 s. Raises ApiError."""
    if interaction.callback:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if state.now() - interaction.at > state.limits.acknowledge:
        raise unknown("interaction", 10062)
    kind, data = body["type"], body.get("data") or {}
    if kind not in _ALLOWED[interaction.type] or (kind in {DEFERRED_UPDATE, UPDATE} and interaction.on is None):
        raise invalid(f"an interaction of type {interaction.type} takes no callback of type {kind}", "type")
    _take_callback(state, interaction, kind, data, files)
    interaction.callback = kind
    interaction.acknowledged_after = asyncio.get_running_loop().time() - interaction.dispatched
    state.touch()


def _take_callback(state: "Loopback", interaction: Interaction, kind: int, data: JSON, files: list[Attachment]) -> None:
    if kind == MESSAGE:
        draft = messages.read_draft(state, data, files)
        interaction.original = _show_message(state, interaction, draft).id
    elif kind == DEFERRED:
        draft = messages.Draft(flags=(data.get("flags") or 0) & EPHEMERAL | LOADING)
        interaction.original = _show_message(state, interaction, draft).id
    elif kind == MODAL:
        interaction.modal = data | {"components": components.accept_modal(data["components"])}
    elif kind == CHOICES:
        interaction.choices = data.get("choices") or []
    else:
        assert interaction.on is not None
        interaction.original = interaction.on.id
        if kind == UPDATE:
            change(state, interaction.on, data, files)
            interaction.updated = True


def follow_up(state: "Loopback", interaction: Interaction, body: JSON, files: list[Attachment]) -> Message:
    """Another message; the first after a deferral is the deferred one, as private as that."""
    waiting = original(state, interaction)
    if waiting is not None and waiting.flags & LOADING:
        return change(state, waiting, body, files)
    return _show_message(state, interaction, messages.read_draft(state, body, files))


def original(state: "Loopback", interaction: Interaction) -> Message | None:
    """The message shown for it first, or the one its button stands on."""
    return state.world.message(interaction.channel.id, interaction.original)


def change(state: "Loopback", message: Message, body: JSON, files: list[Attachment]) -> Message:
    """Edit a message through an interaction. Only what the body names is changed."""
    changes = read_changes(state, message, body, files)
    messages.edit(state, message, changes, body.get("allowed_mentions"))
    return message


def read_changes(state: "Loopback", message: Message, body: JSON, files: list[Attachment]) -> dict[str, Any]:
    """The fields of a message that an edit changes. Raises ApiError where the result would not be allowed."""
    if message.poll is not None and not message.flags & LOADING:
        raise ApiError(400, 520003, "Cannot edit a poll message")
    kept = {str(part["id"]) for part in body["attachments"] or []} if "attachments" in body else None
    attachments = [one for one in message.attachments if kept is None or one.id in kept] + files
    whole = {
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "flags": message.flags & ~LOADING,
        "poll": body.get("poll"),
    } | {key: body[key] for key in ("content", "embeds", "components") if key in body}
    if body.get("flags") is not None:
        whole["flags"] |= body["flags"]
    draft = messages.read_draft(state, whole, attachments)
    changes: dict[str, Any] = {
        "content": draft.content,
        "embeds": draft.embeds,
        "components": draft.components,
        "attachments": attachments,
        "flags": draft.flags,
    }
    if draft.poll is not None:
        changes["poll"] = polls.open_poll(draft.poll, state.now())
    return changes


def take_away(state: "Loopback", interaction: Interaction, message: Message) -> None:
    """Delete a message that was shown for it."""
    if message.ephemeral:
        state.world.ephemeral.pop(message.id, None)
    else:
        messages.delete(state, interaction.channel, [message])
    interaction.followups.remove(message.id)
    state.touch()


def _show_message(state: "Loopback", interaction: Interaction, draft: messages.Draft) -> Message:
    """Post it for all, or show it to the one who asked."""
    bot = interaction.application
    draft.application_id, draft.metadata = bot.id, _describe(interaction)
    kinds = {1: SLASH_COMMAND, 2: CONTEXT_COMMAND, 3: CONTEXT_COMMAND}
    first = interaction.type == COMMAND and not interaction.followups
    draft.type = kinds[interaction.data["type"]] if first else SAID
    if draft.flags & EPHEMERAL:
        message = messages.make(state, interaction.channel, bot.user, draft)
        state.world.ephemeral[message.id] = (message, interaction.user.id)
    else:
        message = messages.post(state, interaction.channel, bot.user, draft)
    interaction.followups.append(message.id)
    state.touch()
    return message


def _describe(interaction: Interaction) -> JSON:
    """The interaction_metadata of a message."""
    told: JSON = {
        "id": interaction.id,
        "type": interaction.type,
        "user": show.show_user(interaction.user),
        "authorizing_integration_owners": {"0": interaction.guild.id},
    }
    if interaction.original:
        told["original_response_message_id"] = interaction.original
    if interaction.type == COMPONENT and interaction.on is not None:
        told["interacted_message_id"] = interaction.on.id
    if interaction.type == SUBMIT and interaction.opened_by is not None:
        told["triggering_interaction_metadata"] = _describe(interaction.opened_by)
    return told


def tell_response(interaction: Interaction, state: "Loopback") -> JSON:
    """The answer to a callback `with_response`."""
    told: JSON = {
        "id": interaction.id,
        "type": interaction.type,
        "channel_id": interaction.channel.id,
        "guild_id": interaction.guild.id,
    }
    body: JSON = {"interaction": told}
    message = original(state, interaction)
    if message is not None:
        told["response_message_id"] = message.id
        told["response_message_loading"] = bool(message.flags & LOADING)
        told["response_message_ephemeral"] = message.ephemeral
        if interaction.callback in {MESSAGE, UPDATE}:
            shown = state.show(message, interaction.application, reads_content=True)
            body["resource"] = {"type": interaction.callback, "message": shown}
        elif interaction.callback == DEFERRED:
            # Discord gives the loading message under the type of a message
            shown = state.show(message, interaction.application, reads_content=True)
            body["resource"] = {"type": MESSAGE, "message": shown}
    return body
