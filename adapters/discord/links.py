"""Links to messages, and the moment that is written into every id."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from adapters.contract.errors import Rejected

_HOSTS = frozenset(
    {"discord.com", "www.discord.com", "ptb.discord.com", "canary.discord.com", "discordapp.com", "www.discordapp.com"}
)
_PATH = re.compile(r"/channels/(?P<guild>\d{1,20})/(?P<channel>\d{1,20})/(?P<message>\d{1,20})/?")
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class MessageAddress(NamedTuple):
    """Where a message stands."""

    guild: str
    channel: str
    message: str

    @property
    def link(self) -> str:
        """The link that Discord's clients copy."""
        return f"https://discord.com/channels/{self.guild}/{self.channel}/{self.message}"


def parse_link(link: str) -> MessageAddress:
    """The message behind a link. Raises Rejected where it is none (direct messages are not read)."""
    match = _PATH.fullmatch(urlsplit(link.strip()).path) if recognises(link) else None
    if match is None:
        raise Rejected(
            f"{link!r} is no message in a Discord server; a link looks like "
            "https://discord.com/channels/SERVER/CHANNEL/MESSAGE"
        )
    return MessageAddress(match["guild"], match["channel"], match["message"])


def recognises(link: str) -> bool:
    """Whether a link belongs to Discord, a message or not."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.hostname in _HOSTS


def read_moment(snowflake: str | int) -> datetime:
    """When a thing was made: the upper 42 bits of its id, milliseconds since 2015."""
    return _EPOCH + (int(snowflake) >> 22) * _MILLISECOND


def first_id(moment: datetime) -> int:
    """The smallest id that a thing made at `moment` can have."""
    return max(0, (moment - _EPOCH) // _MILLISECOND) << 22
