"""Changing config.toml as a person would: a table or a key is added or replaced, and all else stays, comments too."""

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from bot.config.file import ConfigError, KeyPath, Problem, find_lines

Value: TypeAlias = str | int | bool | Mapping[str, str] | None
"""Of a key; a mapping is where a secret stands, as `{ file = "…" }`, and None takes the key out."""

_HEADER = re.compile(r"\s*\[")


def write_value(value: Value) -> str:
    """As TOML has it; a text in JSON is one of TOML's too, but for one letter."""
    if value is None:
        return "…  # to be taken out"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {write_value(each)}" for key, each in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_table(table: KeyPath, values: Mapping[str, Value]) -> str:
    """A table of its own, behind an empty line."""
    return "\n".join(
        ["", f"[{'.'.join(table)}]", *(f"{key} = {write_value(each)}" for key, each in values.items()), ""]
    )


def edit_config(path: Path, changes: Mapping[KeyPath, Mapping[str, Value]], *, begin: str = "") -> None:
    """Write these keys into the tables of a file; one that is not there begins as `begin`.

    It takes its place whole, or stays as it is. Raises ConfigError with what to write by hand: where the file is not
    written as that can be told from, or cannot be written at all.
    """
    if runs := [key for values in changes.values() for key, value in values.items() if _runs_program(key, value)]:
        raise ConfigError(
            [_ask_by_hand(path, changes, f"{runs[0]} runs a program, which only a person writes into it")]
        )
    before = _read(path)
    text = begin if before is None else before.decode("utf-8-sig")
    edited = text
    for table, values in changes.items():
        edited = _set_keys(edited, table, values)
    if not _holds(edited, text, changes):
        raise ConfigError([_ask_by_hand(path, changes, "is written in a way that pullquote does not change by itself")])
    encoding = "utf-8-sig" if (before or b"").startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        _replace(path, edited.encode(encoding))
    except OSError as error:
        raise ConfigError([_ask_by_hand(path, changes, f"cannot be written ({error.strerror})")]) from None


def _runs_program(key: str, value: Value) -> bool:
    """Whoever can write such a key through a face could run anything as who runs pullquote."""
    return key.endswith("command") or (isinstance(value, Mapping) and "command" in value)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError([Problem(str(path), 0, "", f"cannot be read: {error.strerror}")]) from None


def _set_keys(text: str, table: KeyPath, values: Mapping[str, Value]) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    known = find_lines("\n".join(lines))
    values = {key: value for key, value in values.items() if value is not None or (*table, key) in known}
    if not values:
        return text
    if table not in known:
        begun = text if not text or text.endswith(end) else text + end
        return begun + write_table(table, values).replace("\n", end)
    last = _find_end(lines, known[table])
    for key, value in values.items():
        line = f"{key} = {write_value(value)}"
        if value is None:
            del lines[known[*table, key] - 1]
            last -= 1
            known = find_lines("\n".join(lines))
        elif (*table, key) in known:
            number = known[*table, key] - 1
            lines[number] = line + _find_comment(lines[number])
        else:
            lines.insert(last, line)
            last += 1
            known = find_lines("\n".join(lines))
    return end.join(lines)


def _find_end(lines: list[str], first: int) -> int:
    """The place behind the last key of the table whose header is line `first`."""
    next_header = next((i for i in range(first, len(lines)) if _HEADER.match(lines[i])), len(lines))
    filled = [i for i in range(first, next_header) if lines[i].strip() and not lines[i].lstrip().startswith("#")]
    return filled[-1] + 1 if filled else first


def _find_comment(line: str) -> str:
    """What stands behind the value; "" where nothing does."""
    for found in re.finditer(r"\s*#", line):
        try:
            tomllib.loads(line[: found.start()])
        except tomllib.TOMLDecodeError:
            continue
        return line[found.start() :]
    return ""


def _holds(edited: str, before: str, changes: Mapping[KeyPath, Mapping[str, Value]]) -> bool:
    """Whether it says what it said before, and these keys: nothing else is written."""
    try:
        wanted, found = tomllib.loads(before), tomllib.loads(edited)
        for path, values in changes.items():
            table: dict[str, Any] = wanted
            kept = {key: value for key, value in values.items() if value is not None}
            for name in path:
                table = table.setdefault(name, {}) if kept else table.get(name, {})
            for key in values:
                table.pop(key, None)
            table.update(kept)
    except (tomllib.TOMLDecodeError, AttributeError):
        return False
    return found == wanted


def _ask_by_hand(path: Path, changes: Mapping[KeyPath, Mapping[str, Value]], why: str) -> Problem:
    wanted = "".join(write_table(table, values) for table, values in changes.items())
    return Problem(str(path), 0, "", why, f"write this into it:\n{wanted.strip()}")


def _replace(path: Path, data: bytes) -> None:
    """Durable and whole before it takes the name, with the mode it had; a link leads to what is replaced."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
