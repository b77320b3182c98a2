"""A platform in one process: for the demo, dry runs and tests."""

import importlib

from adapters.contract.adapter import Adapter, Host
from adapters.contract.platform import Platform
from adapters.sandbox.network import read_link
from adapters.sandbox.settings import SandboxSettings


def connect(settings: SandboxSettings, host: Host) -> Adapter:
    """The adapter of one account; sends nothing."""
    adapter: Adapter = importlib.import_module("adapters.sandbox.adapter").connect(settings, host)
    return adapter


platform = Platform(
    name="sandbox",
    title="Sandbox",
    settings=SandboxSettings,
    capabilities=SandboxSettings().capabilities(),
    connect=connect,
    recognises=lambda link: read_link(link) is not None,
    capabilities_of=SandboxSettings.capabilities,
)
