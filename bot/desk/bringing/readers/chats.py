"""Exports of chats: DiscordChatExporter's JSON, and a day of a Slack export. One message is one row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.desk.answers.import_files import Layout, ReadFile, Row
from bot.desk.bringing.held import BroughtFile
from bot.desk.bringing.markup import read_discord, read_slack
from bot.desk.bringing.readers.documents import load_document
from bot.desk.errors import refuse

_DISCORD = re.compile(rb'"guild"\s*:\s*\{.{0,2000}?"channel"\s*:\s*\{', re.DOTALL)
_SLACK = re.compile(rb'"ts"\s*:\s*"\d{9,11}\.\d{6}"')
_HEADINGS = ("id", "text", "author", "handle", "link", "at")
_SPOKEN = frozenset({"Default", "Reply", "0", "19"})
"""Kinds of Discord's messages that somebody wrote."""
_JOINED = frozenset({None, "", "thread_broadcast", "me_message", "file_share"})
"""The same of Slack."""
AUTOMATIC, BOT, EMPTY = "written by the network itself", "written by a bot", "without words"


def find_chat(start: bytes) -> str:
    """`discord`, `slack`, or "" by the beginning of a file."""
    return "discord" if _DISCORD.search(start) else "slack" if _SLACK.search(start) else ""


def read_chat(path: BroughtFile, done: ReadFile, _layout: Layout) -> Iterator[Row]:
    """(number of the message, row by our own headings)."""
    document = load_document(path, done)
    done.note_headings({heading: heading for heading in _HEADINGS})
    if isinstance(document, dict):
        done.tool = "DiscordChatExporter"
        yield from _read_discord(document, done)
    else:
        done.tool = "Slack"
        yield from read_slack_messages(document, {}, path.name, done)


def _read_discord(document: Mapping[str, Any], done: ReadFile) -> Iterator[Row]:
    messages = document.get("messages")
    if not isinstance(messages, list):
        raise refuse("no_messages")
    place = "/".join(str(_take(document, each).get("id", "")) for each in ("guild", "channel"))
    for number, message in enumerate(messages, 1):
        author = _take(message, "author")
        reason = _refuse(
            is_automatic=str(_of(message, "type") or "Default") not in _SPOKEN,
            is_bot=bool(author.get("isBot")),
            text=_of(message, "content"),
        )
        if reason:
            done.skipped[reason] += 1
            continue
        yield (
            number,
            {
                "id": message.get("id"),
                "text": read_discord(message["content"]),
                "author": author.get("nickname") or author.get("name"),
                "handle": author.get("name"),
                "link": f"https://discord.com/channels/{place}/{message.get('id')}",
                "at": message.get("timestamp"),
            },
        )


def read_slack_messages(
    messages: Sequence[Any], people: Mapping[str, Mapping[str, str]], channel: str, done: ReadFile, first: int = 1
) -> Iterator[Row]:
    """Those of one day. people: what is known of them, by id; `name` and `handle`."""
    names = {id_: person["name"] for id_, person in people.items()}
    for number, message in enumerate(messages, first):
        reason = _refuse(
            is_automatic=_of(message, "type") != "message" or _of(message, "subtype") not in (*_JOINED, "bot_message"),
            is_bot=_of(message, "subtype") == "bot_message" or bool(_of(message, "bot_id")),
            text=_of(message, "text"),
        )
        if reason:
            done.skipped[reason] += 1
            continue
        user, profile = str(message.get("user", "")), _take(message, "user_profile")
        person = people.get(user) or {
            "name": profile.get("real_name") or profile.get("display_name") or "",
            "handle": profile.get("name") or user,
        }
        yield (
            number,
            {
                "id": f"{channel} {message.get('ts')}",
                "text": read_slack(message["text"], names),
                "author": person["name"] or None,
                "handle": person["handle"] or None,
                "at": _read_stamp(message.get("ts")),
            },
        )


def read_slack_people(users: Iterable[Any]) -> dict[str, dict[str, str]]:
    """Those of `users.json`, by id."""
    found = {}
    for user in users:
        profile = _take(user, "profile")
        name = profile.get("real_name") or _of(user, "real_name") or profile.get("display_name") or _of(user, "name")
        found[str(_of(user, "id"))] = {"name": str(name or ""), "handle": str(_of(user, "name") or "")}
    return found


def _refuse(*, is_automatic: bool, is_bot: bool, text: Any) -> str:
    """Why a message is nobody's answer, "" where it may be one."""
    if is_automatic:
        return AUTOMATIC
    if is_bot:
        return BOT
    return "" if isinstance(text, str) and text.strip() else EMPTY


def _read_stamp(stamp: Any) -> str | None:
    try:
        return datetime.fromtimestamp(float(stamp), UTC).isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _of(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _take(value: Any, key: str) -> dict[str, Any]:
    found = _of(value, key)
    return found if isinstance(found, dict) else {}
