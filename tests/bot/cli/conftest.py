"""A folder with a config, a network that another "process" serves, and the commands as a person types them."""

import copy
import shutil
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.sandbox.network import SandboxNetwork
from adapters.sandbox.serve import Server
from adapters.sandbox.service import SandboxService
from bot.cli.main import main

CONFIG = """
[pullquote]
name = "The Pull Quote"
zone = "Europe/Berlin"
[accounts.square]
platform = "sandbox"
handle = "pullquote"
url = "{url}"
"""
ANSWER = "We dropped AMP last March because nobody used it. Traffic stayed flat, revenue rose 12%."


@dataclass
class Square:
    """The network and its people."""

    url: str
    service: SandboxService
    said: list[str] = field(default_factory=list)

    @property
    def network(self):
        return self.service.network

    def reply(self, who, text, to="sandbox-1"):
        return self.network.post(who, text, datetime.now(UTC), parent=to)  # noqa: TID251

    def post(self, who, text):
        return self.network.post(who, text, datetime.now(UTC) - timedelta(minutes=1))  # noqa: TID251

    def standing(self):
        return [post.text for post in self.network.posts.values() if not post.deleted]


@pytest.fixture
def square():
    service = SandboxService(SandboxNetwork("sandbox"))
    with Server(0, service) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield Square(f"http://127.0.0.1:{server.server_port}", service)
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Shown:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def all(self):
        return self.out + self.err


@dataclass
class Pullquote:
    """Types commands."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def configure(self, text):
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def __call__(self, *arguments):
        self.capture.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        shown = self.capture.readouterr()
        return Shown(int(stopped.value.code or 0), shown.out, shown.err)

    def done(self, *arguments):
        """The output of a command that must succeed."""
        shown = self(*arguments)
        assert shown.code == 0, shown.all
        return shown.out


@pytest.fixture
def empty_folder(tmp_path, monkeypatch, capsys, upgraded_sqlite):
    """Nothing but a database of the newest version."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    shutil.copy(upgraded_sqlite, tmp_path / "pullquote.db")
    return Pullquote(tmp_path, capsys)


@pytest.fixture
def pullquote(empty_folder, square):
    """With one account that posts on the square."""
    empty_folder.configure(CONFIG.format(url=square.url))
    return empty_folder


@pytest.fixture(scope="session")
def once():
    """By name: what a fixture of this folder made the first time, to be copied from then on."""
    return {}


@pytest.fixture
def asked(pullquote, square, once, tmp_path_factory):
    """A question that is out, with three answers collected."""
    if "asked" not in once:
        pullquote.done("ask", "What did you stop doing?", "--slug", "stopped", "--yes")
        square.reply("ada", ANSWER)
        square.reply("grace", "+1")
        square.reply("alan", "Great question!")
        pullquote.done("collect")
        folder = tmp_path_factory.mktemp("asked") / "asked"
        shutil.copytree(pullquote.folder, folder)
        once["asked"] = folder, copy.deepcopy(square.network)
        return pullquote
    folder, network = once["asked"]
    shutil.copytree(folder, pullquote.folder, dirs_exist_ok=True)
    pullquote.configure(CONFIG.format(url=square.url))
    square.service.network = copy.deepcopy(network)
    return pullquote
