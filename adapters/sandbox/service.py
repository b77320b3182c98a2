"""The sandbox's API: one JSON object in, one out, for each operation. The same in process and over HTTP."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from itertools import islice
from operator import eq
from typing import Any, TypeAlias, TypeVar

from adapters.checks import says_the_same
from adapters.sandbox.conduct import Conduct, StatusRefusal
from adapters.sandbox.network import Ballot, Change, NoSuchPost, Refused, SandboxEvent, SandboxNetwork, SandboxPost

JSON: TypeAlias = dict[str, Any]
T = TypeVar("T")


class SandboxService:
    """A network with its conduct, answering operations by name. Moments are ISO 8601 with offset."""

    def __init__(self, network: SandboxNetwork | None = None, conduct: Conduct | None = None) -> None:
        self.network = network or SandboxNetwork()
        self.conduct = conduct or Conduct()
        self._operations: dict[str, Callable[[JSON], JSON]] = {
            "identify": self._identify,
            "publish": self._publish,
            "find": self._find,
            "events": self._events,
            "thread": self._thread,
            "posts": self._posts,
            "retract": self._retract,
            "close_poll": self._close_poll,
        }

    def answer(self, operation: str, arguments: JSON) -> JSON:
        """Do what is asked. Raises StatusRefusal or NoAnswer."""
        if operation not in self._operations:
            raise StatusRefusal(404, f"there is no operation {operation}")
        failure = self.conduct.strike(operation)
        if failure and not failure.after_effect:
            failure.strike()
        try:
            result = self._operations[operation](arguments)
        except NoSuchPost as error:
            raise StatusRefusal(404, str(error)) from None
        except Refused as error:
            raise StatusRefusal(422, str(error)) from None
        if failure:
            failure.strike()
        return result

    # ------------------------------------------------------------ operations

    def _identify(self, asked: JSON) -> JSON:
        person = self.network.person(asked["as"])
        return {"id": person.handle, "handle": person.handle}

    def _publish(self, asked: JSON) -> JSON:
        poll = asked.get("poll")
        post = self.network.post(
            asked["as"],
            asked["text"],
            _moment(asked["at"]),
            parent=asked.get("parent"),
            key=asked.get("key", ""),
            language=asked.get("language", ""),
            place=asked.get("place", ""),
            ballot=Ballot(tuple(poll["options"]), _moment(poll["closes_at"])) if poll else None,
            received_at=_moment(asked["now"]),
            files={name: bytes.fromhex(content) for name, content in asked.get("files", {}).items()},
        )
        return show(post)

    def _find(self, asked: JSON) -> JSON:
        """With a key the post that has it, otherwise the newest own post of this text and parent since a moment.

        roughly: other numbers in it do not matter.
        """
        now, since = _moment(asked["now"]), _moment(asked["since"])
        if "key" in asked:
            keyed = self.network.by_key(asked["as"], asked["key"])
            candidates = [keyed] if keyed else []
        else:
            own = [post for post in self.network.by_author(asked["as"]) if post.parent == asked["parent"]]
            is_said = says_the_same if asked.get("roughly") else eq
            candidates = [post for post in own if is_said(post.text, asked["text"]) and post.received_at >= since]
        visible = [post for post in candidates if post.received_at + self.conduct.find_lag <= now]
        return {"post": show(visible[-1]) if visible else None}

    def _events(self, asked: JSON) -> JSON:
        """Changes below some roots, and that one is gone: upward from `after`, or with `newest_first` downward from
        `before` to `after`.
        """
        roots, after = set(asked["roots"]), int(asked["after"])
        if asked.get("newest_first"):
            before = asked.get("before") or len(self.network.events) + 1
            events = self.network.events[after : before - 1][::-1]
        else:
            events = self.network.events[after:]
        wanted = (event for event in events if event.root in roots and _is_reported(event))
        return self._page(wanted, partial(_entry, self.network))

    def _thread(self, asked: JSON) -> JSON:
        """All that stands below a root, deleted or not, newest first, downward from `before`."""
        before = asked.get("before") or len(self.network.events) + 1
        posts = [post for post in self.network.replies(asked["root"]) if post.sequence < before][::-1]
        return self._page(posts, lambda post: {"sequence": post.sequence, "post": show(post)})

    def _posts(self, asked: JSON) -> JSON:
        """Posts by id; what is gone is left out."""
        posts = [self.network.posts.get(post_id) for post_id in asked["ids"]]
        return {"posts": [self._show_counted(post) for post in posts if post and not post.deleted]}

    def _retract(self, asked: JSON) -> JSON:
        self._own(asked)
        self.network.delete(asked["id"], _moment(asked["now"]))
        return {}

    def _close_poll(self, asked: JSON) -> JSON:
        self._own(asked)
        self.network.close_poll(asked["id"], _moment(asked["now"]))
        return {}

    # ------------------------------------------------------------ within

    def _own(self, asked: JSON) -> None:
        post = self.network.posts.get(asked["id"])
        if post and post.author.handle != asked["as"]:
            raise StatusRefusal(403, f"the post {post.id} belongs to {post.author.handle}")

    def _show_counted(self, post: SandboxPost) -> JSON:
        return show(post) | {"replies": len(self.network.replies(post.id))}

    def _page(self, found: Iterable[T], describe: Callable[[T], JSON]) -> JSON:
        """The first page of what was found; `next` is where to go on, None at the end; `end` is the newest event now.

        With an overlap the next page begins before where this one ended.
        """
        size = self.conduct.page_size
        some = list(islice(found, size + 1))
        page = [describe(each) for each in some[:size]]
        following = page[-1 - min(self.conduct.overlap, size - 1)]["sequence"] if len(some) > size else None
        if self.conduct.shuffled:
            page.reverse()
        return {"entries": page, "next": following, "end": len(self.network.events)}


def show(post: SandboxPost) -> JSON:
    """A post as everybody may read it."""
    return {
        "id": post.id,
        "link": post.link,
        "text": post.text,
        "author": {
            "handle": post.author.handle,
            "display_name": post.author.display_name,
            "labels": list(post.author.labels),
            "opted_out": post.author.opted_out,
            "verified_by": post.author.verified_by,
        },
        "posted_at": post.posted_at.isoformat(),
        "edited_at": post.edited_at.isoformat() if post.edited_at else None,
        "edition": post.edition,
        "parent": post.parent,
        "root": post.root,
        "language": post.language,
        "hidden": post.hidden,
        "audience": post.audience,
        "poll": _show_poll(post.ballot) if post.ballot else None,
    }


def _show_poll(ballot: Ballot) -> JSON:
    return {
        "options": list(ballot.options),
        "votes": list(ballot.count()),
        "closes_at": ballot.closes_at.isoformat(),
        "voters": dict(ballot.votes),
    }


def _is_reported(event: SandboxEvent) -> bool:
    """Whether an event is reported: of a root only its deletion."""
    return event.post != event.root or event.change is Change.DELETED


def _entry(network: SandboxNetwork, event: SandboxEvent) -> JSON:
    post = network.posts[event.post]
    if post.deleted:
        return {"sequence": event.sequence, "gone": post.id}
    return {"sequence": event.sequence, "post": show(post)}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
