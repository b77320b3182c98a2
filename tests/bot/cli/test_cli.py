"""The frame of the commands, as another process sees it."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import bot.digest
import bot.filter
import bot.quotes
from bot import desk
from bot.cli import adopt, digest
from bot.cli.parts import imported
from bot.config.sections import FormatName
from bot.desk.bringing.cells import Leave
from bot.posts.notices import NoticeState

HEAVY = (
    "pydantic",
    "sqlalchemy",
    "alembic",
    "apscheduler",
    "structlog",
    "jinja2",
    "atproto",
    "discord",
    "tweepy",
    "asyncio",
    "babel",
    "anyascii",
    "markdown_it",
)


def run(*arguments, cwd, given="", **variables):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PULLQUOTE_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        input=given,
        env=kept | {"PYTHONUTF8": "1"} | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_help_imports_nothing_heavy_and_lists_every_command(tmp_path):
    script = f"""
import sys
from bot.cli.main import COMMANDS, main
try:
    main(["--help"])
except SystemExit as stop:
    assert stop.code == 0
heavy = [name for name in {HEAVY} if name in sys.modules]
assert not heavy, heavy
print(*[name for section in COMMANDS.values() for name in section])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    *shown, names = done.stdout.splitlines()
    assert all(any(line.strip().startswith(f"{name} ") for line in shown) for name in names.split())


def test_the_help_of_a_command_loads_no_language(tmp_path):
    script = """
import sys
from bot.cli.main import main
try:
    main(["status", "--help"])
except SystemExit as stop:
    assert stop.code == 0
assert not {"babel", "anyascii", "markdown_it"} & sys.modules.keys()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_help_of_no_command_imports_what_the_command_works_with(tmp_path):
    """An import is never undone, so one process shows it for all of them: the first that imports too much is named."""
    script = """
import sys
from bot.cli.main import COMMANDS, main
for name in [name for section in COMMANDS.values() for name in section]:
    try:
        main([name, "--help"])
    except SystemExit as stop:
        assert stop.code == 0, name
    heavy = {"sqlalchemy", "pydantic", "asyncio", "regex", "structlog", "numpy", "babel"} & sys.modules.keys()
    assert not heavy, f"the help of {name} imports {heavy}"
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_a_command_declares_is_what_the_desk_knows():
    """They are written twice, since the one is known without the other."""
    assert get_args(FormatName) == digest.FORMATS
    assert set(adopt.NOTICES) == set(NoticeState)
    assert set(imported._LEAVE) == set(Leave)


@pytest.mark.parametrize("package", [desk, bot.digest, bot.filter, bot.quotes], ids=lambda package: package.__name__)
def test_a_package_finds_all_that_it_says_it_has(package):
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    typed = {
        (node.module, alias.name)
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        for alias in node.names
    }
    assert typed == {(module, name) for module, names in package._NAMES.items() for name in names}
    assert all(getattr(package, name) for _, name in typed)


def test_no_section_of_the_help_is_without_lines(tmp_path):
    shown = run("--help", cwd=tmp_path).stdout
    assert "Asking:\n  ask" in shown
    assert "Setting up:\n  demo" in shown


def test_an_unknown_command_is_wrong_use_with_the_nearest(tmp_path):
    done = run("chek", cwd=tmp_path)
    assert done.returncode == 2
    assert "Did you mean 'check'?" in done.stderr


def test_an_unknown_option_is_wrong_use(tmp_path):
    assert run("check", "--onlin", cwd=tmp_path).returncode == 2


def test_a_mistake_in_the_config_is_told_without_a_traceback(tmp_path):
    (tmp_path / "config.toml").write_text("[pullquote]\nzonee = 1\n")
    done = run("check", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "config.toml:2: pullquote.zonee: unknown key; did you mean 'zone'?\n"


def test_another_config_is_named_by_option_or_variable(tmp_path):
    (tmp_path / "other.toml").write_text("[pullquote]\nzonee = 1\n")
    assert "other.toml:2:" in run("--config", "other.toml", "check", cwd=tmp_path).stderr
    assert "other.toml:2:" in run("check", cwd=tmp_path, PULLQUOTE_CONFIG="other.toml").stderr


def test_the_version_is_said(tmp_path):
    assert run("--version", cwd=tmp_path).stdout.startswith("pullquote 0.")


def test_there_is_no_colour_in_a_pipe(tmp_path):
    done = run("check", cwd=tmp_path)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.skipif(os.name != "posix", reason="pseudo terminals are POSIX")
@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_there_is_colour_on_a_terminal_unless_refused(tmp_path, variables, coloured):
    import pty

    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "bot", "check"], cwd=tmp_path, env=kept | variables, stdout=theirs, check=True
    )
    assert (b"\x1b[1m" in os.read(ours, 100_000)) is coloured
    os.close(ours)
    os.close(theirs)


# ---------------------------------------------------------------- errors


def told(error):
    script = f"""
import sys
from bot.cli.main import print_error
from bot.cli import Shell
{error}
"""
    return subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False).stderr


@pytest.mark.parametrize(
    ("module", "name"),
    [("storage.engine", "StoreError"), ("bot.desk.errors", "DeskError"), ("adapters.errors", "Rejected")],
)
def test_an_expected_error_is_its_text(module, name):
    assert told(f"from {module} import {name}\nprint_error({name}('locked; stop the other one'), Shell())") == (
        "locked; stop the other one\n"
    )


def test_a_full_disk_is_named():
    assert told(
        "import errno, os\nprint_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), 'digests/x'), Shell())"
    ) == ("digests/x: No space left on device\n")


def test_a_full_disk_is_a_sentence_and_no_mistake_of_ours():
    text = told("import sqlite3\nprint_error(sqlite3.OperationalError('database or disk is full'), Shell())")
    assert "its disk is full or fails: make room" in text
    assert "Traceback" not in text


def test_every_error_of_a_group_is_told():
    text = told(
        "import errno\nprint_error(ExceptionGroup('two', [OSError(5, 'one', 'a'), OSError(5, 'two', 'b')]), Shell())"
    )
    assert text == "a: one\nb: two\n"


def test_a_mistake_of_ours_shows_where_it_is_but_no_secret():
    text = told("print_error(ValueError('canary-password'), Shell(secrets=('canary-password',)))")
    assert "this is a mistake in pullquote" in text
    assert "canary" not in text


# ---------------------------------------------------------------- assess


def line(identity, text):
    return json.dumps({"id": identity, "question_id": "tea", "question": "Which tea, and why?", "text": text})


def test_assess_answers_each_line_in_order(tmp_path):
    done = run("assess", cwd=tmp_path, given=line("ada", "+1") + "\n" + line("grace", "Grüner Tee") + "\n")
    assert done.returncode == 0
    answers = [json.loads(answer) for answer in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["ada", "grace"]
    assert answers[0]["verdict"] == "aside"


def test_assess_reads_a_file_and_tells_a_bad_line(tmp_path):
    (tmp_path / "replies.jsonl").write_text(line("ada", "+1") + "\nnot json\n" + line("grace", "+1"), encoding="utf-8")
    done = run("assess", "replies.jsonl", cwd=tmp_path)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr.startswith("line 2: no JSON")
