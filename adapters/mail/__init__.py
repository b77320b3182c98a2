"""A mailbox. Importing this imports no library for mail; `connect` does."""

import importlib

from adapters.contract.adapter import Adapter, Host
from adapters.contract.platform import Platform
from adapters.mail.capabilities import CAPABILITIES
from adapters.mail.settings import MailSettings


def connect(settings: MailSettings, host: Host) -> Adapter:
    """The adapter of one mailbox. Logs in nowhere."""
    adapter: Adapter = importlib.import_module("adapters.mail.adapter").MailAdapter(settings, host)
    return adapter


def recognises(link: str) -> bool:  # noqa: ARG001
    """No mail has a link."""
    return False


platform = Platform(
    name="mail",
    title="Mail",
    settings=MailSettings,
    capabilities=CAPABILITIES,
    connect=connect,
    recognises=recognises,
)
