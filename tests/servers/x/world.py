"""Everything that stands on the loopback X, and what can be done to it. No HTTP, no bill."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from tests.servers.x.posts import EDITABLE, MOST_EDITS, Account, Keys, Poll, Post, Wording
from tests.servers.x.snowflake import make_first_id

_HANDLE = re.compile(r"(?<![A-Za-z0-9_@])@([A-Za-z0-9_]{1,15})")
_LONGEST_HANDLE = 15

Told = Callable[[str, Post], None]
"""Hears of each visible change: posted, edited, deleted."""


class NoSuchThing(LookupError):
    """An id that was never given."""


class World:
    """Accounts and posts. `now` is asked for the time of everything that happens."""

    def __init__(self, now: Callable[[], datetime], told: Told) -> None:
        self._now = now
        self._told = told
        self._last_id = 0
        self.accounts: dict[str, Account] = {}
        self._posts: dict[int, Post] = {}
        self._authored: dict[str, list[Post]] = {}
        self._mentioning: dict[str, list[Post]] = {}

    # ------------------------------------------------------------ what there is

    def account(self, id_: str) -> Account:
        try:
            return self.accounts[id_]
        except KeyError:
            raise NoSuchThing(f"there is no account {id_}") from None

    def find_handle(self, handle: str) -> Account | None:
        """Handles are the same in any case."""
        same = (account for account in self.accounts.values() if account.handle.lower() == handle.lower())
        return next(same, None)

    def find(self, id_: int) -> tuple[Post, Wording] | None:
        """A post by the id of any of its wordings, with that wording; deleted ones too."""
        post = self._posts.get(id_)
        return post and (post, next(wording for wording in post.wordings if wording.id == id_))

    def post_of(self, id_: str) -> Post:
        found = self.find(int(id_))
        if found is None:
            raise NoSuchThing(f"there is no post {id_}")
        return found[0]

    def all_posts(self) -> Iterable[Post]:
        return dict.fromkeys(self._posts.values())

    def posts_by(self, account: Account) -> list[Post]:
        """All that somebody ever wrote, oldest first."""
        return self._authored.get(account.id, [])

    def posts_mentioning(self, account: Account) -> list[Post]:
        """All by others that ever named somebody, oldest first."""
        return self._mentioning.get(account.id, [])

    # ------------------------------------------------------------ what is done

    def add_account(
        self, name: str, *, owns_app: bool = True, description: str = "", display_name: str = ""
    ) -> Account:
        """A new account whose handle begins with `name`."""
        number = len(self.accounts) + 1
        id_ = str(self._next_id())
        secrets = [hashlib.sha256(f"{kind} of {id_}".encode()).hexdigest()[:40] for kind in ("key", "app", "token")]
        keys = Keys(secrets[0][:25], secrets[1], f"{id_}-{secrets[2][:30]}", hashlib.sha256(id_.encode()).hexdigest())
        handle = f"{name[: _LONGEST_HANDLE - len(str(number))]}{number}"
        account = Account(id_, handle, display_name or name.title(), keys, self._now(), owns_app, description)
        self.accounts[id_] = account
        return account

    def write(
        self,
        author: Account,
        words: str,
        *,
        to: Post | None = None,
        without: Iterable[str] = (),
        poll: tuple[Sequence[str], int] | None = None,
    ) -> Post:
        """A new post. without: ids of accounts whose handles are taken out of a reply. poll: options and minutes."""
        words = words.strip()
        first = self._wording(words)
        above = _name_above(author, to, frozenset(without))
        post = Post(
            author=author,
            wordings=[first],
            before=tuple(account.handle for account in above),
            mentions=tuple(dict.fromkeys((*above, *self._named_in(words)))),
            parent=to,
            root=to and (to.root or to),
            poll=poll and _make_poll(first, *poll),
        )
        self._posts[first.id] = post
        self._authored.setdefault(author.id, []).append(post)
        if to is not None:
            to.replies.append(post)
        for account in post.mentions:
            if account is not author:
                self._mentioning.setdefault(account.id, []).append(post)
        self._told("posted", post)
        return post

    def edit(self, post: Post, words: str) -> Wording:
        """Another wording; raises ValueError where X no longer takes one."""
        if len(post.wordings) > MOST_EDITS or self._now() - post.at > EDITABLE or post.poll is not None:
            raise ValueError("X takes five edits within an hour, and none of a poll")
        wording = self._wording(words.strip())
        post.wordings.append(wording)
        self._posts[wording.id] = post
        self._told("edited", post)
        return wording

    def delete(self, post: Post) -> None:
        if not post.deleted:
            post.deleted = True
            self._told("deleted", post)

    def vote(self, account: Account, post: Post, option: int) -> None:
        """One vote a person, while the poll is open; the first one stands."""
        if post.poll is None or not 0 <= option < len(post.poll.options):
            raise ValueError(f"post {post.id} has no option {option}")
        if self._now() >= post.poll.ends_at:
            raise ValueError("the poll has ended")
        post.poll.votes.setdefault(account.id, option)

    # ------------------------------------------------------------

    def _next_id(self) -> int:
        """Ids only ever grow, even where the clock stands or goes back."""
        self._last_id = max(make_first_id(self._now()), self._last_id + 1)
        return self._last_id

    def _wording(self, words: str) -> Wording:
        return Wording(self._next_id(), words, self._now())

    def _named_in(self, words: str) -> Iterable[Account]:
        found = (self.find_handle(handle) for handle in _HANDLE.findall(words))
        return [account for account in found if account is not None]


def _name_above(author: Account, to: Post | None, without: frozenset[str]) -> list[Account]:
    """Whom X names before the words of a reply: who is answered, and who was named there."""
    if to is None:
        return []
    named = dict.fromkeys((to.author, *to.mentions))
    return [account for account in named if account is not author and account.id not in without]


def _make_poll(first: Wording, options: Sequence[str], minutes: int) -> Poll:
    return Poll(str(first.id + 1_000_000), tuple(options), minutes, first.at + timedelta(minutes=minutes))
