"""From Discord's JSON to our values. Pure; tested by pairs of files in tests/adapters/discord/pairs."""

from datetime import UTC, datetime

from adapters.contract.reading import Author, FoundPost, Reply
from adapters.contract.sending import Payload, Reference
from adapters.discord.links import MessageAddress, read_moment

ANSWERS = frozenset({0, 19})
"""Types of messages that people write: a message of its own, and a reply. The others are told by Discord itself, as
the result of a poll (46), a pin (6), or the name of a new thread (18)."""

_SEEN_BESIDE_WORDS = ("attachments", "embeds", "sticker_items", "poll", "message_snapshots", "components")
_FORWARD = 1


def to_author(user: Payload) -> Author:
    """Who wrote it. A bot or a webhook has the label `bot`, which forbids quoting."""
    id_ = str(user["id"])
    return Author(
        remote_id=id_,
        handle=str(user["username"]),
        display_name=str(user.get("global_name") or ""),
        labels=frozenset({"bot"}) if user.get("bot") else frozenset(),
        link=f"https://discord.com/users/{id_}",
        made_at=read_moment(id_) if id_.isdecimal() else None,
    )


def to_reply(message: Payload, post_id: int, guild: str, *, readable: bool) -> Reply:
    """One answer to the watched post `post_id`. readable: Discord gives the bot the content of this message."""
    channel, id_ = str(message["channel_id"]), str(message["id"])
    edited = message.get("edited_timestamp")
    return Reply(
        remote_id=id_,
        post_id=post_id,
        author=to_author(message["author"]),
        text=read_text(message, readable=readable),
        posted_at=parse_moment(message["timestamp"]),
        link=MessageAddress(guild, channel, id_).link,
        parent_remote_id=find_parent(message),
        version=str(edited or ""),
        edited_at=parse_moment(edited) if edited else None,
        extra={"channel": channel, "guild": guild},
    )


def to_found_post(message: Payload, address: MessageAddress) -> FoundPost:
    """Somebody's question, to adopt it."""
    poll = message.get("poll") or {}
    ballot = str((poll.get("question") or {}).get("text") or "")
    options = [str(answer["poll_media"].get("text") or "") for answer in poll.get("answers") or ()]
    return FoundPost(
        reference=Reference(
            address.message,
            address.link,
            {"channel": address.channel, "guild": address.guild},
        ),
        author=to_author(message["author"]),
        text="\n".join(filter(None, [str(message.get("content") or ""), ballot, *options])),
        posted_at=parse_moment(message["timestamp"]),
    )


def read_text(message: Payload, *, readable: bool) -> str | None:
    """The words of a message; None where Discord withheld them.

    Withheld words are an empty string, as are those of a message that is a picture alone. Only where the bot may
    read, and there is something beside the words, is the message one without words.
    """
    content = str(message.get("content") or "")
    if content:
        return content
    return "" if readable and any(message.get(key) for key in _SEEN_BESIDE_WORDS) else None


def may_read(message: Payload, bot_id: str, *, message_content: bool) -> bool:
    """Whether Discord gives this bot the content: always with the intent, else its own and what mentions it (a reply
    to it does, unless its author switched the ping off).
    """
    mentioned = {str(user["id"]) for user in message.get("mentions") or ()}
    return message_content or bot_id in mentioned or str(message["author"]["id"]) == bot_id


def find_parent(message: Payload) -> str | None:
    """The message that this one replies to; a forwarded message answers nobody."""
    reference = message.get("message_reference") or {}
    if reference.get("type", 0) == _FORWARD or not reference.get("message_id"):
        return None
    return str(reference["message_id"])


def parse_moment(text: str) -> datetime:
    """Discord's timestamps as aware UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)
