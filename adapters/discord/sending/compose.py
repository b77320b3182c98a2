"""From a draft to the exact bodies of its parts. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from adapters.checks import check_text
from adapters.contract.errors import Rejected
from adapters.contract.forms import PostedQuestion
from adapters.contract.sending import Draft, Part, Payload, Poll, Reference, Role
from adapters.discord.capabilities import BALLOT, MOST_BUTTONS, POLL
from adapters.discord.sending.keys import ANSWER, VOTE, make_nonce, read_post_id, write_id
from adapters.discord.text import LONGEST_LABEL, MESSAGE, cut

NO_PINGS: Payload = {"parse": [], "replied_user": False}
_BUTTONS_A_ROW = 5
_THREAD_NAME = 100
_WEEK_IN_MINUTES = 10_080  # the longest time of silence after which a thread is archived
_PLAIN, _STRONG = 2, 1  # styles of a button


def check_draft(draft: Draft, at: datetime) -> None:
    """Raise Rejected with the first thing that Discord would refuse, or that nobody wants (an empty message)."""
    if not draft.place:
        raise Rejected("Discord needs a channel: write the account as 'account:CHANNEL ID'")
    if not (draft.place.isascii() and draft.place.isdecimal()):
        raise Rejected(f"the place {draft.place!r} is no channel id (Discord: right click on the channel, Copy ID)")
    for number, text in enumerate((draft.root, *draft.thread), start=1):
        check_text(text, f"message {number} of {1 + len(draft.thread)}", (MESSAGE,), "Discord")
    if draft.poll is not None:
        _check_poll(draft.poll, at, by_buttons=draft.vote_by_buttons)


def compose_parts(
    draft: Draft, key: str, at: datetime, asked: PostedQuestion | None, *, open_thread: bool = False
) -> tuple[Part, ...]:
    """Root first, then its self-replies; a thread under the root comes last.

    asked: what the form of this post says, None where there is no form. The Answer button stands below the root, but
    for a native poll: a message with a poll cannot be edited, and the button counts answers; there it stands in the
    first reply.
    """
    post_id = None if asked is None else read_post_id(key)
    native = draft.poll is not None and not draft.vote_by_buttons
    bodies = [_compose_root(draft, asked, at)]
    bodies += [{"content": text} for text in draft.thread]
    if native and post_id is not None and asked is not None and not draft.thread:
        bodies.append({"content": asked.labels["below_poll"]})
    _add_buttons(bodies, draft, post_id, asked)
    parts = [_make_part(draft.place, key, index, body, at) for index, body in enumerate(bodies)]
    if open_thread and post_id is not None:
        name = cut(" ".join((asked.question if asked else draft.root).split()), _THREAD_NAME)
        thread = {"name": name, "auto_archive_duration": _WEEK_IN_MINUTES}
        parts.append(Part(f"{key}/thread", Role.GATE, {"channel": draft.place, "thread": thread}))
    return tuple(parts)


def complete_body(part: Part, parents: Sequence[Reference]) -> Payload:
    """The body of the message; a self-reply replies to the one before it, whose deletion makes Discord refuse it."""
    body: Payload = part.payload["body"]
    if part.role is not Role.THREAD:
        return body
    above = [parent for parent in parents if parent.remote_id.isdecimal()]  # a thread is no message
    if not above:
        raise Rejected(f"part {part.key} continues a question, but no message comes before it")
    return {**body, "message_reference": refer_to(above[-1])}


def refer_to(reference: Reference) -> Payload:
    """What a reply says of the message above it."""
    return {
        "message_id": reference.remote_id,
        "channel_id": reference.extra["channel"],
        "fail_if_not_exists": True,
    }


def _compose_root(draft: Draft, asked: PostedQuestion | None, at: datetime) -> Payload:
    if draft.poll is None or draft.vote_by_buttons:
        return {"content": draft.root}
    question = asked.question.strip() if asked and asked.question.strip() else draft.root.strip()
    check_text(question, "the poll's question", (BALLOT,), "Discord")
    poll = {
        "question": {"text": question},
        "answers": [{"poll_media": {"text": option}} for option in draft.poll.options],
        "duration": (draft.poll.closes_at - at) // POLL.step,
        "allow_multiselect": False,
        "layout_type": 1,
    }
    rest = draft.root.strip().removeprefix(question).lstrip()  # the poll says the question itself
    return {"content": rest, "poll": poll} if rest else {"poll": poll}


def _add_buttons(bodies: list[Payload], draft: Draft, post_id: int | None, asked: PostedQuestion | None) -> None:
    native = draft.poll is not None and not draft.vote_by_buttons
    if draft.poll is not None and draft.vote_by_buttons:
        if post_id is None:
            raise Rejected("votes by buttons need a post of ours to count them for")
        buttons = [
            make_button(option, write_id(VOTE, (post_id, number))) for number, option in enumerate(draft.poll.options)
        ]
        rows = [buttons[start : start + _BUTTONS_A_ROW] for start in range(0, len(buttons), _BUTTONS_A_ROW)]
        bodies[0]["components"] = [{"type": 1, "components": row} for row in rows]
    if post_id is not None and asked is not None:
        button = make_button(asked.labels["answer"], write_id(ANSWER, (post_id,)), _STRONG)
        below = bodies[1 if native else 0]
        below.setdefault("components", []).append({"type": 1, "components": [button]})


def make_button(label: str, custom_id: str, style: int = _PLAIN) -> Payload:
    """Its label is cut to what Discord takes."""
    return {"type": 2, "style": style, "label": cut(label, LONGEST_LABEL["button"]), "custom_id": custom_id}


def _make_part(place: str, key: str, index: int, body: Payload, at: datetime) -> Part:
    part_key = f"{key}/{index}" if index else key
    whole = {**body, "allowed_mentions": NO_PINGS, "nonce": make_nonce(part_key, at, body), "enforce_nonce": True}
    return Part(part_key, Role.THREAD if index else Role.ROOT, {"channel": place, "body": whole})


def _check_poll(poll: Poll, at: datetime, *, by_buttons: bool) -> None:
    """discord.Poll checks none of this itself; Discord refuses it after the fact."""
    most = MOST_BUTTONS if by_buttons else POLL.most_options
    if not POLL.fewest_options <= len(poll.options) <= most:
        raise Rejected(f"a poll here has {POLL.fewest_options} to {most} options, not {len(poll.options)}")
    for option in poll.options:
        limit = MESSAGE if by_buttons else POLL.option  # a button's label may be cut: the root prints the options
        check_text(option, f"the option {option!r}", (limit,), "Discord")
    if not by_buttons:
        _check_duration(poll.closes_at - at)


def _check_duration(duration: timedelta) -> None:
    if not POLL.shortest <= duration <= POLL.longest or duration % POLL.step:
        raise Rejected(f"a poll here is open for 1 to 768 whole hours, not for {duration}")
