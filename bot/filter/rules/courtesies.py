"""What people say to each other in many languages: praise, thanks, greetings, laughter, assent."""

import re
from functools import partial

from bot.filter.rules.phrases import read_pattern, read_words
from bot.filter.rules.vocabulary import ASSENT, ASSENT_AROUND, PRAISE, PRAISE_AROUND

_read = partial(read_words, "courtesies")

THANKING = _read("thanks") | _read("greeting")
POLITE = THANKING | _read("laughter") | _read("praise") | PRAISE
AROUND_PRAISE = PRAISE_AROUND | _read("around")
AMBIGUOUS = _read("ambiguous")
NAMING = _read("naming")
ASSENTING = ASSENT | _read("assent")
AROUND_ASSENT = ASSENT_AROUND | _read("around_assent")
EXCLAMATIONS = read_pattern("courtesies", "exclamations")
PIECES = read_pattern("courtesies", "pieces")
ASSENTING_PIECES = read_pattern("courtesies", "assent_pieces")
# Laughter of any length.
LAUGHING = re.compile(
    r"(?:b?w?a?(?:h+[aeiou]+){2,}h*|(?:[jх][aаeе]){2,}[jх]?|l+o+l+|lm+f?a+o+|rofl+|k{3,}|h{3,}|x+d+|ه{3,}|ה{3,})"
)
