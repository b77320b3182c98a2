import os
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters import registry
from bot.cli import Shell
from bot.cli.init import find_local_zone, init
from bot.config import load_config


def forget_platforms():
    registry._offered.cache_clear()
    registry.load_platform.cache_clear()


@pytest.fixture
def pullquote(tmp_path, monkeypatch):
    """Run `init` in an empty folder, with Diary installed, a platform that needs a password."""
    for name in [name for name in os.environ if name.startswith("PULLQUOTE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(Path(__file__).parent / "diary")
    forget_platforms()

    def run(*options, answers=()):
        return CliRunner().invoke(init, options, obj=Shell(), input="\n".join([*answers, ""]))

    yield run
    forget_platforms()


# the order of the questions: outlet, zone, Bluesky?, Diary?, handle, page, password, nickname, Discord?, X?
ANSWERS = ("The Pull Quote", "Europe/Berlin", "n", "y", "ada", "7", "canary-right", "", "n", "n")
WRONG = (*ANSWERS[:6], "canary-wrong", *ANSWERS[7:])


def test_yes_asks_nothing_and_writes_a_config_that_loads(pullquote):
    done = pullquote("--yes")
    assert done.exit_code == 0, done.output
    assert "wrote config.toml" in done.output
    config = load_config()
    assert config.pullquote.zone == find_local_zone()
    assert all(account.implicit for account in config.accounts.values())


def test_yes_takes_name_and_zone_from_options(pullquote):
    pullquote("--yes", "--name", 'The "Pull" Quote', "--zone", "Europe/Berlin")
    assert load_config().pullquote.name == 'The "Pull" Quote'
    assert load_config().pullquote.zone == "Europe/Berlin"


def test_nothing_is_overwritten(pullquote, tmp_path):
    (tmp_path / "config.toml").write_text("# mine")
    done = pullquote("--yes")
    assert done.exit_code == 1
    assert "stays as it is" in done.output
    assert (tmp_path / "config.toml").read_text() == "# mine"


def test_the_answers_become_config_and_secret_files_and_a_login(pullquote, tmp_path):
    done = pullquote(answers=ANSWERS)
    assert done.exit_code == 0, done.output
    assert "diary: logged in as ada" in done.output
    written = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))
    assert written == {
        "pullquote": {"name": "The Pull Quote", "zone": "Europe/Berlin"},
        "accounts": {
            "diary": {
                "platform": "diary",
                "handle": "ada",
                "page": 7,
                "password": {"file": "state/secrets/diary-password"},
            }
        },
    }


def test_a_secret_is_neither_shown_nor_in_the_config(pullquote, tmp_path):
    done = pullquote(answers=ANSWERS)
    assert "canary" not in done.output
    assert "canary" not in (tmp_path / "config.toml").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")
def test_a_secret_file_is_for_its_owner_alone(pullquote, tmp_path):
    pullquote(answers=ANSWERS)
    file = tmp_path / "state" / "secrets" / "diary-password"
    assert file.read_text() == "canary-right"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_wrong_password_can_be_entered_again(pullquote, tmp_path):
    done = pullquote(answers=[*WRONG, "y", "ada", "7", "canary-right", ""])
    assert done.exit_code == 0, done.output
    assert "the password is wrong" in done.output
    assert (tmp_path / "state" / "secrets" / "diary-password").read_text() == "canary-right"


def test_a_refused_login_leaves_the_config_and_says_what_to_do(pullquote, tmp_path):
    done = pullquote(answers=[*WRONG, "n"])
    assert done.exit_code == 1
    assert "pullquote check --online" in done.output
    assert (tmp_path / "config.toml").exists()


def test_a_zone_that_is_none_is_asked_again(pullquote):
    done = pullquote(answers=[ANSWERS[0], "Berlin", *ANSWERS[1:]])
    assert done.exit_code == 0, done.output
    assert "'Berlin' is no time zone" in done.output


def test_a_zone_option_that_is_none_is_wrong_use(pullquote):
    assert pullquote("--yes", "--zone", "Berlin").exit_code == 2
