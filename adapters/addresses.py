"""Where a platform is reached: an address of a config. For the settings of our platforms."""

from functools import partial
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _check_address(address: str, secure: str, plain: str) -> str:
    """Encrypted, or plain on this machine alone (a password or a token goes there)."""
    parts = urlsplit(address)
    if parts.scheme == secure or (parts.scheme == plain and parts.hostname in _LOOPBACK):
        return address.rstrip("/")
    raise ValueError(f"must begin with {secure}:// ({plain}:// only for localhost)")


ServerUrl = Annotated[str, AfterValidator(partial(_check_address, secure="https", plain="http"))]
GatewayUrl = Annotated[str, AfterValidator(partial(_check_address, secure="wss", plain="ws"))]
