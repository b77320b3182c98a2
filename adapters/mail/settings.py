"""The keys of a mailbox in config.toml."""

import re
import shlex
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _check_address(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise ValueError("must be a bare address such as quotes@example.org, without a + of its own")
    return address.casefold()


def _split_command(value: object) -> object:
    """`pass show mail`, as a shell would split it; no shell reads it."""
    return shlex.split(value) if isinstance(value, str) else value


class MailSettings(BaseModel):
    """host, user, address and a password are needed.

    password: of the mailbox (for many an app password), as `{ env }` or `{ file }`; `{ command = ["…"] }` runs a
    program at each login and takes the first line that it prints: with login = "xoauth2" that is an access token.
    address: what people write to; a question's own address is `quotes+SLUG@example.org`. folder: where its mail comes
    in; nothing else is read. authserv: the name by which the own server signs `Authentication-Results`; without it no
    such header is believed. security: `tls` is from the start of a connection. ca_file: a certificate to trust
    besides the system's. timeout: seconds for one step of a call.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    host: str = Field(min_length=1)
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = Field(min_length=1)
    password: SecretStr | None = None
    password_command: Annotated[tuple[str, ...], BeforeValidator(_split_command)] = ()
    login: Literal["password", "xoauth2"] = "password"
    address: Annotated[str, AfterValidator(_check_address)]
    folder: str = "INBOX"
    authserv: str = ""
    ca_file: str = ""
    timeout: float = Field(default=30.0, gt=0)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.password is None) == (not self.password_command):
            raise ValueError(
                'password is missing: write { env = "NAME" }, { file = "PATH" } or { command = ["PROGRAM"] }'
            )
        if self.security == "none" and self.host not in _LOOPBACK:
            raise ValueError('security = "none" would send the password in the clear: write "tls" or "starttls"')
        return self
