"""`/pullquote ask`: a form, the post as each network will show it, and a yes; an asker's question waits for an editor."""

from bot.commands.parts.text import quote
from storage.models import Post, Question, QuestionVersion, UnsentForm
from storage.states import QuestionState
from tests.bot.commands.conftest import QUESTION, ask, drain, fill_in, press

LONG = "Why? " * 380


async def preview(face, person, text=QUESTION, channel=None, **more):
    """Fill in the form; answers the preview."""
    options = {key: more.pop(key) for key in ("votes", "language", "hide", "channel") if key in more}
    form = person.command(channel or face.guild.general, "pullquote ask", overrule=True, **options)
    given = {"text": text, "closes": "7d"} | more
    return await (await fill_in(person, form, **given)).response()


async def test_an_editor_sees_what_each_network_will_show_and_says_yes(face, editor):
    here = f"server:{face.guild.general.id}"
    shown = await preview(face, editor, where=[here, "square"])
    assert shown.ephemeral
    assert "server" in shown.content
    assert f"<#{face.guild.general.id}>" in shown.content
    assert "square" in shown.content
    assert "<t:" in shown.content
    assert "of 2000 characters" in shown.content
    assert face.posts() == []
    done = await (await press(editor, shown, "Post")).updated()
    (posted,) = face.posts()
    assert QUESTION in posted.content
    assert posted.link in done.content
    (on_square,) = face.square.network.by_author("pullquote")
    assert on_square.text.startswith(QUESTION)
    assert [button.label for button in done.buttons] == ["Take back"]


async def test_nothing_is_posted_where_one_network_cannot_take_it_and_what_was_written_is_kept(face, editor):
    here = f"server:{face.guild.general.id}"
    shown = await preview(face, editor, "Why? " * 100, where=[here, "square"])
    assert "✗" in shown.content
    assert [button.label for button in shown.buttons] == ["Change", "Who asks, region, links …", "Discard"]
    again = await editor.press(shown, shown.button("Change")).modal()
    assert again.fields["text"]["value"] == ("Why? " * 100)
    better = await (editor.submit(again, text="Why?")).updated()
    assert "✗" not in better.content
    await (await press(editor, better, "Post")).updated()
    assert [message.content.split("\n")[0] for message in face.posts()] == ["Why?"]


async def test_who_asks_and_what_becomes_of_links_stands_in_what_is_posted(face, editor):
    shown = await preview(face, editor)
    window = await (await press(editor, shown, "Who asks, region, links …")).modal()
    given = {"asker": "Mara Klein", "region": "Bavaria", "link": "none", "machine": "unwanted"}
    better = await (editor.submit(window, **given)).updated()
    assert "Credit by name and firm, no link." in better.content
    changed = await editor.press(better, better.button("Change")).modal()
    last = await (editor.submit(changed, text="Why?")).updated()
    again = await (await press(editor, last, "Who asks, region, links …")).modal()
    assert again.fields["asker"]["value"] == "Mara Klein"
    await (await press(editor, last, "Post")).updated()
    (question,) = await face.rows(Question)
    content = (await face.rows(QuestionVersion))[-1].content
    assert (content["text"], content["asker"], content["region"]) == ("Why?", "Mara Klein", "Bavaria")
    assert (content["link"], content["human_only"]) == ("none", True)
    assert question.state is QuestionState.ACTIVE


async def test_a_duration_that_is_none_is_told_with_what_to_write(face, editor):
    shown = await preview(face, editor, closes="soon")
    assert "36h" in shown.content
    assert [button.label for button in shown.buttons] == ["Change", "Who asks, region, links …", "Discard"]


async def test_two_presses_on_post_post_once(face, editor):
    shown = await preview(face, editor)
    first = editor.press(shown, shown.button("Post"))
    second = editor.press(shown, shown.button("Post"))
    await first.settled()
    await second.settled()
    await drain()
    assert len(face.posts()) == 1
    assert len(await face.rows(Question)) == 1


async def test_what_was_asked_before_is_shown_as_it_will_be_posted(face, editor):
    face.square_keys["refuses_repeats"] = True
    await face.restart()
    for _ in range(3):
        shown = await preview(face, editor, where=["square"])
        await (await press(editor, shown, "Post")).updated()
        posted = face.square.network.by_author("pullquote")[-1].text
        assert quote(posted) in shown.content
    assert len({post.text for post in face.square.network.by_author("pullquote")}) == 3


async def test_discarded_is_gone(face, editor):
    shown = await preview(face, editor)
    gone = await (await press(editor, shown, "Discard")).updated()
    assert "Nothing was sent" in gone.content
    assert gone.buttons == ()
    assert face.posts() == []
    assert await face.rows(UnsentForm) == []


async def test_an_askers_question_waits_for_an_editors_yes(face, asker, editor):
    shown = await preview(face, asker)
    handed_in = await (await press(asker, shown, "Hand it in")).updated()
    assert "editor" in handed_in.content
    assert face.posts() == []
    (question,) = await face.rows(Question)
    assert question.state is QuestionState.PROPOSED
    queue = await editor.command(face.guild.general, "pullquote queue").response()
    assert "Otto Asks" in queue.content
    one = await editor.select(
        queue, queue.raw["components"][0]["components"][0]["custom_id"], str(question.id)
    ).updated()
    assert QUESTION in one.content
    done = await (await press(editor, one, "Yes, post it")).updated()
    assert face.posts()[0].link in done.content


async def test_votes_by_buttons_hidden_until_the_close(face, editor):
    shown = await preview(face, editor, options="Yes\nNo", votes="hidden")
    await (await press(editor, shown, "Post")).updated()
    (posted,) = face.posts()
    assert posted.ballot is None
    assert {"Yes", "No"} <= {button.label for button in posted.buttons}


async def test_a_german_question_has_german_lines_and_may_hide_its_outlet(face, editor):
    shown = await preview(face, editor, "Warum?", language="de", hide=True)
    await (await press(editor, shown, "Post")).updated()
    (posted,) = face.posts()
    assert "Zitiert" in posted.content
    assert "The Example Review" not in posted.content


async def test_another_channel_can_be_named(face, editor):
    other = face.guild.add_channel("questions")
    shown = await preview(face, editor, channel=other)
    await (await press(editor, shown, "Post")).updated()
    assert face.posts() == []
    assert len(face.posts(other)) == 1


async def test_a_channel_where_the_bot_may_not_write_is_told_with_the_reason(face, editor, application):
    closed = face.guild.add_channel("closed")
    closed.permit(application, deny="send_messages")
    shown = await preview(face, editor, channel=closed)
    done = await (await press(editor, shown, "Post")).updated()
    (post,) = await face.rows(Post)
    assert post.state_reason
    assert "is not out" in done.content


async def test_a_preview_works_after_a_restart(face, editor):
    shown = await preview(face, editor)
    await face.restart()
    await (await press(editor, shown, "Post")).updated()
    assert len(face.posts()) == 1


async def test_a_form_that_is_handed_in_after_a_restart_is_taken(face, editor):
    form = await editor.command(face.guild.general, "pullquote ask").modal()
    await face.restart()
    shown = await editor.submit(form, text=QUESTION, closes="7d").response()
    assert QUESTION in shown.content


async def test_the_editors_deed_is_noted_by_name(face, editor):
    await ask(face, editor)
    assert await face.told("editor") == [f"Eve Editor (discord:{editor.id}) asked what-did-you-stop-doing-and-what"]
