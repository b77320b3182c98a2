"""What the writer is told of what was not chosen, and of what the decoys showed; the edition to share says none of it."""

import json

import pytest

from bot.digest import render
from bot.digest.usable import count_usable
from bot.quotes import Edition
from storage import models
from tests.bot.digest.reading import read_formats

SAID = "We put every deploy behind a flag, and a rollback takes nine seconds."
AGAIN = "We put each deploy behind a flag: the rollback takes nine seconds!"


def block_of(model):
    return model.selection.blocks[0]


def texts(model):
    return [passage.text for quote in block_of(model).quotes for passage in quote.passages]


def markdown(model):
    return render(model, "markdown").decode()


async def both_editions(stage, question):
    return {edition: await stage.digest(question, edition) for edition in Edition}


# ---------------------------------------------------------------- says the same


@pytest.fixture
async def said_twice(stage):
    """A question with two answers that say the same, and the number of each."""
    question = await stage.question(options=[])
    first = await stage.reply(question, SAID, await stage.author("Ada"), score=0.9)
    second = await stage.reply(question, AGAIN, await stage.author("Grace"), score=0.7)
    await stage.reply(question, "Postmortems that blame nobody.", await stage.author("Alan"), score=0.5)
    return question, first.id, second.id


async def test_of_two_that_say_the_same_one_is_quoted_and_the_writer_sees_the_other(stage, said_twice):
    question, first, second = said_twice
    models_ = await both_editions(stage, question)
    for model in models_.values():
        assert texts(model) == [SAID, "Postmortems that blame nobody."]
        assert block_of(model).usable == 3
        assert block_of(model).more == 1
    private = markdown(models_[Edition.PRIVATE])
    assert "Number 3 says the same as number 1." in private
    assert AGAIN in private.replace("\\", "")
    assert f"pullquote keep {second}" in private
    assert f"https://bluesky.example/grace.example/{second}" in private
    (described,) = json.loads(render(models_[Edition.PRIVATE], "json"))["questions"]
    assert [(each["replies"], each["like"], each["text"]) for each in described["left_out"]] == [
        ([second], first, [AGAIN])
    ]


async def test_the_edition_to_share_says_nothing_of_what_was_left_out(stage, said_twice):
    question, _, _ = said_twice
    model = (await both_editions(stage, question))[Edition.PUBLIC]
    assert [quote.passages[0].text for quote in block_of(model).others] == [AGAIN]
    assert "says the same" not in "\n".join(read_formats(model).values())
    assert "left_out" not in json.loads(render(model, "json"))["questions"][0]


async def test_what_is_kept_takes_the_place_of_what_says_the_same(stage, said_twice):
    question, _, second = said_twice
    async with stage.store.write() as session:
        reply = await session.get(models.Reply, second)
    await stage.judge(reply, "keep", 1.0, editor="Mara")
    model = await stage.digest(question)
    assert texts(model) == [AGAIN, "Postmortems that blame nobody."]
    assert "Number 3 says the same as number 1, which was kept." in markdown(model)


async def test_what_was_left_out_goes_from_the_page_when_its_author_deletes_it(stage, said_twice):
    question, _, second = said_twice
    digest_id = await stage.compile(question)
    await stage.change(models.Reply, second, state="deleted")
    model = await stage.load(digest_id)
    assert block_of(model).left_out == ()
    assert AGAIN not in markdown(model)


# ---------------------------------------------------------------- not worth reading


@pytest.fixture
async def ranked_out(stage):
    """A question with one answer that is worth reading and one that is not."""
    question = await stage.question(options=[], enough=2)
    await stage.reply(question, SAID, await stage.author("Ada"))
    poor = await stage.reply(question, "I live in a town.", await stage.author("Grace"), verdict="maybe", score=0.2)
    async with stage.store.write() as session:
        (await session.get(models.Verdict, 2)).quotable = False
    return question, poor


async def test_what_is_not_worth_reading_is_neither_quoted_nor_counted_towards_enough(stage, ranked_out):
    question, _ = ranked_out
    for model in (await both_editions(stage, question)).values():
        block = block_of(model)
        assert texts(model) == [SAID]
        assert (block.usable, block.more, block.ranked_out, block.answers) == (1, 0, 1, 2)
        assert block.enough != "reached"
        assert "1 may be quoted and 1 is hardly worth reading" in markdown(model)
    (usable,) = await count_usable(stage.store, question.id, stage.CAPABILITIES)
    assert (usable.answers, usable.is_enough) == (1, False)


async def test_the_writer_is_told_how_to_see_it(stage, ranked_out):
    question, _ = ranked_out
    private, public = (markdown(model) for model in (await both_editions(stage, question)).values())
    assert "pullquote replies --question only-one --ranked-out" in private
    assert "--ranked-out" not in public


@pytest.mark.parametrize("verdict", ["keep", "maybe"])
async def test_an_editors_word_brings_it_back(stage, ranked_out, verdict):
    question, poor = ranked_out
    await stage.judge(poor, verdict, 1.0, editor="Mara")
    assert block_of(await stage.digest(question)).usable == 2


# ---------------------------------------------------------------- decoys and hints


@pytest.fixture
async def with_decoys(stage):
    """A question with an answer that is like the decoys and one that is not, as the filter notes it."""
    question = await stage.question(options=[])
    for name, text, reasons in (
        ("Ada", SAID, [{"rule": "decoy", "weight": -1.4, "detail": ""}, {"rule": "machine.alike", "weight": 0.0}]),
        ("Alan", "Postmortems that blame nobody.", [{"rule": "decoy", "weight": -0.02, "detail": ""}]),
    ):
        reply = await stage.reply(question, text, await stage.author(name), verdict=None)
        await stage.judge(reply, "keep", 0.8, reasons=reasons)
    return question


async def test_the_writer_is_told_what_the_decoys_showed(stage, with_decoys):
    model = await stage.digest(with_decoys)
    text = markdown(model)
    assert "1 answer is much like the answers of a chat model that were given: common, not wrong." in text
    assert text.count("Common, not wrong: much of it is what a chat model answers too.") == 1
    assert [quote.common for quote in block_of(model).quotes] == [True, False]


async def test_the_edition_to_share_says_nothing_of_decoys_and_hints(stage, with_decoys):
    model = await stage.digest(with_decoys, Edition.PUBLIC)
    assert block_of(model).common is None
    assert not any(quote.common or quote.noticed for quote in block_of(model).quotes)
    said = "\n".join(read_formats(model).values())
    for word in ("chat model", "Common, not wrong", "Look twice", "decoy", "machine", '"common"', '"noticed"'):
        assert word not in said


async def test_what_was_noticed_is_pointed_to_and_never_named(stage, with_decoys):
    text = markdown(await stage.digest(with_decoys))
    assert text.count("Look twice before you print it: pullquote replies --why 1 says what was noticed.") == 1
    assert "machine" not in text


async def test_without_decoys_nothing_is_said_of_them(stage, said_twice):
    question, _, _ = said_twice
    model = await stage.digest(question)
    assert block_of(model).common is None
    assert "chat model" not in markdown(model)
