"""What a mailbox can do: receive."""

from adapters.contract.capabilities import Capabilities, Limit

LONGEST = 20_000

CAPABILITIES = Capabilities(
    limits=(Limit("characters", LONGEST, len),),  # of a call-out that somebody sends by hand
    threads=False,
)  # consent comes first by each mail's audience; its words are read here, as they were written to us
