"""What may be set aside at all: the rules that prove something. Every other rule only ranks."""

from dataclasses import dataclass

from bot.filter.values import Reason


@dataclass(frozen=True, slots=True)
class ProofRule:
    """weight: in log-odds, so heavy that the score stays low. record: good among what it set aside when it was tried.

    Tried on the training half of SemEval 2016 task 3 (4,892 replies, good: labelled so) and on 625 replies that two
    readers graded (good: usable or better). A rule stands here only if at most one in ten was good in 20 or more, or at
    most two in fewer.
    """

    weight: float
    record: str


PROOFS: dict[str, ProofRule] = {
    "empty": ProofRule(-6.0, "0 of 8; graded: 0 of 1"),
    "emoji_only": ProofRule(-6.0, "0 of 9"),
    "plus_one": ProofRule(-5.0, "0 of 1; graded: 0 of 2"),
    "praise_only": ProofRule(-5.0, "1 of 15; graded: 0 of 7"),
    "question_back": ProofRule(-4.0, "4 of 112; graded: 0 of 3"),
    "link_only": ProofRule(
        -4.0, "0 of 0: its askers ask for themselves, where a link answers; comments on videos: 0 of 32"
    ),
    "code": ProofRule(-5.0, "0 of 0"),
    "noise": ProofRule(-6.0, "0 of 3; graded: 0 of 51"),
    "self_promotion": ProofRule(-5.0, "1 of 1; graded: 0 of 1"),
    "copy_of_reply": ProofRule(-4.0, "see `compare/copies.py`"),
    "copy_of_question": ProofRule(-4.0, "see `compare/copies.py`"),
}

LIGHTEST = -3.0
"""Log-odds: a rule of the table that found only a weak trace counts less, and proves nothing."""


def is_proof(reason: Reason) -> bool:
    """Whether it sets its reply aside."""
    return reason.rule in PROOFS and reason.weight <= LIGHTEST
