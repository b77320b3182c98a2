"""A platform in one process: for the demo, dry runs and tests."""

from adapters.contract.platform import Platform
from adapters.sandbox.adapter import connect
from adapters.sandbox.settings import SandboxSettings
from adapters.sandbox.translate import read_link

platform = Platform(
    name="sandbox",
    title="Sandbox",
    settings=SandboxSettings,
    capabilities=SandboxSettings().capabilities(),
    connect=connect,
    recognises=lambda link: read_link(link) is not None,
    capabilities_of=SandboxSettings.capabilities,
)
