"""Why the author of an answer cannot be asked for consent."""

from collections.abc import Sequence

from adapters.contract.errors import AdapterError
from adapters.contract.optional import AsksAuthor
from bot.context import Context
from bot.digest.selection.select import Answer, AnswerPart
from bot.quotes import ASKABLE, WHY_NOT, Edition
from storage.models import Outgoing
from storage.replies.current import CurrentReply
from storage.states import Origin, OutgoingState


def find_chosen(answer: Answer) -> AnswerPart | None:
    """The first part of which an editor has chosen a passage."""
    return next((part for part in answer.parts if part.reply.chosen is not None), None)


async def find_hindrance(context: Context, answer: Answer, asked_before: Sequence[Outgoing]) -> str:
    """Why the author of an answer cannot be asked for consent, "" where they can."""
    part = find_chosen(answer)
    if part is None:
        return "choose the passage first: its author is asked about the very words"
    if (barrier := part.barriers[Edition.PUBLIC]) is None:
        return "it may be quoted already"
    if barrier not in ASKABLE:
        return f"it may not be quoted: {WHY_NOT[barrier]}"
    if any(_stands(each, part) for each in asked_before):
        return "its author was asked already: ask once, and wait"
    if part.reply.origin is Origin.SUBMITTED:
        return "it was handed in by a form, in which its author decided"
    return await _find_silence(context, part.reply)


def _stands(request: Outgoing, part: AnswerPart) -> bool:
    return request.state is not OutgoingState.FAILED and request.payload.get("revision") == part.reply.revision_id


async def _find_silence(context: Context, reply: CurrentReply) -> str:
    """Why the network of a reply cannot carry a request."""
    if not reply.is_public:
        return "it was not written for everybody, as a request would be: ask by hand, where it was written"
    if reply.account_id is None or reply.account_id not in context.accounts.ids:
        return "no account of the config reaches its author: ask by hand"
    try:
        adapter = await context.accounts.adapter(reply.account_id)
    except AdapterError as error:
        return f"its network cannot be reached: {error}"
    return "" if isinstance(adapter, AsksAuthor) else "its network carries no requests for leave: ask by hand"
