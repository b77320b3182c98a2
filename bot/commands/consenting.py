"""The buttons under a request for consent: its author decides, and may press another one later."""

from collections.abc import Mapping
from functools import partial

from adapters.contract.errors import Rejected
from adapters.contract.forms import FormHost
from adapters.discord.sending.choices import make_decision
from adapters.discord.sending.keys import CONSENT
from bot.commands.parts.acts import Act, Call
from bot.commands.parts.shown import Shown
from bot.desk import DeskError


async def _decide(forms: FormHost, call: Call) -> Shown:
    key, choice = call.args
    request = await forms.get_consent_request(key, call.server)
    if request is None:
        raise DeskError(forms.get_labels(call.language)["unknown"])
    decision = make_decision(choice, f"{request.wording} {request.labels[choice]}")
    try:
        await forms.inbox.consented(call.interaction_id, call.caller.id, key, decision)
    except Rejected:
        raise DeskError(request.labels["not_yours"]) from None
    return Shown(request.labels[f"said_{choice}"])


def make_acts(forms: FormHost) -> Mapping[str, Act]:
    """The button of a choice."""
    return {CONSENT: Act(partial(_decide, forms), needs=None)}
