"""What the sandbox refuses, found out before anything is sent. Pure."""

from datetime import datetime

from adapters.checks import check_text
from adapters.contract.capabilities import Capabilities, PollLimits
from adapters.contract.errors import Rejected
from adapters.contract.sending import Draft, Poll


def check_draft(draft: Draft, capabilities: Capabilities, at: datetime) -> None:
    """Raise Rejected with the first thing that the network would refuse."""
    if capabilities.needs_place and not draft.place:
        raise Rejected("this account posts into a place; the target names none")
    if draft.thread and not capabilities.threads:
        raise Rejected("this account cannot go on in a thread; the text must fit one post")
    for number, text in enumerate((draft.root, *draft.thread), start=1):
        check_text(text, f"text {number}", capabilities.limits, "the network")
    if draft.poll and draft.vote_by_buttons:
        if len(draft.poll.options) > capabilities.most_buttons:
            raise Rejected(f"{capabilities.most_buttons} options at most can be voted for by buttons here")
    elif draft.poll:
        check_poll(draft.poll, capabilities.poll, at)


def check_poll(poll: Poll, limits: PollLimits | None, at: datetime) -> None:
    """As many options, as long and for as long as the network takes."""
    if limits is None:
        raise Rejected("this network has no polls; print the options")
    if not limits.fewest_options <= len(poll.options) <= limits.most_options:
        count = f"{limits.fewest_options} to {limits.most_options}"
        raise Rejected(f"a poll has {count} options here, not {len(poll.options)}")
    for option in poll.options:
        check_text(option, f"the option {option!r}", (limits.option,), "the network")
    duration = poll.closes_at - at
    if not limits.shortest <= duration <= limits.longest:
        raise Rejected(f"a poll is open for {limits.shortest} to {limits.longest} here, not for {duration}")
    if duration % limits.step:
        raise Rejected(f"a poll is open for a multiple of {limits.step} here, not for {duration}")
