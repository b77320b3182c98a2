"""Where digests are handed in by mail."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mail is handed in, and from whom to whom. security: `starttls`, `tls` from the start, or `none`."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    to: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
