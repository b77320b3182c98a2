"""Names: words that stand in capitals inside a sentence."""

import re
from collections.abc import Set as AbstractSet

from bot.filter.rules.text import Prepared

NAME = re.compile(r"(?<=[a-z0-9,;:)'\"(])\s+([A-Z][A-Za-z]+)")
MOST = 2  # names that count
SHOUTED = 0.5  # of all words: who writes every word in capitals names nothing


def find_names(reply: Prepared, words: AbstractSet[str], known: AbstractSet[str]) -> tuple[str, ...]:
    """Return the first MOST names in lower case; *words*: those of the reply's own, *known*: the question's.

    What the question names, and what a reply takes over or repeats, is no name of its own.
    """
    if reply.text.isupper():
        return ()
    found = dict.fromkeys([name.lower() for name in NAME.findall(reply.text)])
    names = [name for name in found if name in words and name not in known]
    return tuple(names[:MOST]) if len(names) <= SHOUTED * len(words) else ()
