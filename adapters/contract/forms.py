"""What buttons and forms hand in, and what they must be able to say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from adapters.contract.reading import Reply


@dataclass(frozen=True, slots=True)
class ConsentDecision:
    """What a person said about being quoted."""

    granted: bool
    wording: str  # what they were shown
    credit: str = ""  # how they want to be named
    anonymous: bool = False
    covers_vote: bool = False


class Inbox(Protocol):
    """What people hand in through buttons and forms. Idempotent by `interaction_id`; committed when it returns.

    Raises Rejected where it comes too late or from the wrong person: say so to whoever pressed.
    """

    # An answer by form; a later one of its author to the same post is a revision. Answers how many have answered so.
    async def answered(self, interaction_id: str, reply: Reply, leave: ConsentDecision | None) -> int: ...
    # A choice of an option (its index), instead of an earlier one. Answers the votes an option, None while hidden.
    async def voted(self, interaction_id: str, post_id: int, voter: str, option: int) -> tuple[int, ...] | None: ...
    # Who was asked by `request` (the key of `ask_author`) decided; a no after a yes takes it back.
    async def consented(
        self, interaction_id: str, author_remote_id: str, request: str, leave: ConsentDecision
    ) -> None: ...
    # An editor (ask `FormHost.may_edit`) saved what somebody wrote, as an answer to `reply.post_id`. Answers its id.
    async def saved(self, interaction_id: str, reply: Reply, by: str) -> int: ...
    # The account was removed from a community: what was said there is kept for the retention, then erased.
    async def left(self, guild: str) -> None: ...
    # It is there (again).
    async def joined(self, guild: str) -> None: ...


@dataclass(frozen=True, slots=True)
class PostedQuestion:
    """What a form, a button or a counter must say of a question."""

    post_id: int
    question: str
    outlet: str  # for whom it is asked, "" where that is hidden
    options: tuple[str, ...]
    open: bool  # answers and votes are taken
    hides_results: bool  # no counts are shown now
    labels: Mapping[str, str] = field(default_factory=dict)  # the table `[form]` in the question's language
    earlier_answer: str = ""  # what the author in question has answered by form, so that it can be changed


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """A request for consent that stands under somebody's message, as its buttons need it."""

    wording: str
    labels: Mapping[str, str] = field(default_factory=dict)  # the table `[leave]` in the question's language
    votes: bool = False  # people chose between options


class FormHost(Protocol):
    """What buttons and forms need of pullquote; given to an adapter that `HasForms`."""

    # The way in for what they bring.
    @property
    def inbox(self) -> Inbox: ...
    # What one of our posts asks, or None. author: whose `earlier_answer`; guild: where it must have been asked.
    async def get_question(self, post_id: int, author: str = "", guild: str | None = None) -> PostedQuestion | None: ...
    # What was asked in a community and still takes answers, the newest first; to save an answer under it.
    async def list_questions(self, guild: str) -> Sequence[PostedQuestion]: ...
    # The table `[form]` in the language nearest to `language`, for what belongs to no question any more.
    def get_labels(self, language: str) -> Mapping[str, str]: ...
    # A request for consent by its key, None where there is none (any more). guild: where it must have been made.
    async def get_consent_request(self, key: str, guild: str | None = None) -> ConsentRequest | None: ...
    # Whether somebody with these roles in a community is an editor; manages: they run the community.
    async def may_edit(self, guild: str, roles: Collection[str], *, manages: bool) -> bool: ...
