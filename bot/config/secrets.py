"""Secrets: read from the environment or from files of their own, never from config.toml."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from types import NoneType
from typing import Any, get_args

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.config.file import ConfigFile, KeyPath

HOW = 'write { env = "NAME" } or { file = "PATH" }'
UNREAD = SecretStr("")  # so that the rest of the table can still be checked
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def is_secret(field: FieldInfo) -> bool:
    """Whether a setting is a secret (`SecretStr`, or that and None)."""
    return set(get_args(field.annotation) or (field.annotation,)) - {NoneType} == {SecretStr}


def names_command(value: object) -> bool:
    """Whether it is `{ command = … }`: a program that gives the secret when it is needed, for what has such a key."""
    return isinstance(value, Mapping) and set(value) == {"command"}


def read_secret(value: object, key: KeyPath, file: ConfigFile, folder: Path) -> SecretStr:
    """The secret that `{ env }` or `{ file }` names, without the line end; `UNREAD` where a problem was reported.

    A file's path is relative to `folder`, that of the config file.
    """
    if not isinstance(value, Mapping):
        file.report(key, "a secret must not stand in this file", HOW)
    elif set(value) == {"env"}:
        return _read_variable(str(value["env"]), key, file)
    elif set(value) == {"file"}:
        return _read_file(folder / str(value["file"]), key, file)
    else:
        file.report(key, f"has {' and '.join(sorted(value)) or 'nothing'}", HOW)
    return UNREAD


def _read_variable(name: str, key: KeyPath, file: ConfigFile) -> SecretStr:
    if text := os.environ.get(name, "").strip():
        return SecretStr(text)
    file.report(key, f"the environment variable {name} is not set", "set it, or name another place for the secret")
    return UNREAD


def _read_file(path: Path, key: KeyPath, file: ConfigFile) -> SecretStr:
    try:
        text = path.read_text(encoding="utf-8-sig").strip()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "is not text"
        file.report(key, f"the secret file {path} cannot be read ({reason})", "write the secret into it, mode 0600")
        return UNREAD
    if not text:
        file.report(key, f"the secret file {path} is empty", "write the secret into it")
        return UNREAD
    if os.name == "posix" and mode & OTHERS:
        file.warnings.append(file.locate(key, f"{path} can be read by others", f"chmod 600 {path}"))
    return SecretStr(text)


def collect_secrets(settings: Any) -> list[str]:
    """The values of all secrets among an account's settings, for redaction."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    return [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
