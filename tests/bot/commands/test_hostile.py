"""What members and editors type cannot ping, link, format, leave its quotation, or be more than text."""

import pytest

from bot.words.cleaning import clean
from tests.bot.commands.conftest import ask, fill_in, hand_in, press
from tests.bot.commands.test_text import HOSTILE, unescape

NAME = "@everyone `x` [a](https://evil.example)"
ALL = "\n".join(HOSTILE)


def quoted(content):
    """The lines of a message that are quotations, as Discord shows them."""
    lines = [line.removeprefix("> ") for line in content.split("\n") if line.startswith("> ")]
    return unescape("\n".join(lines))


def outside(content):
    """The lines that are not."""
    return [line for line in content.split("\n") if not line.startswith("> ")]


@pytest.fixture
async def asked(face, editor):
    face.posted = await ask(face, editor)
    return face


async def test_an_answer_stays_in_its_quotation_in_the_review(asked, editor, guild):
    mallory = guild.add_member("mallory", display_name=NAME)
    mallory.reply(asked.posted, "We stopped in 2021 because nobody read it.\n" + ALL)
    await asked.tick(minutes=6)
    shown = await editor.command(asked.guild.general, "pullquote review").response()
    assert quoted(shown.content.split("\nRules:")[0]) == clean("We stopped in 2021 because nobody read it.\n" + ALL)
    assert shown.pings == frozenset()
    rest = "\n".join(outside(shown.content))
    assert "evil.example](" not in rest
    assert "://evil" not in rest
    assert "`x`" not in rest
    assert NAME in unescape(rest)


async def test_an_answer_stays_in_its_quotation_where_its_author_sees_it(asked, guild):
    mallory = guild.add_member("mallory", display_name=NAME)
    form = mallory.press(asked.posted, asked.posted.button("Answer"))
    await hand_in(mallory, form, answer=ALL, credit=NAME, leave="yes")
    shown = await mallory.command(asked.guild.general, "my-answers").response()
    assert quoted(shown.content.split("\nRules:")[0]) == clean(ALL)
    assert "://evil" not in "\n".join(outside(shown.content))
    assert shown.pings == frozenset()


async def test_a_question_cannot_ping_from_the_preview_or_the_queue(face, asker, editor):
    form = asker.command(face.guild.general, "pullquote ask", overrule=True)
    shown = await (await fill_in(asker, form, text=ALL, closes="7d")).response()
    assert shown.pings == frozenset()
    await (await press(asker, shown, "Hand it in")).updated()
    queue = await editor.command(face.guild.general, "pullquote queue").response()
    assert queue.pings == frozenset()
    assert "://evil" not in queue.content
    status = await editor.command(face.guild.general, "pullquote status").response()
    assert status.pings == frozenset()


async def test_what_an_editor_types_is_told_back_as_text(face, editor):
    told = await editor.command(face.guild.general, "pullquote review", question=NAME).response()
    assert told.pings == frozenset()
    assert "://evil" not in told.content
    assert "no question" in told.content.lower()


async def test_a_name_of_an_editor_is_text_in_the_log_of_deeds(face, editors, guild):
    eve = guild.add_member("eve2", editors, display_name=NAME)
    await ask(face, eve)
    (told,) = await face.told("editor")
    status = await eve.command(face.guild.general, "pullquote status").response()
    assert NAME in told
    assert status.pings == frozenset()
    assert "://evil" not in status.content


async def test_two_thousand_signs_that_all_need_a_backslash_still_fit(asked, editor, ada):
    ada.reply(asked.posted, "We stopped in 2021, because: " + "*" * 1900)
    await asked.tick(minutes=6)
    shown = await editor.command(asked.guild.general, "pullquote review").response()
    assert len(shown.content) <= 2000
    assert "Leave:" in shown.content
    assert len(shown.files()) == 1
