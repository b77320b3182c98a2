"""Messages come, change and go; for bots and for people alike."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.servers.discord import components, polls, telling, threads
from tests.servers.discord.errors import ApiError, invalid
from tests.servers.discord.world import COMPONENTS_V2, JSON, REPLY, SAID, Attachment, Channel, Message, User

if TYPE_CHECKING:
    from tests.servers.discord.state import Loopback

MOST_CHARACTERS = 2000
_EMBED_CHARACTERS = 6000
_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)\b")
_EMBED_LIMITS = {"title": 256, "description": 4096}


@dataclass
class Draft:
    """What somebody is about to write. allowed: whom it may ping; None: everybody it names. ping: who is replied to."""

    content: str = ""
    embeds: list[JSON] = field(default_factory=list)
    components: list[JSON] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    poll: JSON | None = None
    flags: int = 0
    reply_to: str | None = None
    allowed: JSON | None = None
    ping: bool = True
    nonce: str | int | None = None
    type: int = SAID
    application_id: str = ""
    metadata: JSON | None = None


def read_draft(state: "Loopback", body: JSON, files: list[Attachment]) -> Draft:
    """A bot's body. Raises ApiError where Discord would refuse it, beyond what its OpenAPI file says."""
    flags = body.get("flags") or 0
    second_version = bool(flags & COMPONENTS_V2)
    draft = Draft(
        content=(body.get("content") or "").strip(),
        embeds=[accept_embed(embed) for embed in body.get("embeds") or []],
        components=components.accept_message(body.get("components") or [], second_version=second_version),
        attachments=files,
        poll=body.get("poll"),
        flags=flags,
        allowed=body.get("allowed_mentions"),
        nonce=body.get("nonce"),
    )
    check_words(draft)
    if draft.poll is not None:
        polls.check(draft.poll)
    reference = body.get("message_reference")
    if reference:
        draft.reply_to = str(reference["message_id"])
    if second_version and (draft.content or draft.embeds or draft.poll):
        raise invalid("the flag IS_COMPONENTS_V2 goes with components alone", "content")
    if not (draft.content or draft.embeds or draft.components or draft.attachments or draft.poll):
        raise ApiError(400, 50006, "Cannot send an empty message")
    return draft


def check_words(draft: Draft) -> None:
    """Lengths. Raises ApiError."""
    if len(draft.content) > MOST_CHARACTERS:
        raise invalid(f"Must be {MOST_CHARACTERS} or fewer in length.", "content")
    if sum(_count_embed(embed) for embed in draft.embeds) > _EMBED_CHARACTERS:
        raise invalid(f"Embeds hold at most {_EMBED_CHARACTERS} characters in all.", "embeds")


def accept_embed(embed: JSON) -> JSON:
    """As it is kept. Raises ApiError where it is too long or empty."""
    kept = {key: value for key, value in embed.items() if value is not None}
    for name, most in _EMBED_LIMITS.items():
        if len(kept.get(name, "")) > most:
            raise invalid(f"Must be {most} or fewer in length.", name)
    for entry in kept.get("fields", []):
        if not entry["name"] or not entry["value"] or len(entry["name"]) > 256 or len(entry["value"]) > 1024:
            raise invalid("a field has a name of 1 to 256 and a value of 1 to 1024 characters", "fields")
    kept["fields"] = [{"inline": False} | entry for entry in kept.get("fields", [])]
    return kept | {"type": "rich"}


def _count_embed(embed: JSON) -> int:
    words = [embed.get("title", ""), embed.get("description", "")]
    words += [embed.get("footer", {}).get("text", ""), embed.get("author", {}).get("name", "")]
    words += [part for entry in embed["fields"] for part in (entry["name"], entry["value"])]
    return sum(map(len, words))


def find_repeat(state: "Loopback", channel: Channel, author: User, nonce: str | int | None) -> Message | None:
    """What stands of the same author with the same nonce, written in the last minutes."""
    earlier = channel.nonces.get((author.id, str(nonce))) if nonce is not None else None
    if earlier is None or earlier.id not in channel.messages or earlier.at < state.now() - state.limits.nonce:
        return None
    return earlier


def post(state: "Loopback", channel: Channel, author: User, draft: Draft, *, message_id: str = "") -> Message:
    """It stands in the channel, and whoever may hear of it does."""
    message = make(state, channel, author, draft, message_id=message_id)
    if channel.archived:
        threads.set_archived(state, channel, archived=False)
    channel.messages[message.id] = message
    if message.nonce is not None:
        channel.nonces[author.id, str(message.nonce)] = message
    if message.poll is not None:
        state.world.open_polls[message.id] = message
    state.log_visible("create", message)
    telling.tell_message(state, message, "MESSAGE_CREATE")
    return message


def make(state: "Loopback", channel: Channel, author: User, draft: Draft, *, message_id: str = "") -> Message:
    """The message of a draft, standing nowhere yet."""
    message = Message(
        id=message_id or state.ids.make(),
        channel_id=channel.id,
        author=author,
        at=state.now(),
        content=draft.content,
        type=REPLY if draft.reply_to and draft.type == SAID else draft.type,
        flags=draft.flags,
        embeds=draft.embeds,
        components=draft.components,
        attachments=draft.attachments,
        reply_to=draft.reply_to,
        nonce=draft.nonce,
        application_id=draft.application_id,
        metadata=draft.metadata,
    )
    if draft.poll is not None:
        message.poll = polls.open_poll(draft.poll, state.now())
    _find_mentions(state, channel, message, draft)
    return message


def edit(state: "Loopback", message: Message, changes: dict[str, Any], allowed: JSON | None = None) -> None:
    """Change fields of a message and tell of it."""
    for name, value in changes.items():
        setattr(message, name, value)
    message.edited_at = state.now()
    channel = state.world.channels[message.channel_id]
    answered = state.world.message(channel.id, message.reply_to) if message.reply_to else None
    pinged = answered is not None and answered.author.id in message.mentions
    _find_mentions(state, channel, message, Draft(allowed=allowed, ping=pinged))
    if not message.ephemeral:
        state.log_visible("edit", message)
        telling.tell_message(state, message, "MESSAGE_UPDATE")
    state.touch()


def delete(state: "Loopback", channel: Channel, messages: list[Message]) -> None:
    """They are gone, and one event says so."""
    for message in messages:
        del channel.messages[message.id]
        state.world.open_polls.pop(message.id, None)
        state.log_visible("delete", message)
    telling.tell_deleted(state, channel, [message.id for message in messages])


def list_page(
    channel: Channel, *, limit: int, before: str | None = None, after: str | None = None, around: str | None = None
) -> list[Message]:
    """Newest first, as Discord lists them; `after` gives the ones next to it, newest first too."""
    ordered = channel.in_order()
    if around is not None:
        older = [message for message in ordered if int(message.id) <= int(around)][-(limit // 2 + 1) :]
        newer = [message for message in ordered if int(message.id) > int(around)][: limit - len(older)]
        found = older + newer
    elif after is not None:
        found = [message for message in ordered if int(message.id) > int(after)][:limit]
    else:
        found = [message for message in ordered if before is None or int(message.id) < int(before)][-limit:]
    return found[::-1]


def too_old_for_bulk(state: "Loopback", message: Message) -> bool:
    return state.now() - message.at > timedelta(days=14)


def _find_mentions(state: "Loopback", channel: Channel, message: Message, draft: Draft) -> None:
    """Whom it pings: those it names whom the draft allows; the author of what it replies to, unless switched off."""
    allowed = draft.allowed
    kinds = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse") or [])
    users = {str(id_) for id_ in (allowed or {}).get("users") or []}
    roles = {str(id_) for id_ in (allowed or {}).get("roles") or []}
    guild = state.world.guild_of(channel)
    words = "\n".join([message.content, *(part.get("content", "") for part in components.walk(message.components))])
    named = [id_ for id_ in _USER.findall(words) if id_ in state.world.users]
    message.mentions = [id_ for id_ in dict.fromkeys(named) if "users" in kinds or id_ in users]
    may_ping_all = state.may(message.author.id, channel, "mention_everyone")
    named = [id_ for id_ in _ROLE.findall(words) if guild is not None and id_ in guild.roles]
    message.mention_roles = [id_ for id_ in dict.fromkeys(named) if may_ping_all and ("roles" in kinds or id_ in roles)]
    message.mention_everyone = may_ping_all and "everyone" in kinds and bool(_EVERYONE.search(words))
    answered = state.world.message(channel.id, message.reply_to) if message.reply_to else None
    pings = draft.ping if allowed is None else bool(allowed.get("replied_user"))
    if answered is not None and pings and answered.metadata is None and answered.author.id not in message.mentions:
        message.mentions.append(answered.author.id)
