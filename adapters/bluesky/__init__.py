"""Bluesky. Importing this imports no SDK; `connect` does."""

import importlib

from adapters.base import Adapter, Capabilities, Host, Platform
from adapters.bluesky.links import recognises
from adapters.bluesky.settings import Settings
from adapters.bluesky.text import LIMITS

CAPABILITIES = Capabilities(
    limits=LIMITS,
    poll=None,  # none on the platform: options are printed in the root
    threads=True,
    repeats_safely=True,  # putRecord of the same bytes under the same record key is a no-op
    settle_after=None,  # getRecord on the account's own PDS proves absence
    forbidding_labels=frozenset({"!no-unauthenticated", "bot"}),
)


def connect(settings: Settings, host: Host) -> Adapter:
    """The adapter of one account; without a handle it only reads. Imports the SDK (0.6 s of CPU), sends nothing."""
    adapter: Adapter = importlib.import_module("adapters.bluesky.adapter").BlueskyAdapter(settings, host)
    return adapter


platform = Platform(
    name="bluesky",
    title="Bluesky",
    settings=Settings,
    capabilities=CAPABILITIES,
    connect=connect,
    recognises=recognises,
    reads_without_account=True,
)
