"""One `run` a database file: a lock that the operating system drops with its holder, however that ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from storage.engine import StoreError


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold `path` alone among all processes. Raises StoreError with the file and the holder's process id."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        if not _try_lock(file):
            file.seek(0)
            raise StoreError(
                f"pullquote already runs on this database (process {file.read().strip() or 'unknown'}, lock {path}): "
                "stop it first; every other command works beside it"
            )
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """A locked byte cannot be read on Windows: this one lies beyond the text that names the holder."""

    def _try_lock(file: IO[str]) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
