"""From what stands here to X's JSON, in the names of version 2.167."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from tests.servers.x.posts import EDITABLE, MOST_EDITS, Account, Poll, Post, Wording
from tests.servers.x.texts import show

JSON = dict[str, Any]

NEEDED = {
    "author_id": "author_id",
    "referenced_posts": "referenced_posts",
    "attachments.poll_ids": "attachments",
    "in_reply_to_user_id": "in_reply_to_user_id",
    "entities.mentions.username": "entities",
}
"""The field of a post that an expansion brings along."""


def show_post(post: Post, wording: Wording, fields: Collection[str], now: datetime) -> JSON:
    """One wording; id, text and history always, the rest where asked for."""
    shown = show(post, wording)
    history = [str(each.id) for each in post.wordings]
    every: JSON = {
        "author_id": post.author.id,
        "conversation_id": str(post.conversation),
        "created_at": write_moment(wording.at),
        "display_text_range": [shown.begins, len(shown.text)],
        "edit_controls": _show_edit_controls(post, now),
        "lang": "en",
        "possibly_sensitive": False,
        "public_metrics": _count(post),
        "reply_settings": "everyone",
    }
    if post.parent is not None:
        every["in_reply_to_user_id"] = post.parent.author.id
        every["referenced_posts"] = [{"type": "replied_to", "id": str(post.parent.id)}]
    if post.poll is not None:
        every["attachments"] = {"poll_ids": [post.poll.id]}
    if shown.entities:
        every["entities"] = shown.entities
    if shown.note is not None:
        every["note_post"] = shown.note
    asked = {name: value for name, value in every.items() if name in fields}
    return {"id": str(wording.id), "text": shown.text, "edit_history_post_ids": history, **asked}


def show_user(account: Account, fields: Collection[str]) -> JSON:
    every: JSON = {
        "created_at": write_moment(account.joined_at),
        "description": account.description,
        "protected": account.protected,
        "verified": False,
        "verified_type": "none",
    }
    asked = {name: value for name, value in every.items() if name in fields}
    return {"id": account.id, "name": account.name, "username": account.handle, **asked}


def show_poll(poll: Poll, fields: Collection[str], now: datetime) -> JSON:
    """The end is given without a fraction of a second, as X does and as SDKs do not expect."""
    votes = list(poll.votes.values())
    options = [
        {"position": index + 1, "label": label, "votes": votes.count(index)} for index, label in enumerate(poll.options)
    ]
    every: JSON = {
        "duration_minutes": poll.minutes,
        "end_datetime": poll.ends_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "voting_status": "closed" if now >= poll.ends_at else "open",
    }
    return {"id": poll.id, "options": options, **{name: value for name, value in every.items() if name in fields}}


def list_users(posts: Iterable[Post], expansions: Collection[str]) -> list[Account]:
    """Whose profiles an expansion adds."""
    found: dict[Account, None] = {}
    for post in posts:
        if "author_id" in expansions:
            found[post.author] = None
        if "in_reply_to_user_id" in expansions and post.parent is not None:
            found[post.parent.author] = None
        if "entities.mentions.username" in expansions:
            found |= dict.fromkeys(post.mentions)
    return [account for account in found if not account.suspended]


def list_referenced(posts: Iterable[Post], expansions: Collection[str], viewer: Account) -> list[Post]:
    """Which posts an expansion adds."""
    if "referenced_posts" not in expansions:
        return []
    parents = dict.fromkeys(post.parent for post in posts if post.parent is not None)
    return [parent for parent in parents if parent.is_seen_by(viewer)]


def write_moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _count(post: Post) -> JSON:
    """Replies are the direct ones that everybody can see."""
    none = dict.fromkeys(("repost_count", "like_count", "quote_count", "bookmark_count", "impression_count"), 0)
    return {**none, "reply_count": sum(reply.stands for reply in post.replies)}


def _show_edit_controls(post: Post, now: datetime) -> JSON:
    left = MOST_EDITS + 1 - len(post.wordings)
    return {
        "editable_until": write_moment(post.at + EDITABLE),
        "edits_remaining": left,
        "is_edit_eligible": left > 0 and now - post.at <= EDITABLE,
    }
