"""What a network showed, as posts."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.promises.soak.world import HANDLES


@dataclass(slots=True)
class SeenPost:
    """author: the account's name, or one of the people. texts: its wordings in order. deleted: it stands no more.

    changes: the sequence number of each wording; none where the network counts nothing. deletion: that of the end.
    """

    id: str
    author: str
    parent: str
    root: str
    texts: list[str]
    changes: list[int]
    deleted: bool = False
    deletion: int = 0

    @property
    def text(self) -> str:
        return self.texts[-1]


class Seen:
    """All that was ever visible, by id."""

    def __init__(self, posts: Iterable[SeenPost]) -> None:
        self.posts = {post.id: post for post in posts}

    def own(self) -> list[SeenPost]:
        """What bots posted."""
        return [post for post in self.posts.values() if post.author in HANDLES]

    def replies(self, root: str) -> list[SeenPost]:
        """What people wrote below a root, deleted ones too."""
        return [post for post in self.posts.values() if post.root == root and post.author not in HANDLES]
