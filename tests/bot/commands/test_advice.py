"""`pullquote check --online` says what is to be done on Discord: the invite link with the least permissions."""

from urllib.parse import parse_qs, urlsplit

import discord as discord_py

from bot.cli.check import log_in


async def read_advice(face):
    checked = await log_in(face.configure())
    return checked["server"].advice


def read_link(advice):
    (line,) = (line for line in advice if line.startswith("invite it: "))
    return {key: value[0] for key, value in parse_qs(urlsplit(line.removeprefix("invite it: ")).query).items()}


async def test_the_invite_link_asks_for_the_least(face, application):
    asked = read_link(await read_advice(face))
    assert asked["client_id"] == application.id
    assert asked["scope"] == "bot applications.commands"
    named = {name for name, is_set in discord_py.Permissions(int(asked["permissions"])) if is_set}
    assert named == {
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "read_message_history",
        "attach_files",
        "send_polls",
    }


async def test_the_servers_are_named_with_the_line_that_the_config_needs(face, guild):
    assert any(guild.name in line and f"[guilds.{guild.id}]" in line for line in await read_advice(face))


async def test_an_intent_that_is_on_for_nothing_is_told(face, application):
    assert any("no privileged one" in line for line in await read_advice(face))
    application.allow_message_content(allowed=True)
    assert any("switch it off" in line for line in await read_advice(face))
