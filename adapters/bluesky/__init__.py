"""Bluesky. Importing this imports no SDK; `connect` does."""

import importlib
import importlib.util
import sys
from typing import Any

from adapters.bluesky.capabilities import CAPABILITIES
from adapters.bluesky.links import recognises
from adapters.bluesky.settings import BlueskySettings
from adapters.contract.adapter import Adapter, Host
from adapters.contract.platform import Platform


def connect(settings: BlueskySettings, host: Host) -> Adapter:
    """The adapter of one account; without a handle it only reads. Imports the SDK (0.3 s of CPU), sends nothing."""
    _import_parts_alone("atproto_client")
    adapter: Adapter = importlib.import_module("adapters.bluesky.adapter").BlueskyAdapter(settings, host)
    return adapter


def _import_parts_alone(name: str) -> None:
    """Let parts of a package be imported without what its `__init__` imports, which waits for a name of its own.

    The SDK's imports both of its clients, with a class for every call there is: 27 MiB, of which nothing is used.
    """
    spec = importlib.util.find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    package, loader = importlib.util.module_from_spec(spec), spec.loader

    def load(attribute: str) -> Any:
        if attribute.startswith("__"):  # such are looked for by the import system
            raise AttributeError(attribute)
        package.__dict__.pop("__getattr__", None)
        loader.exec_module(package)
        return getattr(package, attribute)

    package.__dict__["__getattr__"] = load
    sys.modules[name] = package


platform = Platform(
    name="bluesky",
    title="Bluesky",
    settings=BlueskySettings,
    capabilities=CAPABILITIES,
    connect=connect,
    recognises=recognises,
    reads_without_account=True,
)
