"""What reading costs on X, from the bill of the loopback X, beside plain tweepy code for the same replies.

One answer in five says something (that passes the filter and is read again with its author's profile before the
digest), one in fifty leaves the asker's handle out; prices as of August 2026.
"""

import asyncio
import logging
import tempfile
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import structlog

from bench.x_scenarios import SCENARIOS, Scenario
from bench.x_trial import Bill, Outcome, run_trial
from tests.servers.x.network import Charge, run_x

READS = frozenset({"post_read", "owned_read", "user_read"})


def split(bill: Bill) -> dict[str, list[Charge]]:
    """Reads by what they were for."""
    kinds: dict[str, list[Charge]] = defaultdict(list)
    for charge in bill.charges:
        if charge.unit in READS:
            kinds[_name_kind(charge, bill.account.id)].append(charge)
    return kinds


def _name_kind(charge: Charge, own_id: str) -> str:
    if charge.unit == "user_read":
        return "authors"
    if charge.of == own_id:
        return "counting"
    return "collecting" if charge.operation in ("mentions", "search") else "re-reading"


def cost(charges: list[Charge]) -> float:
    return sum(charge.usd for charge in charges)


def describe(scenario: Scenario, outcome: Outcome) -> list[str]:
    """The lines of one scenario."""
    bill, ours = outcome.ours, split(outcome.ours)
    total, plain = sum(map(cost, ours.values())), sum(map(cost, split(outcome.plain).values()))
    lost = outcome.plain.written - outcome.plain.stored
    parts = ", ".join(f"{name} ${cost(charges):.3f}" for name, charges in sorted(ours.items()))
    lines = [
        f"X, {scenario.name}: {bill.stored} of {bill.written} replies collected ({bill.stored / bill.written:.1%})",
        f"  {len(ours['collecting']) / bill.written:.3f} billed reads a reply to collect it",
        f"  ${total / bill.written:.4f} a reply for all reads: {parts}; {outcome.quoted} read again for the digest",
        f"  plain tweepy: ${plain / bill.written:.4f} a reply ({plain / total:.1f} times), {lost} not collected",
    ]
    lines.append(f"  with the posts X bills ${cost(bill.charges):.3f}, and pullquote's books say ${outcome.booked:.3f}")
    if scenario.lasts - scenario.over > timedelta(days=7):
        lines.append(describe_idle(scenario, outcome))
    return lines


def describe_idle(scenario: Scenario, outcome: Outcome) -> str:
    """The whole days between the last reply and the close."""
    idle = (scenario.lasts - scenario.over) // timedelta(days=1)
    first = outcome.last_reply.date() + timedelta(days=1)
    last = (outcome.last_reply + timedelta(days=idle - 1)).date()
    days = Counter(charge.at.date() for charge in outcome.ours.charges if first <= charge.at.date() <= last)
    spent = [charge for charge in outcome.ours.charges if first <= charge.at.date() <= last]
    operations = ", ".join(sorted({charge.operation for charge in spent}))
    return (
        f"  idle days {first} to {last}: ${cost(spent):.3f} in all, for nothing but {operations}, "
        f"on {len(days)} of {(last - first).days + 1} days"
    )


async def run() -> None:
    with tempfile.TemporaryDirectory() as name, run_x(Path(name)) as network:
        for number, scenario in enumerate(SCENARIOS):
            folder = Path(name) / str(number)
            folder.mkdir()
            print("\n".join(describe(scenario, await run_trial(network, folder, scenario))), flush=True)


def main() -> None:
    """Print the rows."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(run())


if __name__ == "__main__":
    main()
