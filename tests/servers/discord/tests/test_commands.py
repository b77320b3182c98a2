"""Application commands are registered as Discord registers them."""

import pytest


@pytest.fixture
def put(api, application):
    async def put(*commands, guild=None):
        scope = f"/guilds/{guild.id}" if guild else ""
        return await api.put(f"applications/{application.id}{scope}/commands", json=list(commands))

    return put


ASK = {"name": "ask", "description": "Ask."}


async def test_an_overwrite_keeps_ids_and_removes_what_is_not_named(put, application):
    await put(ASK, {"name": "old", "description": "Old."})
    before = {command["name"]: command["id"] for command in application.commands()}
    await put(ASK | {"description": "Ask anew."})
    (command,) = application.commands()
    assert (command["id"], command["description"]) == (before["ask"], "Ask anew.")


async def test_a_guilds_commands_are_its_own(put, application, guild):
    await put(ASK)
    await put({"name": "here", "description": "Here."}, guild=guild)
    assert [command["name"] for command in application.commands()] == ["ask"]
    assert [command["name"] for command in application.commands(guild.id)] == ["here"]


OPTION = {"type": 3, "name": "text", "description": "What."}


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Ask", "description": "Upper case."},
        {"name": "ask me", "description": "A space."},
        {"name": "ask", "description": ""},
        {"name": "ask", "description": "x" * 101},
        ASK | {"options": [OPTION, OPTION]},
        ASK | {"options": [OPTION, OPTION | {"name": "more", "required": True}]},
        {"name": "Save", "type": 3, "description": "A context menu has none."},
    ],
    ids=["upper case", "space", "no description", "101", "the same twice", "required after optional", "context menu"],
)
async def test_a_command_that_discord_refuses_is_refused_and_nothing_changes(put, application, command):
    await put({"name": "kept", "description": "Kept."})
    assert (await put(command)).status_code == 400
    assert [command["name"] for command in application.commands()] == ["kept"]
    application.forget_problems()


async def test_more_than_two_hundred_a_day_are_refused(put):
    for day in range(2):
        commands = [{"name": f"ask-{day}-{number}", "description": "Ask."} for number in range(100)]
        assert (await put(*commands)).status_code == 200
    assert (await put(ASK)).json()["code"] == 30034
    assert (await put(*commands)).status_code == 200, "what is there already is no creation"


async def test_commands_of_somebody_else_are_not_touched(api, discord):
    other = discord.add_application("other")
    assert (await api.get(f"applications/{other.id}/commands")).json()["code"] == 50001
    other.remove()
