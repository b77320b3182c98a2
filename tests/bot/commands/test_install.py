"""Commands are made known only when they changed, in both languages; they come back with every client."""

import asyncio

from tests.bot.commands.conftest import wait_for_commands


async def puts(face):
    return [call for call in face.application.calls() if call.route.startswith("PUT /applications")]


async def test_commands_are_made_known_once_and_not_at_every_start(face):
    assert len(await puts(face)) == 1
    await face.restart()
    assert len(await puts(face)) == 1


async def test_members_have_commands_of_their_own_since_the_permission_holds_for_a_whole_command(face):
    known = {command["name"]: command for command in face.application.commands()}
    assert {"pullquote", "my-answers", "forget-me", "privacy"} <= known.keys()
    assert known["pullquote"]["default_member_permissions"] == str(1 << 13)
    assert known["my-answers"]["default_member_permissions"] is None


async def test_descriptions_are_german_for_whoever_uses_discord_in_german(face):
    known = {command["name"]: command for command in face.application.commands()}
    assert known["privacy"]["description_localizations"] == {
        "de": "Was über dich gespeichert ist, wie lange, und wer es sieht"
    }
    subcommands = {option["name"]: option for option in known["pullquote"]["options"]}
    assert subcommands["review"]["description_localizations"]["de"].startswith("Antworten einzeln")
    (votes,) = (option for option in subcommands["ask"]["options"] if option["name"] == "votes")
    assert all(choice["name_localizations"]["de"] for choice in votes["choices"])


async def test_commands_work_on_a_client_that_was_built_anew(face, editor):
    face.application.invalidate_sessions()
    face.application.close_gateway(4000, resumable=False)
    await face.application.ready()
    await wait_for_commands()
    assert "server" in (await editor.command(face.guild.general, "pullquote status").response()).content


async def test_a_bot_that_is_stopped_before_it_knows_its_servers_leaves_nothing_behind(face):
    for start in range(20):
        await face.close()
        await face.connect()
        await asyncio.sleep(start / 500)
        await face.close()
        assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("discord.py: on_")]
        while face.application.sessions:  # noqa: ASYNC110  # else the old one is taken for the new one
            await asyncio.sleep(0.02)
