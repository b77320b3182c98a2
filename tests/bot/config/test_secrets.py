import os

import pytest

from bot.config import load_config
from storage.private import write_private

ACCOUNT = """
    [accounts.ada]
    platform = "bluesky"
    handle = "ada.test"
    password = {password}
"""
posix_only = pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")


def test_a_secret_comes_from_the_environment(write, monkeypatch):
    monkeypatch.setenv("ADA_PASSWORD", "canary\n")
    config = load_config(write(ACCOUNT.format(password='{ env = "ADA_PASSWORD" }')))
    assert config.accounts["ada"].settings.password.get_secret_value() == "canary"
    assert config.secrets == ["canary"]


def test_a_secret_comes_from_a_file_beside_the_config(write, tmp_path):
    write_private(tmp_path / "state" / "ada", "canary\n")
    config = load_config(write(ACCOUNT.format(password='{ file = "state/ada" }')))
    assert config.accounts["ada"].settings.password.get_secret_value() == "canary"
    assert config.source.warnings == []


def test_a_secret_in_the_file_is_refused_and_never_repeated(refuse):
    (told,) = refuse(ACCOUNT.format(password='"canary"'))
    assert (
        told
        == '5: accounts.ada.password: a secret must not stand in this file; write { env = "NAME" } or { file = "PATH" }'
    )


def test_a_missing_variable_is_told_with_what_to_do(refuse):
    (told,) = refuse(ACCOUNT.format(password='{ env = "ADA_PASSWORD" }'))
    assert told.startswith(
        "5: accounts.ada.password: the environment variable ADA_PASSWORD is not set; set it, or name another place"
    )


def test_a_missing_file_is_told_with_what_to_do(refuse):
    (told,) = refuse(ACCOUNT.format(password='{ file = "ada" }'))
    assert told == (
        "5: accounts.ada.password: the secret file FOLDER/ada cannot be read (No such file or directory); "
        "write the secret into it, mode 0600"
    )


def test_an_empty_file_is_told(refuse, tmp_path):
    (tmp_path / "ada").touch()
    (told,) = refuse(ACCOUNT.format(password='{ file = "ada" }'))
    assert "is empty" in told


def test_a_secret_of_another_form_is_told(refuse):
    (told,) = refuse(ACCOUNT.format(password='{ vault = "ada" }'))
    assert told == '5: accounts.ada.password: has vault; write { env = "NAME" } or { file = "PATH" }'


@posix_only
def test_a_secret_file_that_others_can_read_is_warned_of(write, tmp_path):
    (tmp_path / "ada").write_text("canary")
    (tmp_path / "ada").chmod(0o644)
    config = load_config(write(ACCOUNT.format(password='{ file = "ada" }')))
    assert f"chmod 600 {tmp_path / 'ada'}" in str(config.source.warnings[0])


@posix_only
def test_a_private_file_is_for_its_owner_alone_and_replaces_whole(tmp_path):
    path = tmp_path / "state" / "session"
    write_private(path, "one")
    write_private(path, "two")
    assert path.read_text() == "two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["session"]


def test_a_private_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "session"
    write_private(path, "one")
    with pytest.raises(UnicodeEncodeError):
        write_private(path, "\ud800")
    assert path.read_text() == "one"
    assert [each.name for each in tmp_path.iterdir()] == ["session"]


# ---------------------------------------------------------------- the database


def test_a_password_of_the_database_in_the_file_is_refused_and_never_repeated(refuse):
    (told,) = refuse('[database]\nurl = "postgresql://ada:canary@localhost/x"')
    assert told.startswith("2: database.url: the database's password must not stand in this file")
    assert "canary" not in told


@pytest.mark.parametrize("text", ["", '[database]\nurl = { env = "PULLQUOTE_DATABASE_URL" }'])
def test_the_url_of_the_database_comes_from_the_environment(write, monkeypatch, text):
    monkeypatch.setenv("PULLQUOTE_DATABASE_URL", "postgresql://ada:canary@localhost/x")
    config = load_config(write(text))
    assert config.database.url == "postgresql://ada:canary@localhost/x"
    assert config.secrets == ["canary"]
