"""config.example.toml is the reference of all keys."""

import re
import tomllib
from pathlib import Path

import pytest

from adapters.registry import installed, load_platform
from bot.config import load_config
from bot.config.sections import SECTIONS, AccountKeys, GuildKeys
from bot.questions.content import Content, parse_duration

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"


def uncomment(text):
    return re.sub(r"^#(?=[a-z\[])", "", text, flags=re.MULTILINE)


def keys_of(model):
    return {name for name, field in model.model_fields.items() if not field.exclude}


@pytest.fixture
def full():
    return tomllib.loads(uncomment(EXAMPLE.read_text(encoding="utf-8")))


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("BLUESKY_PASSWORD", "canary-password")
    monkeypatch.setenv("MAIL_PASSWORD", "canary-password")
    monkeypatch.setenv("MAILBOX_PASSWORD", "canary-password")
    for name in ("WEBHOOK", "NTFY"):
        monkeypatch.setenv(f"NOTICES_{name}", "https://hooks.example.org/canary-password")
    for name in ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET"):
        monkeypatch.setenv(f"X_{name}", "1-canary-password")
    monkeypatch.setenv("DISCORD_TOKEN", "canary.discord.token")


def test_the_example_loads_as_it_is():
    config = load_config(EXAMPLE)
    assert list(config.questions) == ["remote-work", "tool-of-the-week"]
    assert config.source.warnings == []


def test_the_example_loads_with_every_key_written_out(tmp_path):
    (tmp_path / "config.toml").write_text(uncomment(EXAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
    assert "rehearsal" in load_config(tmp_path / "config.toml").accounts


def test_every_section_and_key_is_documented_and_no_other(full):
    assert full.keys() == SECTIONS.keys() | {"accounts", "questions", "guilds"}
    for name, section in SECTIONS.items():
        assert full[name].keys() == keys_of(section), name


def test_every_key_of_a_question_is_documented_and_no_other(full):
    written = set().union(*full["questions"].values())
    assert written == keys_of(Content)


def test_every_key_of_a_community_is_documented_and_no_other(full):
    (written,) = full["guilds"].values()
    assert written.keys() == keys_of(GuildKeys)
    for key in written.keys() - {"account", "language", "sees_config"}:  # these follow from the rest of the file
        assert written[key] == as_held(GuildKeys.model_fields[key].default), key


def test_every_key_of_every_platform_is_documented_and_no_other(full):
    by_platform = {account["platform"]: account for account in full["accounts"].values()}
    ours = [name for name in installed() if load_platform(name).settings.__module__.startswith("adapters.")]
    assert by_platform.keys() == set(ours)
    common = set().union(*by_platform.values()) & keys_of(AccountKeys)
    assert common == keys_of(AccountKeys)
    for name, account in by_platform.items():
        assert account.keys() - common == keys_of(load_platform(name).settings), name


def as_written(value):
    return parse_duration(value) if isinstance(value, str) and re.fullmatch(r"\d+[smhdw]", value) else value


def as_held(value):
    if isinstance(value, tuple | frozenset):
        return list(value)
    return str(value) if isinstance(value, Path) else value


def test_a_commented_key_shows_its_default(full):
    needed = {"name", "password", "webhook", "ntfy"}  # an example, as none of these has a default
    for name, section in SECTIONS.items():
        for key in keys_of(section) - needed:
            assert as_written(full[name][key]) == as_held(section.model_fields[key].default), f"{name}.{key}"
    for account in full["accounts"].values():
        model = load_platform(account["platform"]).settings
        for key in keys_of(model) & account.keys():
            default = model.model_fields[key].default
            if default is not None and not model.model_fields[key].is_required():
                assert as_written(account[key]) == as_held(default), key
    for question in full["questions"].values():
        for key in ("hide_outlet", "sensitive", "closes_after", "enough", "thread", "zone", "language"):
            if key in question:
                assert as_written(question[key]) == getattr(Content(text="What?"), key), key  # without a deadline
