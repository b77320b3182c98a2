"""X. Importing this imports no SDK; `connect` does."""

import importlib

from adapters.contract.adapter import Adapter, Host
from adapters.contract.platform import Platform
from adapters.x.capabilities import CAPABILITIES, list_capabilities
from adapters.x.links import recognises
from adapters.x.prices import make_tariff
from adapters.x.settings import XSettings


def connect(settings: XSettings, host: Host) -> Adapter:
    """The adapter of one account. Imports the SDK, sends nothing."""
    adapter: Adapter = importlib.import_module("adapters.x.adapter").XAdapter(settings, host)
    return adapter


platform = Platform(
    name="x",
    title="X",
    settings=XSettings,
    capabilities=CAPABILITIES,
    connect=connect,
    recognises=recognises,
    capabilities_of=list_capabilities,
    tariff_of=make_tariff,
)
