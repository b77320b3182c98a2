"""Files that are brought in, and what is stored of them."""

import json

import pytest

from bot.desk import import_replies
from bot.desk.bringing.given import ImportDefaults
from storage.models import Author, Consent, Question, Reply, Revision


@pytest.fixture
async def load(bot, tmp_path):
    """Import a file of this text, or of these rows, into the question."""

    async def load(name, content, question=None, **given):
        path = tmp_path / name
        if not isinstance(content, str):
            content = "".join(json.dumps(row) + "\n" for row in content)
        path.write_text(content, encoding="utf-8")
        return await import_replies(bot.context, question or await bot.row(Question), path, ImportDefaults(**given))

    return load


@pytest.fixture
async def said(bot):
    """(who, words) of all replies, oldest first."""

    async def said():
        names = {author.id: author.display_name for author in await bot.rows(Author)}
        who = {reply.id: names[reply.author_id] for reply in await bot.rows(Reply)}
        return [(who[revision.reply_id], revision.text) for revision in await bot.rows(Revision)]

    return said


@pytest.fixture
async def leave(bot):
    """The ledger of each reply by its words: states, oldest first."""

    async def leave():
        states = {}
        for consent in await bot.rows(Consent):
            states.setdefault(consent.revision_id, []).append(str(consent.state))
        return {revision.text: states.get(revision.id, []) for revision in await bot.rows(Revision)}

    return leave
