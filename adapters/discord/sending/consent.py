"""Asking one author for consent: a reply to what they wrote, which mentions them alone, with a button a choice."""

from datetime import datetime

from adapters.contract.errors import Rejected, Uncertain
from adapters.contract.sending import Absent, NotYet, Reference
from adapters.discord.sending.choices import list_choices
from adapters.discord.sending.compose import make_button, refer_to
from adapters.discord.sending.keys import CONSENT, list_custom_ids, make_nonce, write_id
from adapters.discord.sending.publish import LONGEST_SKEW, seek, send_message
from adapters.discord.text import MESSAGE, escape
from adapters.discord.wire import Wire


async def ask_author(wire: Wire, reply: Reference, wording: str, key: str, since: datetime | None) -> Reference:
    """As in `adapters.contract.optional.AsksAuthor`."""
    request = await wire.forms.get_consent_request(key)
    if request is None:
        raise Rejected(f"nothing is asked under the key {key}: the request was taken back")
    channel = reply.extra["channel"]
    if since is not None:
        wanted = write_id(CONSENT, (key, "yes"))
        found = await seek(wire, channel, since, lambda message: wanted in list_custom_ids(message), LONGEST_SKEW)
        if isinstance(found, NotYet):
            raise Uncertain(f"whether {key} was asked cannot be told yet")
        if not isinstance(found, Absent):
            return found
    buttons = [
        make_button(request.labels[choice], write_id(CONSENT, (key, choice)))
        for choice in list_choices(votes=request.votes)
    ]
    body = {
        "content": _check(escape(wording)),
        "message_reference": refer_to(reply),
        "allowed_mentions": {"parse": [], "replied_user": True},
        "components": [{"type": 1, "components": buttons}],
    }
    return await send_message(wire, channel, body | {"nonce": make_nonce(key, None, body), "enforce_nonce": True})


def _check(text: str) -> str:
    if (length := MESSAGE.measure(text)) > MESSAGE.maximum:
        raise Rejected(f"the request has {length} {MESSAGE.unit}; Discord takes {MESSAGE.maximum}")
    return text
