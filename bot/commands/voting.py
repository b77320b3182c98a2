"""The buttons of a vote: a member chooses an option; another press changes it."""

from collections.abc import Mapping
from functools import partial

from adapters.contract.errors import Rejected
from adapters.contract.forms import FormHost
from adapters.discord.sending.keys import VOTE, write_id
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.components import count_on
from bot.commands.parts.questions import find_open
from bot.commands.parts.shown import Shown
from bot.commands.parts.text import escape
from bot.desk import DeskError


async def _vote(forms: FormHost, call: Call) -> Shown:
    asked, option = await find_open(call, forms), int(call.args[1])
    if option >= len(asked.options):
        raise DeskError(asked.labels["unknown"])
    try:
        counts = await forms.inbox.voted(call.interaction_id, asked.post_id, call.caller.id, option)
    except Rejected:
        raise DeskError(asked.labels["closed"]) from None
    labels = {
        write_id(VOTE, (asked.post_id, number)): count_on(asked.options[number], count)
        for number, count in enumerate(counts or ())
    }
    return Shown(asked.labels["voted"].format(option=escape(asked.options[option])), labels=labels)


def make_acts(forms: FormHost) -> Mapping[str, Act]:
    """The button of an option."""
    return {VOTE: Act(partial(_vote, forms), needs=None, below=True)}
