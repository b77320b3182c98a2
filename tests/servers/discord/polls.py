"""Native polls: votes, the end, and the message that tells the result."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.servers.discord import messages, telling
from tests.servers.discord.errors import ApiError, invalid
from tests.servers.discord.world import JSON, POLL_RESULT, Message, Poll

if TYPE_CHECKING:
    from tests.servers.discord.state import Loopback

MOST_QUESTION, MOST_ANSWER, MOST_HOURS = 300, 55, 768


def check(told: JSON) -> None:
    """Raises ApiError where the poll is not one that Discord takes; the OpenAPI file allows more."""
    question = told["question"].get("text") or ""
    if not 1 <= len(question) <= MOST_QUESTION:
        raise invalid(f"Must be between 1 and {MOST_QUESTION} in length.", "poll.question.text")
    for answer in told["answers"]:
        text = answer["poll_media"].get("text") or ""
        if not 1 <= len(text) <= MOST_ANSWER:
            raise invalid(f"Must be between 1 and {MOST_ANSWER} in length.", "poll.answers.text")
    if not 1 <= len(told["answers"]) <= 10:
        raise invalid("Must be between 1 and 10 in length.", "poll.answers")


def open_poll(told: JSON, now: datetime) -> Poll:
    hours = told.get("duration") or 24
    return Poll(
        question=told["question"]["text"],
        answers=[answer["poll_media"]["text"] for answer in told["answers"]],
        expires_at=now + timedelta(hours=hours),
        multiple=bool(told.get("allow_multiselect")),
    )


def vote(state: "Loopback", message: Message, voter: str, options: list[int]) -> None:
    """Replace what a voter chose. Raises ApiError where the poll is over or has no such answer."""
    poll = message.poll
    assert poll is not None
    if poll.final or state.now() >= poll.expires_at:
        raise ApiError(403, 520001, "Poll expired")
    if len(options) > 1 and not poll.multiple:
        raise invalid("this poll takes one answer", "answer_ids")
    if any(option not in range(len(poll.answers)) for option in options):
        raise invalid(f"the poll has {len(poll.answers)} answers", "answer_ids")
    before = poll.votes.pop(voter, [])
    if options:
        poll.votes[voter] = sorted(set(options))
    for option in before:
        if option not in options:
            telling.tell_vote(state, message, voter, option, added=False)
    for option in options:
        if option not in before:
            telling.tell_vote(state, message, voter, option, added=True)


def expire(state: "Loopback", message: Message) -> None:
    """End it now: counted for good, and told by a message of type 46."""
    poll = message.poll
    assert poll is not None
    poll.expires_at = min(poll.expires_at, state.now())
    poll.final = True
    state.world.open_polls.pop(message.id, None)
    telling.tell_message(state, message, "MESSAGE_UPDATE")
    channel = state.world.channels[message.channel_id]
    result = messages.Draft(type=POLL_RESULT, embeds=[_show_result(poll)], reply_to=message.id, allowed={})
    messages.post(state, channel, message.author, result)


def expire_due(state: "Loopback") -> None:
    """End what ran out."""
    now = state.now()
    due = [message for message in state.world.open_polls.values() if message.poll and message.poll.expires_at <= now]
    for message in due:
        expire(state, message)


def _show_result(poll: Poll) -> JSON:
    counts = [poll.count(index) for index in range(len(poll.answers))]
    most = max(counts)
    fields = {
        "poll_question_text": poll.question,
        "victor_answer_votes": str(most),
        "total_votes": str(sum(counts)),
    }
    if most and counts.count(most) == 1:
        winner = counts.index(most)
        fields |= {"victor_answer_id": str(winner + 1), "victor_answer_text": poll.answers[winner]}
    told = [{"name": name, "value": value, "inline": False} for name, value in fields.items()]
    return {"type": "poll_result", "fields": told}
