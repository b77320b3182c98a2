"""`/pullquote queue`: what goes out next, and everything that can be done to it before and after."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.questions.content import Content
from storage.models import Post, Question
from storage.states import PostState, QuestionState
from tests.bot.commands.conftest import QUESTION, ask, drain, fill_in, press


async def open_queue(face, person):
    return await person.command(face.guild.general, "pullquote queue").response()


def menu(message):
    return next(component for component in message.components() if component["type"] == 3)


async def choose(face, person, number=0):
    """Open the queue and choose a line of it."""
    queue = await open_queue(face, person)
    option = menu(queue)["options"][number]["value"]
    return await person.select(queue, menu(queue)["custom_id"], option).updated()


@pytest.fixture
async def planned(face, editor):
    """A question of the config, due in three days."""
    await face.close()
    here = f"server:{face.guild.general.id}"
    face.questions = {"habits": Content(text=QUESTION, accounts=(here,), at="2026-11-19T09:00")}
    await face.open()
    await face.tick()
    return face


@pytest.fixture
async def proposed(face, asker):
    """A question that an asker handed in."""
    form = asker.command(face.guild.general, "pullquote ask", overrule=True)
    preview = await (await fill_in(asker, form, text=QUESTION, closes="7d")).response()
    await (await press(asker, preview, "Hand it in")).updated()
    return face


async def test_the_queue_takes_as_many_statements_for_many_questions_as_for_two(face, editor):
    ran, counts = [], []
    event.listen(
        face.context.store.engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _u, statement, *_: ran.append(statement),
    )
    for number in range(6):
        await ask(face, editor, f"What did you stop doing {number} years ago?")
        ran.clear()
        await open_queue(face, editor)
        counts.append(sum(not statement.startswith("BEGIN") for statement in ran))
    assert min(counts[-2:]) <= counts[1] <= 12, counts


async def test_an_empty_queue_says_how_to_begin(face, editor):
    assert "/pullquote ask" in (await open_queue(face, editor)).content


async def test_what_is_planned_is_told_with_its_time_as_each_reads_it(planned, editor):
    queue = await open_queue(planned, editor)
    assert QUESTION in queue.content
    assert "<t:1795078800:f>" in queue.content
    assert "planned" in queue.content
    assert f"<#{planned.guild.general.id}>" in queue.content


async def test_a_paused_question_does_not_go_out_and_a_resumed_one_does(planned, editor):
    paused = await (await press(editor, await choose(planned, editor), "Pause")).updated()
    assert "Paused" in paused.content
    await planned.tick(days=3, hours=2)
    assert planned.posts() == []
    resumed = await (await press(editor, paused, "Resume")).updated()
    assert "Resumed" in resumed.content
    (question,) = await planned.rows(Question)
    assert question.state is QuestionState.ACTIVE


async def test_post_now_does_not_wait(planned, editor):
    done = await (await press(editor, await choose(planned, editor), "Post now")).updated()
    (posted,) = planned.posts()
    assert posted.link in done.content
    await planned.tick(days=3, hours=2)
    assert len(planned.posts()) == 1


async def test_a_question_of_the_config_is_not_edited_here(planned, editor):
    shown = await choose(planned, editor)
    assert "config" in shown.content
    assert "Edit" not in [button.label for button in shown.buttons]


async def test_a_proposal_is_edited_and_approved(proposed, editor):
    shown = await choose(proposed, editor)
    form = editor.press(shown, shown.button("Edit"))
    edited = await (await fill_in(editor, form, text="What did you stop, and why?")).updated()
    assert "What did you stop, and why?" in edited.content
    await (await press(editor, edited, "Yes, post it")).updated()
    assert proposed.posts()[0].content.startswith("What did you stop, and why?")


async def test_a_mistake_in_an_edit_costs_nothing_that_was_typed(proposed, editor):
    shown = await choose(proposed, editor)
    form = editor.press(shown, shown.button("Edit"))
    told = await (await fill_in(editor, form, text="Better words", options="one option")).updated()
    assert "Not changed" in told.content
    assert "one option is no poll" in told.content
    assert "> Better words" in told.content
    (question,) = await proposed.rows(Question)
    assert question.state is QuestionState.PROPOSED


async def test_a_declined_proposal_never_goes_out(proposed, editor):
    shown = await choose(proposed, editor)
    form = editor.press(shown, shown.button("Decline"))
    told = await (await fill_in(editor, form, reason="asked last week")).updated()
    assert "declined" in told.content
    await proposed.tick(hours=1)
    assert proposed.posts() == []
    assert "/pullquote ask" in (await open_queue(proposed, editor)).content


async def test_two_editors_approve_at_once_and_it_is_posted_once(proposed, editor, editors):
    other = proposed.guild.add_member("emil", editors)
    mine, theirs = await choose(proposed, editor), await choose(proposed, other)
    first = editor.press(mine, mine.button("Yes, post it"))
    second = other.press(theirs, theirs.button("Yes, post it"))
    await first.settled()
    await second.settled()
    await drain()
    assert len(proposed.posts()) == 1


async def test_take_back_asks_first_and_then_deletes_everywhere(face, editor):
    posted = await ask(face, editor)
    assert posted.link in (await open_queue(face, editor)).content
    chosen = await choose(face, editor)
    sure = await (await press(editor, chosen, "Take back")).updated()
    assert posted.reload() is not None
    kept = await (await press(editor, sure, "No, leave it")).updated()
    sure = await (await press(editor, kept, "Take back")).updated()
    done = await (await press(editor, sure, "Yes, delete")).updated()
    assert "✓" in done.content
    assert posted.reload() is None
    assert [post.state for post in await face.rows(Post)] == [PostState.REMOVED]


async def test_what_is_out_runs_longer(face, editor):
    await ask(face, editor)
    (before,) = [post.closes_at for post in await face.rows(Post)]
    told = await (await press(editor, await choose(face, editor), "3 days longer")).updated()
    assert "runs longer" in told.content
    assert [post.closes_at for post in await face.rows(Post)] == [before + timedelta(days=3)]


async def test_what_has_closed_is_opened_again(face, editor):
    posted = await ask(face, editor)
    await face.tick(days=8)
    queue = await open_queue(face, editor)
    assert "Closed" in queue.content
    assert posted.link in queue.content
    chosen = await choose(face, editor)
    assert "Remind once …" not in [button.label for button in chosen.buttons]
    opened = await (await press(editor, chosen, "3 days longer")).updated()
    assert "Remind once …" in [button.label for button in opened.buttons]
    assert [post.state for post in await face.rows(Post)] == [PostState.PUBLISHED]


async def test_what_closed_weeks_ago_is_in_no_queue(face, editor):
    await ask(face, editor)
    await face.tick(days=8)
    await face.tick(days=7)
    assert "/pullquote ask" in (await open_queue(face, editor)).content


async def test_one_reminder_is_posted_after_a_yes_and_no_second_one(face, editor):
    await ask(face, editor)
    sure = await (await press(editor, await choose(face, editor), "Remind once …")).updated()
    assert len(face.posts()) == 1
    done = await (await press(editor, sure, "Yes, remind")).updated()
    assert "is out" in done.content
    assert "Still collecting answers" in face.posts()[-1].content
    sure = await (await press(editor, await choose(face, editor), "Remind once …")).updated()
    again = await press(editor, sure, "Yes, remind")
    assert any("reminded already" in told.content for told in again.shown())
    assert len(face.posts()) == 2
