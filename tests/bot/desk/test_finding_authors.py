"""Whom an editor names: by id, handle, name; who is nearly meant is told."""

import pytest

from bot.desk import DeskError, add_reply
from bot.desk.answers.imports import ImportDefaults
from bot.desk.find import find_author
from storage.models import Author, Question
from storage.states import CONFIG_WORKSPACE


@pytest.fixture
async def find(bot):
    """Find an author among Ada Lovelace (ada-l), Ada Byron and 100%Grace."""
    question = await bot.row(Question)
    for number, (author, handle) in enumerate(
        [("Ada Lovelace", "ada-l"), ("Ada Byron", ""), ("100%Grace", ""), ("Max_B", "")]
    ):
        values = {"text": f"Answer {number}.", "author": author, "handle": handle}
        assert await add_reply(bot.context, question, values, ImportDefaults(network="mail"))

    async def find(named):
        async with bot.context.store.read() as session:
            return await find_author(session, CONFIG_WORKSPACE, named)

    return find


@pytest.mark.parametrize("named", ["ada-l", "@ada-l", "mail:ada-l", "Ada Lovelace"])
async def test_an_author_is_found_by_handle_network_or_whole_name(find, named):
    assert (await find(named)).display_name == "Ada Lovelace"


async def test_an_author_is_found_by_id(bot, find):
    first = min(author.id for author in await bot.rows(Author))
    assert (await find(str(first))).id == first


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("ADA", r"did you mean \d+ \(mail:ada-l\), \d+ \(mail:Ada Byron\)\?"),
        ("@byr", r"did you mean \d+ \(mail:Ada Byron\)\?"),
        ("0%g", r"did you mean \d+ \(mail:100%Grace\)\?"),
        ("x_b", r"did you mean \d+ \(mail:Max_B\)\?"),
        ("a_a", "name one by handle, PLATFORM:HANDLE or id"),
        ("Emmy", "name one by handle, PLATFORM:HANDLE or id"),
    ],
)
async def test_half_a_name_is_answered_with_who_may_be_meant(find, named, told):
    with pytest.raises(DeskError, match=f"^no author '{named}' has answered: {told}$"):
        await find(named)


@pytest.mark.parametrize("named", ["ada-l", "mail:ada-l", "Ada Lovelace", "1"])
async def test_who_answered_in_one_workspace_is_nobody_in_another(bot, find, named):
    async with bot.context.store.read() as session:
        with pytest.raises(DeskError, match=f"^no author '{named}' has answered: name one by handle"):
            await find_author(session, "g2", named)
