"""The driver's side of the fork server: start a bot, do something meanwhile, learn how it ended."""

import json
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.promises.soak.world import JSON


class Bots:
    """Bots that are made one at a time."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def run(self, job: JSON, meanwhile: Callable[[], None]) -> JSON:
        """Let a bot live, see `tests.promises.soak.forkserver`; `meanwhile` is called again and again until it has ended."""
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        self._process.stdin.flush()
        while not select.select([self._process.stdout], [], [], 0.02)[0]:
            meanwhile()
        return self._read()

    def _read(self) -> JSON:
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the fork server ended; see its words above")
        return json.loads(line)


@contextmanager
def run_bots() -> Iterator[Bots]:
    command = [sys.executable, "-m", "tests.promises.soak.forkserver"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Bots(process)
        finally:
            process.stdin.close()
            process.wait(timeout=30)
