"""PostgreSQL behind PgBouncer as it is installed: transactions are pooled, and no option is taken at the start."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.commits import Commits
from storage.engine import Store
from storage.upgrade import upgrade
from tests.postgresql import find_user


@pytest.fixture
def pooled(postgresql_server):
    """The URL of a new database, reached through PgBouncer."""
    program = shutil.which("pgbouncer")
    if program is None:
        pytest.skip("pgbouncer is not installed")
    url = postgresql_server.make_database()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="pullquote-pooler-"))
    if user := find_user():  # it refuses to run as root, too
        os.chown(folder, user["user"], user["group"])
    (folder / "users.txt").write_text(f'"{url.username}" ""\n')
    (folder / "pooler.ini").write_text(
        f"[databases]\n* = host={url.query['host']} user={url.username}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = any\nauth_file = {folder}/users.txt\n"
        "pool_mode = transaction\n"
    )
    with subprocess.Popen([program, "-q", folder / "pooler.ini"], stderr=subprocess.DEVNULL, **user) as process:
        try:
            _wait_for(port)
            yield url.set(host="127.0.0.1", port=port, query={})
        finally:
            process.terminate()
    shutil.rmtree(folder, ignore_errors=True)
    postgresql_server.drop_database(url)


def _wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("PgBouncer did not start")


async def test_the_database_is_used_through_pgbouncers_defaults(pooled):
    async with Store(pooled) as store:
        await upgrade(store)
        for _ in range(12):  # more often than psycopg waits before it prepares a statement
            async with store.write() as session:
                assert await session.scalar(text("SELECT 1")) == 1
            async with store.read() as one, store.read() as other:
                assert [await each.scalar(text("SHOW jit")) for each in (one, other)] == ["off", "off"]
        assert store.is_pooled


async def test_behind_a_pooler_that_hands_on_no_notice_it_is_looked_each_time(pooled):
    async with Store(pooled) as store:
        commits = Commits(store)
        assert [await commits.have_come() for _ in range(3)] == [True, True, True]
        await commits.close()
