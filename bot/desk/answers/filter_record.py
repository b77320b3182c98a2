"""How the filter's rules stand beside what editors decided: counts, and no word of a reply."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.context import Context
from storage.replies.verdicts import load_decided
from storage.states import VerdictValue


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What editors decided about the replies that a rule applied to, or that the rules gave one verdict."""

    name: str
    applied: int
    kept: int
    maybe: int
    aside: int


@dataclass(frozen=True, slots=True)
class FilterRecord:
    """decided: wordings that an editor judged. verdicts: by what the rules say of them. rules: most applied first."""

    decided: int
    verdicts: tuple[RuleRecord, ...]
    rules: tuple[RuleRecord, ...]


async def read_filter_record(context: Context, workspace: str) -> FilterRecord:
    """Each rule's record against the verdicts of editors that stand, of the replies in the store."""
    async with context.store.read() as session:
        decided = await load_decided(session, workspace)
    by_rule = ((str(reason["rule"]), value) for value, _, reasons in decided for reason in _distinct(reasons))
    by_verdict = [(str(said), value) for value, said, _ in decided]
    order = {str(value): number for number, value in enumerate(VerdictValue)}
    verdicts = sorted(_count(by_verdict), key=lambda each: order[each.name])
    rules = sorted(_count(by_rule), key=lambda each: (-each.applied, each.name))
    return FilterRecord(len(decided), tuple(verdicts), tuple(rules))


def _distinct(reasons: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """A rule that applied twice to a reply counts once."""
    return {reason["rule"]: reason for reason in reasons}.values()


def _count(found: Iterable[tuple[str, VerdictValue]]) -> list[RuleRecord]:
    counts = Counter(found)
    return [
        RuleRecord(
            name,
            sum(counts[name, value] for value in VerdictValue),
            counts[name, VerdictValue.KEEP],
            counts[name, VerdictValue.MAYBE],
            counts[name, VerdictValue.ASIDE],
        )
        for name in dict.fromkeys(name for name, _ in counts)
    ]
