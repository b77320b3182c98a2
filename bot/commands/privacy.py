"""`/privacy`: what is kept, how long, who sees it, and how to have it changed."""

from bot import desk
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.shown import Shown
from bot.commands.parts.text import plain


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
        labels["compared"],
        labels["how_long"].format(days=facts.retention_days),
        labels["gone"].format(days=facts.retention_days),
        labels["yours"],
    ]
    return Shown("\n".join(told))


ACTS = {"privacy": Act(_show_privacy, needs=None)}
