"""How often Python looks for cycles while replies are judged."""

import gc

AFTER = 50_000  # objects that are new


def collect_rarely() -> None:
    """For a process that only judges: it makes no cycles, and walking over what it keeps took a tenth of its time."""
    gc.set_threshold(AFTER)
