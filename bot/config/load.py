"""From files and environment to a `Config`, with all problems reported at once."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from adapters.contract.platform import Platform
from adapters.registry import UnknownPlatform, installed, load_platform
from bot.config.file import ConfigError, ConfigFile, KeyPath, read_config_file, suggest
from bot.config.filtering import Filter
from bot.config.schedules import check_accounts, warn_of_traps
from bot.config.secrets import HOW, is_secret, names_command, read_secret
from bot.config.section import ENVIRONMENT, Section
from bot.config.sections import (
    SECTIONS,
    AccountConfig,
    AccountKeys,
    Collect,
    Config,
    Database,
    Digests,
    General,
    GuildKeys,
    Mail,
    Notices,
    Retention,
)
from bot.questions.content import SLUG, Content, parse_duration

DEFAULT_FILE = Path("config.toml")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
NAMED = ("accounts", "questions", "guilds")  # tables of tables, by name
GUILD_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

S = TypeVar("S", bound=Section)
M = TypeVar("M", bound=BaseModel)


def load_config(path: Path | None = None) -> Config:
    """Read `path`, or `config.toml` of this folder; without that, the defaults hold.

    Raises ConfigError with everything that is wrong.
    """
    path = path or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    file = read_config_file(path) if path else ConfigFile()
    config = _read(file, (path.parent if path else Path()).resolve())
    if file.problems:
        raise ConfigError(file.problems)
    return config


def _read(file: ConfigFile, folder: Path) -> Config:
    for key in file.data.keys() - SECTIONS.keys() - set(NAMED):
        file.report_unknown((key,), (*SECTIONS, *NAMED))
    _note_variables(file)
    warn_of_traps(file)
    general = _read_section(file, "pullquote", General)
    accounts = _read_accounts(file, folder)
    digest, mail = _read_section(file, "digest", Digests), _read_secretive(file, folder, "mail", Mail)
    notices = _read_secretive(file, folder, "notices", Notices)
    if "mail" in digest.deliver or notices.mail or (mail.host and mail.sender):  # the last sends read-backs
        _check_mail(file, mail, ("host", "sender", "to") if "mail" in digest.deliver else ("host", "sender"))
    return Config(
        folder=folder,
        pullquote=general,
        database=_read_database(file, folder),
        collect=_read_section(file, "collect", Collect),
        retention=_read_section(file, "retention", Retention),
        digest=digest,
        accounts=accounts | {each.name: each for each in _offer_reading(accounts)},
        questions=_read_questions(file, general),
        mail=mail,
        notices=notices,
        filter=_read_section(file, "filter", Filter),
        guilds=_read_guilds(file, general, accounts, digest),
        source=file,
    )


# ---------------------------------------------------------------- sections


def _note_variables(file: ConfigFile) -> None:
    """Remember which keys the environment sets, and warn of a variable that is nearly one of them."""
    known = {section.variable(key): (name, key) for name, section in SECTIONS.items() for key in section.model_fields}
    for variable in sorted(os.environ):
        if variable in known:
            file.variables[known[variable]] = variable
        elif variable.startswith(ENVIRONMENT) and (near := get_close_matches(variable, known, n=1, cutoff=0.9)):
            message, remedy = "unknown variable of the environment, ignored", f"did you mean {near[0]}?"
            file.variables[variable,] = variable
            file.warnings.append(file.locate((variable,), message, remedy))


def _read_section(file: ConfigFile, name: str, section: type[S], values: Mapping[str, Any] | None = None) -> S:
    """The section; where a key of it is wrong, with the others, so that one mistake is told once."""
    given = file.read_table((name,)) if values is None else values
    try:
        return section(**given)
    except ValidationError as error:
        file.report_validation((name,), error, section.model_fields)
        wrong = {str(found["loc"][0]) for found in error.errors(include_input=False) if found["loc"]}
    with suppress(ValidationError):
        return section(**{key: value for key, value in given.items() if key not in wrong})
    return section.model_construct()


def _read_database(file: ConfigFile, folder: Path) -> Database:
    key = ("database", "url")
    values = dict(file.read_table(("database",)))
    url = values.get("url")
    if isinstance(url, dict):
        values["url"] = read_secret(url, key, file, folder).get_secret_value()
    elif isinstance(url, str) and urlsplit(url).password:
        file.report(key, "the database's password must not stand in this file", HOW)
    return _read_section(file, "database", Database, values)


def _read_secretive(file: ConfigFile, folder: Path, name: str, section: type[S]) -> S:
    """A table some of whose keys are secrets."""
    values = dict(file.read_table((name,)))
    for key, field in section.model_fields.items():
        if key in values and is_secret(field):
            values[key] = read_secret(values[key], (name, key), file, folder)
    return _read_section(file, name, section, values)


def _check_mail(file: ConfigFile, mail: Mail, needed: tuple[str, ...]) -> None:
    """What delivery by mail needs."""
    for key in needed:
        if not getattr(mail, key):
            file.report(("mail", key), "is missing", 'write it, or in [digest] deliver = ["folder"]')
    if bool(mail.user) != bool(mail.password):
        file.report(("mail", "user"), "user and password belong together", "write both or neither")
    if mail.user and mail.security == "none" and mail.host not in LOOPBACK:
        message = "the password would cross the network in the clear"
        file.report(("mail", "security"), message, 'write "starttls" or "tls"')


# ---------------------------------------------------------------- accounts


def _read_accounts(file: ConfigFile, folder: Path) -> dict[str, AccountConfig]:
    read = (_read_account(file, name, folder) for name in file.read_table(("accounts",)))
    return {account.name: account for account in read if account}


def _offer_reading(accounts: Mapping[str, AccountConfig]) -> Iterator[AccountConfig]:
    """For each platform without an account, one that only reads, where the platform allows that."""
    served = {account.platform.name for account in accounts.values()}
    for name in installed():
        if name not in served and name not in accounts and load_platform(name).reads_without_account:
            platform = load_platform(name)
            yield AccountConfig(name, platform, platform.settings(), implicit=True)


def _read_account(file: ConfigFile, name: str, folder: Path) -> AccountConfig | None:
    key = ("accounts", name)
    values = file.read_table(key)
    if not SLUG.fullmatch(name):
        file.report(key, "is no name for an account", "use small letters, digits and hyphens")
    keys = _validate(file, key, AccountKeys, {key: value for key, value in values.items() if key in _COMMON}, _COMMON)
    platform = _find_platform(file, (*key, "platform"), keys.platform) if keys else None
    if keys is None or platform is None:
        return None
    own = {key: value for key, value in values.items() if key not in _COMMON}
    settings = _read_settings(file, key, platform, own, folder)
    return AccountConfig(name, platform, settings, keys.enabled, keys.collect_every) if settings else None


_COMMON = AccountKeys.model_fields.keys()


def _find_platform(file: ConfigFile, key: KeyPath, name: str) -> Platform | None:
    try:
        return load_platform(name)
    except UnknownPlatform:
        file.report(key, f"no platform {name!r} is installed", suggest(name, installed()))
    return None


def _read_settings(
    file: ConfigFile, key: KeyPath, platform: Platform, values: dict[str, Any], folder: Path
) -> BaseModel | None:
    """The platform's own keys, with secrets resolved and durations read."""
    for name, field in platform.settings.model_fields.items():
        if name not in values:
            continue
        if f"{name}_command" in platform.settings.model_fields and names_command(values[name]):
            values[f"{name}_command"] = values.pop(name)["command"]
        elif is_secret(field):
            values[name] = read_secret(values[name], (*key, name), file, folder)
        elif timedelta in (field.annotation, *get_args(field.annotation)):
            values[name] = _read_duration(file, (*key, name), values[name], field.default)
    return _validate(file, key, platform.settings, values, {*platform.settings.model_fields, *_COMMON})


def _read_duration(file: ConfigFile, key: KeyPath, value: object, default: object) -> object:
    try:
        return parse_duration(value)
    except ValueError as error:
        file.report(key, str(error))
    return default


def _validate(file: ConfigFile, key: KeyPath, model: type[M], values: Any, known: Any) -> M | None:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        file.report_validation(key, error, known)
    return None


# ---------------------------------------------------------------- communities


def _read_guilds(
    file: ConfigFile, general: General, accounts: Mapping[str, AccountConfig], digest: Digests
) -> dict[str, GuildKeys]:
    table = file.read_table(("guilds",))
    read = {id_: _read_guild(file, id_, general, accounts, alone=len(table) == 1) for id_ in table}
    for id_, guild in read.items():
        if guild and guild.digest_channel and not digest.public:
            message = "only the edition to share is put into a channel, and there is none"
            file.report(("guilds", id_, "digest_channel"), message, 'write [digest] public = ["html"]')
    return {id_: guild for id_, guild in read.items() if guild}


def _read_guild(
    file: ConfigFile, id_: str, general: General, accounts: Mapping[str, AccountConfig], *, alone: bool
) -> GuildKeys | None:
    """With everything filled in that follows from the rest of the config."""
    key = ("guilds", id_)
    if not GUILD_ID.fullmatch(id_):
        file.report(key, "is no id of a community", "write the number that Copy Server ID gives, in quotes or not")
    guild = _validate(file, key, GuildKeys, file.read_table(key), GuildKeys.model_fields)
    if guild is None:
        return None
    account = guild.account or _find_only_place(file, key, accounts)
    for name in (account, *guild.accounts):
        if name and name not in accounts:
            file.report((*key, "accounts"), f"there is no account {name!r}", suggest(name, accounts))
    if account in accounts and not accounts[account].enabled:
        message = f"its account {account!r} is not enabled: nobody is served there"
        file.warnings.append(file.locate(key, message, "write enabled = true, or leave the community out"))
    return guild.model_copy(
        update={
            "account": account,
            "accounts": guild.accounts or (account,),
            "language": guild.language or general.language,
            "sees_config": alone if guild.sees_config is None else guild.sees_config,
        }
    )


def _find_only_place(file: ConfigFile, key: KeyPath, accounts: Mapping[str, AccountConfig]) -> str:
    having = [name for name, each in accounts.items() if each.platform.capabilities_with(each.settings).needs_place]
    if len(having) != 1:
        file.report(
            key, "it is not said which account serves it", f"write account = one of {', '.join(having) or 'none'}"
        )
        return ""
    return having[0]


# ---------------------------------------------------------------- questions


def _read_questions(file: ConfigFile, general: General) -> dict[str, Content]:
    read = {slug: _read_question(file, slug, general) for slug in file.read_table(("questions",))}
    return {slug: content for slug, content in read.items() if content}


def _read_question(file: ConfigFile, slug: str, general: General) -> Content | None:
    key = ("questions", slug)
    values = file.read_table(key)
    if not SLUG.fullmatch(slug):
        file.report(key, "is no name for a question", "use small letters, digits and hyphens, at most 64")
    check_accounts(file, key, values)
    defaults = {"zone": general.zone, "language": general.language, "outlet": general.name}
    content = _validate(file, key, Content, defaults | values, Content.model_fields)
    if content and not content.outlet and not content.hide_outlet:
        remedy = 'write [pullquote] name = "…", the outlet that quotes'
        file.report(key, "the notice under it cannot say where replies may be quoted", remedy)
    return content
