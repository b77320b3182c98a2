import os
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters import registry
from bot.cli import Shell
from bot.cli.init import find_local_zone, init
from bot.config import load_config
from bot.desk import DeskError
from bot.desk.operating.logins import read_key


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


# the order of the questions: outlet, zone, Bluesky?, Diary?, handle, page, password, nickname, Discord?, Mail?, X?
ANSWERS = ("The Pull Quote", "Europe/Berlin", "n", "y", "ada", "7", "canary-right", "", "n", "n", "n")
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


# ---------------------------------------------------------------- mistakes while typing


def test_a_handle_is_checked_when_it_is_typed_and_the_prompt_says_app_password(pullquote):
    done = pullquote(answers=("Mine", "Europe/Berlin", "y", "not a handle", "name.bsky.social"))
    assert "handle must be a handle such as name.bsky.social, or a DID" in done.output
    assert "an app password" in done.output


@pytest.mark.parametrize(
    ("platform", "key", "wrong", "right"),
    [
        ("bluesky", "handle", "name", "@Name.bsky.social"),
        ("x", "handle", "name.bsky.social", "@pullquote"),
        ("discord", "token", "abcdef", "abc.def.ghi"),
    ],
)
def test_each_network_knows_the_form_of_its_keys(platform, key, wrong, right):
    with pytest.raises(DeskError, match=f"{key} (must|is)"):
        read_key(registry.load_platform(platform), key, wrong)
    assert read_key(registry.load_platform(platform), key, right)


# ---------------------------------------------------------------- once more

# outlet, zone, Diary again?, then its keys, and whether there is to be one more on Bluesky, Diary, Discord, X
AGAIN = ("The Other Quote", "", "y", "ada", "7", "canary-right", "", "n", "n", "n", "n", "n")


def test_init_again_mends_what_it_wrote_and_keeps_comments_and_other_keys(pullquote, tmp_path):
    config = tmp_path / "config.toml"
    pullquote(answers=ANSWERS)
    (tmp_path / "state" / "secrets" / "diary-password").write_text("canary-wrong")
    config.write_text(
        config.read_text(encoding="utf-8").replace("page = 7", "page = 7  # mine")
        + "\n# a word of my own\n[questions.first]\ntext = 'Why?'  # because\n"
    )
    done = pullquote(answers=AGAIN)
    assert done.exit_code == 0, done.output
    assert "diary: logged in as ada" in done.output
    written = config.read_text(encoding="utf-8")
    assert "# a word of my own" in written
    assert "text = 'Why?'  # because" in written
    assert load_config().pullquote.name == "The Other Quote"
    assert load_config().pullquote.zone == "Europe/Berlin"
    assert (tmp_path / "state" / "secrets" / "diary-password").read_text().strip() == "canary-right"


def test_init_again_with_nothing_to_change_writes_nothing(pullquote, tmp_path):
    pullquote(answers=ANSWERS)
    before = (tmp_path / "config.toml").read_bytes()
    done = pullquote(answers=("", "", "n", "n", "n", "n", "n", "n", "y"))
    assert done.exit_code == 0, done.output
    assert "diary: logged in as ada" in done.output
    assert (tmp_path / "config.toml").read_bytes() == before


def test_init_again_adds_a_second_account_beside_the_first(pullquote, tmp_path):
    pullquote(answers=ANSWERS)
    done = pullquote(answers=("", "", "n", "n", "y", "eve", "9", "canary-right", "", "n", "n", "n"))
    assert done.exit_code == 0, done.output
    accounts = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))["accounts"]
    assert {name: keys["handle"] for name, keys in accounts.items()} == {"diary": "ada", "diary-2": "eve"}
