"""`/pullquote digest`, `status`, `pause`, `resume`, and long answers."""

import re

from tests.bot.commands.conftest import ask, fill_in, hand_in, press
from tests.bot.commands.test_text import unescape
from tests.running import ANSWERS


async def test_a_digest_comes_with_its_files_and_says_what_it_says(face, editor, ada):
    posted = await ask(face, editor)
    form = ada.press(posted, posted.button("Answer"))
    await hand_in(ada, form, answer=ANSWERS["ada"], credit="Ada Lovelace", leave="yes")
    await face.tick(minutes=6)
    shown = await editor.command(face.guild.general, "pullquote digest").response()
    names = [file.name for file in shown.files()]
    assert len(names) == 2
    assert any(name.endswith(".json") for name in names)
    assert any("AMP" in file.content.decode() for file in shown.files())
    assert "Digest of" in shown.content


async def test_a_digest_of_a_week_that_is_none_says_how_a_date_is_written(face, editor):
    await ask(face, editor)
    told = await editor.command(face.guild.general, "pullquote digest", week="last").response()
    assert "2026-11-16" in unescape(told.content)
    both = await editor.command(face.guild.general, "pullquote digest", week="this", question="x").response()
    assert "leave one" in both.content
    made = await editor.command(face.guild.general, "pullquote digest", week="2026-11-16").response()
    assert "2026-11-16" in made.content


async def test_a_digest_without_any_question_says_how_to_begin(face, editor):
    told = await editor.command(face.guild.general, "pullquote digest").response()
    assert "/pullquote ask" in told.content


async def test_status_says_what_came_in_and_what_fails(face, editor, ada):
    posted = await ask(face, editor)
    ada.reply(posted, ANSWERS["ada"])
    await face.tick(minutes=6)
    shown = await editor.command(face.guild.general, "pullquote status").response()
    assert "1 collected" in shown.content
    assert "of 5 wanted" in shown.content
    assert "180 days" in shown.content


async def test_a_pause_stops_all_posting_until_somebody_resumes(face, editor):
    paused = await editor.command(face.guild.general, "pullquote pause").response()
    form = editor.command(face.guild.general, "pullquote ask")
    preview = await (await fill_in(editor, form, text="Why?", closes="7d")).response()
    refused = await press(editor, preview, "Post")
    assert "paused" in refused.shown()[-1].content
    assert face.posts() == []
    await (await press(editor, paused, "Resume")).updated()
    await (await press(editor, preview, "Post")).updated()
    assert len(face.posts()) == 1


async def test_a_question_is_paused_and_resumed_by_its_name(face, editor):
    await ask(face, editor)
    name = "what-did-you-stop-doing-and-what"
    paused = await editor.command(face.guild.general, "pullquote pause", question=name).response()
    assert name in paused.content.replace("\\", "")
    resumed = await editor.command(face.guild.general, "pullquote resume", question=name).response()
    assert "resumed" in resumed.content


async def test_a_status_of_many_questions_goes_on_in_more_messages_or_a_file(face, editor):
    for number in range(30):
        await ask(face, editor, f"Question number {number}: {'what did you stop doing ' * 3}?")
    interaction = await editor.command(face.guild.general, "pullquote status").settled()
    await interaction.response()
    shown = interaction.shown()
    assert all(len(message.content) <= 2000 for message in shown)
    text = "".join(message.content for message in shown) + "".join(
        file.content.decode() for message in shown for file in message.files()
    )
    said = text.replace("\\", "")
    told = {int(number) for number in re.findall(r"question-number-(\d+)", said)}
    assert told == set(range(10, 30))  # the newest
    assert "**10 older ones** are not shown: pullquote questions --limit 30" in said
    assert all(message.ephemeral for message in shown)
