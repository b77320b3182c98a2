"""What becomes of a post when a step of publishing fails: the type of the error is the decision. Pure."""

from dataclasses import dataclass
from datetime import datetime

from adapters.contract.errors import OverBudget, RateLimited, Rejected, Unauthorized, Unavailable, Uncertain
from bot.questions.render import DoesNotFit
from bot.steps import BUDGET_PAUSE, LOOK_AGAIN, back_off
from storage.states import PostState, QuestionState


class Expected(Exception):
    """An outcome of publishing that is no fault of pullquote."""


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
    """It was not sent, and its question is paused or taken back."""

    def __init__(self, question: QuestionState) -> None:
        super().__init__(f"not sent: the question is {question.value}")
        self.question = question


@dataclass(frozen=True, slots=True)
class Decision:
    """The post's next state, why, when it is tried again, and whether a person is told."""

    state: PostState
    reason: str
    retry_at: datetime | None = None
    notifies: bool = False


def decide(  # noqa: C901, PLR0911  # one line an error: the table is the point
    error: Exception, *, unclear: bool, attempts: int, now: datetime
) -> Decision:
    """`unclear`: the post was already uncertain, so that nothing may turn it back into one to be sent again."""
    again = PostState.UNCERTAIN if unclear else PostState.RETRY
    reason = str(error)
    match error:
        case NotFoundYet(until=until):
            return Decision(PostState.UNCERTAIN, reason, until)
        case TooLate():
            return Decision(PostState.MISSED, "its grace was over before it could be sent", notifies=True)
        case NotWanted(question=question):
            withdrawn = question is QuestionState.WITHDRAWN
            return Decision(PostState.CANCELLED if withdrawn else PostState.RETRY, reason)
        case GaveUp():
            reason = "sent twice with an unclear outcome: look on the platform whether it stands"
            return Decision(PostState.FAILED, reason, notifies=True)
        case NeverKnown():
            reason = "whether it was sent is unclear, and this network cannot tell: look; it is not sent again"
            return Decision(PostState.FAILED, reason, notifies=True)
        case DoesNotFit() | Rejected():
            return Decision(PostState.FAILED, reason, notifies=True)
        case RateLimited(retry_at=retry_at):
            return Decision(again, reason, retry_at)
        case Unavailable():
            return Decision(again, reason, now + back_off(attempts))
        case Unauthorized():
            return Decision(again, reason, now + LOOK_AGAIN, notifies=True)
        case OverBudget(retry_at=retry_at):
            return Decision(again, reason, min(retry_at or now + BUDGET_PAUSE, now + BUDGET_PAUSE), notifies=True)
        case Uncertain():
            return Decision(PostState.UNCERTAIN, reason, now + LOOK_AGAIN)
        case _:
            fault = f"a fault of pullquote: {type(error).__name__}: {reason}"
            return Decision(PostState.UNCERTAIN, fault, now + back_off(attempts), notifies=True)
