"""The rules that prove that there is nothing to quote: they alone set a reply aside."""

from bot.filter.values import Reason

PROOFS = frozenset(
    {
        "empty", "emoji_only", "plus_one", "praise_only", "link_only", "code", "question_back", "self_promotion",
        "copy_of_reply", "copied_by_others", "copy_of_question",
    }
)  # fmt: skip
PROVEN_BELOW = -1.9
"""Log-odds: a rule of the table that found only a weak trace counts less, and proves nothing."""


def is_proof(reason: Reason) -> bool:
    return reason.rule in PROOFS and reason.weight < PROVEN_BELOW
