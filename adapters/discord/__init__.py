"""Discord. Importing this imports no SDK: `connect` imports an HTTP client, and listening discord.py."""

import importlib

from adapters.contract.adapter import Adapter, Host
from adapters.contract.platform import Platform
from adapters.discord.capabilities import CAPABILITIES
from adapters.discord.links import recognises
from adapters.discord.settings import DiscordSettings


def connect(settings: DiscordSettings, host: Host) -> Adapter:
    """The adapter of one bot; sends nothing."""
    adapter: Adapter = importlib.import_module("adapters.discord.adapter").DiscordAdapter(settings, host)
    return adapter


platform = Platform(
    name="discord",
    title="Discord",
    settings=DiscordSettings,
    capabilities=CAPABILITIES,
    connect=connect,
    recognises=recognises,
)
