"""What judging a reply of some 400 characters costs, part by part: CPU time, the least of several runs.

The loop of a known size beside it says how fast the machine was meanwhile.
"""

import random
import sys
import time
from collections.abc import Callable

from bench.rows import WORDS
from bot.filter.compare.thread import form_thread
from bot.filter.judge import ALONE, COMPARISONS, RULES, SHIPPED, SIBLING_TERMS, judge
from bot.filter.values import Candidate, JudgedQuestion

ASKED = JudgedQuestion("What did you stop doing in SEO, and what happened to your traffic after that?")
A_THREAD = 50  # replies
CHARACTERS = 400
RUNS = 3
LOOPS = 1_000_000
ENDS = (".", ".", "!", "?", ", 2021.")


def make_candidates(count: int) -> list[Candidate]:
    """Replies of sentences, the same every time."""
    dice = random.Random(count)
    return [Candidate(f"r{number}", (_make_text(dice),), f"person{number}") for number in range(count)]


def _make_text(dice: random.Random) -> str:
    text = ""
    while len(text) < CHARACTERS - 30:
        words = dice.choices(WORDS, k=dice.randint(6, 18))
        text += f"{' '.join(words).capitalize()}{dice.choice(ENDS)} "
    return text.strip()


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
    spent["reading"] = sum(_spend(lambda: form_thread(ASKED, each, SHIPPED)) for each in threads)  # noqa: B023
    spent["rules"] = _spend(
        lambda: [list(rule(reply, ASKED)) for thread in formed for rule in RULES for reply in thread.replies]
    )
    for compare in (*ALONE, *COMPARISONS, *SIBLING_TERMS):
        spent[compare.__name__] = _spend(lambda: [compare(thread) for thread in formed])  # noqa: B023
    return spent


def main(count: int = 2_000) -> None:
    """Print one line: replies a CPU second, and microseconds a reply by part."""
    candidates = make_candidates(count)
    threads = [candidates[start : start + A_THREAD] for start in range(0, count, A_THREAD)]
    judge(ASKED, threads[0])
    runs = [measure(threads) for _ in range(RUNS)]
    least = {part: min(run[part] for run in runs) / count * 1e6 for part in runs[0]}
    whole = least.pop("all")
    parts = ", ".join(f"{part} {spent:.0f}" for part, spent in least.items() if spent >= 1)
    loop = min(_spend(_count_up) for _ in range(RUNS)) / LOOPS * 1e9
    print(
        f"filter: {1e6 / whole:,.0f} replies a CPU second; {whole:.0f} µs a reply: {parts};"
        f" a step of a loop {loop:.0f} ns"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
