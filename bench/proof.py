"""Proving a quote from a reply of 10,000 characters, prepared anew each time: CPU time, median."""

import random
import statistics
import sys
import time

from bot.quotes import Fidelity, prove_quote

WORDS = """
    we stopped disavowing — in “march” because nothing’s moved. After three months, 40% of it… was never read,
    unless a client asked: “what for?” größere Häuser do-it-yourself 👍🏽 and 1,000 more.
"""


def make_cases(length: int) -> dict[Fidelity, tuple[str, str]]:
    """A source and a quote from its second half, for each fidelity."""
    dice = random.Random(length)
    source = " ".join(dice.choices(WORDS.split(), k=length))[:length]
    words = source.split(" ")
    half = words[len(words) // 2 :]
    passage = " ".join(half[:60])
    return {
        Fidelity.VERBATIM: (source, passage),
        Fidelity.NORMALISED: (source, passage.translate(str.maketrans("“”’—", '""\'-')).replace("…", "...") + "  "),
        Fidelity.EDITED: (source, f"{' '.join(half[:30])} […] {' '.join(half[40:60])}"),
        Fidelity.FAIL: (source, f"{passage} indeed"),
    }


def main(length: int = 10_000, rounds: int = 51) -> None:
    """Print one line: milliseconds a quote by what is found."""
    cases = make_cases(length)
    times: dict[Fidelity, list[float]] = {fidelity: [] for fidelity in cases}
    for _ in range(rounds):
        for fidelity, (source, quote) in cases.items():
            started = time.process_time()
            proof = prove_quote(source, quote)
            times[fidelity].append((time.process_time() - started) * 1000)
            assert proof.fidelity is fidelity, proof
    figures = ", ".join(f"{fidelity} {statistics.median(spent):.2f} ms" for fidelity, spent in times.items())
    print(f"proof in {length:,} characters: {figures}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
