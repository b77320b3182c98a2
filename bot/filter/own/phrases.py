"""Phrases that an installation names in its config, and what they weigh."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.filter.values import CandidateSpan, OwnPhrases, Reason

RULE = "own_phrase"
_SPACED = 0x0E00
"""From here on scripts (Thai, Chinese, Japanese) write words without blanks between them."""
_HANGUL = range(0xAC00, 0xD7A4)
"""... but Korean, whose endings join a word: a phrase is found before them too."""


def find_own_phrases(texts: Sequence[str], own: Sequence[OwnPhrases]) -> Iterator[Reason]:
    """A reason a kind: its first phrase in the parts of an answer, whatever its case and its apostrophes."""
    for each in own:
        pattern = _compile(each.phrases)
        found = next(((part, hit) for part, text in enumerate(texts) if (hit := pattern.search(text))), None)
        if found is not None:
            part, hit = found
            phrase = each.phrases[int(str(hit.lastgroup).removeprefix("p"))]
            yield Reason(RULE, each.weight, CandidateSpan(part, hit.start(), hit.end()), phrase)


@lru_cache(maxsize=64)
def _compile(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern in which each phrase is a group; what is searched for is text, never an expression."""
    groups = (f"(?P<p{number}>{_write(phrase)})" for number, phrase in enumerate(phrases))
    return re.compile("|".join(groups), re.IGNORECASE)


def _write(phrase: str) -> str:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    words = re.sub(r"['\u2019]", "['\u2019\u02bc]", words)
    before = r"(?<!\w)" if _ends_word(phrase.strip()[0]) else ""
    after = r"(?!\w)" if _ends_word(phrase.strip()[-1]) else ""
    return f"{before}{words}{after}"


def _ends_word(letter: str) -> bool:
    return letter.isalnum() and (ord(letter) < _SPACED or ord(letter) in _HANGUL)
