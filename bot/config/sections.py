"""What can be configured."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

from adapters.contract.platform import Platform
from bot.config.file import ConfigFile
from bot.config.filtering import Filter
from bot.config.secrets import collect_secrets
from bot.config.section import ENVIRONMENT, Section
from bot.questions.content import Content, Duration, ZoneName, check_cron, write_duration

COLLECT_EVERY = timedelta(minutes=5)
LEAST_RETENTION = timedelta(days=1)


class General(Section):
    """`name`: the outlet, as the notice under each question says it. `state`: the folder of sessions and secrets."""

    name: str = ""
    zone: ZoneName = "UTC"
    language: str = "en"
    state: Path = Path("state")


class Database(Section):
    """`url`: `sqlite:///FILE`, relative to the config's folder, or `postgresql://…`."""

    prefix = f"{ENVIRONMENT}DATABASE_"

    url: str = "sqlite:///pullquote.db"


class Collect(Section):
    """`after_close`: for how long replies are still collected once a question has closed."""

    prefix = f"{ENVIRONMENT}COLLECT_"

    after_close: Duration = timedelta(hours=48)


def _check_retention(value: timedelta) -> timedelta:
    if value < LEAST_RETENTION:
        raise ValueError(f"{write_duration(value)} would purge what people said at once (m is minutes); write 180d")
    return value


class Retention(Section):
    """`after_close`: when texts that are neither quoted nor waiting are purged."""

    prefix = f"{ENVIRONMENT}RETENTION_"

    after_close: Annotated[Duration, AfterValidator(_check_retention)] = timedelta(days=180)


def _split_words(value: object) -> object:
    """`html, json`, as a variable of the environment says it."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


_Words = BeforeValidator(_split_words)


def _check_weekly(value: str) -> str:
    if value:
        check_cron(value)
    return value


FormatName = Literal["html", "markdown", "docx", "csv", "json"]
_Formats = Annotated[tuple[FormatName, ...], _Words]


class Digests(Section):
    """`private`, `public`: the formats of an edition, none for no such edition.

    `weekly`: when, as cron in the general zone, or empty for never.
    """

    prefix = f"{ENVIRONMENT}DIGEST_"

    folder: Path = Path("digests")
    private: _Formats = ("html",)
    public: _Formats = ("docx",)
    weekly: Annotated[str, AfterValidator(_check_weekly)] = "0 8 * * 1"
    deliver: Annotated[tuple[Literal["folder", "mail"], ...], _Words] = ("folder",)


_ONE = r"""[^\s<>@,;:"()\[\]\\]+@[^\s<>@,;:"()\[\]\\]+"""
_MAILBOX = re.compile(rf"""(?P<bare>{_ONE})|(?:[^<>@,;:"()\[\]\\]*|"[^"\\]*")\s*<(?P<named>{_ONE})>""")
"""One address, alone or behind a name; a name with a comma or the like stands in double quotes (RFC 5322, 3.4)."""


def check_address(value: str) -> str:
    """The mailbox as it is written to. Raises ValueError with what is wrong, which goes on after its name."""
    if len(re.findall(_ONE, value)) > 1 and not _MAILBOX.fullmatch(value.strip()):
        raise ValueError('holds several addresses; write one an entry: ["one@example.org", "two@example.org"]')
    found = _MAILBOX.fullmatch(value.strip())
    if found is None or any(not letter.isprintable() for letter in value):
        raise ValueError("is no mail address; write name@example.org or Name <name@example.org>")
    if not (found["bare"] or found["named"]).isascii():
        raise ValueError("has letters beyond ASCII in the address itself; only the name before it may have them")
    return value.strip()


_Address = Annotated[str, AfterValidator(check_address)]


class Mail(Section):
    """The server that sends mail; `to` gets the final digests. `security`: `tls` is from the start of a connection."""

    prefix = f"{ENVIRONMENT}MAIL_"

    host: str = ""
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: SecretStr | None = None
    sender: Literal[""] | _Address = ""
    to: Annotated[tuple[_Address, ...], _Words] = ()


def _check_hook(value: SecretStr | None) -> SecretStr | None:
    """An address that says more than it should goes nowhere in the clear; the error does not repeat it."""
    parts = urlsplit(value.get_secret_value() if value else "")
    if value and not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)):
        raise ValueError("must begin with https:// (http:// only for this machine)")
    return value


_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_Hook = Annotated[SecretStr | None, AfterValidator(_check_hook)]


class Notices(Section):
    """Where people are told that something needs them. `webhook`, `ntfy`: private addresses, which are secrets; `mail`:
    who gets a mail by the server of `[mail]`; `desktop`: a notice on the screen of the machine that runs.
    """

    prefix = f"{ENVIRONMENT}NOTICES_"

    webhook: _Hook = None
    ntfy: _Hook = None
    mail: Annotated[tuple[_Address, ...], _Words] = ()
    desktop: bool = False


SECTIONS: dict[str, type[Section]] = {
    "pullquote": General,
    "database": Database,
    "collect": Collect,
    "retention": Retention,
    "digest": Digests,
    "mail": Mail,
    "notices": Notices,
    "filter": Filter,
}
"""The tables of the file that stand there once, by name."""


class GuildKeys(BaseModel):
    """A community in which editors work with commands. Roles and channels are named by their ids.

    account: serves it; without it the only account that has places. accounts: through which it may ask; without it
    that one. editors_channel: where editors are reminded. log_channel: where it is shown what pullquote and they did.
    leave_a_day: how many people are asked for consent a day. sees_config: its editors see the questions of the config;
    without it where no other community is configured.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    account: str = ""
    accounts: tuple[str, ...] = ()
    editor_role: str = ""
    asker_role: str = ""
    editors_channel: str = ""
    log_channel: str = ""
    digest_channel: str = ""
    leave_a_day: int = Field(default=10, ge=0)
    language: str = ""
    sees_config: bool | None = None


class AccountKeys(BaseModel):
    """The keys that every account has, whatever its platform."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    platform: str
    enabled: bool = True
    collect_every: Duration = Field(default=COLLECT_EVERY, ge=timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class AccountConfig:
    """One login; `settings` is an instance of `platform.settings`.

    implicit: it stands in no file, and only reads public posts of a platform that has no account of its own.
    """

    name: str
    platform: Platform
    settings: Any
    enabled: bool = True
    collect_every: timedelta = COLLECT_EVERY
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that is configured. `folder`: relative paths begin there. `source`: where a key stands."""

    folder: Path
    pullquote: General
    accounts: Mapping[str, AccountConfig]
    questions: Mapping[str, Content]
    database: Database = field(default_factory=Database)
    collect: Collect = field(default_factory=Collect)
    retention: Retention = field(default_factory=Retention)
    digest: Digests = field(default_factory=Digests)
    mail: Mail = field(default_factory=Mail)
    notices: Notices = field(default_factory=Notices)
    filter: Filter = field(default_factory=Filter)
    guilds: Mapping[str, GuildKeys] = field(default_factory=dict)
    source: ConfigFile = field(default_factory=ConfigFile)

    @property
    def state_folder(self) -> Path:
        """Where sessions and secrets are kept."""
        return self.folder / self.pullquote.state

    @property
    def barred_key(self) -> Path:
        """The key of the names of who is barred; without it the database does not say who they are."""
        return self.state_folder / "barred.key"

    @property
    def holders_folder(self) -> Path:
        """Where each process holds a file, by which the others see that it lives."""
        return self.state_folder / "holders"

    @property
    def digest_folder(self) -> Path:
        """Where digests are written."""
        return self.folder / self.digest.folder

    @property
    def weights_folder(self) -> Path | None:
        """The folder of the filter's weights; None for those that ship."""
        return self.folder / self.filter.weights if self.filter.weights else None

    @property
    def digest_formats(self) -> dict[str, tuple[str, ...]]:
        """By edition; an edition that has none is not compiled."""
        found = {"private": self.digest.private, "public": self.digest.public}
        return {edition: formats for edition, formats in found.items() if formats}

    @property
    def mailbox(self) -> Mail | None:
        """What sends digests by mail; None where they are not delivered so."""
        return self.mail if "mail" in self.digest.deliver else None

    @property
    def secrets(self) -> list[str]:
        """All secret values, for redaction."""
        settings = [*(account.settings for account in self.accounts.values()), self.mail, self.notices]
        found = [secret for each in settings for secret in collect_secrets(each)]
        password = urlsplit(self.database.url).password
        return list(dict.fromkeys([*found, password, unquote(password)])) if password else found
