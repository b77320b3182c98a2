"""A journalist's clock: from a link at 14:00 to the line for the editor at 17:52, with no shell but `pullquote open`.

Every click and every key is counted; what is typed or pasted in one go counts as one, and so does one stroke of the mouse
over a passage. The moments in the names are those of the story: a process has no clock that a test can set.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.adapters.bluesky.conftest import devnet
from tests.bot.cli.conftest import CONFIG, square
from tests.bot.web.conftest import OpenedPage, run_open

__all__ = ["devnet", "square"]  # fixtures

MOST_ACTS = 25
MOST_ACTS_TO_THE_FIRST_QUOTE = 4

ASKED = "What did you stop doing, and what happened?"
SAID = {
    "ada": "We dropped AMP last March because nobody used it. Traffic stayed flat, revenue rose 12%.",
    "grace": "I stopped disavowing links in 2019 after a test on 40 sites; nothing moved at all.",
    "alan": "Guest posts. We stopped in 2021 because nobody read them, and saved two days a month.",
    "kim": "Great question!",
}
WRONG = "I stopped disavowing links in 2019 after a test on 50 sites; nothing moved at all"

BLUESKY = """
[accounts.reader]
platform = "bluesky"
service = "{pds}"
appview = "{appview}"
directory = "{plc}"
"""

SETTLED = "body:not(:has(.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added))"
PLACE_OF_WORDS = """([within, words]) => {
    const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
    const nodes = []; while (walker.nextNode()) nodes.push(walker.currentNode);
    const find = (at) => { for (const node of nodes) { if (at <= node.length) return [node, at]; at -= node.length; } };
    const start = nodes.map(node => node.data).join('').indexOf(words);
    const range = document.createRange();
    range.setStart(...find(start)); range.setEnd(...find(start + words.length));
    const [first, last] = [range.getClientRects()[0], [...range.getClientRects()].at(-1)];
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
}"""


@dataclass
class Journalist:
    """Somebody at the page, whose acts are counted."""

    tab: object
    acts: int = 0

    async def paste(self, text):
        """What was copied elsewhere; the field that has the focus takes it."""
        await self.tab.evaluate("text => navigator.clipboard.writeText(text)", text)
        await self.press("Control+V")

    async def press(self, key):
        self.acts += 1
        await self.tab.keyboard.press(key)

    async def click(self, what):
        self.acts += 1
        await self.tab.click(what)

    async def select(self, words):
        """One stroke of the mouse over words of the answer."""
        self.acts += 1
        left, top, right, bottom = await self.tab.evaluate(PLACE_OF_WORDS, ["#one [data-choose]", words])
        await self.tab.mouse.move(left + 1, top)
        await self.tab.mouse.down()
        await self.tab.mouse.move(right - 1, bottom, steps=4)
        await self.tab.mouse.up()

    async def see(self, what):
        """A person sees it later than htmx has made its buttons work."""
        await self.tab.wait_for_selector(what)
        await self.tab.wait_for_selector(SETTLED)

    async def read_clipboard(self):
        return await self.tab.evaluate("navigator.clipboard.readText()")


async def work_an_afternoon(tab, link, names):
    """The whole way; gives the acts, how many of them led to the first quote, and what was copied."""
    writer = Journalist(tab)
    # 14:00
    await writer.paste(link)
    await writer.press("Enter")
    await writer.see("ol.answers li >> nth=2")
    await writer.see("#one [data-choose]")
    # 14:04: the answer that is shown is the best so far
    first = await find_shown(tab)
    await writer.select(SAID[first].partition(".")[0])
    await writer.click("text=Quote it as a public post")  # nobody told its author: that is the writer's to say
    await writer.see("#basket blockquote")
    acts_to_first = writer.acts
    # the others that are worth reading
    for who in sorted({"ada", "grace", "alan"} - {first}):
        await writer.click(f"ol.answers a:has-text('{SAID[who][:20]}')")
        await writer.see(f"#one:has-text('{SAID[who][:20]}')")
        await writer.press("Shift+K")
        await writer.see("#one [aria-pressed]")
        await writer.click("text=Quote it as a public post")
        await writer.see(f"#basket blockquote:has-text('{SAID[who][:20]}')")
    await writer.click("#basket >> text=Copy all")
    await writer.see("#told >> text=Copied")
    quotes = await writer.read_clipboard()
    # 17:50: the article is written elsewhere, with a slip in it
    await writer.click("nav >> text=Check")
    await tab.wait_for_url("**/check")
    await writer.see("#text:focus")
    await writer.paste(
        f"“We dropped AMP last March because nobody used it,” said {names['ada']}.\n\n“{WRONG},” said {names['grace']}."
    )
    await writer.see("mark.green")
    await writer.see("mark.red")
    await writer.click("text=Take the author's words")
    await writer.see("mark >> text=40 sites")
    # 17:52
    await writer.click("text=Copy for the editor")
    await writer.see("text=Copied")
    return writer.acts, acts_to_first, quotes, await writer.read_clipboard()


async def find_shown(tab):
    shown = await tab.inner_text("#one [data-choose]")
    return next(who for who, said in SAID.items() if shown.startswith(said[:20]))


@contextmanager
def opened_in(folder, config):
    (folder / "config.toml").write_text(config)
    with run_open(folder) as (_, entrance):
        yield OpenedPage(entrance.partition("/enter")[0], entrance, None, None)


def check_afternoon(acts, acts_to_first, quotes, line):
    assert acts_to_first <= MOST_ACTS_TO_THE_FIRST_QUOTE
    assert acts <= MOST_ACTS
    for who in ("ada", "grace", "alan"):
        assert SAID[who].partition(".")[0] in quotes
    assert SAID["kim"] not in quotes
    assert line.startswith("2 quotations match, all still up at ")


async def test_an_afternoon_on_the_sandbox(tmp_path, square, open_browser):
    names = {"ada": "Ada Lovelace", "grace": "Grace Hopper", "alan": "Alan Turing"}
    for who, name in names.items():
        square.network.join(who, name)
    asked = square.post("editor", ASKED)
    for who, text in SAID.items():
        square.reply(who, text, to=asked.id)
    with opened_in(tmp_path, CONFIG.format(url=square.url)) as opened:
        tab = await open_browser(opened)
        check_afternoon(*await work_an_afternoon(tab, asked.link, names))
        assert tab.problems == []


@pytest.mark.bluesky
async def test_an_afternoon_on_bluesky(tmp_path, devnet, open_browser):
    people = {who: devnet.add_person(who) for who in ("editor", *SAID)}
    asked = people["editor"].post(ASKED)
    for who, text in SAID.items():
        people[who].reply(asked, text)
    devnet.settle()
    names = {who: person.handle for who, person in people.items()}
    with opened_in(tmp_path, BLUESKY.format(pds=devnet.pds, appview=devnet.appview, plc=devnet.plc)) as opened:
        tab = await open_browser(opened)
        check_afternoon(*await work_an_afternoon(tab, asked.link, names))
        assert tab.problems == []
