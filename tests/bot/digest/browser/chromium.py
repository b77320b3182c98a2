"""A headless Chromium on loopback, driven over its DevTools protocol."""

import asyncio
import itertools
import json
import os
import shutil
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import websockets

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
LONGEST_START = 60
"""Seconds."""


def require(path, what):
    """`path`, or skip the test; where continuous integration installs it, its absence is a failure."""
    if path is None or not Path(path).exists():
        assert not os.environ.get("CI"), f"CI installs {what}"
        pytest.skip(f"{what} is not installed")
    return str(path)


class Tab:
    """One page. `requests` are the addresses that it asked for, `dialogs` what scripts of it would have shown."""

    def __init__(self, socket):
        self._socket, self._numbers = socket, itertools.count(1)
        self.requests, self.dialogs, self._loaded = [], [], False

    async def call(self, method, **values):
        number = next(self._numbers)
        await self._socket.send(json.dumps({"id": number, "method": method, "params": values}))
        while True:
            told = await self._read()
            if told.get("id") == number:
                assert "error" not in told, told
                return told["result"]

    async def _read(self):
        told = json.loads(await asyncio.wait_for(self._socket.recv(), 60))
        if told.get("method") == "Network.requestWillBeSent":
            self.requests.append(told["params"]["request"]["url"])
        elif told.get("method") == "Page.javascriptDialogOpening":
            self.dialogs.append(told["params"]["message"])
        self._loaded |= told.get("method") == "Page.loadEventFired"
        return told

    async def open(self, path):
        self._loaded = False
        await self.call("Page.navigate", url=path.as_uri())
        while not self._loaded:
            await self._read()

    async def run(self, script):
        """What `script` answers, waited for."""
        done = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    async def press(self, command):
        """An editing command (`copy`, `paste`), as the keys of a person give it."""
        await self.call("Input.dispatchKeyEvent", type="rawKeyDown", key="c", commands=[command])


@asynccontextmanager
async def open_tab(folder):
    """A Tab of a new browser; its profile is in `folder`."""
    name = next(filter(None, map(shutil.which, NAMES)), None)
    port_file = folder / "DevToolsActivePort"
    command = [
        require(name, "chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
        "--no-first-run", "--disable-background-networking", f"--user-data-dir={folder}", "about:blank",
    ]  # fmt: skip
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    browser = await asyncio.create_subprocess_exec(*command, **silent)
    try:
        port = await _wait_for_port(port_file)
        tabs = await asyncio.to_thread(_list_tabs, port)
        async with websockets.connect(tabs[0]["webSocketDebuggerUrl"], max_size=None) as socket:
            tab = Tab(socket)
            for domain in ("Page", "Network", "Runtime"):
                await tab.call(f"{domain}.enable")
            yield tab
    finally:
        browser.terminate()
        await browser.wait()


async def _wait_for_port(port_file):
    async with asyncio.timeout(LONGEST_START):
        while not (port_file.exists() and port_file.read_text().count("\n")):  # noqa: ASYNC110  # a file tells nobody
            await asyncio.sleep(0.05)
    return int(port_file.read_text().splitlines()[0])


def _list_tabs(port):
    from urllib.request import urlopen

    with urlopen(f"http://127.0.0.1:{port}/json/list", timeout=30) as answer:
        return [tab for tab in json.load(answer) if tab["type"] == "page"]
