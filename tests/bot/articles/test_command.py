"""`pullquote check-draft` as another process sees it."""

import json
import os
import shutil
import subprocess
import sys
from functools import partial

import pytest

CONFIG = """
[pullquote]
name = "The Example Review"
zone = "Europe/Berlin"
[accounts.square]
platform = "sandbox"
[questions.habits]
text = "What did you stop doing?"
accounts = ["square"]
at = "2099-01-05T09:00"
"""
SAID = {"id": "1", "author": "Ada Lovelace", "handle": "ada", "text": "We dropped AMP because nobody used it."}


def pullquote(folder, *arguments, given=""):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PULLQUOTE_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        input=given,
        env=kept | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A folder where one reply was imported with leave."""
    folder = tmp_path_factory.mktemp("imported")
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "replies.jsonl").write_text(json.dumps(SAID), encoding="utf-8")
    done = pullquote(folder, "import", "habits", "replies.jsonl", "--consent", "yes, quote me")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def run(imported, tmp_path):
    """Run a command in a copy of it."""
    shutil.copytree(imported, tmp_path, dirs_exist_ok=True)
    return partial(pullquote, tmp_path)


def test_a_draft_is_checked_from_a_file_and_from_standard_input(run, tmp_path):
    draft = "“We dropped AMP because nobody used it,” said Ada Lovelace."
    (tmp_path / "draft.md").write_text(draft, encoding="utf-8")
    for done in (run("check-draft", "draft.md"), run("check-draft", given=draft), run("check-draft", "-", given=draft)):
        assert done.returncode == 0, done.stderr
        assert "Ada Lovelace (@ada)" in done.stdout
        assert done.stdout.splitlines()[-2].startswith("This proves words, not persons")
        assert done.stdout.splitlines()[-1].startswith("1 quotation matches, as stored at ")


def test_a_quotation_that_fails_is_the_exit_code(run):
    draft = "“We kept AMP because nobody used it,” said Ada Lovelace."
    done = run("check-draft", "--json", given=draft)
    assert done.returncode == 1
    (quotation,) = json.loads(done.stdout)["quotations"]
    assert quotation["problems"] == ["other_words"]
    assert quotation["said_by"] == {"name": "Ada Lovelace", "handle": "ada"}


def test_a_file_that_cannot_be_read_is_told_without_a_traceback(run, tmp_path):
    (tmp_path / "draft.pdf").write_bytes(b"%PDF-1.7")
    done = run("check-draft", "draft.pdf")
    assert done.returncode == 1
    assert "draft.pdf: this kind of file is not read" in done.stderr
    assert run("check-draft", "missing.md").returncode == 2


def test_a_draft_that_is_no_utf_8_is_read_with_a_word_about_it(run, tmp_path):
    (tmp_path / "draft.html").write_bytes(
        '<meta charset="windows-1252"><p>“We dropped AMP because nobody used it,” said Ada Lovelace.</p>'.encode(
            "cp1252"
        )
    )
    done = run("check-draft", "draft.html")
    assert done.returncode == 0, done.stderr
    assert "draft.html: it is no UTF-8; read as Windows-1252" in done.stdout
    (remark,) = json.loads(run("check-draft", "--json", "draft.html").stdout)["remarks"]
    assert "Windows-1252" in remark
