"""What becomes of a send that failed: the type of the error is the decision, for posts and the outbox alike. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from adapters.contract.errors import OverBudget, RateLimited, Rejected, Unauthorized, Unavailable, Uncertain
from bot.questions.render import DoesNotFit
from bot.steps import BUDGET_PAUSE, LOOK_AGAIN, back_off
from storage.states import PostState

State = TypeVar("State", bound=StrEnum)


class Expected(Exception):
    """An outcome of sending that is no fault of pullquote."""


class NotFoundYet(Expected):
    """The part was not found, which proves nothing; look again at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("not found yet, which proves nothing")
        self.until = until


class GaveUp(Expected):
    """Two unclear outcomes of one part: a person must look."""


class NeverKnown(Expected):
    """The one call for a part had an unclear outcome, and nothing can ever tell it: a person must look."""


class TooLate(Expected):
    """It was not sent and the grace is over."""


class NotWanted(Expected):
    """It was not sent and is not wanted any more, or not for now; the text says why."""

    def __init__(self, reason: str, *, for_good: bool = True) -> None:
        super().__init__(reason)
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class States(Generic[State]):
    """What a row is in that is sent again, is never sent, or may have been sent and is looked for."""

    again: State
    never: State
    unclear: State


@dataclass(frozen=True, slots=True)
class Decision(Generic[State]):
    """The row's next state, why, when it is tried again, and whether a person is told."""

    state: State
    reason: str
    retry_at: datetime | None = None
    notifies: bool = False


def decide(  # noqa: PLR0911  # one line an error: the table is the point
    error: Exception, states: States[State], *, attempts: int, now: datetime
) -> Decision[State]:
    """The table: one line an error. attempts: with this one."""
    reason = str(error)
    match error:
        case DoesNotFit() | Rejected():
            return Decision(states.never, reason, notifies=True)
        case RateLimited(retry_at=retry_at):
            return Decision(states.again, reason, retry_at)
        case Unavailable():
            return Decision(states.again, reason, now + back_off(attempts))
        case Unauthorized():
            return Decision(states.again, reason, now + LOOK_AGAIN, notifies=True)
        case OverBudget(retry_at=retry_at):
            pause = now + BUDGET_PAUSE
            return Decision(states.again, reason, min(retry_at or pause, pause), notifies=True)
        case Uncertain():
            return Decision(states.unclear, reason, now + LOOK_AGAIN)
        case _:
            fault = f"a fault of pullquote: {type(error).__name__}: {reason}"
            return Decision(states.unclear, fault, now + back_off(attempts), notifies=True)


def decide_post(error: Exception, *, unclear: bool, attempts: int, now: datetime) -> Decision[PostState]:
    """`unclear`: the post was already uncertain, so that nothing may turn it back into one to be sent again."""
    match error:
        case NotFoundYet(until=until):
            return Decision(PostState.UNCERTAIN, str(error), until)
        case TooLate():
            return Decision(PostState.MISSED, "its grace was over before it could be sent", notifies=True)
        case NotWanted(for_good=for_good):
            return Decision(PostState.CANCELLED if for_good else PostState.RETRY, str(error))
        case GaveUp():
            reason = "sent twice with an unclear outcome: look on the platform whether it stands"
            return Decision(PostState.FAILED, reason, notifies=True)
        case NeverKnown():
            reason = "whether it was sent is unclear, and this network cannot tell: look; it is not sent again"
            return Decision(PostState.FAILED, reason, notifies=True)
    again = PostState.UNCERTAIN if unclear else PostState.RETRY
    states = States(again=again, never=PostState.FAILED, unclear=PostState.UNCERTAIN)
    return decide(error, states, attempts=attempts, now=now)
