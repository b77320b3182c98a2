"""What an account on Bluesky can do."""

from adapters.bluesky.text import LIMITS
from adapters.contract.capabilities import Capabilities

CAPABILITIES = Capabilities(
    limits=LIMITS,
    poll=None,  # none on the platform: options are printed in the root
    threads=True,
    repeats_safely=True,  # putRecord of the same bytes under the same record key is a no-op
    settle_after=None,  # getRecord on the account's own PDS proves absence
    forbidding_labels=frozenset({"!no-unauthenticated", "bot"}),
)
