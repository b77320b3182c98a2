"""The server that sends digests by mail."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The server that sends mail, its sender and recipients. security: `starttls`, `tls` from the start, or `none`."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    to: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
