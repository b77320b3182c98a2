"""Who may do what where: roles, overwrites, time-outs."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.servers.discord.world import Channel, Guild, Member

BITS = {
    "kick_members": 1 << 1,
    "ban_members": 1 << 2,
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "add_reactions": 1 << 6,
    "view_audit_log": 1 << 7,
    "view_channel": 1 << 10,
    "read_messages": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "manage_roles": 1 << 28,
    "manage_webhooks": 1 << 29,
    "use_application_commands": 1 << 31,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "create_private_threads": 1 << 36,
    "send_messages_in_threads": 1 << 38,
    "moderate_members": 1 << 40,
    "send_polls": 1 << 49,
    "create_polls": 1 << 49,
    "pin_messages": 1 << 51,
}
"""By their names in discord.py."""

ALL = (1 << 53) - 1
EVERYONE = sum(
    BITS[name]
    for name in [
        "add_reactions",
        "view_channel",
        "send_messages",
        "embed_links",
        "attach_files",
        "read_message_history",
        "use_application_commands",
        "create_public_threads",
        "send_messages_in_threads",
        "send_polls",
    ]
)
"""What @everyone has in a new guild, as far as it matters here."""
_WHILE_TIMED_OUT = BITS["view_channel"] | BITS["read_message_history"]


def add_up(names: list[str]) -> int:
    """The bits of these names. Raises KeyError where one is unknown."""
    bits = 0
    for name in names:
        bits |= BITS[name]
    return bits


def compute(guild: "Guild", member: "Member", channel: "Channel | None", now: datetime) -> int:
    """All that a member may do in a channel, in a thread as in its parent, or with None in the guild at large."""
    if member.user.id == guild.owner_id:
        return ALL
    bits = guild.roles[guild.id].permissions
    for role_id in member.roles:
        bits |= guild.roles[role_id].permissions
    if bits & BITS["administrator"]:
        return ALL
    if channel is not None:
        bits = _overwrite(guild, member, guild.channels.get(channel.parent_id or "", channel), bits)
    if member.timed_out_until is not None and member.timed_out_until > now:
        bits &= _WHILE_TIMED_OUT
    return bits


def _overwrite(guild: "Guild", member: "Member", channel: "Channel", bits: int) -> int:
    allow, deny = channel.overwrites.get(guild.id, (0, 0))
    bits = bits & ~deny | allow
    allow = deny = 0
    for role_id in member.roles:
        more_allow, more_deny = channel.overwrites.get(role_id, (0, 0))
        allow |= more_allow
        deny |= more_deny
    bits = bits & ~deny | allow
    allow, deny = channel.overwrites.get(member.user.id, (0, 0))
    bits = bits & ~deny | allow
    return bits if bits & BITS["view_channel"] else 0
