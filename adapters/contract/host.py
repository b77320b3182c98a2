"""What an adapter may ask of pullquote."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from adapters.contract.forms import ConsentRequest, Inbox, PostedQuestion
from adapters.contract.sending import Reference


class Host(Protocol):
    """Everything an adapter may ask of pullquote."""

    @property
    def inbox(self) -> Inbox:
        """The way in for buttons and forms."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""

    async def load(self, name: str) -> str | None:
        """What was saved under `name` for this account, or None."""

    async def save(self, name: str, value: str) -> None:
        """Durable before it returns; readable by the owner alone."""

    def exclusive(self, name: str) -> AbstractAsyncContextManager[None]:
        """Hold `name` alone among all processes (rotating a token); reload after entering."""

    async def spend(self, unit: str, amount: int) -> None:
        """Count `amount` of `unit` before a call that costs: the most that it can cost. Raises `OverBudget`."""

    async def settle(self, unit: str, counted: int, read: Collection[str]) -> None:
        """After that call: of `counted`, what it did cost is kept.

        read: ids of what was read or made. Each is billed once a UTC day, however often it is read.
        """

    def hint(self, references: Sequence[Reference] = ()) -> None:
        """Something happened: collect sooner, and re-read `references`: stored replies, or a part of ours for all
        that was said to it.
        """

    async def get_question(self, post_id: int, author_remote_id: str = "") -> PostedQuestion | None:
        """What is asked by one of our posts, None where there is none. author_remote_id: whose answer `given` is."""

    async def list_questions(self, guild: str) -> Sequence[PostedQuestion]:
        """What was asked in a community and still takes answers, the newest first; to save an answer under it."""

    def get_labels(self, language: str) -> Mapping[str, str]:
        """The table `[form]` in the language nearest to `language`, for what belongs to no question any more."""

    async def get_consent_request(self, key: str) -> ConsentRequest | None:
        """A request for leave by its key, None where there is none (any more)."""

    async def may_edit(self, guild: str, roles: Collection[str], *, manages: bool) -> bool:
        """Whether somebody with these roles in a community is an editor; manages: they run the community."""
