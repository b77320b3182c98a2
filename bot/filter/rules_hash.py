"""The hash that binds a verdict to what it came from: the rules, what the installation sets, and the question."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from bot.filter.own.plug_ins import describe_plug_in
from bot.filter.values import FilterSettings, JudgedQuestion

FOLDERS = ("compare", "outlines", "own", "rank", "rules", "style")
DIGITS = 12


def hash_rules() -> str:
    """Return 12 hexadecimal digits over `judging.py`, the folders beside it, and how wishes about quoting are heard.

    No one can forget to count a version up.
    """
    filter_folder = Path(__file__).parent
    heard = filter_folder.parent / "quotes" / "refusals"
    folders = (*(filter_folder / name for name in FOLDERS), heard)
    return _hash_files((filter_folder / "judging.py", *(path for folder in folders for path in _list_files(folder))))


def hash_settings(rules: str, settings: FilterSettings) -> str:
    """The same over what *rules* names and what the installation sets; *rules* itself where it sets nothing."""
    if settings == FilterSettings():
        return rules
    said = asdict(settings) | {"weights": _hash_files(_list_files(settings.weights)) if settings.weights else ""}
    return _hash([rules, said, [describe_plug_in(name) for name in settings.plug_ins]])


def hash_asked(asked: JudgedQuestion) -> str:
    """The same over a question with its options, its language and its decoys."""
    return _hash(asdict(asked))


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:DIGITS]


def _list_files(folder: Path) -> list[Path]:
    return [each for each in sorted(folder.rglob("*")) if each.is_file() and each.suffix != ".pyc"]


def _hash_files(paths: Iterable[Path]) -> str:
    """Whatever ends lines: a checkout on Windows has the same."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:DIGITS]


RULES_HASH: str = hash_rules()
