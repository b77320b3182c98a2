"""The demo replaces what a demo before left, and nothing else."""

import sqlite3
from contextlib import closing

import pytest

from bot.demo.folder import NotTheDemos, remove_last


def make_database(folder, accounts, files):
    database = folder / "pullquote.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE accounts (name, platform)")
        connection.execute("CREATE TABLE questions (id, slug)")
        connection.execute("CREATE TABLE digests (files)")
        connection.executemany("INSERT INTO accounts VALUES (?, ?)", accounts)
        connection.execute("INSERT INTO digests VALUES (json_array(json_object('path', ?, 'format', 'html')))", files)
        connection.commit()
    return database


def test_database_and_digests_of_a_demo_before_go_and_what_else_lies_there_stays(tmp_path):
    digest, own = tmp_path / "digests" / "Week 46 - for you.html", tmp_path / "digests" / "mine.html"
    digest.parent.mkdir()
    digest.write_text("old")
    own.write_text("mine")
    database = make_database(tmp_path, [("square", "sandbox")], [str(digest)])
    remove_last(tmp_path)
    assert not database.exists()
    assert not digest.exists()
    assert own.exists()


def test_a_digest_outside_of_the_folder_is_left_alone(tmp_path):
    folder, outside = tmp_path / "demo", tmp_path / "kept.html"
    folder.mkdir()
    outside.write_text("kept")
    make_database(folder, [("square", "sandbox")], [str(outside)])
    remove_last(folder)
    assert outside.exists()


@pytest.mark.parametrize("accounts", [[("bluesky", "bluesky")], [("square", "sandbox"), ("press", "bluesky")]])
def test_a_database_that_somebody_works_with_is_never_replaced(tmp_path, accounts):
    database = make_database(tmp_path, accounts, ["/nowhere.html"])
    with pytest.raises(NotTheDemos, match="choose another --folder"):
        remove_last(tmp_path)
    assert database.exists()


def test_nor_one_beside_a_config_nor_what_is_no_database(tmp_path):
    database = make_database(tmp_path, [("square", "sandbox")], ["/nowhere.html"])
    (tmp_path / "config.toml").write_text("")
    with pytest.raises(NotTheDemos):
        remove_last(tmp_path)
    (tmp_path / "config.toml").unlink()
    database.write_bytes(b"a letter to a friend")
    with pytest.raises(NotTheDemos):
        remove_last(tmp_path)
    assert database.exists()


def test_where_nothing_is_nothing_is_removed(tmp_path):
    remove_last(tmp_path)
    remove_last(tmp_path / "new")
