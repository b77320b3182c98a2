"""Every word of the face stands in both languages, with the same gaps to fill, and within Discord's limits."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

LIMITS = {
    r"commands\.votes_.*": 100,
    r"commands\..*": 100,
    r"(ask|queue|review|mine|pause)\.(\w*title)": 45,
    r"(ask|review|mine)\.\w*_hint": 100,
    r"ask\.(text|options|wanted|closes|enough|where)": 45,
    r"review\.(aside_reason|choose_words|credit_\w+|used_url|used_title_field)": 45,
    r"queue\.decline_(reason)": 45,
    r"mine\.(edit_text|edit_credit|edit_leave)": 45,
    r"mine\.leave_\w+": 100,
    r"(queue|review|mine)\.(keep|maybe|aside|skip|undo|choose|used|open|edit|pause|resume|back|newer|older)": 80,
    r"forget\.(yes|no)": 80,
}
"""Characters, by Discord's documentation of commands and components."""


def load(language: str) -> dict[str, str]:
    text = files("bot.words").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(flatten(tomllib.loads(text)["face"]))


def flatten(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def test_both_languages_say_everything_with_the_same_gaps():
    english, german = load("en"), load("de")
    assert english.keys() == german.keys()
    gaps = {key: [sorted(set(re.findall(r"\{\w+\}", text))) for text in (english[key], german[key])] for key in english}
    assert {key: both for key, both in gaps.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("language", ["en", "de"])
def test_labels_keep_discords_limits(language):
    said = load(language)
    filled = {key: text.format_map(Names()) for key, text in said.items()}
    too_long = {
        key: (len(text), limit)
        for pattern, limit in LIMITS.items()
        for key, text in filled.items()
        if re.fullmatch(pattern, key) and len(text) > limit
    }
    assert too_long == {}


class Names(dict[str, str]):
    """An outlet's name of usual length in every gap."""

    def __missing__(self, key: str) -> str:
        return "The Example Review"
