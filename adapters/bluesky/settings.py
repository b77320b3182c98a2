"""The keys of a Bluesky account in config.toml."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from adapters.checks import ServerUrl

_HANDLE = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]+|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def _check_handle(handle: str) -> str:
    """A handle or a DID as they stand in a link. An e-mail address could log in, but names no repository."""
    handle = handle.removeprefix("@")
    if not _HANDLE.fullmatch(handle):
        raise ValueError("must be a handle such as name.bsky.social, or a DID")
    return handle if handle.startswith("did:") else handle.lower()


Handle = Annotated[str, AfterValidator(_check_handle)]


class BlueskySettings(BaseModel):
    """handle and password together, or neither: then public posts can be read and nothing can be posted.

    password: an app password (Bluesky, Settings, Privacy and security, App passwords), never the main one.
    service: where the account logs in; where it is unknown there, its home is looked up in the directory, which has the
    DID documents. appview: where public posts are read without a login. label_bot:
    `pullquote check --online` puts the label `bot` on the account's profile where it is missing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    handle: Handle | None = None
    password: SecretStr | None = Field(
        default=None, description="an app password, from Settings, Privacy and security, App passwords"
    )
    service: ServerUrl = "https://bsky.social"
    appview: ServerUrl = "https://public.api.bsky.app"
    directory: ServerUrl = "https://plc.directory"
    label_bot: bool = False

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.handle is None) != (self.password is None):
            missing = "password" if self.password is None else "handle"
            raise ValueError(f"{missing} is missing: an account needs handle and password; without both it only reads")
        return self
