"""What buttons and forms hand in, and what they must be able to say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from adapters.contract.reading import Reply


@dataclass(frozen=True, slots=True)
class ConsentDecision:
    """What a person said about being quoted. wording: what they were shown; credit: how they want to be named."""

    granted: bool
    wording: str
    credit: str = ""
    anonymous: bool = False
    covers_vote: bool = False


class Inbox(Protocol):
    """What people hand in through buttons and forms. Idempotent by `interaction_id`; committed when it returns.

    Raises Rejected where it comes too late or from the wrong person: say so to whoever pressed.
    """

    async def answered(self, interaction_id: str, reply: Reply, leave: ConsentDecision | None) -> int:
        """Someone answered by a form; a later answer of the same author to the same post is a revision.

        Answers how many have answered that post by form. Raises Rejected where it is no longer collected.
        """

    async def voted(self, interaction_id: str, post_id: int, voter: str, option: int) -> tuple[int, ...] | None:
        """Someone chose `option` (its index); a later choice replaces the earlier one.

        Answers the votes an option, None while they are hidden. Raises Rejected where the question is closed.
        """

    async def consented(self, interaction_id: str, author_remote_id: str, request: str, leave: ConsentDecision) -> None:
        """Who was asked for leave by the request `request` (the key of `ask_author`) decided; a no after a yes
        takes it back. Raises Rejected where somebody else pressed, or the words are gone.
        """

    async def withdrew(self, interaction_id: str, author_remote_id: str, remote_id: str | None) -> None:
        """An author takes one reply back, or with None everything of theirs."""

    async def saved(self, interaction_id: str, reply: Reply, by: str) -> int:
        """An editor saved what somebody wrote, as an answer to the post `reply.post_id`; answers our id of it.

        Ask `FormHost.may_edit` before. Raises Rejected where its author had themselves erased.
        """

    async def left(self, guild: str) -> None:
        """The account was removed from a community; what was said there is kept for the retention, then erased."""

    async def joined(self, guild: str) -> None:
        """The account is in a community (again)."""


@dataclass(frozen=True, slots=True)
class PostedQuestion:
    """What a form, a button or a counter must say of a question.

    outlet: for whom it is asked, "" where that is hidden. labels: the table `[form]` in the question's language.
    open: answers and votes are taken. hides_results: no counts are shown now. earlier_answer: what the author in
    question has answered by form, so that it can be changed.
    """

    post_id: int
    question: str
    outlet: str
    language: str
    options: tuple[str, ...]
    closes_at: datetime | None
    open: bool
    hides_results: bool
    labels: Mapping[str, str] = field(default_factory=dict)
    earlier_answer: str = ""


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """A request for leave that stands under somebody's message, as its buttons need it.

    key: that of `ask_author`. decided: `yes`, `anonymous`, `no`, or "" for not yet. labels: the table `[leave]` in
    the question's language. votes: people chose between options.
    """

    key: str
    author_remote_id: str
    remote_id: str
    wording: str
    language: str
    decided: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    votes: bool = False


class FormHost(Protocol):
    """What buttons and forms need of pullquote; given to an adapter that `HasForms`."""

    @property
    def inbox(self) -> Inbox:
        """The way in for what they bring."""

    async def get_question(self, post_id: int, author_remote_id: str = "") -> PostedQuestion | None:
        """What is asked by one of our posts, or None. author_remote_id: whose answer `earlier_answer` is."""

    async def list_questions(self, guild: str) -> Sequence[PostedQuestion]:
        """What was asked in a community and still takes answers, the newest first; to save an answer under it."""

    def get_labels(self, language: str) -> Mapping[str, str]:
        """The table `[form]` in the language nearest to `language`, for what belongs to no question any more."""

    async def get_consent_request(self, key: str) -> ConsentRequest | None:
        """A request for leave by its key, None where there is none (any more)."""

    async def may_edit(self, guild: str, roles: Collection[str], *, manages: bool) -> bool:
        """Whether somebody with these roles in a community is an editor; manages: they run the community."""
