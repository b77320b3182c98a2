"""A throwaway PostgreSQL server, reached through a socket in its own folder, and a database for each test."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url

VARIABLE = "PULLQUOTE_TEST_POSTGRESQL"
"""Names a server that runs already, as the URL of a database on it from which others may be made."""

_numbers = count(1)


class NotInstalled(Exception):
    """There is no PostgreSQL on this machine."""


@dataclass(frozen=True)
class Server:
    """A running server; `url` names a database on it that is only used to make others."""

    url: URL

    def make_database(self, template: URL | None = None) -> URL:
        """A new database, empty or a copy of `template`."""
        name = f"pullquote_{os.getpid()}_{next(_numbers)}"
        self._execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template.database}" if template else ""))
        return self.url.set(database=name)

    def drop_database(self, url: URL) -> None:
        """Remove a database, whoever is still connected."""
        self._execute(f"DROP DATABASE {url.database} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        import psycopg

        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def run_server() -> Iterator[Server]:
    """The server that VARIABLE names, or one of our own that ends with the context. Raises NotInstalled."""
    named = os.environ.get(VARIABLE)
    if named:
        yield Server(make_url(named))
        return
    programs = _find_programs()
    folder = Path(tempfile.mkdtemp(prefix="pullquote-pg-", dir="/tmp" if Path("/tmp").is_dir() else None))
    user = find_user()
    if user:
        os.chown(folder, user["user"], user["group"])
    try:
        yield from _run(programs, folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(programs: Path, folder: Path, user: dict[str, Any]) -> Iterator[Server]:
    data, quiet = folder / "data", {"stdout": subprocess.DEVNULL, "cwd": folder} | user
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "pullquote", "--auth=trust", "--encoding=UTF8", "--no-sync"],
        check=True,
        **quiet,
    )
    # no port is opened; a throwaway needs no durability
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=200"
    control = [programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w"]
    subprocess.run([*control, "-o", options, "start"], check=True, **quiet)
    try:
        query = {"host": str(folder)}
        yield Server(URL.create("postgresql", username="pullquote", database="postgres", query=query))
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, **quiet)


def _find_programs() -> Path:
    """The folder of initdb: Debian keeps it off the PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NotInstalled(f"no initdb on the PATH or in /usr/lib/postgresql; install PostgreSQL or set {VARIABLE}")
    return found[-1].parent


def find_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then as somebody who may do nothing."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
