"""The calls that write."""

from typing import Any

from tests.servers.x.posts import Account, Post
from tests.servers.x.problems import Problem, not_found, refuse
from tests.servers.x.reading import Asked
from tests.servers.x.texts import MOST_WEIGHT, find_links, weigh

JSON = dict[str, Any]

DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
UNSUMMONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author "
    "of the post you are replying to."
)


def create(asked: Asked) -> JSON:
    """A post, a poll or a reply. Raises Problem (403) where X would not have it."""
    site, caller, body = asked.site, asked.caller, asked.body
    text = body.get("text", "").strip()
    if not text:
        raise refuse(403, "Your Tweet text is empty.")
    if weigh(text) > MOST_WEIGHT:
        raise refuse(403, "Your Tweet text is too long.")
    parent = _find_parent(asked)
    _refuse_duplicate(asked, text, parent)
    poll = (body["poll"]["options"], body["poll"]["duration_minutes"]) if "poll" in body else None
    without = body.get("reply", {}).get("exclude_reply_user_ids", ())
    post = site.world.write(caller, text, to=parent, without=without, poll=poll)
    site.conduct.pay(site.ledger.bill_creation(caller, _find_unit(caller, text, parent), post, site.now()))
    return {"data": {"id": str(post.id), "text": text, "edit_history_post_ids": [str(post.id)]}}


def delete(asked: Asked) -> JSON:
    """What is gone is not found, and costs nothing."""
    id_ = asked.path["id"]
    found = asked.site.world.find(int(id_))
    if found is None or found[0].deleted:
        raise Problem(404, {**not_found("post", id_, "id"), "status": 404})
    if found[0].author is not asked.caller:
        raise refuse(403, "You are not authorized to delete this Tweet.")
    asked.site.world.delete(found[0])
    asked.site.conduct.pay(asked.site.ledger.bill_deletion(asked.caller, found[0], asked.site.now()))
    return {"data": {"deleted": True}}


def _find_parent(asked: Asked) -> Post | None:
    """What is answered: something of one's own, or by somebody who named us there."""
    reply = asked.body.get("reply")
    if reply is None:
        return None
    found = asked.site.world.find(int(reply["in_reply_to_tweet_id"]))
    if found is None or not found[0].is_seen_by(asked.caller):
        raise refuse(403, "You attempted to reply to a Tweet that is deleted or not visible to you.")
    parent = found[0]
    if parent.author is not asked.caller and asked.caller not in parent.mentions:
        raise refuse(403, UNSUMMONED)
    return parent


def _refuse_duplicate(asked: Asked, text: str, parent: Post | None) -> None:
    which = asked.site.conduct.duplicates
    if which == "none":
        return
    for post in asked.site.world.posts_by(asked.caller):
        same = post.newest.words == text and (which == "any" or post.parent is parent)
        if same and not post.deleted:
            raise refuse(403, DUPLICATE)


def _find_unit(caller: Account, text: str, parent: Post | None) -> str:
    if find_links(text):
        return "post_create_url"
    return "summoned_reply" if parent is not None and parent.author is not caller else "post_create"
