"""What every call of one bot needs."""

from dataclasses import dataclass

from adapters.contract.host import Host
from adapters.discord.places import Places
from adapters.discord.rest import Rest


@dataclass(frozen=True, slots=True)
class Wire:
    """The way to Discord, what is known of its places, and the Host. message_content: the bot has that intent."""

    rest: Rest
    places: Places
    host: Host
    message_content: bool = False
