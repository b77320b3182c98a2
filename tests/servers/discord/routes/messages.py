"""Messages of channels and threads."""

from tests.servers.discord import messages, threads
from tests.servers.discord.errors import ApiError, invalid, missing_permissions
from tests.servers.discord.interactions import read_changes
from tests.servers.discord.requests import Asked, Body, route
from tests.servers.discord.world import DIRECT, Channel

_EDITABLE = {0, 19, 20, 23}


def _check_may_write(asked: Asked, channel: Channel, draft: messages.Draft) -> None:
    me = asked.application.user.id
    needed = ["send_messages_in_threads" if channel.is_thread else "send_messages"]
    if draft.attachments:
        needed.append("attach_files")
    if draft.poll is not None:
        needed.append("send_polls")
    if not asked.state.may(me, channel, *needed):
        raise missing_permissions()
    if channel.locked:
        raise ApiError(400, 50083, "Thread is archived")
    if draft.embeds and not asked.state.may(me, channel, "embed_links"):
        draft.embeds = []


@route("GET", "/channels/{channel_id}/messages")
async def list_messages(asked: Asked) -> tuple[int, Body]:
    channel = asked.channel()
    if not asked.state.may(asked.application.user.id, channel, "read_message_history") and channel.type != DIRECT:
        return 200, []
    query = asked.query
    if sum(name in query for name in ("before", "after", "around")) > 1:
        raise invalid("one of before, after, around", "before")
    page = messages.list_page(
        channel,
        limit=asked.limit(50, 100),
        before=query.get("before"),
        after=query.get("after"),
        around=query.get("around"),
    )
    return 200, [asked.show(message) for message in page]


@route("POST", "/channels/{channel_id}/messages")
async def create_message(asked: Asked) -> tuple[int, Body]:
    """A repeat with an enforced nonce is the message that stands already."""
    channel, state = asked.channel(), asked.state
    draft = messages.read_draft(state, asked.body or {}, asked.files)
    _check_may_write(asked, channel, draft)
    author = asked.application.user
    if asked.body.get("enforce_nonce"):
        earlier = messages.find_repeat(state, channel, author, draft.nonce)
        if earlier is not None:
            return 200, asked.show(earlier) | {"nonce": earlier.nonce}
    if draft.reply_to is not None and draft.reply_to not in channel.messages:
        if (asked.body["message_reference"].get("fail_if_not_exists")) is not False:
            raise invalid("Unknown message", "message_reference")
        draft.reply_to = None
    if draft.reply_to is not None and not state.may(author.id, channel, "read_message_history"):
        raise ApiError(403, 160002, "Cannot reply without permission to read message history")
    draft.application_id = asked.application.id
    message = messages.post(state, channel, author, draft)
    nonce = {} if draft.nonce is None else {"nonce": draft.nonce}
    return 200, asked.show(message) | nonce


@route("GET", "/channels/{channel_id}/messages/{message_id}")
async def get_message(asked: Asked) -> tuple[int, Body]:
    return 200, asked.show(asked.message(asked.channel("read_message_history")))


@route("PATCH", "/channels/{channel_id}/messages/{message_id}")
async def update_message(asked: Asked) -> tuple[int, Body]:
    message = asked.message(asked.channel())
    if message.author is not asked.application.user:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    if message.type not in _EDITABLE:
        raise ApiError(403, 50021, "Cannot execute action on a system message")
    changes = read_changes(asked.state, message, asked.body or {}, asked.files)
    messages.edit(asked.state, message, changes, (asked.body or {}).get("allowed_mentions"))
    return 200, asked.show(message)


@route("DELETE", "/channels/{channel_id}/messages/{message_id}")
async def delete_message(asked: Asked) -> tuple[int, Body]:
    channel = asked.channel()
    message = asked.message(channel)
    me = asked.application.user
    if message.author is not me and not asked.state.may(me.id, channel, "manage_messages"):
        raise missing_permissions()
    messages.delete(asked.state, channel, [message])
    return 204, None


@route("POST", "/channels/{channel_id}/messages/bulk-delete")
async def bulk_delete_messages(asked: Asked) -> tuple[int, Body]:
    channel = asked.channel("manage_messages")
    found = [channel.messages[id_] for id_ in map(str, asked.body["messages"]) if id_ in channel.messages]
    if any(messages.too_old_for_bulk(asked.state, message) for message in found):
        raise ApiError(400, 50034, "You can only bulk delete messages that are under 14 days old.")
    if found:
        messages.delete(asked.state, channel, found)
    return 204, None


@route("POST", "/channels/{channel_id}/messages/{message_id}/threads")
async def create_thread_from_message(asked: Asked) -> tuple[int, Body]:
    channel = asked.channel("create_public_threads")
    message = asked.message(channel)
    if message.id in asked.state.world.channels:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    archive = asked.body.get("auto_archive_duration") or 1440
    me = asked.application.user.id
    thread = threads.open_thread(asked.state, channel, asked.body["name"], me, under=message, archive=archive)
    return 201, threads.show(asked.state, thread)


@route("POST", "/channels/{channel_id}/typing")
async def trigger_typing_indicator(asked: Asked) -> tuple[int, Body]:
    asked.channel("send_messages")
    return 204, None
