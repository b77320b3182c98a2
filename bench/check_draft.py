"""Checking thirteen quotations of a draft against all replies of a workspace, offline: CPU time and memory."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bench.filter_lag import open_bot, store_replies
from bench.peak import read_peak
from bench.rows import make_replies
from bot.articles import Paragraph
from bot.articles.check import check_article
from storage.states import CONFIG_WORKSPACE

QUOTATIONS = 13


def write_article(count: int) -> list[Paragraph]:
    """A sentence of thirteen replies each, every third with a changed word."""
    rows = make_replies(count, 1, 1, 1)
    texts = [row.text or "" for row in rows[:: max(1, count // QUOTATIONS)]][:QUOTATIONS]
    quoted = [" ".join(text.split()[:20]) for text in texts]
    changed = [f"{text} indeed" if number % 3 == 0 else text for number, text in enumerate(quoted)]
    return [Paragraph(f"“{text},” said somebody.", number) for number, text in enumerate(changed, 1)]


async def measure(count: int) -> tuple[float, int]:
    """CPU seconds of one check, and how many quotations were found."""
    with tempfile.TemporaryDirectory() as folder:
        await store_replies(Path(folder), count)
        async with open_bot(Path(folder)) as context:
            started = time.process_time()
            report = await check_article(context, CONFIG_WORKSPACE, write_article(count), offline=True)
            return time.process_time() - started, sum(each.holds for each in report.checked)


def main(most: int = 100_000) -> None:
    """Print one line: a tenth of the replies, then all of them."""
    figures = []
    for count in (most // 10, most):
        spent, found = asyncio.run(measure(count))
        figures.append(f"{count:,} replies {spent:.1f} s ({found} of {QUOTATIONS} hold)")
    print(f"check-draft, {QUOTATIONS} quotations: {', '.join(figures)}; peak {read_peak():.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
