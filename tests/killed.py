"""Bots that are killed: a process that starts one for each job, and the database that it leaves."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


@contextmanager
def open_bots(module):
    """Run one of `module` a job: it is given the job's keys, and what it says is the answer."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def run_bot(**job):
            print(json.dumps(job), file=process.stdin, flush=True)
            return json.loads(process.stdout.readline())

        yield run_bot
        process.stdin.close()


def read(database, query):
    """Rows of a file of SQLite that nobody has open."""
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(query).fetchall()
