"""`/my-answers`, `/forget-me`, `/privacy`: what a member said is theirs, to see, to change, to take back, to erase."""

import json

import pytest
from sqlalchemy import select

from bot.commands.install import ACTS
from bot.commands.parts.acts import Call, Caller
from bot.desk import find_guild
from storage.models import Author, Base, Consent, Reply, Revision, Vote
from storage.states import ConsentState
from tests.bot.commands.conftest import ask, fill_in, hand_in, press, through
from tests.running import ANSWERS


@pytest.fixture
async def asked(face, editor):
    face.posted = await ask(face, editor)
    return face


async def answer_by_form(face, person, text=ANSWERS["ada"], leave="yes", credit="Ada Lovelace, engineer"):
    form = person.press(face.posted, face.posted.button("Answer"))
    await hand_in(person, form, answer=text, credit=credit, leave=leave)


async def mine(face, person):
    return await person.command(face.guild.general, "my-answers").response()


def files(face):
    """Every digest on disk."""
    return "\n".join(path.read_text() for path in sorted((face.folder / "digests").rglob("*")) if path.is_file())


async def test_who_has_answered_nothing_is_told_so(face, ada):
    assert "not answered" in (await mine(face, ada)).content


async def test_an_answer_is_seen_with_what_was_said_about_quoting_and_by_nobody_else(asked, ada, grace):
    await answer_by_form(asked, ada)
    shown = await mine(asked, ada)
    assert shown.ephemeral
    assert "> We dropped AMP" in shown.content
    assert "with your name" in shown.content
    assert "Ada Lovelace, engineer" in shown.content
    assert "not answered" in (await mine(asked, grace)).content


async def test_a_changed_answer_can_be_quoted_only_as_changed_and_only_with_new_leave(asked, ada):
    await answer_by_form(asked, ada)
    shown = await mine(asked, ada)
    form = await ada.press(shown, shown.button("Edit")).modal()
    assert form.fields["text"]["value"] == ANSWERS["ada"]
    assert "The Example Review" in form.text
    changed = await ada.submit(form, text="We dropped AMP, and I would again.", leave="anonymous").updated()
    assert "> We dropped AMP, and I would again." in changed.content
    assert "without your name" in changed.content
    (reply,) = await asked.rows(Reply)
    revisions = {revision.id: revision.text for revision in await asked.rows(Revision) if revision.reply_id == reply.id}
    states = {revisions[consent.revision_id]: consent.state for consent in await asked.rows(Consent)}
    assert states["We dropped AMP, and I would again."] is ConsentState.GRANTED_ANONYMOUSLY


async def test_withdrawing_asks_first_and_then_reaches_the_files(asked, ada, editor):
    await answer_by_form(asked, ada)
    await asked.tick(minutes=6)
    await editor.command(asked.guild.general, "pullquote digest").response()
    assert "We dropped AMP" in files(asked)
    sure = await (await press(ada, await mine(asked, ada), "Withdraw")).updated()
    assert "We dropped AMP" in files(asked)
    done = await (await press(ada, sure, "Yes, withdraw")).updated()
    assert "Withdrawn" in done.content
    assert "We dropped AMP" not in files(asked)


async def test_a_wrong_press_on_withdraw_changes_nothing(asked, ada):
    await answer_by_form(asked, ada)
    sure = await (await press(ada, await mine(asked, ada), "Withdraw")).updated()
    kept = await (await press(ada, sure, "No, leave it")).updated()
    assert "> We dropped AMP" in kept.content
    assert ConsentState.WITHDRAWN not in {consent.state for consent in await asked.rows(Consent)}


async def test_a_plain_reply_is_edited_where_it_was_written(asked, ada):
    reply = ada.reply(asked.posted, ANSWERS["ada"])
    await asked.tick(minutes=6)
    shown = await mine(asked, ada)
    assert [button.url for button in shown.buttons if button.url] == [reply.link]
    assert "edit your message" in shown.content
    assert "not been asked for leave" in shown.content


async def test_answers_are_turned_over_newest_first(asked, ada, editor):
    await answer_by_form(asked, ada)
    asked.clock.advance(hours=1)
    asked.posted = await ask(asked, editor, "What did you begin?")
    await answer_by_form(asked, ada, "I began to read on paper.")
    shown = await mine(asked, ada)
    assert "What did you begin?" in shown.content
    assert "1 of 2" in shown.content
    older = await (await press(ada, shown, "Older")).updated()
    assert "> We dropped AMP" in older.content


async def test_it_speaks_the_language_of_the_question(face, editor, ada):
    form = editor.command(face.guild.general, "pullquote ask", language="de")
    preview = await (await fill_in(editor, form, text="Womit hast du aufgehört?", closes="7d")).response()
    await (await press(editor, preview, "Post")).updated()
    face.posted = face.posts()[-1]
    form = ada.press(face.posted, face.posted.buttons[0].custom_id)
    await hand_in(ada, form, answer="Mit AMP, im März.", credit="Ada", leave="yes")
    shown = await mine(face, ada)
    assert "Deine Antwort 1 von 1" in shown.content
    assert {"Ändern", "Zurückziehen"} <= {button.label for button in shown.buttons}
    edit = await ada.press(shown, shown.button("Ändern")).modal()
    face.clock.advance(days=8)
    late = await through(ada.submit(edit, text="Mit AMP, im April.", leave="yes"))
    assert any(told.content.startswith("Die Frage ist zu Ende") for told in late.shown())


async def test_forget_me_erases_everything_at_once_after_one_question(asked, ada, editor):
    await answer_by_form(asked, ada)
    await asked.tick(minutes=6)
    await editor.command(asked.guild.general, "pullquote digest").response()
    sure = await ada.command(asked.guild.general, "forget-me").response()
    assert sure.ephemeral
    assert "1 answers" in sure.content
    done = await (await press(ada, sure, "Yes, erase")).updated()
    assert "Erased" in done.content
    assert "We dropped AMP" not in files(asked)
    assert "Ada" not in files(asked)
    assert {revision.text for revision in await asked.rows(Revision)} <= {None}
    assert "Ada" not in json.dumps([[each.handle, each.display_name] for each in await asked.rows(Author)])
    assert [vote for vote in await asked.rows(Vote) if vote.voter == ada.id] == []
    assert "not answered" in (await mine(asked, ada)).content


async def find_named(face, *names):
    """Every column of the store, and every file, that holds one of `names`."""
    found = [str(path) for path in (face.folder / "digests").rglob("*") if path.is_file() and has(path, names)]
    async with face.context.store.read() as session:
        for table in Base.metadata.sorted_tables:
            rows = (await session.execute(select(table))).mappings()
            found += [
                f"{table.name}.{column}: {value}"
                for row in rows
                for column, value in row.items()
                if any(name in str(value) for name in names)
            ]
    return found


def has(path, names):
    return any(name.encode() in path.read_bytes() for name in names)


async def test_forget_me_reaches_what_one_did_as_an_asker_or_an_editor(face, asker, editor, ada):
    form = asker.command(face.guild.general, "pullquote ask", overrule=True)
    values = {"text": "What did you begin?", "where": [f"server:{face.guild.general.id}"], "closes": "7d"}
    shown = await (await fill_in(asker, form, **values)).response()
    await (await press(asker, shown, "Hand it in")).updated()
    await fill_in(
        asker, asker.command(face.guild.general, "pullquote ask", overrule=True), **values | {"text": "Never handed in"}
    )
    face.posted = await ask(face, editor)
    await answer_by_form(face, ada, "We stopped the daily meeting, and the team was glad.")
    await face.tick(minutes=6)
    review = await editor.command(face.guild.general, "pullquote review").response()
    await (await press(editor, review, "Keep")).updated()
    await editor.command(face.guild.general, "pullquote digest").response()
    for person, name in ((asker, "Otto Asks"), (editor, "Eve Editor")):
        assert await find_named(face, name)
        sure = await person.command(face.guild.general, "forget-me").response()
        await (await press(person, sure, "Yes, erase")).updated()
        assert await find_named(face, name, f"discord:{person.id}") == []
    assert any("was proposed by somebody and waits" in each for each in await face.told("proposed"))
    assert "We stopped the daily meeting" in files(face)


async def test_a_wrong_press_on_forget_me_erases_nothing(asked, ada):
    await answer_by_form(asked, ada)
    sure = await ada.command(asked.guild.general, "forget-me").response()
    kept = await (await press(ada, sure, "No, keep")).updated()
    assert "Nothing was erased" in kept.content
    assert "> We dropped AMP" in (await mine(asked, ada)).content


async def test_privacy_says_what_is_kept_how_long_and_who_sees_it(face, ada, editors):
    shown = await ada.command(face.guild.general, "privacy").response()
    assert shown.ephemeral
    assert "180 days" in shown.content
    assert f"<@&{editors.id}>" in shown.content
    assert "The Example Review" in shown.content
    assert "/forget-me" in shown.content
    assert shown.pings == frozenset()


async def test_privacy_is_told_in_german_to_whoever_uses_discord_in_german(face, ada):
    guild = find_guild(face.context, face.guild.id)
    caller = Caller(id=ada.id, by="Ada", guild=guild, right=None)
    call = Call(face.context, guild.account_id, caller, "1", "de", face.guild.general.id)
    told = await ACTS["privacy"].work(call)
    assert "Was gespeichert wird" in told.text
    assert "180 Tage" in told.text
