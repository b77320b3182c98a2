"""What the filter noticed about an answer beside its rank, for the writer alone: no edition to share says any of it."""

from collections.abc import Iterable

from bot.digest.selection.select import Answer
from storage.replies.current import CurrentVerdict

LIKE_DECOYS = -0.36
"""Log-odds at which likeness to the decoys is worth a word. Of the training pitches beside two decoys of the same model
it marks half of the short ones and a sixth of the others, and 4 % of what people answer: what is less like them is like
many an answer.
"""
HINTS = ("machine", "contradicts", "sender_group", "new_profile", "many_subjects", "quick_answer")
"""How the names of rules begin that hint at something and judge nothing."""

ALIKE = ("copy_of_reply", "copied_by_others", "alike_frame", "alike_words")
"""Rules of answers to one question that say nearly the same."""


def count_common(answers: Iterable[Answer]) -> int | None:
    """How many of the answers are much like what a chat model answers; None where no decoys were given."""
    found = [weight for answer in answers if (weight := _weigh_decoys(answer.verdict)) is not None]
    return sum(weight <= LIKE_DECOYS for weight in found) if found else None


def is_common(verdict: CurrentVerdict) -> bool:
    """Whether an answer is much like what a chat model answers, whoever wrote it."""
    weight = _weigh_decoys(verdict)
    return weight is not None and weight <= LIKE_DECOYS


def count_alike(verdict: CurrentVerdict | None) -> int:
    """How many replies say nearly the same as this one, with itself."""
    reasons = [] if verdict is None else [each for each in verdict.reasons if str(each.get("rule", "")) in ALIKE]
    return 1 + len({other["revision"] for each in reasons for other in each.get("others", ())})


def has_hint(verdict: CurrentVerdict) -> bool:
    """Whether something was noticed that a careful editor looks at."""
    return any(str(reason.get("rule", "")).startswith(HINTS) for reason in verdict.reasons)


def _weigh_decoys(verdict: CurrentVerdict | None) -> float | None:
    """What likeness to the decoys weighs in a verdict of the rules."""
    reasons = [] if verdict is None else verdict.reasons
    weights = [float(each["weight"]) for each in reasons if str(each.get("rule", "")).startswith("decoy")]
    return sum(weights) if weights else None
