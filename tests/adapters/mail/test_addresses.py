"""Where a question is answered by mail: shown wherever it is previewed, and never longer than mail allows."""

import pytest

from bot import desk
from bot.questions.content import Content
from bot.quotes.read_back.joining import find_address_fault
from storage.models import Question
from storage.states import CONFIG_WORKSPACE

LONG = "habits-" + "a" * 56
TEXT = "Which habit did you change at work?"


@pytest.fixture
async def asked(open_mail_bot):
    bot = await open_mail_bot({"habits": {}})
    await bot.tick(minutes=1)
    return bot


def make_content(**more):
    return Content(text=TEXT, accounts=("mailbox",), outlet="The Pull Quote", **more)


async def test_a_preview_of_a_question_has_its_address(asked):
    question = await asked.row(Question)
    (shown,) = await desk.preview(asked.context, make_content(), {"mailbox": 1}, asked.clock(), question)
    assert shown.address == "quotes+habits@newsroom.example"
    assert f"Answer to: {shown.address}" in await desk.read_call_out(asked.context, question)


async def test_a_preview_has_no_address_before_its_name_is_known(asked):
    (shown,) = await desk.preview(asked.context, make_content(), {"mailbox": 1}, asked.clock())
    assert (shown.address, shown.problems) == ("", ())
    (shown,) = await desk.preview(asked.context, make_content(), {"mailbox": 1}, asked.clock(), slug="work")
    assert shown.address == "quotes+work@newsroom.example"


async def test_a_slug_that_makes_an_address_too_long_is_not_asked(asked):
    with pytest.raises(desk.DeskError, match="before the @, mail allows 64") as told:
        await desk.ask(asked.context, make_content(), {"mailbox": 1}, workspace=CONFIG_WORKSPACE, slug=f"{LONG}")
    assert "choose a shorter slug" in str(told.value)
    assert len(await asked.rows(Question)) == 1


@pytest.mark.parametrize(("length", "is_fine"), [(64, True), (65, False)])
def test_sixty_four_characters_are_what_all_servers_take(length, is_fine):
    assert (find_address_fault(f"{'a' * length}@example.org") == "") is is_fine
