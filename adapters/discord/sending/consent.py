"""Asking one author for leave: a reply to what they wrote, which mentions them alone, with a button a choice."""

from datetime import datetime

from adapters.contract.errors import Rejected, Uncertain
from adapters.contract.sending import Absent, NotYet, Payload, Reference
from adapters.discord.sending.choices import list_choices
from adapters.discord.sending.compose import refer_to
from adapters.discord.sending.keys import list_custom_ids, make_nonce, name_consent
from adapters.discord.sending.publish import LONGEST_SKEW, seek, send_message
from adapters.discord.text import MESSAGE, cut, escape
from adapters.discord.wire import Wire

_LABEL = 80


async def ask_author(wire: Wire, reply: Reference, wording: str, key: str, since: datetime | None) -> Reference:
    """As in `adapters.contract.optional.AsksAuthor`."""
    request = await wire.forms.get_consent_request(key)
    if request is None:
        raise Rejected(f"nothing is asked under the key {key}: the request was taken back")
    channel = reply.extra["channel"]
    if since is not None:
        wanted = name_consent(key, "yes")
        found = await seek(wire, channel, since, lambda message: wanted in list_custom_ids(message), LONGEST_SKEW)
        if isinstance(found, NotYet):
            raise Uncertain(f"whether {key} was asked cannot be told yet")
        if not isinstance(found, Absent):
            return found
    choices = list_choices(votes=request.votes)
    body = {
        "content": _check(escape(wording)),
        "message_reference": refer_to(reply),
        "allowed_mentions": {"parse": [], "replied_user": True},
        "components": [{"type": 1, "components": [_button(key, each, request.labels[each]) for each in choices]}],
    }
    return await send_message(wire, channel, body | {"nonce": make_nonce(key, None, body), "enforce_nonce": True})


def _button(key: str, choice: str, label: str) -> Payload:
    return {"type": 2, "style": 2, "label": cut(label, _LABEL), "custom_id": name_consent(key, choice)}


def _check(text: str) -> str:
    if (length := MESSAGE.measure(text)) > MESSAGE.maximum:
        raise Rejected(f"the request has {length} {MESSAGE.unit}; Discord takes {MESSAGE.maximum}")
    return text
