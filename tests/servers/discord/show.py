"""The world as JSON, as Discord writes it (validated against its OpenAPI file on the way out)."""

from datetime import datetime

from tests.servers.discord import permissions
from tests.servers.discord.clock import write_moment
from tests.servers.discord.world import (
    DIRECT,
    HAS_THREAD,
    JSON,
    POLL_RESULT,
    Application,
    Attachment,
    Channel,
    Guild,
    Member,
    Message,
    Poll,
    Role,
    User,
    World,
)


def show_user(user: User) -> JSON:
    shown: JSON = {
        "id": user.id,
        "username": user.name,
        "global_name": user.display_name or None,
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }
    if user.bot:
        shown["bot"] = True
    return shown


def show_me(user: User) -> JSON:
    """The bot to itself."""
    return {**show_user(user), "mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}


def show_member(member: Member, *, with_user: bool = True) -> JSON:
    shown: JSON = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": write_moment(member.timed_out_until),
        "flags": 0,
        "joined_at": write_moment(member.joined_at),
        "nick": member.nick or None,
        "pending": False,
        "premium_since": None,
        "roles": list(member.roles),
        "mute": False,
        "deaf": False,
    }
    if with_user:
        shown["user"] = show_user(member.user)
    return shown


def show_role(role: Role) -> JSON:
    shown: JSON = {
        "id": role.id,
        "name": role.name,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": bool(role.bot_id),
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if role.bot_id:
        shown["tags"] = {"bot_id": role.bot_id}
    return shown


def show_channel(channel: Channel, world: World) -> JSON:
    newest = channel.in_order()[-1].id if channel.messages else None
    shown: JSON = {"id": channel.id, "type": channel.type, "last_message_id": newest, "flags": 0}
    if channel.type == DIRECT:
        # the bot itself is left out
        people = [world.users[id_] for id_ in channel.recipients if not world.users[id_].bot]
        return {**shown, "recipients": [show_user(user) for user in people]}
    shown |= {"guild_id": channel.guild_id, "name": channel.name, "rate_limit_per_user": 0}
    if channel.is_thread:
        return shown | _show_thread(channel)
    overwrites = [
        {"id": id_, "type": int(id_ in channel.user_overwrites), "allow": str(allow), "deny": str(deny)}
        for id_, (allow, deny) in channel.overwrites.items()
    ]
    return shown | {
        "parent_id": None,
        "topic": None,
        "position": channel.position,
        "permission_overwrites": overwrites,
        "nsfw": False,
    }


def _show_thread(thread: Channel) -> JSON:
    said = sum(message.id != thread.id for message in thread.messages.values())
    return {
        "parent_id": thread.parent_id,
        "owner_id": thread.owner_id,
        "message_count": said,
        "total_message_sent": said,
        "member_count": len(thread.joined),
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": write_moment(thread.archived_at),
            "auto_archive_duration": thread.auto_archive,
            "locked": thread.locked,
            "create_timestamp": write_moment(thread.created_at),
        },
    }


def show_thread_member(thread: Channel, user_id: str) -> JSON:
    joined = write_moment(thread.joined[user_id])
    return {"id": thread.id, "user_id": user_id, "join_timestamp": joined, "flags": 0}


def show_guild(guild: Guild) -> JSON:
    return {
        "id": guild.id,
        "name": guild.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": guild.owner_id,
        "application_id": None,
        "region": "us-central",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 1,
        "roles": [show_role(role) for role in guild.roles.values()],
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 2,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "premium_progress_bar_enabled_user_updated_at": None,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
        "inventory_settings": None,
        "embed_enabled": False,
        "embed_channel_id": None,
    }


def show_guild_to(guild: Guild, bot: Application, world: World) -> JSON:
    """GUILD_CREATE: without the intent of members a bot is shown itself alone."""
    me = guild.members[bot.user.id]
    return show_guild(guild) | {
        "joined_at": write_moment(me.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [show_member(me)],
        "channels": [show_channel(c, world) for c in guild.channels.values() if not c.is_thread],
        "threads": [show_channel(thread, world) for thread in guild.threads() if not thread.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def show_application(application: Application) -> JSON:
    flags = (1 << 18) * application.message_content | (1 << 14) * application.members
    return {
        "id": application.id,
        "name": application.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": show_user(application.user),
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": show_user(application.owner),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "rpc_origins": [],
        "event_webhooks_url": None,
        "event_webhooks_status": 1,
        "event_webhooks_types": [],
        "max_participants": None,
        "tags": [],
        "integration_types_config": {},
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
    }


def show_attachment(attachment: Attachment, channel_id: str, base: str, *, ephemeral: bool) -> JSON:
    url = f"{base}/attachments/{channel_id}/{attachment.id}/{attachment.name}"
    shown: JSON = {
        "id": attachment.id,
        "filename": attachment.name,
        "size": len(attachment.content),
        "url": url,
        "proxy_url": url,
        "content_type": attachment.content_type,
    }
    if attachment.description:
        shown["description"] = attachment.description
    if ephemeral:
        shown["ephemeral"] = True
    return shown


def show_poll(poll: Poll, viewer_id: str) -> JSON:
    """Answers are numbered from 1; a count of nobody is left out."""
    counts = [
        {"id": index + 1, "count": poll.count(index), "me_voted": index in poll.votes.get(viewer_id, [])}
        for index in range(len(poll.answers))
        if poll.count(index)
    ]
    return {
        "question": {"text": poll.question},
        "answers": [{"answer_id": index + 1, "poll_media": {"text": text}} for index, text in enumerate(poll.answers)],
        "expiry": write_moment(poll.expires_at),
        "allow_multiselect": poll.multiple,
        "layout_type": 1,
        "results": {"answer_counts": counts, "is_finalized": poll.final},
    }


def show_message(
    message: Message,
    world: World,
    base: str,
    *,
    viewer: Application | None = None,
    reads_content: bool = True,
    nested: bool = False,
) -> JSON:
    """A message to a bot (`viewer`), or all of it to the tests (None).

    reads_content: whether the bot has the intent; without it the words of others are withheld, see `may_read`.
    nested: as the referenced message of another, which shows no reference of its own.
    """
    channel = world.channels.get(message.channel_id)
    readable = viewer is None or reads_content or may_read(message, channel, viewer)
    shown: JSON = {
        "id": message.id,
        "channel_id": message.channel_id,
        "type": message.type,
        "content": message.content if readable else "",
        "author": show_user(message.author),
        "timestamp": write_moment(message.at),
        "edited_timestamp": write_moment(message.edited_at),
        "tts": False,
        "mention_everyone": message.mention_everyone,
        "mentions": [show_user(world.users[id_]) for id_ in message.mentions],
        "mention_roles": list(message.mention_roles),
        "attachments": [
            show_attachment(attachment, message.channel_id, base, ephemeral=message.ephemeral)
            for attachment in message.attachments
            if readable
        ],
        "embeds": list(message.embeds) if readable else [],
        "components": list(message.components) if readable else [],
        "flags": message.flags,
        "pinned": False,
    }
    if message.poll is not None and readable:
        shown["poll"] = show_poll(message.poll, viewer.user.id if viewer else "")
    if message.application_id:
        shown["application_id"] = message.application_id
    if message.metadata is not None:
        shown["webhook_id"] = message.application_id
        shown["interaction_metadata"] = message.metadata
    if message.flags & HAS_THREAD and message.id in world.channels:
        shown["thread"] = show_channel(world.channels[message.id], world)
    if message.reply_to is not None:
        shown |= _show_reference(message, world, base, viewer=viewer, reads_content=reads_content, nested=nested)
    return shown


def _show_reference(
    message: Message, world: World, base: str, *, viewer: Application | None, reads_content: bool, nested: bool
) -> JSON:
    channel = world.channels.get(message.channel_id)
    assert message.reply_to is not None
    pointer: JSON = {"type": 0, "channel_id": message.channel_id, "message_id": message.reply_to}
    if channel is not None and channel.guild_id:
        pointer["guild_id"] = channel.guild_id
    shown: JSON = {"message_reference": pointer}
    if nested or message.type == POLL_RESULT:
        return shown
    answered = world.message(message.channel_id, message.reply_to)
    shown["referenced_message"] = answered and show_message(
        answered, world, base, viewer=viewer, reads_content=reads_content, nested=True
    )
    return shown


def may_read(message: Message, channel: Channel | None, viewer: Application) -> bool:
    """Whether a bot without the message-content intent gets the words: its own, direct ones, those that mention it.

    https://docs.discord.com/developers/events/gateway#message-content-intent
    """
    return (
        message.author.id == viewer.user.id
        or message.application_id == viewer.id
        or (channel is not None and channel.type == DIRECT)
        or viewer.user.id in message.mentions
    )


def show_permissions(guild: Guild, member: Member, channel: Channel | None, now: datetime) -> str:
    return str(permissions.compute(guild, member, channel, now))
