"""What is previewed is what is posted, where a network refuses repeats too: one function makes both."""

import pytest

from bot.desk import ask, preview, remind
from bot.questions.content import Content
from storage.models import Post, PostPart, Question

TEXT = "What did you stop doing, and what happened?"
REPEATS = {"refuses_repeats": True}
SHORT = {"refuses_repeats": True, "text_limit": 140}
"""The notice does not fit in the root: it goes below it, and is the same under each question."""


@pytest.fixture
async def picky(open_bot):
    """A network that refuses what was posted there before."""
    return await open_bot(accounts={"square": REPEATS}, questions={})


@pytest.fixture
async def short(open_bot):
    return await open_bot(accounts={"square": SHORT}, questions={})


@pytest.fixture
async def twins(open_bot):
    """Two accounts of one such platform: what one has posted is refused from the other."""
    return await open_bot(accounts={"square": REPEATS, "plaza": REPEATS}, questions={})


async def show(bot, content):
    """All texts of the preview, an account after the other."""
    return [each.texts for each in await preview(bot.context, content, bot.app.account_ids, bot.clock())]


async def post(bot, content):
    """Ask it; answers what stands then that did not before, an account after the other."""
    before = {name: len(bot.visible(name)) for name in bot.services}
    await ask(bot.context, content, bot.app.account_ids, workspace="config")
    await bot.tick()
    return [tuple(bot.visible(name)[before.get(name, 0) :]) for name in content.accounts]


async def check_posted_as_shown(bot, content):
    """Answers what was posted."""
    shown = await show(bot, content)
    assert await post(bot, content) == shown
    return [text for texts in shown for text in texts]


async def test_an_earlier_identical_post_is_told_apart_in_the_preview_as_in_the_post(picky):
    content = Content(text=TEXT, accounts=("square",))
    posted = [await check_posted_as_shown(picky, content) for _ in range(4)]
    assert len({text for texts in posted for text in texts}) == 4
    assert posted[1][0].endswith("\n\n16 Nov 2026")


async def test_a_notice_that_was_posted_before_is_told_apart_in_the_preview_as_in_the_post(short):
    first = await check_posted_as_shown(short, Content(text="What did you stop doing?", accounts=("square",)))
    second = await check_posted_as_shown(short, Content(text="What did you start doing?", accounts=("square",)))
    assert second == ["What did you start doing?", f"{first[1]}\n\n16 Nov 2026"]


async def test_two_accounts_of_one_platform_never_say_the_same(twins):
    for accounts in (("square", "plaza"), ("plaza", "square")):
        posted = await check_posted_as_shown(twins, Content(text=TEXT, accounts=accounts))
        assert len(set(posted)) == 2


async def test_a_question_with_a_time_of_its_own_is_shown_as_it_will_be_then(picky):
    await post(picky, Content(text=TEXT, accounts=("square",)))
    later = Content(text=TEXT, accounts=("square",), at="2026-11-18T09:00")
    (shown,) = await preview(picky.context, later, picky.app.account_ids, picky.clock())
    await ask(picky.context, later, picky.app.account_ids, workspace="config")
    await picky.tick(days=2, hours=1)
    assert picky.visible()[1:] == list(shown.texts)
    assert shown.texts[0].endswith("\n\n18 Nov 2026")
    assert shown.closes_at == (await picky.rows(Post))[-1].closes_at


async def test_a_post_that_waits_for_its_next_try_is_shown_as_it_was_prepared(picky):
    content = Content(text=TEXT, accounts=("square",))
    picky.fail("publish", status=503, times=3)
    await post(picky, content)
    question = await picky.row(Question)
    (shown,) = await preview(picky.context, content, picky.app.account_ids, picky.clock(), question)
    picky.mend()
    await picky.tick(hours=1)
    (part,) = await picky.rows(PostPart)
    assert picky.visible() == list(shown.texts) == [part.text]


async def test_what_stands_is_shown_as_it_stands(picky):
    content = Content(text=TEXT, accounts=("square",))
    await post(picky, content)
    await post(picky, content)
    for number, question in enumerate(await picky.rows(Question)):
        (shown,) = await preview(picky.context, content, picky.app.account_ids, picky.clock(), question)
        assert shown.texts == (picky.visible()[number],)


async def test_a_reminder_that_was_posted_before_is_told_apart(picky):
    for text in ("What did you stop doing?", "What did you start doing?"):
        await post(picky, Content(text=text, accounts=("square",)))
    for question in await picky.rows(Question):
        await remind(picky.context, question)
        await picky.tick(minutes=1)
    rows = [part for part in await picky.rows(PostPart) if part.role == "reminder"]
    first, second = (part.text for part in rows)
    assert second == f"{first}\n\n16 Nov 2026"
    assert picky.visible()[2:] == [first, second]
