"""`assess` beside datatrove's Gopher filters of quality and repetition: replies a CPU second of the same texts.

    pip install datatrove spacy regex
    python -m bench.filter_peer 2000 FILE…

FILE: JSON lines with `text`, as for `filter_cost`. spacy cuts words with its blank English, no model is read. Both of
datatrove's filters look at every text, also where the first has refused it. Least of interleaved runs.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bench.filter_cost import A_THREAD, ASKED, RUNS, make_candidates, read_candidates
from bench.table import CannotRun, Figure, Figures
from bot.filter.assess import assess
from bot.filter.collecting import collect_rarely

NEEDED = ("datatrove", "spacy", "regex")


def make_lines(texts: list[str]) -> list[str]:
    """What `assess` reads: threads of A_THREAD replies by as many people."""
    asked = {"question": ASKED.text}
    return [
        json.dumps(asked | {"id": number, "question_id": number // A_THREAD, "text": text, "author": f"person{number}"})
        for number, text in enumerate(texts)
    ]


def make_gopher(texts: list[str]) -> Callable[[], Any]:
    """A step that runs both filters over all texts."""
    document = import_module("datatrove.data").Document
    filters = import_module("datatrove.pipeline.filters")
    both = (filters.GopherQualityFilter(), filters.GopherRepetitionFilter())
    documents = [document(text=text, id=str(number)) for number, text in enumerate(texts)]
    return lambda: [each.filter(one) for one in documents for each in both]


def spend(step: Callable[[], Any]) -> float:
    """Seconds of CPU."""
    started = time.process_time()
    step()
    return time.process_time() - started


def main(count: int = 2_000, *files: str) -> Figures:
    """Print one line."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise CannotRun(f"not installed: {', '.join(missing)} (pip install {' '.join(NEEDED)})")
    collect_rarely()  # as the worker does
    candidates = read_candidates(count, list(files)) if files else make_candidates(count)
    texts = [each.texts[0] for each in candidates]
    lines, gopher = make_lines(texts), make_gopher(texts)
    runs = [(spend(lambda: list(assess(lines))), spend(gopher)) for _ in range(RUNS)]
    ours, theirs = (min(spent) for spent in zip(*runs, strict=True))
    told = f"{len(texts) / ours:,.0f} replies a CPU second, datatrove {len(texts) / theirs:,.0f}"
    print(f"assess {told}: {theirs / ours:.2f} times; aim: 8")
    return {f"assess of {count:,}": Figure(ours, theirs)}


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 2_000, *sys.argv[2:])
