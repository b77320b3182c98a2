"""A config that is changed by pullquote stays its owner's: comments, order and all other keys."""

import os
import tomllib

import pytest

from bot.config import ConfigError
from bot.config.editing import edit_config

MINE = """\
# my own file
[pullquote]
name = "The Courier"  # as it stands in print
zone = "Europe/Berlin"

# the account of the desk
[accounts.desk]
platform = "bluesky"
handle = "desk.example"

[questions.first]
text = \"\"\"
[accounts.desk]
is no table here\"\"\"
"""


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_a_new_table_stands_at_the_end_and_nothing_else_changes(mine):
    edit_config(mine, {("accounts", "second"): {"platform": "x", "password": {"file": "state/secrets/second"}}})
    text = mine.read_text(encoding="utf-8")
    assert text.startswith(MINE)
    assert tomllib.loads(text)["accounts"]["second"] == {"platform": "x", "password": {"file": "state/secrets/second"}}


def test_a_key_is_replaced_where_it_stands_with_its_comment(mine):
    edit_config(mine, {("pullquote",): {"name": 'The "Post" # 1'}})
    assert mine.read_text(encoding="utf-8") == MINE.replace('"The Courier"', '"The \\"Post\\" # 1"')


def test_a_key_is_added_behind_the_last_one_of_its_table(mine):
    edit_config(mine, {("accounts", "desk"): {"enabled": True}})
    assert 'handle = "desk.example"\nenabled = true\n\n[questions.first]' in mine.read_text(encoding="utf-8")


def test_a_file_that_is_not_there_begins_as_it_is_told(tmp_path):
    edit_config(tmp_path / "new" / "config.toml", {("pullquote",): {"zone": "UTC"}}, begin="# made by me\n")
    assert (tmp_path / "new" / "config.toml").read_text() == '# made by me\n\n[pullquote]\nzone = "UTC"\n'


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_and_the_mark_of_the_encoding_stay(tmp_path, end):
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + f'[pullquote]{end}name = "a"{end}'.encode())
    edit_config(path, {("pullquote",): {"name": "ä", "zone": "UTC"}})
    assert path.read_bytes() == b"\xef\xbb\xbf" + f'[pullquote]{end}name = "ä"{end}zone = "UTC"{end}'.encode()


@pytest.mark.parametrize(
    "written",
    [
        'accounts = { desk = { platform = "x" } }\n',  # a table within one line
        'accounts.desk.platform = "x"\n',
        '[accounts]\ndesk.platform = "x"\n',
        "[accounts.desk]\nhandle = '''\na\n'''\n",  # a value over lines
        "[accounts",  # no TOML at all
    ],
)
def test_what_cannot_be_told_apart_is_left_alone_and_said(tmp_path, written):
    path = tmp_path / "config.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"write this into it:\n\[accounts.desk\]"):
        edit_config(path, {("accounts", "desk"): {"handle": "new.example"}})
    assert path.read_text(encoding="utf-8") == written
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]


@pytest.mark.skipif(os.name != "posix", reason="modes and links of files are POSIX")
def test_the_mode_and_a_link_stay(mine, tmp_path):
    mine.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(mine)
    edit_config(link, {("pullquote",): {"zone": "UTC"}})
    assert link.is_symlink()
    assert mine.stat().st_mode & 0o777 == 0o640
    assert tomllib.loads(mine.read_text(encoding="utf-8"))["pullquote"]["zone"] == "UTC"


def test_a_key_that_is_taken_out_is_gone_and_nothing_else_changes(mine):
    edit_config(mine, {("pullquote",): {"zone": None}, ("notices",): {"webhook": None}})
    assert mine.read_text(encoding="utf-8") == MINE.replace('zone = "Europe/Berlin"\n', "")
