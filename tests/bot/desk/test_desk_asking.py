"""Asking and adopting: nothing is sent where any network would refuse it, and nothing is adopted twice."""

import pytest

from adapters.contract.errors import Rejected
from bot.desk import DeskError, adopt, ask, find_question, preview
from bot.questions.content import Content
from storage.models import Post, PostPart, Question

NAMES = ("square", "forum")


@pytest.fixture
async def two(open_bot):
    """One account with polls of four options, and one that takes only short texts."""
    return await open_bot(accounts={"square": {}, "forum": {"text_limit": 120}}, questions={})


def question(text="What did you stop doing?", **keys):
    return Content.model_validate({"text": text, "accounts": NAMES} | keys)


async def test_a_preview_shows_each_network_its_own_post_and_sends_nothing(two):
    square, forum = await preview(two.context, question(), two.app.account_ids, two.clock())
    assert (len(square.texts), len(forum.texts)) == (1, 2)
    assert square.texts[0].startswith("What did you stop doing?")
    assert [length.maximum for text in forum.lengths for length in text] == [120, 120]
    assert (square.problems, two.calls("square"), two.calls("forum")) == ((), [], [])


async def test_a_question_goes_out_on_all_its_accounts(two):
    await ask(two.context, question(), two.app.account_ids, workspace="config")
    await two.tick()
    assert await two.states() == ["published"] * 2
    assert (await two.row(Question)).slug == "what-did-you-stop-doing"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"text": "x" * 200}, "forum: the text is 200 characters long, 120 are allowed"),
        ({"options": tuple("abcde")}, "square: a poll here has 2 to 4 options, the question has 5"),
        ({"accounts": ("square", "nowhere")}, "there is no enabled account 'nowhere'; there are: forum, square"),
        ({"accounts": ()}, "name at least one account"),
    ],
)
async def test_what_one_network_would_refuse_is_sent_to_none(two, keys, message):
    with pytest.raises(DeskError, match=message):
        await ask(two.context, question(**keys), two.app.account_ids, workspace="config")
    await two.tick()
    assert (await two.rows(Question), await two.rows(Post), two.visible()) == ([], [], [])


async def test_the_same_question_again_is_another_question(two):
    for _ in range(2):
        await ask(two.context, question(), two.app.account_ids, workspace="config")
    assert [each.slug for each in await two.rows(Question)] == ["what-did-you-stop-doing", "what-did-you-stop-doing-2"]


async def test_a_question_is_found_by_its_slug_or_the_newest_is_meant(open_bot):
    bot = await open_bot(questions={"habits": {"at": "2026-12-01T08:00"}, "tools": {"at": "2026-12-01T08:00"}})
    async with bot.context.store.read() as session:
        assert (await find_question(session, "config", "habits")).slug == "habits"
        assert (await find_question(session, "config", None)).slug == "tools"
        with pytest.raises(DeskError, match="there is no question 'habbits'; did you mean 'habits'"):
            await find_question(session, "config", "habbits")
        with pytest.raises(DeskError, match="there is no question yet"):
            await find_question(session, "another", None)


# ---------------------------------------------------------------- adopt


@pytest.fixture
async def theirs(two):
    """A post of ada's, with an answer."""
    post = two.network().post("ada", "What do you read, and why?", two.clock())
    two.reply("grace", "Novels, because they are slow.", to=post)
    return post


async def test_an_adopted_post_is_collected_and_never_touched(two, theirs):
    adopted, found, new = await adopt(two.context, theirs.link, workspace="config", zone="UTC")
    assert (new, adopted.slug, adopted.source) == (True, "what-do-you-read-and-why", "adopted")
    assert (found.text, found.author.handle) == ("What do you read, and why?", "ada")
    done = await two.tick(minutes=1)
    assert [each.added for each in done.collected] == [1]
    assert two.visible() == []
    assert "publish" not in two.calls()


async def test_adopting_a_post_twice_gives_one_question(two, theirs):
    first, _, _ = await adopt(two.context, theirs.link, workspace="config", zone="UTC")
    second, _, new = await adopt(two.context, theirs.link, workspace="config", zone="UTC")
    assert (second.id, new) == (first.id, False)
    assert (len(await two.rows(Question)), len(await two.rows(Post)), len(await two.rows(PostPart))) == (1, 1, 1)


async def test_the_words_of_who_asked_are_no_answer(two, theirs):
    await adopt(two.context, theirs.link, workspace="config", zone="UTC")
    two.reply("ada", "Thank you all.", to=theirs)
    done = await two.tick(minutes=1)
    assert [each.added for each in done.collected] == [1]


@pytest.mark.parametrize("link", ["https://sandbox.example/post/none-1", "https://sandbox.example/people/ada"])
async def test_a_link_that_is_no_post_is_refused(two, link):
    with pytest.raises((DeskError, Rejected)) as caught:
        await adopt(two.context, link, workspace="config", zone="UTC")
    assert link in str(caught.value)
    assert await two.rows(Question) == []


async def test_a_link_of_no_platform_is_refused_with_what_there_is(two):
    with pytest.raises(DeskError, match=r"belongs to no platform that pullquote knows .*Sandbox"):
        await adopt(two.context, "https://example.org/1", workspace="config", zone="UTC")
