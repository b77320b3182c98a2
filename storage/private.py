"""Files and folders that only their owner can read. On Windows, which has no modes, they are as their folder says."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
_HAS_MODES = os.name == "posix"


def make_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner alone; one that is there stays as it is."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=FOLDER, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file for its owner alone, unless it is there. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE))


def close_to_others(path: Path) -> bool:
    """Take from everybody but the owner what they may do with a file or folder; answers whether that was anything.

    What is somebody else's, a link, or gone stays as it is.
    """
    if not _HAS_MODES:
        return False
    with suppress(OSError):
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or found.st_uid != os.getuid():
            return False
        if stat.S_IMODE(found.st_mode) & 0o077:
            path.chmod(stat.S_IMODE(found.st_mode) & 0o700)
            return True
    return False


def close_folder(folder: Path) -> int:
    """The same of a folder and all that is in it; answers how many were open to others."""
    if not folder.is_dir():
        return 0
    return sum(map(close_to_others, [folder, *folder.rglob("*")]))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read: durable and whole before it takes the name."""
    make_folder(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600 from its first moment
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
