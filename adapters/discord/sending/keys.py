"""Ids of ours that stand in what Discord keeps: the custom ids of buttons, and nonces."""

import hashlib
import json
import re
from datetime import datetime
from typing import Any

ANSWER = re.compile(r"pq:answer:(?P<post>\d{1,18})")
VOTE = re.compile(r"pq:vote:(?P<post>\d{1,18}):(?P<option>\d{1,2})")
LEAVE = re.compile(r"pq:leave:(?P<request>[\w-]{1,60}):(?P<choice>yes|vote|anonymous|no)")
FORM = re.compile(r"pq:form:(?P<post>\d{1,18})")
SAVE = re.compile(r"pq:save:(?P<message>\d{1,20})")

_POST_KEY = re.compile(r"post-(\d+)")
_NONCE_LENGTH = 25


def read_post_id(key: str) -> int | None:
    """Our post's id in the key that `publish` gives (bot/posts/publish.py), None in any other."""
    match = _POST_KEY.fullmatch(key)
    return int(match[1]) if match else None


def name_answer(post_id: int) -> str:
    """The button that opens the form."""
    return f"pq:answer:{post_id}"


def name_vote(post_id: int, option: int) -> str:
    """The button of one option."""
    return f"pq:vote:{post_id}:{option}"


def name_consent(request: str, choice: str) -> str:
    """A button under a request for leave."""
    return f"pq:leave:{request}:{choice}"


def name_form(post_id: int) -> str:
    """The form itself."""
    return f"pq:form:{post_id}"


def name_save(message_id: str) -> str:
    """The menu that chooses the question for a message."""
    return f"pq:save:{message_id}"


def make_nonce(key: str, at: datetime | None, body: Any) -> str:
    """The same for the same part. The words and the moment are in it: another database that begins to count its
    posts at 1, with the same bot, must not be answered with this one's message.
    """
    said = json.dumps([key, at.isoformat() if at else "", body], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:_NONCE_LENGTH]


def list_custom_ids(message: dict[str, Any]) -> list[str]:
    """The custom ids of all buttons of a message."""
    rows = message.get("components") or ()
    return [str(each["custom_id"]) for row in rows for each in row.get("components") or () if each.get("custom_id")]
