"""What judging a reply of some 400 characters costs, part by part: CPU time, the least of several runs.

The loop of a known size beside it says how fast the machine was meanwhile. *Without pieces*: without what finds
siblings that are alike. Words are those of the rank's vocabulary and of everybody, more often the commoner they are.

    python -m bench.filter_cost 2000 FILE…

FILE: JSON lines with `text`. The beginnings of its texts are the replies.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.filter.collecting import collect_rarely
from bot.filter.compare.thread import form_thread, read_answers
from bot.filter.judging import ALONE, COMPARISONS, RULES, SHIPPED, SIBLING_TERMS, judge
from bot.filter.rank.vocabulary import COMMON, load_words
from bot.filter.values import Candidate, JudgedQuestion

ASKED = JudgedQuestion("What did you stop doing in SEO, and what happened to your traffic after that?")
A_THREAD = 50  # replies
CHARACTERS = 400
RUNS = 5
LOOPS = 1_000_000
ENDS = (".", ".", "!", "?", ", 2021.")


def make_candidates(count: int) -> list[Candidate]:
    """Replies of sentences, the same every time."""
    dice = random.Random(count)
    rare = sorted(word for word in load_words() if " " not in word and word not in COMMON)
    common = sorted(COMMON)
    words, weights = (*common, *rare), [*[4] * len(common), *[1] * len(rare)]
    return _make_candidates(_make_text(dice, words, weights) for _ in range(count))


def _make_text(dice: random.Random, words: tuple[str, ...], weights: list[int]) -> str:
    text = ""
    while len(text) < CHARACTERS - 30:
        chosen = dice.choices(words, weights, k=dice.randint(6, 18))
        text += f"{' '.join(chosen).capitalize()}{dice.choice(ENDS)} "
    return text.strip()


def read_candidates(count: int, files: list[str]) -> list[Candidate]:
    """The beginnings of the texts in *files* that are long enough."""
    lines = (line for name in files for line in Path(name).read_text(encoding="utf-8").splitlines())
    texts = [" ".join(json.loads(line)["text"].split()) for line in lines]
    long = [text[:CHARACTERS].rsplit(" ", 1)[0] for text in texts if len(text) >= CHARACTERS]
    return _make_candidates(long[:count])


def _make_candidates(texts: Iterable[str]) -> list[Candidate]:
    return [Candidate(f"r{number}", (text,), f"person{number}") for number, text in enumerate(texts)]


def _spend(step: Callable[[], object]) -> float:
    """Seconds of CPU."""
    started = time.process_time()
    step()
    return time.process_time() - started


def _count_up() -> int:
    total = 0
    for number in range(LOOPS):
        total += number * number
    return total


def measure(threads: list[list[Candidate]]) -> dict[str, float]:
    """Seconds by part, of all threads together."""
    spent = {"all": sum(_spend(lambda: judge(ASKED, each)) for each in threads)}  # noqa: B023  # called at once
    formed = [form_thread(ASKED, each, SHIPPED) for each in threads]
    spent["reading"] = _spend(lambda: [read_answers(ASKED, each) for each in threads])
    spent["pieces"] = _spend(lambda: [form_thread(ASKED, each, SHIPPED) for each in threads]) - spent["reading"]
    spent["rules"] = _spend(
        lambda: [list(rule(reply, ASKED)) for thread in formed for rule in RULES for reply in thread.replies]
    )
    for compare in ALONE:
        spent[compare.__name__] = _spend(lambda: [compare(thread) for thread in formed])  # noqa: B023
    for compare in (*COMPARISONS, *SIBLING_TERMS):
        spent["pieces"] += _spend(lambda: [compare(thread) for thread in formed])  # noqa: B023
    return spent


def main(count: int = 2_000, *files: str) -> None:
    """Print one line: replies a CPU second, and microseconds a reply by part."""
    collect_rarely()  # as the worker does
    candidates = read_candidates(count, list(files)) if files else make_candidates(count)
    threads = [candidates[start : start + A_THREAD] for start in range(0, len(candidates), A_THREAD)]
    judge(ASKED, threads[0])
    runs = [measure(threads) for _ in range(RUNS)]
    least = {part: min(run[part] for run in runs) / len(candidates) * 1e6 for part in runs[0]}
    whole = least.pop("all")
    parts = ", ".join(f"{part} {spent:.0f}" for part, spent in least.items() if spent >= 1)
    loop = min(_spend(_count_up) for _ in range(RUNS)) / LOOPS * 1e9
    print(
        f"filter: {1e6 / whole:,.0f} replies a CPU second, without pieces {1e6 / (whole - least['pieces']):,.0f};"
        f" {whole:.0f} µs a reply: {parts}; a step of a loop {loop:.0f} ns"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 2_000, *sys.argv[2:])
