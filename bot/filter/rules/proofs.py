"""What may be set aside at all: the rules that prove something. Every other rule only ranks."""

from dataclasses import dataclass

from bot.filter.values import Reason


@dataclass(frozen=True, slots=True)
class ProofRule:
    """weight: in log-odds, so heavy that nothing in a reply outweighs it. record: what it set aside when it was tried.

    A rule whose record is worse than one good reply in ten, or than two in fewer than 20, does not stand here.
    """

    weight: float
    record: str


PROOFS: dict[str, ProofRule] = {
    "empty": ProofRule(-6.0, ""),
    "emoji_only": ProofRule(-6.0, ""),
    "plus_one": ProofRule(-5.0, ""),
    "praise_only": ProofRule(-5.0, ""),
    "question_back": ProofRule(-4.0, ""),
    "link_only": ProofRule(-4.0, ""),
    "code": ProofRule(-5.0, ""),
    "noise": ProofRule(-6.0, ""),
    "self_promotion": ProofRule(-5.0, ""),
    "copy_of_reply": ProofRule(-4.0, ""),
    "copy_of_question": ProofRule(-4.0, ""),
}

LIGHTEST = -3.0
"""Log-odds: a rule of the table that found only a weak trace counts less, and proves nothing."""


def is_proof(reason: Reason) -> bool:
    """Whether it sets its reply aside."""
    return reason.rule in PROOFS and reason.weight <= LIGHTEST
