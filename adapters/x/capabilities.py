"""What an account on X can do; it depends on what the account pays for."""

from dataclasses import replace
from datetime import timedelta

from adapters.contract.capabilities import Capabilities, PollLimits
from adapters.x.settings import XSettings
from adapters.x.text import LIMITS, OPTION_LIMIT, find_crowding, find_faults

SETTLE_AFTER = timedelta(minutes=15)
"""X proves no absence. Its timelines lag by seconds, in bad hours by minutes; beyond that a double can happen."""

CAPABILITIES = Capabilities(
    limits=LIMITS,
    poll=PollLimits(
        fewest_options=2,
        most_options=4,
        option=OPTION_LIMIT,
        shortest=timedelta(minutes=5),
        longest=timedelta(minutes=10_080),
        step=timedelta(minutes=1),
    ),
    threads=True,
    repeats_safely=False,  # there is no idempotency key
    settle_after=SETTLE_AFTER,
    whole_posts_only=True,  # displayed posts stay unmodified
    refuses_repeats=True,  # no identical text twice, not across accounts either
    bills_reads=True,
    retention=timedelta(days=30),
    find_faults=find_faults,
)


def list_capabilities(settings: XSettings) -> Capabilities:
    """What an account with these settings can do: links by accident are taken where somebody wants to pay for them."""
    return replace(CAPABILITIES, find_faults=find_crowding) if settings.pay_for_links else CAPABILITIES
