"""Logins: an account is tried, then its secrets go into files of their own, and the rest into config.toml."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args

from pydantic import SecretStr, TypeAdapter, ValidationError

from adapters.contract.optional import Advises
from adapters.contract.platform import Platform
from adapters.registry import UnknownPlatform, installed, load_platform
from bot.config import Config, ConfigError, load_config
from bot.config.editing import Value, edit_config
from bot.config.file import KeyPath, read_config_file
from bot.config.load import DEFAULT_FILE
from bot.config.secrets import is_secret
from bot.config.sections import General
from bot.context import Context
from bot.desk.errors import DeskError, refuse
from bot.host.host import AccountHost
from bot.log import keep_out_of_logs
from bot.questions.content import split_account
from bot.words.faults import Fault
from storage.accounts.accounts import record_account, record_identity, revive_account
from storage.private import write_private

HEAD = "# Made by pullquote. Every key is explained in its config.example.toml; `pullquote check` reads it.\n"


@dataclass(frozen=True, slots=True)
class LoginKey:
    """What is to be given for an account. description: of the platform, may be empty."""

    name: str
    is_secret: bool
    is_number: bool
    is_required: bool
    description: str


@dataclass(slots=True)
class Login:
    """What was given for one account: keys for the config, secrets for files. name: in the config."""

    name: str
    platform: Platform
    keys: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """An account that works. advice: what is still to be done on its platform, a sentence each."""

    name: str
    handle: str
    advice: tuple[str, ...] = ()


def list_login_platforms() -> list[Platform]:
    """Those that need a login: a platform without secrets needs none."""
    platforms = map(load_platform, installed())
    return [each for each in platforms if any(is_secret(key) for key in each.settings.model_fields.values())]


def list_login_keys(platform: Platform) -> list[LoginKey]:
    """Each key that has no default of its own."""
    return [
        LoginKey(
            name,
            is_secret(key),
            set(get_args(key.annotation) or (key.annotation,)) - {NoneType} == {int},
            key.is_required(),
            key.description or "",
        )
        for name, key in platform.settings.model_fields.items()
        if key.is_required() or key.default is None
    ]


def read_key(platform: Platform, name: str, text: str) -> Any:
    """What was typed for one key, as the platform would have it; a secret stays as it is.

    Raises DeskError where it has not the form of such a key: `handle must be ...`.
    """
    key = platform.settings.model_fields[name]
    secret = is_secret(key)
    kind: Any = Annotated[key.annotation, *key.metadata] if key.metadata else key.annotation
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    try:
        read = adapter.validate_python(SecretStr(text) if secret else text)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise refuse("bad_keys", why=tuple(Fault(name, each) for each in faults)) from None
    return text if secret else read


def read_login(config: Config, platform: str, given: Mapping[str, str]) -> Login:
    """What was typed as a login; with the handle of an account that there is, it mends that one. Raises DeskError."""
    try:
        found = load_platform(platform)
    except UnknownPlatform as error:
        raise DeskError(str(error)) from None
    login = Login("", found)
    for key in list_login_keys(found):
        text = given.get(key.name, "").strip()
        if text:
            into = login.secrets if key.is_secret else login.keys
            into[key.name] = int(text) if key.is_number and text.isdecimal() else text
    login.name = _choose_name(config, login)
    _make_settings(login)
    return login


def _choose_name(config: Config, login: Login) -> str:
    handle = str(login.keys.get("handle", "")).lower().removeprefix("@")
    own = {name: each for name, each in config.accounts.items() if not each.implicit}
    for name, account in own.items():
        known = str(getattr(account.settings, "handle", "") or "").lower().removeprefix("@")
        if account.platform.name == login.platform.name and handle and known == handle:
            return name
    numbered = [f"{login.platform.name}-{number}" for number in range(2, len(own) + 3)]
    return next(name for name in [login.platform.name, *numbered] if name not in own)


def _make_settings(login: Login) -> Any:
    """As they will be read from the config. Raises DeskError with all that is wrong; no value is repeated."""
    secrets = {name: SecretStr(str(secret)) for name, secret in login.secrets.items()}
    try:
        return login.platform.settings(**login.keys, **secrets)
    except ValidationError as error:
        raise refuse("bad_keys", why=tuple(_list_faults(error))) from None


def _list_faults(error: ValidationError) -> Iterator[Fault]:
    for found in error.errors(include_url=False, include_context=False, include_input=False):
        yield Fault(".".join(str(each) for each in found["loc"]), found)


# ---------------------------------------------------------------- trying


async def add_login(context: Context, login: Login, *, zone: str = "") -> LoggedIn:
    """Log in, and only where that worked write it down and go on with it in this process. zone: where there is no
    config yet.

    Raises DeskError where it cannot be written, and the adapter's errors where the login is refused.
    """
    keep_out_of_logs(map(str, login.secrets.values()))
    async with context.store.write() as session:
        account_id = (await record_account(session, login.name, login.platform.name)).id
    logged_in, remote_id = await _try(context, login, account_id)
    path = find_config_path(context.config)
    try:
        await asyncio.to_thread(write_logins, path, [login], {"zone": zone} if zone and not path.exists() else {})
    except ConfigError as error:
        raise DeskError(str(error)) from None
    async with context.store.write() as session:
        await record_identity(session, account_id, remote_id, logged_in.handle)
        await revive_account(session, account_id)
    await read_config_again(context)
    return logged_in


async def _try(context: Context, login: Login, account_id: int) -> tuple[LoggedIn, str]:
    settings = _make_settings(login)
    host = AccountHost(
        store=context.store,
        account_id=account_id,
        folder=context.config.state_folder / login.name,
        holder=context.holder,
        now=context.now,
        hinted=lambda *_: None,
        tariff=login.platform.tariff_with(settings),
    )
    # an SDK takes seconds to be imported on a small machine, and others go on meanwhile
    adapter = await asyncio.to_thread(login.platform.connect, settings, host)
    async with adapter:
        found = await adapter.identify()
        places = list_places(context.config, login.name)
        advice = await adapter.advise(places) if isinstance(adapter, Advises) else ()
    return LoggedIn(login.name, found.handle, tuple(advice)), found.remote_id


def list_places(config: Config, account: str) -> list[str]:
    """The places of an account that questions and communities of the config name, each once."""
    named = [entry for content in config.questions.values() for entry in content.accounts]
    places = [place for name, place in map(split_account, named) if name == account and place]
    for keys in config.guilds.values():
        if keys.account in ("", account):
            places += [place for place in (keys.editors_channel, keys.log_channel, keys.digest_channel) if place]
    return list(dict.fromkeys(places))


# ---------------------------------------------------------------- writing


def find_config_path(config: Config) -> Path:
    """The file that is read, or the one that is begun."""
    return config.source.path or config.folder / DEFAULT_FILE


def write_logins(path: Path, logins: Sequence[Login], general: Mapping[str, str] | None = None) -> None:
    """Secrets into files that only their owner can read, then accounts and the keys of `[pullquote]` into the config.

    What stands there stays, but for these keys. Raises ConfigError.
    """
    state = _read_state(path)
    changes: dict[KeyPath, dict[str, Value]] = {("pullquote",): dict(general)} if general else {}
    for login in logins:
        keys: dict[str, Value] = {"platform": login.platform.name} | login.keys
        for key, secret in login.secrets.items():
            file = f"{state.as_posix()}/secrets/{login.name}-{key}"
            write_private(path.parent / file, str(secret))
            keys[key] = {"file": file}
        changes["accounts", login.name] = keys
    edit_config(path, changes, begin=HEAD)


def _read_state(path: Path) -> Path:
    """The folder of secrets, also of a config that is wrong elsewhere: a login may be what mends it."""
    table = read_config_file(path).data.get("pullquote", {}) if path.exists() else {}
    named = table.get("state") if isinstance(table, dict) else None
    return General(state=Path(named)).state if isinstance(named, str) else General().state


async def set_outlet(context: Context, name: str, zone: str = "") -> None:
    """The outlet that quotes, as people are told under each question; and the zone, where no config says it yet.

    Raises DeskError.
    """
    if not name.strip():
        raise refuse("no_outlet")
    general = {"name": " ".join(name.split())}
    if zone and context.config.source.path is None:
        general["zone"] = zone
    try:
        await asyncio.to_thread(write_logins, find_config_path(context.config), [], general)
    except ConfigError as error:
        raise DeskError(str(error)) from None
    await read_config_again(context)


async def read_config_again(context: Context) -> None:
    """Go on with the config as it is written now; another process reads it when it starts. Raises DeskError."""
    try:
        config = load_config(find_config_path(context.config))
    except ConfigError as error:
        raise refuse("config_unreadable", why=error) from None
    keep_out_of_logs(config.secrets)
    await context.accounts.reconfigure(config)
