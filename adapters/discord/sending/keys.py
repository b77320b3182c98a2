"""Ids of ours that stand in what Discord keeps: the custom ids of buttons, and nonces."""

import hashlib
import json
import re
from datetime import datetime
from typing import Any

# Custom ids stand on messages that were sent long ago, and must be found again: none of this ever changes.
ANSWER, FORM, VOTE, CONSENT, SAVE = "answer", "form", "vote", "leave", "save"
"""Acts of members: the button that opens the form, the form, the button of an option, a button under a request for
consent, the menu that chooses the question for a message."""

MEMBERS = re.compile(r"pq:(?P<act>answer|form|vote|leave|save)(?P<args>(?::[A-Za-z0-9_-]+)+)")
DESK = re.compile(r"pq:desk:(?P<act>[a-z-]+)(?P<args>(?::[A-Za-z0-9_.-]*)*)")
"""Ids of all other acts, which are named in bot/commands."""

LONGEST_ID = 100
_POST_KEY = re.compile(r"post-(\d+)")
_NONCE_LENGTH = 25


def read_post_id(key: str) -> int | None:
    """Our post's id in the key that `publish` gives (bot/posts/publish.py), None in any other."""
    match = _POST_KEY.fullmatch(key)
    return int(match[1]) if match else None


def is_members(act: str) -> bool:
    """Whether it is an act of members."""
    return act in (ANSWER, FORM, VOTE, CONSENT, SAVE)


def write_id(act: str, args: tuple[object, ...]) -> str:
    """The id of a button, a menu or a form. Raises ValueError where it could not be read back."""
    prefix, pattern = ("pq", MEMBERS) if is_members(act) else ("pq:desk", DESK)
    written = ":".join([prefix, act, *map(str, args)])
    if read_id(written, pattern) != (act, tuple(map(str, args))) or len(written) > LONGEST_ID:
        raise ValueError(f"{written!r} is no id of a component")
    return written


def read_id(custom_id: str, pattern: re.Pattern[str] = DESK) -> tuple[str, tuple[str, ...]] | None:
    """The act and its arguments, None where the id is none of this pattern, MEMBERS or DESK."""
    match = pattern.fullmatch(custom_id)
    return (match["act"], tuple(match["args"].split(":")[1:])) if match else None


def make_nonce(key: str, at: datetime | None, body: Any) -> str:
    """The same for the same part. The words and the moment are in it: another database that begins to count its
    posts at 1, with the same bot, must not be answered with this one's message.
    """
    text = json.dumps([key, at.isoformat() if at else "", body], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_NONCE_LENGTH]


def list_custom_ids(message: dict[str, Any]) -> list[str]:
    """The custom ids of all buttons of a message."""
    rows = message.get("components") or ()
    return [str(each["custom_id"]) for row in rows for each in row.get("components") or () if each.get("custom_id")]
