"""How many copies are found, how many other replies are taken for copies, and what the comparing costs.

    python -m bench.copies 20000 FILE…

FILE: JSON lines with `text`. Its texts that are long enough to be compared are the replies, each once; where they are
too few, further ones are made of the pairs of words that they use. Of every tenth there is a copy by somebody else in
which 3 % or 8 % of the words, rounded, are others, drawn from all words of the texts. The last line reads ten times as
many made replies and keeps their outlines alone, as judging does.
"""

import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, pairwise
from pathlib import Path

from bench.peak import read_peak
from bench.rows import START, WORDS
from bench.table import Figure, Figures
from bot.filter import Candidate, JudgedQuestion
from bot.filter.compare.pieces import MIN_PIECES, PIECE, flatten
from bot.filter.compare.repeats import compare_replies
from bot.filter.compare.thread import arrange_thread, read_answers, sort_by_age
from bot.filter.judging import SHIPPED
from bot.filter.outlines.outline import make_outlines, read_outlines
from bot.filter.outlines.relations import relate
from bot.filter.rules.text import prepare

SHARES = (0.03, 0.08)
EVERY = 10
AT_ONCE = 2_000
ASKED = JudgedQuestion("What did you give up?")


def read_texts(files: list[str]) -> list[str]:
    """The different texts of *files* that are long enough to be a copy."""
    texts: dict[str, str] = {}
    for name in files:
        for line in Path(name).read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            texts.setdefault(flatten(prepare((text,)).words), text)
    return [text for flat, text in texts.items() if len(flat) >= MIN_PIECES + PIECE - 1]


def make_texts(known: list[str], count: int, dice: random.Random) -> Iterator[str]:
    """Texts of 12 to 80 words, each word one that follows the last somewhere in *known*."""
    follows: dict[str, list[str]] = defaultdict(list)
    for text in known or [" ".join(WORDS)]:
        words = text.split()
        for one, other in pairwise(words):
            follows[one].append(other)
    starts = sorted(follows)
    for _ in range(count):
        words = [dice.choice(starts)]
        for _ in range(dice.randint(11, 79)):
            words.append(dice.choice(follows.get(words[-1]) or starts))
        yield " ".join(words)


def change(text: str, share: float, pool: list[str], dice: random.Random) -> str:
    words = text.split()
    for place in dice.sample(range(len(words)), round(share * len(words))):
        words[place] = dice.choice(pool)
    return " ".join(words)


def measure(texts: list[str], share: float, dice: random.Random) -> str:
    """Compare all once; one line."""
    pool = [word for text in texts[:20_000] for word in text.split()]
    copied = set(range(0, len(texts), EVERY))
    candidates = [Candidate(f"o{n}", (text,), f"a{n}", START + timedelta(seconds=n)) for n, text in enumerate(texts)]
    later = START + timedelta(days=30)
    candidates += [
        Candidate(f"c{n}", (change(texts[n], share, pool, dice),), f"b{n}", later + timedelta(seconds=n))
        for n in sorted(copied)
    ]
    dice.shuffle(candidates)
    candidates.sort(key=sort_by_age)
    answers = read_answers(ASKED, candidates)
    before, started = read_peak(), time.process_time()
    outlines = make_outlines([each.reply for each in answers], [each.whole for each in answers], candidates)
    thread = arrange_thread(ASKED, answers, SHIPPED, relate(read_outlines(outlines)).stand_beside_all())
    found = compare_replies(thread)
    seconds = time.process_time() - started
    named = {
        candidate.id
        for candidate, reasons in zip(thread.candidates, found, strict=True)
        if any(reason.rule == "copy_of_reply" for reason in reasons)
    }
    recall = sum(f"c{n}" in named for n in copied) / len(copied)
    others = [n for n in named if n[0] == "o"]
    return (
        f"{share:.0%} changed: found {recall:.3f}, others taken for copies {len(others) / len(texts):.4f},"
        f" {len(thread.replies)} compared in {seconds:.1f} s ({seconds / len(thread.replies) * 1e6:.0f} µs each),"
        f" peak {before:.0f} MB before, {read_peak():.0f} MB after"
    )


def measure_growth(count: int, dice: random.Random) -> str:
    """Find who is compared with whom among *count* made replies, of which no more is kept than the outline."""
    packed: list[bytes] = []
    texts = make_texts([], count, dice)
    before, started = read_peak(), time.process_time()
    for start in range(0, count, AT_ONCE):
        some = [Candidate(f"o{start + n}", (text,), f"a{n}") for n, text in enumerate(islice(texts, AT_ONCE))]
        answers = read_answers(ASKED, some)
        packed += make_outlines([each.reply for each in answers], [each.whole for each in answers], some)
    found = relate(read_outlines(packed))
    return (
        f"{count} replies, outlines alone: {time.process_time() - started:.0f} s of CPU,"
        f" {len(found.before.places)} pairs; peak {before:.0f} MB before, {read_peak():.0f} MB after"
    )


def main(count: int = 20_000, *files: str) -> Figures:
    """Print a line a share of changed words, and one about growth."""
    known = read_texts(list(files))
    dice = random.Random(count)
    dice.shuffle(known)
    texts = known[:count] + list(make_texts(known, max(0, count - len(known)), dice))
    print(f"copies among {len(texts)} replies, {min(count, len(known))} of them from files:")
    for share in SHARES:
        print(f"  {measure(texts, share, dice)}", flush=True)
    print(f"  {measure_growth(10 * count, dice)}")
    return {f"outlines of {10 * count:,} hold": Figure(read_peak())}


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 20_000, *sys.argv[2:])
