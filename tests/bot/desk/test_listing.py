"""Answers on their shelves, the look at one, and the order of those that are kept."""

import pytest

from bot import desk
from bot.desk import DeskError, Shelf
from storage.models import Look
from storage.states import CONFIG_WORKSPACE, VerdictValue
from tests.running import ANSWERS


@pytest.fixture
async def answered(bot):
    """Three that are kept by the rules, one that is aside, one that refuses."""
    await bot.tick()
    for who in ANSWERS:
        bot.reply(who)
    bot.reply("joan", "+1")
    bot.reply("max", "We closed the shop in Lyon in 2020, and saved 40% of the rent. Not for publication.")
    await bot.tick(minutes=6)
    return bot


async def shelve(bot, shelf, **given):
    found = await desk.list_answers(bot.context, CONFIG_WORKSPACE, "habits", shelf, **given)
    assert found.total == len(found.answers)
    return {each.handle for each in found.answers}


async def test_every_answer_stands_on_the_shelves_that_it_belongs_to(answered):
    assert await shelve(answered, Shelf.ALL) == {"ada", "grace", "alan", "joan", "max"}
    assert await shelve(answered, Shelf.WORTH) >= {"ada", "grace", "alan"}
    assert await shelve(answered, Shelf.ASIDE) == {"joan"}
    assert "max" in await shelve(answered, Shelf.BARRED)
    assert await shelve(answered, Shelf.FIRST_HAND) >= {"grace", "alan"}
    assert await shelve(answered, Shelf.KEPT) == set()


async def test_the_best_stand_first_whether_the_rules_keep_them_or_not(answered):
    answered.reply("noor", "Less is more.")
    answered.reply("lin", "In 2018 we stopped printing the catalogue; orders by phone fell 9%, and nothing else did.")
    await answered.tick(minutes=6)
    found = await desk.list_answers(answered.context, CONFIG_WORKSPACE, "habits", Shelf.WORTH)
    scores = [each.score for each in found.answers if each.barrier != "held"]
    assert scores == sorted(scores, reverse=True)
    assert {"keep", "maybe"} <= {each.verdict for each in found.answers}


async def test_what_was_looked_at_is_neither_unseen_nor_new(answered):
    assert len(await shelve(answered, Shelf.UNSEEN)) == len(await shelve(answered, Shelf.NEW)) == 5
    await desk.note_look(answered.context, CONFIG_WORKSPACE, 1)
    assert await shelve(answered, Shelf.UNSEEN) == {"grace", "alan", "joan", "max"}
    assert await shelve(answered, Shelf.NEW) == set()
    answered.reply("lin", "In 2018 we stopped printing the catalogue; orders by phone fell 9%, and nothing else did.")
    await answered.tick(minutes=6)
    assert await shelve(answered, Shelf.NEW) == {"lin"}
    counts = (await desk.list_answers(answered.context, CONFIG_WORKSPACE, "habits", Shelf.ALL)).counts
    assert (counts.read, counts.answers) == (1, 6)


async def test_words_are_looked_for_on_a_shelf(answered):
    assert await shelve(answered, Shelf.WORTH, words="AMP") == {"ada"}
    assert await shelve(answered, Shelf.ASIDE, words="AMP") == set()


async def test_the_kept_ones_keep_their_order_and_lose_it_with_their_author(answered):
    for reply_id in (1, 2, 3):
        await desk.decide(answered.context, CONFIG_WORKSPACE, reply_id, VerdictValue.KEEP, editor="ed")
    await desk.move_kept(answered.context, CONFIG_WORKSPACE, "habits", 3, -2)
    _, items = await desk.read_basket(answered.context, CONFIG_WORKSPACE, "habits")
    assert [item.answer.id for item in items] == [3, 1, 2]
    with pytest.raises(DeskError):
        await desk.move_kept(answered.context, CONFIG_WORKSPACE, "habits", 4, 1)
    await desk.forget_author(answered.context, CONFIG_WORKSPACE, "alan", by="ed")
    assert {look.reply_id for look in await answered.rows(Look)} == {1, 2}


async def test_an_answer_of_another_workspace_is_not_read(answered):
    for act in (desk.read_answer, desk.note_look, desk.cite, desk.lay_beside):
        with pytest.raises(DeskError):
            await act(answered.context, "elsewhere", 1)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("https://bsky.app/profile/a.example/post/3k", "", "link"),
        ("What did you stop doing?", "", "question"),
        ("She said: “We dropped AMP last March because nobody used it.”", "", "draft"),
        ("One.\n\nTwo.", "", "draft"),
        ("", "answers.csv", "answers"),
        ("", "article.docx", "draft"),
    ],
)
def test_what_is_brought_is_known_by_itself(text, name, kind):
    assert desk.guess_kind(text, name) == kind
