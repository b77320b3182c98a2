"""`/pullquote decoys`: pasted by an editor into a form, seen by nobody else."""

import pytest

from bot.questions.content import Content
from storage.models import EditorAct, Question
from tests.bot.commands.conftest import ask, hand_in, press
from tests.bot.commands.test_text import unescape
from tests.servers.discord.network import Refused

DECOY = "It depends on your team: communicate clearly, and measure what matters."


async def decoys_of(face):
    return [[each["text"] for each in question.decoys] for question in await face.rows(Question)]


async def test_an_editor_pastes_an_answer_and_takes_it_away_again(face, editor):
    await ask(face, editor)
    shown = await editor.command(face.guild.general, "pullquote decoys").response()
    assert shown.ephemeral
    assert "has no decoys" in shown.content
    form = editor.press(shown, shown.button("Paste an answer"))
    listed = await (await hand_in(editor, form, text=DECOY)).updated()
    assert DECOY in unescape(listed.content)
    assert "Eve Editor" in listed.content
    assert await decoys_of(face) == [[DECOY]]
    assert [(act.kind, act.by.split(" (")[0]) for act in await face.rows(EditorAct)][-1] == ("decoys", "Eve Editor")
    emptied = await (await press(editor, listed, "Take all away")).updated()
    assert "has no decoys" in emptied.content
    assert await decoys_of(face) == [[]]


async def test_a_decoy_stands_in_no_message_that_others_see(face, editor):
    await ask(face, editor)
    shown = await editor.command(face.guild.general, "pullquote decoys").response()
    await hand_in(editor, editor.press(shown, shown.button("Paste an answer")), text=DECOY)
    await face.tick(minutes=6)
    assert face.posts()
    assert not [post for post in face.posts() if "communicate clearly" in post.content]


async def test_a_question_is_chosen_by_its_name_and_those_of_the_config_stay(face, editor):
    face.questions = {"habits": Content(text="Which habits?", outlet="The Pull Quote", decoys=(DECOY,))}
    await face.restart()
    shown = await editor.command(face.guild.general, "pullquote decoys", question="habits").response()
    assert "in the config" in shown.content
    assert [each.label for each in shown.buttons if each.disabled] == ["Take all away"]


async def test_a_member_may_not_hand_in_what_an_editor_was_shown(face, editor, ada):
    await ask(face, editor)
    shown = await editor.command(face.guild.general, "pullquote decoys").response()
    with pytest.raises(Refused):
        ada.press(shown, shown.button("Paste an answer"))


async def test_an_empty_text_is_refused_in_words(face, editor):
    await ask(face, editor)
    shown = await editor.command(face.guild.general, "pullquote decoys").response()
    told = await hand_in(editor, editor.press(shown, shown.button("Paste an answer")), text=" \u200b ")
    assert "is empty" in told.shown()[-1].content
