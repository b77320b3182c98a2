"""`/forget-me`: everything about a member is erased, at once, after one question."""

from bot import desk
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.posts import show_link
from bot.commands.parts.shown import Button, ButtonStyle, Shown
from bot.commands.parts.text import escape


async def _ask_first(call: Call) -> Shown:
    labels = call.labels["forget"]
    count = await desk.count_said(call.context, call.account_id, call.caller.id)
    yes = Button(labels["yes"], "forget-yes", (call.caller.id,), ButtonStyle.DANGER)
    return Shown(labels["sure"].format(n=count), ([yes, Button(labels["no"], "forget-no")],))


async def _forget(call: Call) -> Shown:
    labels = call.labels["forget"]
    if call.args[0] != call.caller.id:
        return Shown(labels["kept"])
    done = await desk.forget_me(call.context, call.account_id, call.caller.id)
    told = [labels["done"].format(n=done.replies), labels["files"].format(n=len(done.rewritten))]
    if done.printed:
        told += [labels["printed"], *(f"- {show_link(url) or escape(url)}" for url in done.printed)]
    return Shown("\n".join([*told, labels["discord_stays"]]))


async def _keep(call: Call) -> Shown:
    return Shown(call.labels["forget"]["kept"])


ACTS = {
    "forget": Act(_ask_first, needs=None),
    "forget-yes": Act(_forget, needs=None, changes=True, in_place=True),
    "forget-no": Act(_keep, needs=None, in_place=True),
}
