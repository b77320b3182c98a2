"""From X's JSON to our values. Pure; tested by pairs of files in tests/adapters/x/pairs."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from adapters.contract.reading import Author, Evidence, FoundPost, Reply, Standing, Tally
from adapters.contract.sending import Payload, Reference
from adapters.x.ids import moment_of
from adapters.x.links import make_link
from adapters.x.spelling import read_either

_LEADING_HANDLES = re.compile(r"(?:@\w{1,15}\s+)+")
_NO_LANGUAGE = frozenset({"und", "qam", "qct", "qht", "qme", "qst", "zxx", "art"})
_CHECKED = frozenset({"business", "government"})
"""Marks for which X looks at who it is; `blue` is bought and shows nothing."""
_NOBOT = re.compile(r"#no(?:bot|quote)\b", re.IGNORECASE)
_PICTURES = ("pic.x.com/", "pic.twitter.com/")


def to_reference(post: Payload) -> Reference:
    """The reference of a post: its first id, which an edit does not change."""
    return Reference(read_history(post)[0], make_link(post["id"]))


def to_author(user: Payload) -> Author:
    """Who wrote it, from a profile that was read."""
    return Author(
        remote_id=user["id"],
        handle=user["username"],
        display_name=user.get("name") or "",
        labels=frozenset({"protected"}) if user.get("protected") else frozenset(),
        opted_out=bool(_NOBOT.search(user.get("description") or "")),
        link=f"https://x.com/{user['username']}",
        evidence=(Evidence("verified"),) if user.get("verified_type") in _CHECKED else (),
        made_at=parse_moment(user["created_at"]) if user.get("created_at") else None,
    )


def to_unread_author(user_id: str) -> Author:
    """Who wrote it, where nobody has paid for the profile yet."""
    return Author(remote_id=user_id, handle="", link=f"https://x.com/i/user/{user_id}")


def to_reply(post: Payload, post_id: int, author: Author | None = None) -> Reply:
    """One reply to the watched post `post_id`. Its version is the id of this wording."""
    history = read_history(post)
    language = post.get("lang") or ""
    return Reply(
        remote_id=history[0],
        post_id=post_id,
        author=author or to_unread_author(post["author_id"]),
        text=read_text(post),
        posted_at=moment_of(int(history[0])) if len(history) > 1 else parse_moment(post["created_at"]),
        link=make_link(post["id"]),
        parent_remote_id=find_parent(post),
        version=post["id"],
        edited_at=moment_of(int(post["id"])) if post["id"] != history[0] else None,
        languages=() if language in _NO_LANGUAGE or not language else (language,),
        standing=Standing.HIDDEN if post.get("withheld") else Standing.VISIBLE,
    )


def to_found_post(post: Payload, author: Author) -> FoundPost:
    """Somebody's post, to adopt it."""
    language = post.get("lang") or ""
    return FoundPost(
        reference=replace(to_reference(post), extra={"author": author.remote_id}),
        author=author,
        text=read_text(post) or "",
        posted_at=parse_moment(post["created_at"]),
        language="" if language in _NO_LANGUAGE else language,
        replies=count_replies(post),
    )


def to_tally(parts: list[Payload], polls: dict[str, Payload]) -> Tally:
    """The counts of a post from all of its parts, root first. polls: by id."""
    replies = sum(count_replies(part) for part in parts) - (len(parts) - 1)  # each self-reply is one of its parent
    ids = (parts[0].get("attachments") or {}).get("poll_ids") or []
    poll = polls.get(ids[0]) if ids else None
    votes = None if poll is None else tuple(int(option["votes"]) for option in _sort_options(poll))
    return Tally(votes=votes, replies=max(0, replies), final=poll is not None and poll.get("voting_status") == "closed")


def read_text(post: Payload) -> str | None:
    """The words as readers see them: whole where they are long, without the handles that X puts before a reply,
    unescaped, with links as they were written and without those that only stand for a picture or a quoted post.
    """
    note = read_either(post, "note_post") or {}
    text = note.get("text") or post.get("text")
    if not isinstance(text, str):
        return None
    text = text[_find_start(post, text) :]
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    entities = note.get("entities") or post.get("entities") or {}
    for url in entities.get("urls") or ():
        text = _put_link(text, url, find_referenced(post, "quoted"))
    return text


def read_options(poll: Payload) -> list[str]:
    """The options of a poll in their order."""
    return [str(option["label"]) for option in _sort_options(poll)]


def read_history(post: Payload) -> list[str]:
    """The ids of all wordings, the first one first."""
    return [str(id_) for id_ in read_either(post, "edit_history_post_ids") or [post["id"]]]


def find_parent(post: Payload) -> str | None:
    """The id of the post that this one answers."""
    return find_referenced(post, "replied_to")


def find_referenced(post: Payload, kind: str) -> str | None:
    """The id of the post that this one refers to as `replied_to` or `quoted`."""
    references = read_either(post, "referenced_posts") or ()
    return next((str(each["id"]) for each in references if each["type"] == kind), None)


def count_replies(post: Payload) -> int:
    """Direct replies, as X counts them."""
    return int((post.get("public_metrics") or {}).get("reply_count") or 0)


def parse_moment(text: str) -> datetime:
    """X's timestamps, with or without fractions of a second, as aware UTC."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _find_start(post: Payload, text: str) -> int:
    """Where the author's own words begin in a reply: behind the handles of those it answers."""
    if find_parent(post) is None:
        return 0
    found = _LEADING_HANDLES.match(text)
    most = found.end() if found else 0
    shown = read_either(post, "display_text_range")
    return min(int(shown[0]), most) if shown else most


def _put_link(text: str, url: Payload, quoted: str | None) -> str:
    """`text` with what the author wrote in place of a t.co link."""
    short, whole, shown = url["url"], url.get("expanded_url") or "", url.get("display_url") or ""
    stands_for_more = shown.startswith(_PICTURES) or "media_key" in url or (quoted and whole.endswith(f"/{quoted}"))
    if stands_for_more and text.rstrip().endswith(short):
        return text.rstrip().removesuffix(short).rstrip()
    if whole == f"http://{shown}":
        return text.replace(short, shown)  # X puts http:// before what was written without
    return text.replace(short, whole or short)


def _sort_options(poll: Payload) -> list[dict[str, Any]]:
    return sorted(poll.get("options") or (), key=lambda option: int(option["position"]))
