"""Self-introductions that several authors share word for word but for the names and numbers.

People are asked to say who they are: an introduction counts against a reply only when others share its skeleton.
"""

import re
from dataclasses import dataclass

from bot.filter.rules.text import Prepared, split_words
from bot.filter.values import CandidateSpan

SENTENCE_START = re.compile(r"[.!?\n] |\n")
INTRODUCTION = re.compile(
    r"(?:(?:hi|hello|hey|hallo)\b[^.!?\n]{0,40}[,!.] ?)?"
    r"(?:i'm|i am|my name is|this is|as an?|with (?:over|more than)|speaking as|founder|ceo|ich bin|mein name ist"
    r"|als)\b"
    r"[^.!?\n]{0,300}",
)
# What stays of a sentence when names, trades and numbers are taken out.
FRAME = frozenset(
    word
    for line in (
        "i'm i am my name is this as a an the of at in with over more than years year experience working work and",
        "for who has have been helping help helped hi hello hey here speaking from to founder ceo specializing",
        "specialist on by ich bin mein ist als ein eine bei und mit jahren erfahrung von aus der die das seit hallo",
    )
    for word in line.split()
)
FRAME_WORDS = 7  # that two introductions must begin with alike; "I'm a … from …" is everybody's


@dataclass(frozen=True, slots=True)
class Introduction:
    skeleton: str
    span: CandidateSpan


def find_introduction(reply: Prepared) -> Introduction | None:
    """Return the first sentence that introduces the author, if it is long enough to be compared."""
    text = reply.lowered
    starts = (0, *[found.end() for found in SENTENCE_START.finditer(text)])
    found = next((found for start in starts if (found := INTRODUCTION.match(text, start))), None)
    if found is None:
        return None
    skeleton = _find_skeleton(split_words(found.group()))
    return Introduction(skeleton, reply.span(*found.span())) if skeleton else None


def _find_skeleton(words: list[str]) -> str | None:
    """Return the first FRAME_WORDS words of the frame with a blank for whatever stands between two of them."""
    skeleton: list[str] = []
    framed = 0
    for word in words:
        if word in FRAME:
            skeleton.append(word)
            framed += 1
        elif skeleton[-1:] != ["_"]:
            skeleton.append("_")
        if framed == FRAME_WORDS:
            return " ".join(skeleton)
    return None
