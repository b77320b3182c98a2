"""What an account on Discord can do."""

from datetime import timedelta

from adapters.contract.capabilities import Capabilities, Limit, PollLimits
from adapters.discord.text import MESSAGE, count_units

BALLOT = Limit("characters", 300, count_units)
POLL = PollLimits(
    fewest_options=2,  # Discord takes a poll with one answer; nobody can choose there
    most_options=10,
    option=Limit("characters", 55, count_units),
    shortest=timedelta(hours=1),
    longest=timedelta(hours=768),
    step=timedelta(hours=1),
    question=BALLOT,
)
MOST_BUTTONS = 20
"""Five rows of five, of which one is left for the Answer button."""

CAPABILITIES = Capabilities(
    limits=(MESSAGE,),
    poll=POLL,
    threads=True,
    repeats_safely=True,  # by the nonce, for some minutes; after them `find` reads the channel's history
    settle_after=None,  # the history, read back past the intent, proves absence
    consent_first=True,
    forbidding_labels=frozenset({"bot"}),
    needs_place=True,
    most_buttons=MOST_BUTTONS,
    forms=True,
)
