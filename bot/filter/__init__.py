"""Sets low-effort replies aside, with reasons: judge(question, replies) → judgements."""

from typing import TYPE_CHECKING

from bot.filter.rules_hash import RULES_HASH, hash_asked, hash_settings
from bot.filter.values import Candidate, CandidateSpan, FilterVerdict, JudgedQuestion, Judgement, Reason
from bot.lazy import import_lazily

if TYPE_CHECKING:
    from bot.filter.judge import SHIPPED, judge

_NAMES = {"bot.filter.judge": ("SHIPPED", "judge")}
__getattr__ = import_lazily(__name__, _NAMES)

__all__ = [
    "RULES_HASH",
    "SHIPPED",
    "Candidate",
    "CandidateSpan",
    "FilterVerdict",
    "JudgedQuestion",
    "Judgement",
    "Reason",
    "hash_asked",
    "hash_settings",
    "judge",
]
