"""People who answered, and what they said."""

from pathlib import Path

import pytest

from bot.articles.check import check_article
from bot.articles.paragraphs import Paragraph
from bot.articles.read import read_article

PEOPLE = {"ada": "Ada Lovelace", "grace": "Grace Hopper", "alan": "Alan Turing"}
SAID = {
    "amp": ("ada", "We dropped AMP last March because nobody used it. Traffic stayed flat, revenue rose 12%."),
    "night": ("ada", "The night deploys went first, and the nightmares went with them. It took us six months."),
    "awake": ("ada", "Deploy when people are awake — theirs and yours. That is all we learned in ten years."),
    "pizza": ("ada", "What I miss is the pizza that the company paid for after midnight. Nothing else."),
    "links": (
        "grace",
        "I stopped disavowing links in 2019 after a test on 40 sites; nothing moved at all. It gave us our Fridays back.",
    ),
    "estimate": (
        "grace",
        "We kept the estimate and stopped asking who had made it. That was enough. The meetings got shorter within a month, and the numbers got better within a quarter.",
    ),
    "report": (
        "grace",
        "Nobody noticed for eleven weeks, and the first who did only wanted to be taken off the list.",
    ),
    "lunch": ("grace", "We don’t stand up any more – we write three lines before lunch. Nobody has to sound busy."),
    "never": ("alan", "I would not go back to estimates, whatever my manager pays. The rule is a week and no more."),
    "nurses": (
        "alan",
        "We tried it for a month on two wards and then on all of them and went back to two releases a week, because nurses plan their shifts around our screens.",
    ),
    "rule": ("alan", "Honestly, stop for a month and see who complains. The rest is talk."),
}
ARTICLE = Path(__file__).with_name("article.md")


class Desk:
    """A bot whose question was answered, and drafts that are checked with it."""

    def __init__(self, bot, replies):
        self.bot, self.replies = bot, replies

    async def check(self, draft, **options):
        """draft: the text of a paragraph, or paragraphs."""
        article = [Paragraph(draft, 1)] if isinstance(draft, str) else draft
        return await check_article(self.bot.context, "config", article, **options)

    async def check_one(self, draft, **options):
        (checked,) = (await self.check(draft, **options)).checked
        return checked

    async def say(self, who, text, **to):
        """One more reply, collected."""
        reply = self.bot.reply(who, text, **to)
        await self.bot.tick(minutes=6)
        return reply


@pytest.fixture
async def open_desk(open_bot):
    """Everybody has answered and the answers are collected. Give settings of the account; given: of all else."""

    async def open_desk(given=None, **settings):
        bot = await open_bot(
            accounts={"square": settings},
            questions={"habits": {"at": "2026-11-16T08:01"}},
            zone="Europe/Berlin",
            **given or {},
        )
        await bot.tick(minutes=1)
        for handle, name in PEOPLE.items():
            bot.network().join(handle, name)
        replies = {key: bot.reply(who, text) for key, (who, text) in SAID.items()}
        await bot.tick(minutes=6)
        return Desk(bot, replies)

    return open_desk


@pytest.fixture
async def desk(open_desk):
    return await open_desk()


@pytest.fixture
def article():
    return read_article(ARTICLE.read_bytes(), ARTICLE.name)
