"""The keys of an X account in config.toml."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from adapters.checks import ServerUrl

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_TOKEN = re.compile(r"(\d{1,19})-\S+")


def _check_handle(handle: str) -> str:
    handle = handle.removeprefix("@")
    if not _HANDLE.fullmatch(handle):
        raise ValueError("must be a handle such as pullquote: letters, digits and _, at most 15")
    return handle


def _check_id(user_id: str) -> str:
    if user_id and not user_id.isdecimal():
        raise ValueError("must be the number of the account")
    return user_id


Handle = Annotated[str, AfterValidator(_check_handle)]
Dollars = Annotated[float, Field(ge=0)]


class XSettings(BaseModel):
    """handle and the four parts of OAuth 1.0a are needed; such tokens do not expire.

    user_id: the account's number; without it the digits at the start of the access token. app_owner: the handle of the
    account that owns the developer app; X does not say it, and reads cost five times as much for any other account.
    timeout: seconds for one step of a call (connecting, the next bytes). pay_for_links: post texts that X will take
    for links though nobody meant one. Ceilings, reserve and prices are US dollars: monthly_ceiling for everything in a
    UTC month, post_reserve what reads leave of it for posts, daily_ceiling for reads in a UTC day. prices_of: when the
    prices were last looked up.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    handle: Handle | None = None
    consumer_key: SecretStr | None = None
    consumer_secret: SecretStr | None = None
    access_token: SecretStr | None = None
    access_token_secret: SecretStr | None = None
    user_id: Annotated[str, AfterValidator(_check_id)] = ""
    app_owner: Handle | None = None
    api: ServerUrl = "https://api.x.com"
    timeout: float = Field(default=20.0, gt=0)
    pay_for_links: bool = False
    monthly_ceiling: float = Field(default=5.0, gt=0)
    daily_ceiling: float = Field(default=0.5, gt=0)
    post_reserve: Dollars = 1.0
    price_post: Dollars = 0.015
    price_post_with_link: Dollars = 0.2
    price_read: Dollars = 0.005
    price_owned_read: Dollars = 0.001
    price_user_read: Dollars = 0.01
    price_delete: Dollars = 0.01
    prices_of: date = date(2026, 8, 1)

    @model_validator(mode="after")
    def _check(self) -> Self:
        needed = ("handle", "consumer_key", "consumer_secret", "access_token", "access_token_secret")
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise ValueError(
                f"{', '.join(missing)}: missing; X reads and posts only with all five of {', '.join(needed)}"
            )
        if not self.user_id and not _TOKEN.fullmatch(self.get_secret("access_token")):
            raise ValueError("access_token begins with the account's number and a hyphen; else write user_id")
        if self.post_reserve > self.monthly_ceiling:
            raise ValueError("post_reserve is a part of monthly_ceiling and must not exceed it")
        return self

    @property
    def owner_id(self) -> str:
        """The number of the account."""
        found = _TOKEN.fullmatch(self.get_secret("access_token"))
        return self.user_id or (found[1] if found else "")

    @property
    def owns_app(self) -> bool:
        """Whether its reads of its own timeline and mentions are cheap."""
        return self.app_owner is not None and self.app_owner.lower() == (self.handle or "").lower()

    def get_secret(self, name: str) -> str:
        """One of the four secrets in plain."""
        value: SecretStr | None = getattr(self, name)
        return "" if value is None else value.get_secret_value()
