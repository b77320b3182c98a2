"""What the network showed: the log of its visible changes, read as posts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.soak.world import HANDLES


@dataclass(slots=True)
class SeenPost:
    """texts: each wording with the sequence number of its change."""

    id: str
    author: str
    parent: str
    root: str
    texts: list[tuple[int, str]]
    deleted: int | None = None

    @property
    def text(self) -> str:
        return self.texts[-1][1]


@dataclass(slots=True)
class Seen:
    """The log of a sandbox network."""

    changes: Iterable[dict[str, Any]]
    posts: dict[str, SeenPost] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for change in self.changes:
            match change["change"], change["detail"]:
                case "posted", {"author": author, "text": text, "parent": parent}:
                    texts = [(change["sequence"], text)]
                    self.posts[change["post"]] = SeenPost(change["post"], author, parent, change["root"], texts)
                case "edited", {"text": text}:
                    self.posts[change["post"]].texts.append((change["sequence"], text))
                case "deleted", _:
                    self.posts[change["post"]].deleted = change["sequence"]

    def own(self) -> list[SeenPost]:
        """What bots posted."""
        return [post for post in self.posts.values() if post.author in HANDLES]

    def parts(self) -> list[str]:
        return [post.id for post in self.own()]

    def replies(self, root: str) -> list[SeenPost]:
        """What people wrote below a root, deleted ones too."""
        return [post for post in self.posts.values() if post.root == root and post.author not in HANDLES]
