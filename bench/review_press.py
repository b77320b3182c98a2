"""One press of Keep in a review: what it reads, decides and shows next, at few and at many stored replies.

CPU time of this process; the messages to Discord are not part of it.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.filter_lag import open_bot
from bench.searching import make_store
from bench.table import Figure, Figures
from bot import desk
from bot.context import Context
from storage.states import CONFIG_WORKSPACE, VerdictValue

PRESSES = 21


async def press(context: Context, reply_id: int) -> int:
    """Decide about what is shown, and show what comes next; answers its id."""
    await desk.decide_as_seen(
        context, [CONFIG_WORKSPACE], reply_id, VerdictValue.KEEP, editor="Mara", is_same=lambda seen: bool(seen.text)
    )
    review = await desk.next_review(context, [CONFIG_WORKSPACE])
    assert review is not None
    return review.reply.id


async def measure(folder: Path) -> float:
    """Median CPU in ms; the first press, which imports and compiles, is dropped."""
    spent = []
    async with open_bot(folder) as context:
        review = await desk.next_review(context, [CONFIG_WORKSPACE])
        assert review is not None
        shown = review.reply.id
        for _ in range(PRESSES):
            started = time.process_time()
            shown = await press(context, shown)
            spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent[1:])


def main(*counts: int) -> Figures:
    """Print a line a count of what is stored."""
    figures: Figures = {}
    for count in counts or (5_000, 100_000):
        with tempfile.TemporaryDirectory() as name:
            folder = make_store(Path(name) / "store", count)
            figures[f"press in a review, {count:,} stored"] = Figure(asyncio.run(measure(folder)))
    for name, figure in figures.items():
        print(f"{name}: {figure.ours:.0f} ms of CPU; aim: 30")
    return figures


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
