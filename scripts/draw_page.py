"""Draw the pictures of docs/pages: `python scripts/draw_page.py [FOLDER]`, in Chromium, from the folder of a demo.

Without FOLDER the demo is played in a temporary one. One afternoon is worked on the way: an answer is kept, a draft
is checked, a question is written.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pages"
PULLQUOTE = (sys.executable, "-m", "bot")
DRAFT = (
    "“I stopped A/B testing subject lines,” said Rosalind Ache.\n\n"
    "“I write for 1,200 beekeepers, and this needs three posts,” said Ferdi Krol."
)
TABLE = "Name\tAnswer\tMay we quote you?\nHanna Lind\tWe stopped the Friday issue in 2024.\tyes\nOle Berg\tNothing.\tno"


def main() -> None:
    """Play the demo where none is given, and draw."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else temporary) / ""
        if len(sys.argv) < 2:
            subprocess.run([*PULLQUOTE, "demo", "--folder", folder], check=True, stdout=subprocess.DEVNULL)
        with open_page(folder) as address, sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-lcd-text"])
            page = browser.new_page(viewport={"width": 1000, "height": 560}, locale="en-GB")
            page.goto(address)
            page.wait_for_url(lambda url: "/enter" not in url)
            draw_all(page, address.partition("/enter")[0])


@contextmanager
def open_page(folder: Path) -> Iterator[str]:
    """`pullquote open` in a folder; gives the address that lets in."""
    command = [*PULLQUOTE, "open", "--no-browser"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def draw_all(page: Page, base: str) -> None:
    """Every screen in the order of an afternoon."""
    draw(page, "start")
    page.goto(f"{base}/answers")
    page.click("#one [data-key=K]")
    page.wait_for_selector("#basket blockquote")
    page.click("[data-close]")
    draw(page, "answers")
    page.evaluate("document.querySelector('#basket').scrollIntoView()")
    draw(page, "basket")
    page.goto(f"{base}/check")
    page.fill("#text", DRAFT)
    page.click("form.bring button:text-is('Check')")
    page.wait_for_selector("mark.red")
    draw(page, "check")
    page.goto(f"{base}/add")
    page.fill("#text", TABLE)
    page.click("form.bring button")
    page.wait_for_selector("#brought h2")
    draw(page, "add")
    page.goto(f"{base}/ask")
    page.fill("textarea >> nth=0", "Editors: which meeting did you abolish, and did anybody miss it?")
    page.wait_for_selector("article.post")
    draw(page, "ask")
    for name in ("running", "running/people", "running/printed", "history", "login"):
        page.goto(f"{base}/{name}")
        page.wait_for_load_state("networkidle")
        draw(page, name.rpartition("/")[2])
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 760})
    page.goto(f"{base}/answers")
    draw(page, "answers-small-dark")


def draw(page: Page, name: str) -> None:
    """The window as it stands, without what moves."""
    page.wait_for_timeout(400)  # what htmx has asked for is there
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


if __name__ == "__main__":
    main()
