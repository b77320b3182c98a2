"""Bluesky. Importing this imports no SDK; `connect` does."""

import importlib

from adapters.bluesky.capabilities import CAPABILITIES
from adapters.bluesky.links import recognises
from adapters.bluesky.settings import BlueskySettings
from adapters.contract.adapter import Adapter, Host
from adapters.contract.platform import Platform


def connect(settings: BlueskySettings, host: Host) -> Adapter:
    """The adapter of one account; without a handle it only reads. Imports the SDK (0.6 s of CPU), sends nothing."""
    adapter: Adapter = importlib.import_module("adapters.bluesky.adapter").BlueskyAdapter(settings, host)
    return adapter


platform = Platform(
    name="bluesky",
    title="Bluesky",
    settings=BlueskySettings,
    capabilities=CAPABILITIES,
    connect=connect,
    recognises=recognises,
    reads_without_account=True,
)
