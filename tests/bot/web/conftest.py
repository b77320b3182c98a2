"""The page over a real socket, with the real store and sandbox networks; in a browser where a test asks for one.

`open_page(bot)` serves the page of a pullquote in the loop of the test; `opened_page` is that of `bot`, with a client that
was let in. `browser_page` is a page of Playwright's that stands on it; `open_process` runs `pullquote open` in a folder.
"""

import asyncio
import re
import signal
import subprocess
import sys
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.web.server import WebPage, make_page
from tests.bot.digest.browser.chromium import AXE, require
from tests.running import ANSWERS

TRY_FOR = 60.0
"""Seconds."""


@dataclass
class OpenedPage:
    """A page that is served. address: of its first screen; entrance: the address with the token, good once.

    client: sends the cookie and the origin, as the browser does.
    """

    address: str
    entrance: str
    page: WebPage
    client: httpx.AsyncClient

    @property
    def cookies(self) -> dict[str, str]:
        return dict(self.client.cookies)

    async def get(self, path: str, **given) -> httpx.Response:
        return await self.client.get(path, **given)

    async def post(self, path: str, **fields) -> httpx.Response:
        """What htmx sends; `files` are files."""
        files = fields.pop("files", None)
        return await self.client.post(path, data=fields, files=files, headers={"hx-request": "true"})


@pytest.fixture
async def open_page():
    """Serve the page of a pullquote until the test ends."""
    async with AsyncExitStack() as stack:

        async def open_page(bot, *, enters: bool = True, **given) -> OpenedPage:
            page = make_page(bot.context, by="ed", **given)
            address = page.address.partition("/enter")[0]
            stopped = asyncio.Event()
            serving = asyncio.create_task(page.serve(stopped))

            async def stop() -> None:
                stopped.set()
                await serving

            stack.push_async_callback(stop)
            client = httpx.AsyncClient(base_url=address, headers={"origin": address}, timeout=TRY_FOR)
            await stack.enter_async_context(client)
            opened = OpenedPage(address, page.address, page, client)
            if enters:
                assert (await client.get(opened.entrance)).status_code == 200
            return opened

        yield open_page


@pytest.fixture
async def opened_page(bot, open_page):
    """The page of `bot`, and a client that was let in."""
    return await open_page(bot)


# ---------------------------------------------------------------- as a process


@contextmanager
def run_open(folder: Path, *arguments: str):
    """`pullquote open` in a folder; gives the process and the address it printed."""
    command = [sys.executable, "-m", "bot", "open", "--no-browser", *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline()
            assert re.match(r"http://127\.0\.0\.1:\d+/enter\?token=\S+$", line), line + process.stderr.read()
            yield process, line.strip()
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=TRY_FOR)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


# ---------------------------------------------------------------- in a browser


@pytest.fixture
async def open_browser():
    """Open a page in Chromium; sizes and schemes as `browser.new_context` of Playwright takes them."""
    async_api = pytest.importorskip("playwright.async_api")
    import shutil

    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    async with async_api.async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=require(found, "Chromium"), args=["--no-sandbox"])

        async def open_browser(opened: OpenedPage, *, width=1280, height=900, **given):
            context = await browser.new_context(
                viewport={"width": width, "height": height}, **{"locale": "en-GB"} | given
            )
            await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=opened.address)
            tab = await context.new_page()
            tab.set_default_timeout(15_000)
            tab.problems = []  # what the console and the policy complain of, and requests to elsewhere
            tab.on(
                "console", lambda told: tab.problems.append(told.text) if told.type in ("error", "warning") else None
            )
            tab.on("pageerror", lambda error: tab.problems.append(str(error)))
            tab.on(
                "request",
                lambda asked: None if asked.url.startswith(opened.address) else tab.problems.append(asked.url),
            )
            await tab.goto(opened.entrance)
            await tab.wait_for_url(lambda url: "/enter" not in url)
            return tab

        yield open_browser
        await browser.close()


@pytest.fixture
async def answered(bot):
    """Three answers to `habits`, judged."""
    await bot.tick()
    for who in ANSWERS:
        bot.reply(who)
    await bot.tick(minutes=6)
    return bot


@pytest.fixture
async def browser_page(bot, open_page, open_browser):
    """The page of `bot` at 1280 in Chromium, on its first screen."""
    return await open_browser(await open_page(bot, enters=False))


@pytest.fixture(scope="session")
def axe():
    return Path(require(AXE, "axe-core (npm ci in tests/bot/digest/browser)")).read_text(encoding="utf-8")


@pytest.fixture
def find_barriers(axe):
    """What axe-core finds on a tab that keeps anybody from using it."""

    async def find_barriers(tab) -> list:
        await tab.evaluate(f"(() => {{ {axe}; }})()") if not await tab.evaluate("'axe' in window") else None
        found = await tab.evaluate("axe.run().then(done => done.violations)")
        return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]

    return find_barriers
