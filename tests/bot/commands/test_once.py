"""An interaction that is delivered twice has one effect: Discord repeats, and two processes may hear the same."""

from storage.models import Event, Post, Question, Verdict
from tests.bot.commands.conftest import CALLBACK, ask, drain, fill_in, press
from tests.running import ANSWERS


async def test_a_yes_that_is_delivered_twice_posts_once(face, editor):
    form = editor.command(face.guild.general, "pullquote ask")
    shown = await (await fill_in(editor, form, text="Why?", closes="7d")).response()
    yes = await editor.press(shown, shown.button("Post")).settled()
    await face.repeat(yes)
    assert len(await face.rows(Question)) == len(await face.rows(Post)) == len(face.posts()) == 1


async def test_a_form_that_is_delivered_twice_is_kept_once(face, editor):
    form = await editor.command(face.guild.general, "pullquote ask").modal()
    handed_in = await editor.submit(form, text="Why?", closes="7d").settled()
    await face.repeat(handed_in)
    assert len(handed_in.shown()) == 1


async def test_a_judgement_that_is_delivered_twice_is_written_once_and_noted_once(face, editor, ada, grace):
    posted = await ask(face, editor)
    ada.reply(posted, ANSWERS["ada"])
    grace.reply(posted, ANSWERS["grace"])
    await face.tick(minutes=6)
    shown = await editor.command(face.guild.general, "pullquote review").response()
    kept = await press(editor, shown, "Keep")
    await face.repeat(kept)
    assert len([verdict for verdict in await face.rows(Verdict) if verdict.editor]) == 1
    assert len([event for event in await face.rows(Event) if "judged" in event.message]) == 1


async def test_a_pause_that_is_delivered_twice_after_a_resume_does_not_pause_again(face, editor):
    await ask(face, editor)
    paused = await editor.command(face.guild.general, "pullquote pause").settled()
    await editor.command(face.guild.general, "pullquote resume").settled()
    await face.repeat(paused)
    status = await editor.command(face.guild.general, "pullquote status").response()
    assert "All posting is paused" not in status.content


async def test_what_was_not_acknowledged_in_time_is_not_done(face, editor):
    """Whoever pressed sees that it failed, and presses again: it must not have been done in silence."""
    form = editor.command(face.guild.general, "pullquote ask")
    shown = await (await fill_in(editor, form, text="Why?", closes="7d")).response()
    face.application.fail("POST /interactions", status=404, code=10062, message="Unknown interaction")
    editor.press(shown, shown.button("Post"))
    await face.application.called(CALLBACK, len(face.application.calls(CALLBACK)) + 1)
    await drain()
    assert face.posts() == []
    await (await press(editor, shown, "Post")).updated()
    assert len(face.posts()) == 1
