"""Sets low-effort replies aside, with reasons: judge(question, replies) → judgements."""

from bot.filter.judge import SHIPPED, judge
from bot.filter.rank.siblings import stand_beside
from bot.filter.rules_hash import hash_asked, hash_rules, hash_settings
from bot.filter.values import BesideAll, Candidate, CandidateSpan, FilterVerdict, JudgedQuestion, Judgement, Reason

RULES_HASH: str = hash_rules()

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
