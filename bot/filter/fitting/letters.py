"""How common three letters in a row are: what tells a word of any language from keys pressed at random."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.filter.rules.letters import ALPHABETS, FLOOR, LEVELS, pack, place_triples

FEWEST_WORDS = 2  # of a language, that must hold three letters for them to count as its own
SMOOTHING = 5


def fit_letters(words: Mapping[str, Iterable[str]], out: Path) -> None:
    """Write `letters.json` from lists of common words, one a language. The same lists give the same bytes.

    Each triple keeps the likelihood of its last letter after the first two in the language where that is highest.
    """
    tables = {name: [0] * (len(letters) + 1) ** 3 for name, letters in ALPHABETS.items()}
    for _language, listed in sorted(words.items()):
        for name, table in tables.items():
            _raise_levels(table, name, listed)
    packed = {name: pack(table) for name, table in sorted(tables.items())}
    (out / "letters.json").write_text(json.dumps(packed, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _raise_levels(table: list[int], alphabet: str, words: Iterable[str]) -> None:
    size = len(ALPHABETS[alphabet]) + 1
    triples: Counter[int] = Counter()
    for word in words:
        triples.update(set(place_triples(word, alphabet)))
    pairs: Counter[int] = Counter()
    for place, number in triples.items():
        pairs[place // size] += number
    for place, number in triples.items():
        if number >= FEWEST_WORDS:
            likely = math.log(number / (pairs[place // size] + SMOOTHING))
            table[place] = max(table[place], round((likely - FLOOR) / -FLOOR * LEVELS))
