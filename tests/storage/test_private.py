"""Files and folders for their owner alone; what older versions left open is closed when pullquote starts."""

import os
import stat

import pytest

from storage.private import close_folder, close_to_others, make_file, make_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no modes")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_and_those_above_it_are_private_and_one_that_is_there_is_left(tmp_path):
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b")
    assert [mode(each) for each in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")] == [0o755, 0o700, 0o700]
    make_folder(tmp_path)
    assert mode(tmp_path) == 0o755


def test_a_new_file_is_private_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        make_file(tmp_path / "a")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == 0o600


def test_a_folder_is_closed_with_all_that_is_in_it_and_no_link_is_followed(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.write_text("mine")
    outside.chmod(0o644)
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "file").write_text("words")
    (folder / "link").symlink_to(outside)
    for path in (folder, folder / "deep"):
        path.chmod(0o755)
    (folder / "deep" / "file").chmod(0o644)
    assert close_folder(folder) == 3
    assert [mode(folder), mode(folder / "deep"), mode(folder / "deep" / "file")] == [0o700, 0o700, 0o600]
    assert mode(outside) == 0o644
    assert close_folder(folder) == 0
    assert close_folder(tmp_path / "none") == 0
    assert not close_to_others(tmp_path / "none")


async def test_what_was_open_is_closed_at_the_start(open_bot):
    bot = await open_bot()
    digests, state = bot.folder / "digests", bot.folder / "state"
    for folder in (digests, state / "square"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "old").write_text("words")
    opened = [digests, digests / "old", state, state / "square", state / "square" / "old"]
    opened += list(bot.folder.glob("pullquote.db*"))
    for path in opened:
        path.chmod(0o755 if path.is_dir() else 0o644)
    await bot.restart()
    assert [path.name for path in opened if path.exists() and mode(path) & 0o077] == []
