"""`/privacy`: what is kept, how long, who sees it, and how to have it changed."""

from typing import Any

import discord
from discord import app_commands

from bot import desk
from bot.commands.parts.acts import Act, Call, Face
from bot.commands.parts.shown import Shown
from bot.commands.parts.text import plain
from bot.words import words


def make_command(face: Face) -> app_commands.Command[Any, Any, Any]:
    """`/privacy`."""

    @app_commands.command(name="privacy", description=words("en")["face"]["commands"]["privacy"])
    async def privacy(interaction: discord.Interaction) -> None:
        await face.perform(interaction, "privacy")

    return privacy


async def _show_privacy(call: Call) -> Shown:
    labels = call.labels["privacy"]
    facts = await desk.privacy(call.context, call.caller.guild)
    who = labels["role"].format(role=f"<@&{facts.editor_role}>") if facts.editor_role else labels["managers"]
    outlet = plain(facts.outlet) or labels["outlet_unnamed"]
    told = [
        labels["what"],
        labels["who"].format(who=who),
        labels["leave"].format(outlet=outlet),
        labels["votes"],
        labels["how_long"].format(days=facts.retention_days),
        labels["gone"].format(days=facts.retention_days),
        labels["yours"],
    ]
    return Shown("\n".join(told))


ACTS = {"privacy": Act(_show_privacy, needs=None)}
