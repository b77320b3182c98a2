"""A sandbox network over HTTP, in a process of its own: `python -m adapters.sandbox.serve --log FILE`.

It prints one JSON line with its URL when it is ready, and ends when its standard input does. `POST /OPERATION` is
the API of the adapter (`adapters.sandbox.service`), `POST /act/NAME` an act of the people (`adapters.sandbox.acts`),
`POST /conduct` changes how it behaves, `GET /calls` lists the operations that were asked for. Each visible change
is a line of JSON in FILE before the call that made it is answered: the evidence when a bot was killed.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TextIO

from adapters.sandbox.acts import act
from adapters.sandbox.conduct import Conduct, Failure, NoAnswer, StatusRefusal
from adapters.sandbox.network import NoSuchPost, Refused, SandboxEvent, SandboxNetwork
from adapters.sandbox.service import JSON, SandboxService


def write_line(file: TextIO, event: SandboxEvent) -> None:
    """One visible change, handed to the operating system before this returns."""
    line = asdict(event) | {"at": event.at.isoformat()}
    file.write(json.dumps(line) + "\n")
    file.flush()


def read_conduct(fields: JSON, present: Conduct) -> Conduct:
    """The present conduct with these fields changed; `failures` replaces them, `find_lag` is in seconds."""
    changes = dict(fields)
    if "find_lag" in changes:
        changes["find_lag"] = timedelta(seconds=changes["find_lag"])
    if "failures" in changes:
        changes["failures"] = [read_failure(failure) for failure in changes["failures"]]
    return replace(present, **changes)


def read_failure(fields: JSON) -> Failure:
    """A `Failure` from its fields."""
    retry_at = datetime.fromisoformat(fields["retry_at"]) if fields.get("retry_at") else None
    return Failure(**fields | {"retry_at": retry_at})


class Exchange(BaseHTTPRequestHandler):
    """One connection. Calls are answered one at a time, so that the log has an order."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: "Server"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionAbortedError("the caller was killed before it had said everything")
        arguments: JSON = json.loads(body)
        self._answer(lambda: self._do(self.path.strip("/"), arguments))

    def do_GET(self) -> None:
        self._answer(lambda: {"calls": self.server.service.conduct.calls})

    def _do(self, path: str, arguments: JSON) -> JSON:
        service = self.server.service
        if path.startswith("act/"):
            return act(service.network, path.removeprefix("act/"), arguments)
        if path == "conduct":
            service.conduct = read_conduct(arguments, service.conduct)
            return {}
        return service.answer(path, arguments)

    def _answer(self, work: Callable[[], JSON]) -> None:
        try:
            with self.server.turn:
                status, body = 200, work()
        except NoAnswer:
            self.close_connection = True
            return
        except StatusRefusal as refusal:
            retry_at = refusal.retry_at.isoformat() if refusal.retry_at else None
            status, body = refusal.status, {"message": refusal.message, "retry_at": retry_at}
        except (NoSuchPost, Refused) as error:
            status, body = 422, {"message": str(error)}
        if not self.path.startswith("/act/"):
            time.sleep(self.server.service.conduct.slow)
        self._send(status, json.dumps(body).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the library's)
        """The log of changes says more than one of requests."""


class Server(ThreadingHTTPServer):
    """Answers for one service on loopback."""

    daemon_threads = True

    def __init__(self, port: int, service: SandboxService) -> None:
        super().__init__(("127.0.0.1", port), Exchange)
        self.service = service
        self.turn = threading.Lock()

    def handle_error(self, request: object, client_address: object) -> None:
        """A bot that is killed in the middle of a call is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m adapters.sandbox.serve", description="A sandbox over HTTP.")
    parser.add_argument("--log", type=Path, required=True, help="file to which each visible change is appended")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; a free one by default")
    parser.add_argument("--name", default="sandbox", help="the beginning of every id")
    options = parser.parse_args()
    with options.log.open("a", encoding="utf-8") as file:
        service = SandboxService(SandboxNetwork(options.name, lambda event: write_line(file, event)))
        with Server(options.port, service) as server:
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}"}), flush=True)  # noqa: T201
            sys.stdin.read()
            server.shutdown()


if __name__ == "__main__":
    main()
