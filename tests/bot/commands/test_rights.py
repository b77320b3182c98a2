"""Who may what: by Discord's own check and by ours, at every command and every button, and never across servers."""

from dataclasses import replace

import pytest

from bot.commands import saving
from bot.commands.install import ACTS, make_member_acts
from bot.commands.parts.acts import Call, Caller
from bot.desk import DeskError, Right, ask_consent, choose_passage, find_guild
from bot.host.form_content import FormContent
from storage.models import Consent, Control, Question, Reply, Verdict, Vote
from storage.states import QuestionState
from tests.bot.commands.conftest import ask, fill_in
from tests.running import ANSWERS
from tests.servers.discord.network import Refused

EDITORS_COMMANDS = ["ask", "queue", "review", "decoys", "digest", "status", "pause", "resume"]


@pytest.mark.parametrize("name", EDITORS_COMMANDS)
async def test_discord_does_not_even_offer_the_editors_commands_to_members(face, ada, name):
    with pytest.raises(Refused):
        ada.command(face.guild.general, f"pullquote {name}")


@pytest.mark.parametrize("name", EDITORS_COMMANDS)
async def test_a_member_to_whom_discord_offers_them_is_refused_by_us(face, ada, editors, name):
    refused = await ada.command(face.guild.general, f"pullquote {name}", overrule=True).response()
    assert refused.ephemeral
    assert f"<@&{editors.id}>" in refused.content
    assert refused.pings == frozenset()
    assert await face.rows(Control) == []


@pytest.mark.parametrize("name", [each for each in EDITORS_COMMANDS if each != "ask"])
async def test_an_asker_may_ask_and_nothing_else(face, asker, name):
    refused = await asker.command(face.guild.general, f"pullquote {name}", overrule=True).response()
    assert "This is for" in refused.content


async def test_who_manages_messages_is_no_editor_by_that(face):
    moderators = face.guild.add_role("Moderators", "manage_messages manage_guild")
    moderator = face.guild.add_member("mo", moderators)
    refused = await moderator.command(face.guild.general, "pullquote status").response()
    assert "This is for" in refused.content


async def test_without_an_editor_role_who_manages_the_server_edits(face):
    await face.close()
    face.guilds = {face.guild.id: {"accounts": ("server",)}}
    await face.open()
    managers = face.guild.add_role("Managers", "manage_messages manage_guild")
    moderators = face.guild.add_role("Moderators", "manage_messages")
    shown = await face.guild.add_member("ma", managers).command(face.guild.general, "pullquote status").response()
    assert "server" in shown.content
    refused = await face.guild.add_member("mo", moderators).command(face.guild.general, "pullquote status").response()
    assert "manage this server" in refused.content


async def test_an_editor_who_lost_the_role_can_press_nothing_any_more(face, editor, editors, ada):
    face.posted = await ask(face, editor)
    ada.reply(face.posted, ANSWERS["ada"])
    await face.tick(minutes=6)
    shown = await editor.command(face.guild.general, "pullquote review").response()
    editor.take(face.guild, editor, editors)
    refused = await editor.press(shown, shown.button("Keep")).response()
    assert "This is for" in refused.content
    assert [verdict for verdict in await face.rows(Verdict) if verdict.editor] == []


async def test_a_server_that_the_config_does_not_name_gets_nothing_but_the_reason(face, discord, application):
    other = discord.add_guild(application)
    boss = other.owner
    for name in EDITORS_COMMANDS:
        refused = await boss.command(other.general, f"pullquote {name}").response()
        assert "not set up" in refused.content
    assert await face.rows(Question) == []


@pytest.fixture
async def two(face, discord, application):
    """Two servers of one bot, each with an editor of its own and questions of its own."""
    other = discord.add_guild(application)
    role = other.add_role("Redaktion", "manage_messages")
    await face.close()
    face.guilds = face.guilds | {other.id: {"editor_role": role.id, "accounts": ("server",)}}
    await face.open()
    face.other = other
    face.other_editor = other.add_member("olga", role)
    return face


async def test_the_questions_and_answers_of_one_server_are_unknown_to_the_other(two, editor, ada):
    posted = await ask(two, editor)
    ada.reply(posted, ANSWERS["ada"])
    await two.tick(minutes=6)
    (question,) = await two.rows(Question)
    olga, channel = two.other_editor, two.other.general
    for name in ("review", "digest", "pause", "resume"):
        told = await olga.command(channel, f"pullquote {name}", question=f"#{question.id}").response()
        assert "no question" in told.content
    for name in ("queue", "review", "status"):
        told = await olga.command(channel, f"pullquote {name}").response()
        assert "stop doing" not in told.content
        assert "AMP" not in told.content
    assert await olga.type(channel, "pullquote review", "question", "").choices() == {}


REPLY_ACTS = sorted(name for name in ACTS if name.startswith("review-"))
QUESTION_ACTS = sorted(name for name in ACTS if name.startswith("queue-") and name not in ("queue-back", "queue-one"))
FILLED = {
    "reason": "",
    "words": "AMP",
    "name": "x",
    "said_by": "x",
    "url": "https://example.org",
    "text": "x",
    "closes": "1d",
}


async def call_from_the_other(two, name, *args):
    """As if a button of another server had been pressed there, which Discord's own clients do not offer."""
    guild = find_guild(two.context, two.other.id)
    caller = Caller(id=two.other_editor.id, by="Olga", guild=guild, right=Right.EDIT)
    call = Call(
        two.context, guild.account_id, caller, "1", "en-US", two.other.general.id, args=tuple(args), values=FILLED
    )
    return await ACTS[name].work(call)


async def test_no_button_of_one_server_reaches_an_answer_of_another(two, editor, ada):
    posted = await ask(two, editor)
    ada.reply(posted, ANSWERS["ada"])
    await two.tick(minutes=6)
    (reply,) = await two.rows(Reply)
    for name in [each for each in REPLY_ACTS if each != "review-skip"]:
        with pytest.raises(DeskError, match="no reply"):
            await call_from_the_other(two, name, str(reply.id), "", "", "0" * 8)
    assert [verdict for verdict in await two.rows(Verdict) if verdict.editor] == []


async def test_no_button_of_one_server_reaches_a_question_of_another(two, editor):
    posted = await ask(two, editor)
    (question,) = await two.rows(Question)
    for name in [*QUESTION_ACTS, "resume-one"]:
        with pytest.raises(DeskError, match="no longer here"):
            await call_from_the_other(two, name, str(question.id))
    assert posted.reload() is not None
    assert (await two.rows(Question))[0].state is QuestionState.ACTIVE


async def test_a_form_belongs_to_whoever_filled_it_in(face, editor, editors):
    other = face.guild.add_member("emil", editors)
    form = editor.command(face.guild.general, "pullquote ask")
    shown = await (await fill_in(editor, form, text="Why?", closes="7d")).response()
    draft = shown.button("Post").rsplit(":", 1)[1]
    guild = find_guild(face.context, face.guild.id)
    caller = Caller(id=other.id, by="Emil", guild=guild, right=Right.EDIT)
    call = Call(face.context, guild.account_id, caller, "1", "en-US", face.guild.general.id, args=(draft,))
    with pytest.raises(DeskError, match="no longer there"):
        await ACTS["ask-yes"].work(call)
    assert face.posts() == []


async def test_a_members_answer_is_reached_by_nobody_else(face, editor, ada, grace):
    posted = await ask(face, editor)
    ada.reply(posted, ANSWERS["ada"])
    await face.tick(minutes=6)
    (reply,) = await face.rows(Reply)
    guild = find_guild(face.context, face.guild.id)
    for name in ("mine-edit", "mine-edited", "mine-withdraw", "mine-withdrawn"):
        caller = Caller(id=grace.id, by="Grace", guild=guild, right=None)
        call = Call(face.context, guild.account_id, caller, "1", "en-US", face.guild.general.id, args=(str(reply.id),))
        with pytest.raises(DeskError):
            await ACTS[name].work(call)
    assert await face.rows(Consent) == []


MEMBERS_ACTS = sorted(make_member_acts(None))
MEMBERS_ARGS = {
    "answer": ("1",),
    "form": ("1",),
    "vote": ("1", "0"),
    "leave": ("leave-1", "yes"),
    "save": ("400",),
    "save-message": ("400",),
    "save-as-typed": ("400",),
}
"""What a component of the first server carries: its post, its request, its message."""


@pytest.fixture
async def forged(two, editor, ada):
    """An answer that was asked about, and a message that is held to be saved, both on the first server."""
    two.posted = await ask(two, editor, options="yes\nno")
    message = ada.reply(two.posted, ANSWERS["ada"])
    await two.tick(minutes=6)
    (reply,) = await two.rows(Reply)
    guild = find_guild(two.context, two.guild.id)
    await choose_passage(two.context, guild.workspace, reply.id, ANSWERS["ada"], by="Eve")
    await ask_consent(two.context, guild.workspace, reply.id, by="Eve", guild=guild)
    await two.tick(minutes=6)
    await editor.use_on(message, "Save as quote").response()
    saving._held["400"] = saving._held[str(message.id)]
    two.held = message
    return two


def forge(two, name, server, caller):
    """One of these components, pressed on a server by somebody."""
    context = two.context
    forms = FormContent(context.store, 1, context.now, context.guilds, context.name)
    values = {"answer": "We stopped.", "leave": "yes", "chosen": ("1",)}
    return make_member_acts(forms)[name].work(
        Call(
            context,
            1,
            caller,
            f"forged-{name}",
            "en-US",
            server.general.id,
            args=MEMBERS_ARGS[name],
            values=values,
            server=server.id,
        )
    )


async def count_rows(two):
    return [len(await two.rows(table)) for table in (Reply, Consent, Vote, Verdict)]


@pytest.mark.parametrize("name", MEMBERS_ACTS)
async def test_no_component_with_an_id_of_one_server_does_anything_on_another(forged, ada, name):
    before = await count_rows(forged)
    guild = find_guild(forged.context, forged.other.id)
    caller = Caller(
        id=ada.id,
        by="Ada",
        guild=guild,
        right=Right.EDIT,
        roles=tuple(forged.guilds[forged.other.id]["editor_role"].split()),
        manages=True,
    )
    with pytest.raises(DeskError):
        await forge(forged, name, forged.other, caller)
    assert await count_rows(forged) == before


async def test_a_request_for_leave_is_decided_by_nobody_but_its_author(forged, grace):
    before = await count_rows(forged)
    guild = find_guild(forged.context, forged.guild.id)
    with pytest.raises(DeskError, match="Only"):
        await forge(forged, "leave", forged.guild, Caller(id=grace.id, by="Grace", guild=guild, right=None))
    assert await count_rows(forged) == before


@pytest.mark.parametrize("name", ["answer", "form", "vote", "leave"])
async def test_the_same_component_works_where_it_belongs(forged, ada, name):
    guild = find_guild(forged.context, forged.guild.id)
    await forge(forged, name, forged.guild, Caller(id=ada.id, by="Ada", guild=guild, right=None))


async def test_a_menu_saves_nothing_under_a_question_of_another_server(forged):
    before = await count_rows(forged)
    guild = find_guild(forged.context, forged.other.id)
    key = next(iter(saving._held))
    saving._held["400"] = replace(saving._held[key], extra={"guild": forged.other.id})
    caller = Caller(
        id="1",
        by="Olga",
        guild=guild,
        right=Right.EDIT,
        manages=True,
        roles=tuple(forged.guilds[forged.other.id]["editor_role"].split()),
    )
    with pytest.raises(DeskError):
        await forge(forged, "save", forged.other, caller)
    assert await count_rows(forged) == before
