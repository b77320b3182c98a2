"""Start and drive a sandbox network in another process, from a test."""

import json
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from adapters.sandbox.service import JSON


class SandboxProcess:
    """A network that outlives the bots that are killed; it ends with this object or with this process.

    url: for the settings of accounts. log: the file of visible changes.
    """

    def __init__(self, log: Path, name: str = "sandbox") -> None:
        self.log = log
        self._command = [sys.executable, "-m", "adapters.sandbox.serve", "--log", str(log), "--name", name]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603 (our own module)
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the sandbox did not start: {' '.join(self._command)}")
        self.url: str = json.loads(line)["url"]
        self._connection = HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._process.communicate()

    def act(self, name: str, **arguments: object) -> JSON:
        """Let people do something, as in `adapters.sandbox.acts`; moments are ISO 8601."""
        return self._call("POST", f"/act/{name}", arguments)

    def behave(self, **conduct: object) -> None:
        """Change `Conduct` by its fields; `failures` is a list of dicts, `find_lag` in seconds."""
        self._call("POST", "/conduct", conduct)

    def calls(self) -> list[str]:
        """The operations that were asked for, in order."""
        calls: list[str] = self._call("GET", "/calls", {})["calls"]
        return calls

    def changes(self) -> list[JSON]:
        """What was visible, in order: the lines of the log."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def _call(self, method: str, path: str, arguments: JSON) -> JSON:
        self._connection.request(method, path, json.dumps(arguments), {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        body: dict[str, Any] = json.loads(response.read())
        if response.status != 200:
            raise RuntimeError(f"the sandbox refused {path}: {body['message']}")
        return body
