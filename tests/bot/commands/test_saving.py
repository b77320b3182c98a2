"""Save as quote: what a member copied from a web page is not taken for their words."""

from bot.words import words
from storage.models import Reply, Revision
from tests.bot.commands.conftest import ask, press

COPIED = "Mara Vogel\n• 2nd\nHead of SEO\n1w\nWe stopped in 2021, and nothing moved.\nLike · 3\nReply"


async def test_a_copied_message_is_saved_only_when_an_editor_says_that_it_was_typed(face, editor, ada):
    await ask(face, editor)
    message = ada.say(face.guild.general, COPIED)
    shown = await editor.use_on(message, "Save as quote").response()
    assert "looks copied from a web page" in shown.content
    assert "Mara Vogel" in shown.content
    assert await face.rows(Reply) == []
    await press(editor, shown, words("en")["face"]["save_as_typed"])
    assert [revision.text for revision in await face.rows(Revision)] == [COPIED]


async def test_a_message_that_was_typed_is_saved_at_once(face, editor, ada):
    await ask(face, editor)
    message = ada.say(face.guild.general, "We stopped in 2021, and nothing moved.")
    assert "Saved" in (await editor.use_on(message, "Save as quote").response()).content
    assert len(await face.rows(Reply)) == 1
