"""Sets low-effort replies aside, with reasons: judge(question, replies) → judgements."""

from typing import TYPE_CHECKING

from bot.lazy import import_lazily

if TYPE_CHECKING:
    from bot.filter.judging import SHIPPED, judge
    from bot.filter.rank.siblings import stand_beside
    from bot.filter.rules_hash import RULES_HASH, hash_asked, hash_settings
    from bot.filter.values import BesideAll, Candidate, CandidateSpan, FilterVerdict, JudgedQuestion, Judgement, Reason

_NAMES = {
    "bot.filter.judging": ("SHIPPED", "judge"),
    "bot.filter.rank.siblings": ("stand_beside",),
    "bot.filter.rules_hash": ("RULES_HASH", "hash_asked", "hash_settings"),
    "bot.filter.values": (
        "BesideAll",
        "Candidate",
        "CandidateSpan",
        "FilterVerdict",
        "JudgedQuestion",
        "Judgement",
        "Reason",
    ),
}
__getattr__ = import_lazily(__name__, _NAMES)

__all__ = [
    "RULES_HASH",
    "SHIPPED",
    "BesideAll",
    "Candidate",
    "CandidateSpan",
    "FilterVerdict",
    "JudgedQuestion",
    "Judgement",
    "Reason",
    "hash_asked",
    "hash_settings",
    "judge",
    "stand_beside",
]
