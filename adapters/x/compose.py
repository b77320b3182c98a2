"""From a draft to the exact body of each call. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from adapters.checks import check_text
from adapters.contract.capabilities import Capabilities
from adapters.contract.errors import Rejected
from adapters.contract.sending import Draft, Part, Payload, Poll, Reference, Role

_MINUTE = timedelta(minutes=1)


def check_draft(draft: Draft, capabilities: Capabilities, at: datetime) -> None:
    """Raises Rejected where X would refuse the draft, or bill what nobody meant."""
    texts = (draft.root, *draft.thread)
    for number, text in enumerate(texts, start=1):
        which = f"post {number} of {len(texts)}"
        check_text(text, which, capabilities.limits, "X")
        if capabilities.find_faults is not None and (faults := capabilities.find_faults(text)):
            raise Rejected(f"{which}: {'; '.join(faults)}")
    if draft.poll is not None:
        _check_poll(draft.poll, capabilities, at)


def _check_poll(poll: Poll, capabilities: Capabilities, at: datetime) -> None:
    limits = capabilities.poll
    assert limits is not None
    if not limits.fewest_options <= len(poll.options) <= limits.most_options:
        raise Rejected(
            f"a poll on X has {limits.fewest_options} to {limits.most_options} options, not {len(poll.options)}"
        )
    for option in poll.options:
        if not option.strip():
            raise Rejected("an option of the poll is empty")
        if (length := limits.option.measure(option)) > limits.option.maximum:
            raise Rejected(f"the option {option!r} has {length} characters; X takes {limits.option.maximum}")
    if not limits.shortest <= poll.closes_at - at <= limits.longest:
        minutes = (poll.closes_at - at) // _MINUTE
        raise Rejected(f"a poll on X runs for 5 to 10,080 minutes, not for {minutes:,}")


def compose_parts(draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:
    """The root and its self-replies."""
    parts = []
    for index, text in enumerate((draft.root, *draft.thread)):
        payload: Payload = {"text": text}
        if draft.poll is not None and index == 0:
            minutes = (draft.poll.closes_at - at) // _MINUTE
            payload["poll"] = {"options": list(draft.poll.options), "duration_minutes": minutes}
        parts.append(Part(f"{key}-{index}", Role.THREAD if index else Role.ROOT, payload))
    return tuple(parts)


def complete_body(part: Part, parents: Sequence[Reference]) -> Payload:
    """The body of the call: the stored payload, and for a self-reply the post before it."""
    if part.role is not Role.THREAD:
        return part.payload
    if not parents:
        raise Rejected(f"part {part.key} continues a thread, but no post comes before it")
    return {**part.payload, "reply": {"in_reply_to_tweet_id": parents[-1].remote_id}}
