"""A login is tried before it is written; its secret is in a file of its own, and the process goes on with it."""

import os
import tomllib
from pathlib import Path

import pytest

from adapters.contract.errors import Unauthorized
from bot.app import open_app
from bot.config import load_config
from bot.desk import DeskError, add_login, read_login, read_status, set_outlet
from storage.accounts.accounts import load_accounts
from storage.private import write_private
from storage.states import AccountState
from tests.running import Clock, InProcess, diary_installed

RIGHT = {"handle": "ada", "page": "7", "password": "canary-right"}
MINE = '# mine\n[pullquote]\nname = "The Courier"  # in print\n'


@pytest.fixture
async def opened(tmp_path, monkeypatch):
    """Pullquote in an empty folder, with Diary installed, a platform that needs a password."""
    with diary_installed(tmp_path, monkeypatch):
        async with open_app(load_config(), now=Clock(), judges=InProcess()) as app:
            yield app


def read(name="config.toml"):
    """A file of this folder, "" where there is none."""
    path = Path(name)
    return path.read_text(encoding="utf-8") if path.exists() else ""


def written():
    return tomllib.loads(read())


async def test_a_login_that_works_is_written_and_used_at_once(opened):
    context = opened.context
    logged_in = await add_login(context, read_login(context.config, "diary", RIGHT))
    assert (logged_in.name, logged_in.handle) == ("diary", "ada")
    assert written()["accounts"]["diary"] == {
        "platform": "diary",
        "handle": "ada",
        "page": 7,
        "password": {"file": "state/secrets/diary-password"},
    }
    assert "diary" in opened.posting
    adapter = await context.accounts.adapter(opened.account_ids["diary"])
    assert adapter.settings.password.get_secret_value() == "canary-right"


async def test_the_secret_is_in_its_file_alone(opened):
    await add_login(opened.context, read_login(opened.context.config, "diary", RIGHT))
    assert read("state/secrets/diary-password") == "canary-right"
    assert "canary" not in read()
    assert os.name != "posix" or os.stat("state/secrets/diary-password").st_mode & 0o777 == 0o600  # noqa: PTH116


async def test_a_login_that_is_refused_writes_nothing(opened):
    with pytest.raises(Unauthorized, match="the password is wrong"):
        await add_login(opened.context, read_login(opened.context.config, "diary", RIGHT | {"password": "canary-no"}))
    assert (read(), read("state/secrets/diary-password")) == ("", "")
    accounts = (await read_status(opened.context, "config")).accounts
    assert [each.name for each in accounts if each.configured] == ["bluesky"]  # which only reads


async def test_a_config_that_is_there_keeps_what_it_says(opened):
    write_private(Path("config.toml"), MINE)
    await add_login(opened.context, read_login(opened.context.config, "diary", RIGHT))
    assert read().startswith(MINE)


async def test_the_same_handle_mends_its_account_and_another_one_is_another(opened):
    context = opened.context
    await add_login(context, read_login(context.config, "diary", RIGHT))
    again = read_login(context.config, "diary", RIGHT | {"handle": "@Ada"})
    other = read_login(context.config, "diary", RIGHT | {"handle": "grace"})
    assert (again.name, other.name) == ("diary", "diary-2")


async def test_an_account_that_waited_for_its_login_works_again(opened):
    context = opened.context
    await add_login(context, read_login(context.config, "diary", RIGHT))
    async with context.store.write() as session:
        (await load_accounts(session))["diary"].state = AccountState.UNAUTHORIZED
    await add_login(context, read_login(context.config, "diary", RIGHT))
    async with context.store.read() as session:
        assert (await load_accounts(session))["diary"].state is AccountState.ACTIVE


@pytest.mark.parametrize(
    ("platform", "given", "message"),
    [
        ("diary", {"handle": "ada", "page": "7"}, "password is missing"),
        ("diary", RIGHT | {"page": "seven"}, "page must be a whole number"),
        ("bluesky", {"handle": "canary@example.org", "password": "canary"}, "must be a handle such as name.bsky"),
        ("nowhere", {}, "no platform 'nowhere' is installed"),
    ],
)
async def test_what_cannot_be_a_login_is_said_and_no_value_repeated(opened, platform, given, message):
    with pytest.raises(DeskError, match=message) as refused:
        read_login(opened.context.config, platform, given)
    assert "canary" not in str(refused.value)


async def test_the_outlet_is_written_when_it_is_needed(opened):
    await set_outlet(opened.context, " The  Courier ", "Europe/Berlin")
    assert written() == {"pullquote": {"name": "The Courier", "zone": "Europe/Berlin"}}
    assert (opened.context.name, opened.context.zone) == ("The Courier", "Europe/Berlin")
    await set_outlet(opened.context, "The Post", "UTC")
    assert written() == {"pullquote": {"name": "The Post", "zone": "Europe/Berlin"}}
    with pytest.raises(DeskError, match="say which outlet"):
        await set_outlet(opened.context, " ")


async def test_a_login_that_was_mended_is_what_is_used_from_then_on(opened):
    context = opened.context
    await add_login(context, read_login(context.config, "diary", RIGHT))
    account_id = opened.account_ids["diary"]
    before = await context.accounts.adapter(account_id)
    await add_login(context, read_login(context.config, "diary", RIGHT | {"page": "8"}))
    assert (await context.accounts.adapter(account_id)).settings.page == 8
    assert before.settings.page == 7
