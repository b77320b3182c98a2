"""Native polls."""

from tests.servers.discord import polls, show
from tests.servers.discord.errors import ApiError
from tests.servers.discord.requests import Asked, Body, route


@route("GET", "/channels/{channel_id}/polls/{message_id}/answers/{answer_id}")
async def get_answer_voters(asked: Asked) -> tuple[int, Body]:
    """Voters by id, a page after `after`."""
    message = asked.message(asked.channel("read_message_history"))
    number = int(asked.params["answer_id"])
    if message.poll is None or not 1 <= number <= len(message.poll.answers):
        raise ApiError(404, 10008, "Unknown Message")
    after, limit = int(asked.query.get("after", "0")), asked.limit(25, 100)
    voters = sorted(message.poll.voters(number - 1), key=int)
    page = [voter for voter in voters if int(voter) > after][:limit]
    return 200, {"users": [show.show_user(asked.state.world.users[voter]) for voter in page]}


@route("POST", "/channels/{channel_id}/polls/{message_id}/expire")
async def poll_expire(asked: Asked) -> tuple[int, Body]:
    message = asked.message(asked.channel())
    if message.poll is None:
        raise ApiError(400, 520006, "Cannot expire a non-poll message")
    if message.author is not asked.application.user:
        raise ApiError(403, 50013, "Missing Permissions")
    if message.poll.final:
        raise ApiError(403, 520001, "Poll expired")
    polls.expire(asked.state, message)
    return 200, asked.show(message)
