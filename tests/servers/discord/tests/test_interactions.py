"""An interaction is acknowledged once and in time, and followed up for a quarter of an hour."""

import pytest

from tests.servers.discord.network import Refused
from tests.servers.discord.tests.conftest import connect, until

EPHEMERAL = 64
ROW = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Answer", "custom_id": "answer"}]}
COMMANDS = [
    {
        "name": "ask",
        "description": "Ask something.",
        "options": [
            {"type": 3, "name": "text", "description": "What.", "required": True, "max_length": 20},
            {"type": 3, "name": "slug", "description": "Which.", "autocomplete": True},
            {"type": 3, "name": "how", "description": "How.", "choices": [{"name": "Soon", "value": "soon"}]},
            {"type": 4, "name": "days", "description": "How long.", "min_value": 1, "max_value": 5},
        ],
    },
    {"name": "edit", "description": "For editors.", "default_member_permissions": 1 << 13},
]


@pytest.fixture
async def bot(api, application, guild):
    """Registered, connected, and silent: the test answers by hand."""
    answer = await api.put(f"applications/{application.id}/commands", json=COMMANDS)
    assert answer.status_code == 200
    async with connect(application) as client:
        yield client


@pytest.fixture
def answer(api, application):
    """Send a callback for an interaction."""

    async def answer(interaction, type_, *, ask_response=True, **data):
        token = application.control.act("token", interaction=interaction.id)
        query = {"with_response": "true"} if ask_response else {}
        body = {"type": type_, "data": data} if data else {"type": type_}
        return await api.post(f"interactions/{interaction.id}/{token}/callback", params=query, json=body)

    return answer


@pytest.fixture
def follow(api, application):
    """Speak through the webhook of an interaction."""

    async def follow(method, interaction, path="", **body):
        token = application.control.act("token", interaction=interaction.id)
        return await api.request(method, f"webhooks/{application.id}/{token}{path}", json=body or None)

    return follow


async def test_it_can_be_acknowledged_once(bot, answer, guild, ada):
    used = ada.command(guild.general, "ask", text="Why?")
    assert (await answer(used, 4, content="first")).status_code == 200
    again = await answer(used, 4, content="second")
    assert (again.status_code, again.json()["code"]) == (400, 40060)
    assert [message.content for message in used.shown()] == ["first"]


async def test_after_three_seconds_it_has_failed(bot, answer, guild, ada, clock):
    used = ada.command(guild.general, "ask", text="Why?")
    clock.advance(seconds=3.5)
    assert used.failed
    late = await answer(used, 4, content="late")
    assert (late.status_code, late.json()["code"]) == (404, 10062)
    assert used.shown() == []


async def test_acknowledged_in_time_it_has_not_failed(bot, answer, guild, ada, clock):
    used = ada.command(guild.general, "ask", text="Why?")
    await answer(used, 5)
    clock.advance(seconds=60)
    assert not used.failed


async def test_its_token_lives_for_fifteen_minutes(bot, answer, follow, guild, ada, clock):
    used = ada.command(guild.general, "ask", text="Why?")
    await answer(used, 5, flags=EPHEMERAL)
    clock.advance(minutes=14)
    assert (await follow("POST", used, content="in time")).status_code == 200
    clock.advance(minutes=2)
    late = await follow("POST", used, content="late")
    assert (late.status_code, late.json()["code"]) == (401, 50027)


async def test_nothing_follows_before_the_acknowledgement(bot, follow, guild, ada):
    used = ada.command(guild.general, "ask", text="Why?")
    assert (await follow("POST", used, content="too soon")).json()["code"] == 10015


async def test_the_first_to_follow_a_deferral_fills_it_and_is_as_private(bot, answer, follow, guild, ada):
    used = ada.command(guild.general, "ask", text="Why?")
    await answer(used, 5, flags=EPHEMERAL)
    await follow("POST", used, content="filled")
    await follow("POST", used, content="beside it, for all")
    first, second = used.shown()
    assert (first.content, first.ephemeral) == ("filled", True)
    assert (second.content, second.ephemeral) == ("beside it, for all", False)
    assert [message.content for message in guild.general.messages()] == ["beside it, for all"]


async def test_the_original_is_edited_and_deleted(bot, answer, follow, guild, ada):
    used = ada.command(guild.general, "ask", text="Why?")
    await answer(used, 4, content="one", flags=EPHEMERAL)
    await follow("PATCH", used, "/messages/@original", content="two")
    assert [message.content for message in used.shown()] == ["two"]
    assert (await follow("DELETE", used, "/messages/@original")).status_code == 204
    assert used.shown() == []


async def test_an_ephemeral_message_is_for_one_person(bot, answer, guild, ada, grace, api):
    used = ada.command(guild.general, "ask", text="Why?")
    await answer(used, 4, content="for you", flags=EPHEMERAL, components=[ROW])
    (shown,) = used.shown()
    ada.press(shown, "answer")
    with pytest.raises(Refused):
        grace.press(shown, "answer")
    assert (await api.get(f"channels/{guild.general.id}/messages")).json() == []


async def test_a_callback_of_the_wrong_kind_is_refused(bot, application, answer, guild, ada):
    used = ada.command(guild.general, "ask", text="Why?")
    assert (await answer(used, 7, content="there is nothing to update")).status_code == 400
    application.forget_problems()


async def test_the_same_interaction_can_come_twice(bot, guild, ada):
    heard = []

    async def on_interaction(interaction):
        heard.append(interaction.id)

    bot.event(on_interaction)
    used = ada.command(guild.general, "ask", text="Why?")
    used.repeat()
    await until(lambda: len(heard) == 2)
    assert heard == [int(used.id)] * 2


async def test_without_a_connection_it_fails(api, application, guild, ada, clock):
    await api.put(f"applications/{application.id}/commands", json=COMMANDS)
    used = ada.command(guild.general, "ask", text="Why?")
    clock.advance(seconds=4)
    assert used.failed


async def test_discords_own_default_permission_hides_a_command(bot, guild, ada):
    with pytest.raises(Refused, match="not offered"):
        ada.command(guild.general, "edit")
    editors = guild.add_role("editors", "manage_messages")
    guild.add_member("edith", editors).command(guild.general, "edit")
    guild.owner.command(guild.general, "edit")
    ada.command(guild.general, "edit", overrule=True)


async def test_a_client_sends_only_what_the_command_takes(bot, guild, ada):
    with pytest.raises(Refused, match="must be given"):
        ada.command(guild.general, "ask")
    with pytest.raises(Refused, match="has no"):
        ada.command(guild.general, "ask", text="Why?", colour="red")
    with pytest.raises(Refused, match="another length"):
        ada.command(guild.general, "ask", text="Why?" * 9)
    with pytest.raises(Refused, match="offers"):
        ada.command(guild.general, "ask", text="Why?", how="later")
    with pytest.raises(Refused, match="1 to 5"):
        ada.command(guild.general, "ask", text="Why?", days=6)


async def test_a_guild_without_the_bot_is_not_offered_its_commands(discord, bot):
    other = discord.add_guild()
    with pytest.raises(Refused, match="no command"):
        other.owner.command(other.general, "ask", text="Why?")


async def test_autocomplete_offers_choices(bot, answer, guild, ada):
    typed = ada.type(guild.general, "ask", "slug", "dis")
    await answer(typed, 8, choices=[{"name": "Disavow", "value": "disavow-links"}])
    assert await typed.choices() == {"Disavow": "disavow-links"}


FORM = {
    "custom_id": "form:1",
    "title": "Your answer",
    "components": [
        {
            "type": 18,
            "label": "Your answer",
            "component": {"type": 4, "custom_id": "words", "style": 2, "max_length": 100, "min_length": 3},
        },
        {
            "type": 18,
            "label": "May we quote you?",
            "component": {
                "type": 21,
                "custom_id": "leave",
                "options": [{"label": "Yes", "value": "yes"}, {"label": "No", "value": "no"}],
            },
        },
    ],
}


async def test_a_form_is_filled_in_as_its_fields_allow_and_sent_once(bot, application, answer, guild, ada, api):
    await api.post(f"channels/{guild.general.id}/messages", json={"content": "Why?", "components": [ROW]})
    (question,) = guild.general.messages()
    pressed = ada.press(question, question.button("Answer"))
    await answer(pressed, 9, **FORM)
    form = await pressed.modal()
    assert "May we quote you?" in form.text
    with pytest.raises(Refused, match="must be filled in"):
        ada.submit(form, leave="yes")
    with pytest.raises(Refused, match="3 to 100"):
        ada.submit(form, words="x", leave="yes")
    with pytest.raises(Refused, match="does not offer"):
        ada.submit(form, words="Because.", leave="perhaps")
    with pytest.raises(Refused, match="choices"):
        ada.submit(form, words="Because.")
    sent = ada.submit(form, words="Because.", leave="yes")
    with pytest.raises(Refused, match="already"):
        ada.submit(form, words="Because.", leave="yes")
    assert application.problems() == []
    assert (await answer(sent, 9, **FORM)).status_code == 400
    application.forget_problems()
    assert (await answer(sent, 7, content="1 answer", components=[ROW])).status_code == 200
    assert (await sent.updated()).content == "1 answer"


async def test_a_title_of_46_characters_is_refused(bot, application, answer, guild, ada, spec):
    used = ada.command(guild.general, "ask", text="Why?")
    refused = await answer(used, 9, **{**FORM, "title": "x" * 46})
    assert refused.status_code == 400
    application.forget_problems()


async def test_a_disabled_button_cannot_be_pressed(bot, guild, ada, api):
    button = ROW["components"][0] | {"disabled": True}
    row = {"type": 1, "components": [button]}
    await api.post(f"channels/{guild.general.id}/messages", json={"content": "Why?", "components": [row]})
    with pytest.raises(Refused, match="disabled"):
        ada.press(guild.general.messages()[0], "answer")
