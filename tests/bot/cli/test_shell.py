"""What somebody types who does not know the commands yet: help, completion, a schema for their editor, and mistakes."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

from bot.cli.main import COMMANDS

ROOT = Path(__file__).parents[3]
BASH = shutil.which("bash")


def test_the_version_has_a_short_option(pullquote):
    assert pullquote.done("-V") == pullquote.done("--version")


def test_help_is_a_command_too(pullquote):
    assert pullquote.done("help") == pullquote.done("--help")
    assert pullquote.done("help", "replies") == pullquote.done("replies", "--help")
    assert pullquote.done("help", "config", "schema") == pullquote.done("config", "schema", "--help")


def test_help_for_what_is_no_command_says_what_is_near(pullquote):
    shown = pullquote("help", "repleis")
    assert shown.code == 2
    assert "replies" in shown.err


# ---------------------------------------------------------------- completion


def complete(folder, line):
    """What a real bash offers behind `line`, by the script that pullquote prints for it."""
    command = Path(sys.executable).with_name("pullquote")
    typed = line.split(" ")
    words = " ".join(f'"{word}"' for word in typed)
    script = f"""
        PATH={command.parent}:$PATH
        eval "$(_PULLQUOTE_COMPLETE=bash_source pullquote)"
        COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}
        _pullquote_completion pullquote
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run([BASH, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
def test_a_real_bash_completes_commands_options_and_questions(asked):
    every = [name for section in COMMANDS.values() for name in section]
    assert complete(asked.folder, "pullquote re") == [name for name in every if name.startswith("re")]
    assert complete(asked.folder, "pullquote replies --ques") == ["--question"]
    assert complete(asked.folder, "pullquote replies --question st") == ["stopped"]
    assert complete(asked.folder, "pullquote digest s") == ["stopped"]
    assert complete(asked.folder, "pullquote consent 1 gr")[0].startswith("gr")


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
def test_where_nothing_can_be_read_nothing_is_completed(tmp_path):
    (tmp_path / "config.toml").write_text("this is no [toml")
    (tmp_path / "pullquote.db").write_bytes(b"no database")
    assert complete(tmp_path, "pullquote digest s") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell, tmp_path):
    command = Path(sys.executable).with_name("pullquote")
    done = subprocess.run(
        [command], env={"_PULLQUOTE_COMPLETE": f"{shell}_source", "PATH": "/usr/bin:/bin"}, cwd=tmp_path,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"_PULLQUOTE_COMPLETE={shell}_complete" in done.stdout


# ---------------------------------------------------------------- schema


@pytest.fixture
def schema(pullquote):
    return jsonschema.Draft7Validator(json.loads(pullquote.done("config", "schema")))


def find_faults(schema, text):
    data = json.loads(json.dumps(tomllib.loads(text), default=str))
    return [".".join(map(str, fault.absolute_path)) for fault in schema.iter_errors(data)]


def uncomment(text):
    """The example with every key that it shows."""
    return re.sub(r"^#(?=[a-z\[])", "", text, flags=re.MULTILINE)


def test_the_example_is_valid_and_an_unknown_key_a_wrong_type_and_a_bare_secret_are_not(schema):
    example = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    assert find_faults(schema, example) == []
    assert find_faults(schema, uncomment(example)) == []
    assert find_faults(schema, "[pullquote]\nzoen = 'UTC'") == ["pullquote"]
    assert find_faults(schema, "[questions.a]\ntext = 'x'\noptions = 'Yes'") == ["questions.a.options"]
    assert find_faults(schema, "[accounts.a]\nplatform = 'bluesky'\npassword = 'abcd'") == ["accounts.a"]


def test_the_schema_says_what_a_table_and_its_keys_mean(schema):
    tables = schema.schema["properties"]
    assert all(tables[name]["description"] for name in tables)
    assert tables["pullquote"]["properties"]["name"]["description"].startswith("the outlet")
