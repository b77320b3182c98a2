"""Another workspace of the same store: its numbers and slugs in every address and field; no word of it comes through.

The addresses are those of all screens, filled in by what their parameters are called: a new route cannot be forgotten.
"""

import asyncio
import re

import pytest
from sqlalchemy import or_, update

from bot import desk
from storage.models import Author, Base, Question, Revision
from storage.states import VerdictValue
from tests.bot.web.test_attacks import ROUTES
from tests.running import ANSWERS

ELSEWHERE = "guild:g1"
SECRETS = ("AMP", "Traffic stayed", "ada", "secretly", "unfinished", "theirs-slug")

OURS = {"slug": "ours", "reply": 2, "other": 2, "person": 2}
WAYS = {"value": ["keep", "maybe", "aside"], "way": ["up", "down"], "kind": ["md", "html"], "number": ["1"]}
FIELDS = ("question", "reply", "draft", "other", "slug", "person", "act", "held")
"""What forms and queries call what they take of the store."""
WORDS = {
    "words": "nobody used it",
    "text": "We have 12 offices.",
    "author": "Zoe",
    "said_by": "Zoe",
    "name": "Zoe",
    "url": "https://example.org/story",
    "quote": "nobody used it",
    "network": "mail",
}


@pytest.fixture
async def page(open_bot, open_page):
    """Our page; `theirs-slug` belongs to a community: its answer is reply 1 by ada, ours reply 2 by grace."""
    at = {"at": "2026-11-16T08:01"}
    theirs = at | {"text": "What do you secretly do?"}
    bot = await open_bot(questions={"theirs-slug": theirs, "ours": at}, guilds={"g1": {"sees_config": False}})
    await bot.tick(minutes=1)
    posts = {post.text: post for post in bot.network().by_author("pullquote") if post.parent is None}
    secret = next(post for text, post in posts.items() if "secretly" in text)
    bot.reply("ada", to=secret)
    await bot.tick(minutes=6)
    bot.reply("grace", to=next(post for post in posts.values() if post is not secret))
    await bot.tick(minutes=6)
    async with bot.context.store.write() as session:
        await session.execute(update(Question).where(Question.slug == "theirs-slug").values(workspace=ELSEWHERE))
    assert [(await bot.rows(Revision))[0].text, (await bot.rows(Author))[0].handle] == [ANSWERS["ada"], "ada"]
    await desk.decide(bot.context, ELSEWHERE, 1, VerdictValue.KEEP, editor="ed")
    await desk.keep_form(bot.context, ELSEWHERE, "ed", {"text": "unfinished"}, None)
    page = await open_page(bot)
    page.bot = bot
    return page


def fill_all(route):
    """The addresses of a route with what is theirs in one place or in all."""
    names = re.findall(r"\{(\w+)\}", route.path)
    theirs = {"slug": "theirs-slug", "reply": 1, "other": 1, "person": 1, "act": 1, "draft": 1}
    assert set(names) <= set(theirs) | set(WAYS), f"{route.path}: say here what is theirs"
    for changed in [{name} for name in names if name in theirs] + [set(names)]:
        for number in range(3):
            values = {
                name: WAYS[name][number % len(WAYS[name])] if name in WAYS else theirs[name] if name in changed else
                OURS.get(name, 999)
                for name in names
            }  # fmt: skip
            yield re.sub(r"\{(\w+)\}", lambda found, values=values: str(values[found[1]]), route.path)


async def rest(page) -> None:
    """Let what was begun come to its end."""
    await asyncio.gather(*(errand.task for errand in page.page.state.errands.values()), return_exceptions=True)


def find_secrets(told: str) -> list[str]:
    # their slug and numbers were ours to send: that they come back in a refusal says nothing
    return [word for word in SECRETS[:-1] if re.search(rf"\b{word}\b", told)]


GETS = [route for route in ROUTES if "GET" in route.methods]
POSTS = [route for route in ROUTES if "POST" in route.methods]


@pytest.mark.parametrize("route", GETS, ids=lambda route: route.name)
async def test_nothing_of_another_workspace_is_shown(page, route):
    asked = ["", *(f"?{name}=1" for name in FIELDS), "?question=theirs-slug", "?words=AMP", "?named=ada", "?shelf=all"]
    addresses = list(dict.fromkeys(fill_all(route)))
    for address in [*addresses, *(f"{addresses[0]}{query}" for query in asked)]:
        for headers in ({}, {"hx-request": "true"}):
            told = await page.get(address, headers=headers)
            shown = re.sub(r'value="(AMP|ada)"|words=AMP|named=ada', "", told.text)  # what was looked for
            assert find_secrets(shown) == [], address
            assert told.status_code < 500, address
    await rest(page)


@pytest.mark.parametrize("route", POSTS, ids=lambda route: route.name)
async def test_nothing_of_another_workspace_is_changed(page, route):
    before = await read_theirs(page.bot)
    for address in set(fill_all(route)):
        for field in ("", *FIELDS):
            value = "theirs-slug" if field in ("question", "slug") else "1"
            told = await page.post(address, **WORDS | ({field: value} if field else {}))
            assert find_secrets(told.text.replace("nobody used it", "")) == [], f"{address} {field}"
            assert told.status_code < 500, f"{address} {field}"
    await rest(page)
    assert await read_theirs(page.bot) == before


async def read_theirs(bot) -> dict[str, list]:
    """What hangs on their question, answer and person, and what is told, done and drafted there, row by row."""
    ids = {question.slug: question.id for question in await bot.rows(Question)}
    own = {"workspace": ELSEWHERE, "question_id": ids["theirs-slug"], "reply_id": 1, "author_id": 1, "revision_id": 1}
    found = {}
    async with bot.context.store.read() as session:
        for table in Base.metadata.sorted_tables:
            keys = {**own, "id": 1} if table.name in ("replies", "authors", "revisions") else own
            hangs = [column == keys[column.name] for column in table.columns if column.name in keys]
            if hangs and table.name not in ("counted_replies", "uncounted"):  # what is counted later, from the others
                rows = (await session.execute(table.select().where(or_(*hangs)))).all()
                found[table.name] = sorted(map(repr, rows))
    assert all(found[name] for name in ("questions", "replies", "authors", "verdicts", "acts", "drafts"))
    return found
