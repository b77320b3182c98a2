"""Reading a TOML file so that each problem is reported with its line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import ValidationError

from bot.words.faults import explain_fault

KeyPath: TypeAlias = tuple[str, ...]

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_PATH = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*\[\[?\s*({_PATH})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*({_PATH})\s*=")
_LONG_QUOTES = re.compile(r"\"\"\"|'''")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (line 0: nowhere in particular), what, and what to do."""

    file: str
    line: int
    key: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f"{self.key}: " if self.key else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{place}: {key}{self.message}{remedy}"


class ConfigError(Exception):
    """The configuration cannot be used. `problems` holds all that is wrong, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(slots=True)
class ConfigFile:
    """A parsed file (or none: `path` is None), the line of each key, and what was found wrong so far.

    variables: keys whose value comes from a variable of the environment, and its name.
    """

    path: Path | None = None
    data: dict[str, Any] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    variables: dict[KeyPath, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What a message calls this file."""
        return str(self.path) if self.path else "defaults"

    def locate(self, key: KeyPath, message: str, remedy: str = "") -> Problem:
        """A problem at the line of `key`, or of the nearest table around it, or in the environment."""
        if key in self.variables:
            return Problem("environment", 0, self.variables[key], message, remedy)
        around = (key[:length] for length in range(len(key), 0, -1))
        line = next((self.lines[prefix] for prefix in around if prefix in self.lines), 0)
        return Problem(self.name, line, ".".join(key), message, remedy)

    def report(self, key: KeyPath, message: str, remedy: str = "") -> None:
        """Add a problem."""
        self.problems.append(self.locate(key, message, remedy))

    def report_unknown(self, key: KeyPath, known: Iterable[str]) -> None:
        """Add the problem that the last name of `key` is none of the known ones."""
        self.report(key, "unknown key", suggest(key[-1], known))

    def report_validation(self, prefix: KeyPath, error: ValidationError, known: Iterable[str]) -> None:
        """Add what pydantic found in the table `prefix`. Values are never repeated: they may be secret."""
        for found in error.errors(include_url=False, include_context=False, include_input=False):
            names = tuple(name for name in found["loc"] if isinstance(name, str))
            if found["type"] == "extra_forbidden":
                self.report_unknown(prefix + names, known)
            else:
                self.report(prefix + names, explain_fault(found))

    def read_table(self, key: KeyPath) -> dict[str, Any]:
        """The table at `key`, empty where there is none; anything else there is a problem."""
        value: Any = self.data
        for name in key:
            value = value.get(name, {})
        if isinstance(value, dict):
            return value
        self.report(key, f"is not a table; write [{'.'.join(key)}]")
        return {}


def suggest(name: str, known: Iterable[str]) -> str:
    """`did you mean 'zone'?`, or what there is where nothing is near."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    return f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names) or 'none'}"


def read_config_file(path: Path) -> ConfigFile:
    """Parse `path`. Raises ConfigError where it cannot be read or is no TOML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError([Problem(str(path), 0, "", "there is no such file", "`pullquote init` makes one")]) from None
    except OSError as error:
        raise ConfigError([Problem(str(path), 0, "", f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        raise ConfigError(
            [Problem(str(path), 0, "", f"is not UTF-8 at byte {error.start}", "save it as UTF-8")]
        ) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_describe_broken(path, text, error)]) from None
    return ConfigFile(path, data, find_lines(text))


def _describe_broken(path: Path, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    message = str(error)
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    return Problem(str(path), line, "", f"is not TOML: {_PLACE.sub('', message)}", "mend this line")


def find_lines(text: str) -> dict[KeyPath, int]:
    """The line where each table and key of a TOML text begins; keys within `{ }` stand at their table's line."""
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    within = ""  # the quotes of a text that goes on over lines
    for number, line in enumerate(text.split("\n"), 1):
        if not within:
            key = table
            if header := _HEADER.match(line):
                key = table = _split(header[1])
            elif assignment := _ASSIGNMENT.match(line):
                key = table + _split(assignment[1])
            for length in range(1, len(key) + 1):
                lines.setdefault(key[:length], number)
        for quotes in _LONG_QUOTES.findall(line):
            within = "" if within == quotes else within or quotes
    return lines


def _split(path: str) -> KeyPath:
    return tuple(name.strip("\"'") for name in re.findall(_KEY, path))
