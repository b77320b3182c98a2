"""Finding copies beside rensa's MinHash with LSH: CPU seconds of the same texts, median of interleaved runs.

    pip install rensa
    python -m bench.copies_peer 20000 FILE…

FILE: JSON lines with `text`; without one, texts are made as for `filter_cost`. Of every tenth there is a copy in which
8 % of the words are others. Both start at the text. Ours takes it apart as
the filter does, and looks at every pair it names; rensa gets the same pieces of five letters, and names those that its
bands bring together, unseen.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bench.copies import ASKED, EVERY, change, read_texts
from bench.filter_cost import make_candidates
from bench.rows import START
from bench.table import CannotRun, Figure, Figures
from bot.filter import Candidate
from bot.filter.compare.pieces import PIECE
from bot.filter.compare.repeats import compare_replies
from bot.filter.compare.thread import arrange_thread, read_answers, sort_by_age
from bot.filter.judging import SHIPPED
from bot.filter.outlines.outline import make_outlines, read_outlines
from bot.filter.outlines.relations import relate

RUNS = 3
SHARE = 0.08
PERMUTATIONS, BANDS, ALIKE = 128, 32, 0.6
"""Of rensa: as many bands of as many places as ours."""


def find_ours(texts: list[str]) -> set[int]:
    """The numbers of the texts that are taken for copies."""
    candidates = [Candidate(str(n), (text,), f"a{n}", START + timedelta(seconds=n)) for n, text in enumerate(texts)]
    answers = read_answers(ASKED, sorted(candidates, key=sort_by_age))
    outlines = make_outlines([each.reply for each in answers], [each.whole for each in answers], candidates)
    thread = arrange_thread(ASKED, answers, SHIPPED, relate(read_outlines(outlines)).stand_beside_all())
    found = compare_replies(thread)
    return {
        int(candidate.id)
        for candidate, reasons in zip(thread.candidates, found, strict=True)
        if any(reason.rule == "copy_of_reply" for reason in reasons)
    }


def find_theirs(texts: list[str]) -> set[int]:
    """The numbers of those for which rensa finds an older one."""
    rensa: Any = import_module("rensa")
    index = rensa.RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=BANDS)
    found: set[int] = set()
    for number, text in enumerate(texts):
        flat = " ".join(text.lower().split())
        sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(list({flat[place : place + PIECE] for place in range(len(flat) - PIECE + 1)}))
        if index.query(sketch):
            found.add(number)
        index.insert(number, sketch)
    return found


def spend(find: Callable[[list[str]], set[int]], texts: list[str]) -> tuple[float, set[int]]:
    """Seconds of CPU, and what was found."""
    started = time.process_time()
    found = find(texts)
    return time.process_time() - started, found


def main(count: int = 20_000, *files: str) -> Figures:
    """Print one line."""
    if find_spec("rensa") is None:
        raise CannotRun("not installed: rensa (pip install rensa)")
    dice = random.Random(count)
    texts = read_texts(list(files))[:count] if files else [each.texts[0] for each in make_candidates(count)]
    count = len(texts)
    pool = [word for text in texts for word in text.split()]
    texts += [change(text, SHARE, pool, dice) for text in texts[::EVERY]]
    runs = [(spend(find_ours, texts), spend(find_theirs, texts)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(run[side][0] for run in runs) for side in (0, 1))
    print(f"copies among {count:,}: {theirs / ours:.2f} times as fast as rensa with LSH; aim: .5")
    for name, spent, (_, found) in (("ours", ours, runs[0][0]), ("rensa", theirs, runs[0][1])):
        copied = sum(number >= count for number in found)
        print(f"  {name}: {spent:.2f} s, {copied} of {len(texts) - count} copies, {len(found) - copied} others")
    return {f"copies among {count:,}": Figure(ours, theirs)}


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 20_000, *sys.argv[2:])
