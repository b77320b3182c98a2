"""Between the sandbox's JSON and the contract's values. Pure."""

from datetime import datetime
from typing import Any

from adapters.contract.reading import Audience, Author, Evidence, FoundPost, Reply, Standing, Tally
from adapters.contract.sending import Draft, Part, Payload, Reference, Role

JSON = dict[str, Any]


def make_parts(draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:
    """One part for each text; only the root carries the poll."""
    texts = (draft.root, *draft.thread)
    return tuple(
        Part(
            key=f"{key}.{number}",
            role=Role.THREAD if number else Role.ROOT,
            payload=make_payload(draft, text, at, with_poll=number == 0),
        )
        for number, text in enumerate(texts)
    )


def make_payload(draft: Draft, text: str, at: datetime, *, with_poll: bool) -> Payload:
    """The body of one call, but for its parent."""
    payload: Payload = {"text": text, "at": at.isoformat(), "language": draft.language, "place": draft.place}
    if with_poll and draft.poll and not draft.vote_by_buttons:
        payload["poll"] = {"options": list(draft.poll.options), "closes_at": draft.poll.closes_at.isoformat()}
    return payload


def read_reference(post: JSON) -> Reference:
    """How to point at a post again."""
    return Reference(post["id"], post["link"], {"edition": str(post["edition"])})


def read_author(author: JSON) -> Author:
    """One profile."""
    return Author(
        remote_id=author["handle"],
        handle=author["handle"],
        display_name=author["display_name"],
        labels=frozenset(author["labels"]),
        opted_out=author["opted_out"],
        link=f"https://sandbox.example/people/{author['handle']}",
        evidence=(Evidence("verified", author["verified_by"]),) if author["verified_by"] else (),
    )


def read_reply(post: JSON, post_id: int) -> Reply:
    """A reply to our post number `post_id`."""
    return Reply(
        remote_id=post["id"],
        post_id=post_id,
        author=read_author(post["author"]),
        text=post["text"],
        posted_at=datetime.fromisoformat(post["posted_at"]),
        link=post["link"],
        parent_remote_id=post["parent"],
        version=str(post["edition"]),
        edited_at=datetime.fromisoformat(post["edited_at"]) if post["edited_at"] else None,
        languages=(post["language"],) if post["language"] else (),
        standing=Standing.HIDDEN if post["hidden"] else Standing.VISIBLE,
        audience=Audience(post["audience"]),
    )


def read_found(post: JSON) -> FoundPost:
    """Somebody's post behind a link."""
    return FoundPost(
        reference=read_reference(post),
        author=read_author(post["author"]),
        text=post["text"],
        posted_at=datetime.fromisoformat(post["posted_at"]),
        language=post["language"],
        replies=post["replies"],
    )


def read_tally(post: JSON, now: datetime, own: int, *, named: bool) -> Tally:
    """The counts of a root, less `own` replies; final once its poll has closed. named: with who chose what."""
    poll = post["poll"]
    return Tally(
        votes=tuple(poll["votes"]) if poll else None,
        replies=post["replies"] - own,
        nested=True,
        final=poll is not None and datetime.fromisoformat(poll["closes_at"]) <= now,
        voters={who: (option,) for who, option in poll["voters"].items()} if poll and named else None,
    )
