"""Sets low-effort replies aside, with reasons: judge(question, replies) → judgements."""

from bot.filter.judge import judge
from bot.filter.rules_hash import hash_rules
from bot.filter.values import Asked, Candidate, Judgement, Reason, Span, Verdict

RULES_HASH: str = hash_rules()

__all__ = ["RULES_HASH", "Asked", "Candidate", "Judgement", "Reason", "Span", "Verdict", "judge"]
