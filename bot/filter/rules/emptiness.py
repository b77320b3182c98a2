"""Rules for replies that say nothing which could be quoted."""

import re
import unicodedata
from collections.abc import Iterator

from bot.filter.rules.asked import asks_for_address, asks_for_agreement, asks_for_judgement, has_word
from bot.filter.rules.courtesies import (
    AMBIGUOUS,
    AROUND_ASSENT,
    AROUND_PRAISE,
    ASSENTING,
    ASSENTING_PIECES,
    EXCLAMATIONS,
    LAUGHING,
    NAMING,
    PIECES,
    POLITE,
    THANKING,
)
from bot.filter.rules.proofs import PROOFS
from bot.filter.rules.text import WORD, Prepared, excerpt
from bot.filter.rules.vocabulary import LINK_AROUND
from bot.filter.values import JudgedQuestion, Reason

MAX_BARE_WORDS = 12  # a longer row of kind words is rare, and then somebody meant it
MAX_BARE_CHARACTERS = 120
LONGEST_PIECE = 16  # letters
EMOTICONS = re.compile(r"\s*(?:(?:[:;=8][-'o^]?[()\[\]|/\\*<>3dp]|<3|\^_*\^)\s*)+")

ASSENT_SIGN = re.compile(r"\s*(?:\+\s*(?:1|one)|\^+|👆|☝)[\s.!^1+👆☝]*")
STRETCHED = re.compile(r"(.)\1{2,}")


def find_empty(reply: Prepared, asked: JudgedQuestion) -> Iterator[Reason]:
    """Nothing but blanks, punctuation or mentions; nothing but symbols is emoji_only, where a question is known."""
    if (reply.words and not EMOTICONS.fullmatch(reply.bare)) or reply.links or ASSENT_SIGN.fullmatch(reply.text):
        return
    symbols = reply.bare.strip() != reply.lowered.strip() and ":" in reply.lowered
    if not symbols and not EMOTICONS.fullmatch(reply.bare) and all(map(_is_plain, reply.bare)):
        yield _reason("empty", reply)
    elif asked.text.strip():
        yield _reason("emoji_only", reply)


def _is_plain(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PZC" or letter.isascii()


def find_plus_one(reply: Prepared, asked: JudgedQuestion) -> Iterator[Reason]:
    """Agreement and no more, unless the question asks whether people agree."""
    if asks_for_agreement(asked) or has_word(asked, ASSENTING.intersection(reply.words[:MAX_BARE_WORDS])):
        return
    if (
        ASSENT_SIGN.fullmatch(reply.text)
        or _is_made_of(reply.words, ASSENTING, AROUND_ASSENT)
        or _is_piecewise(reply, ASSENTING_PIECES)
    ):
        yield _reason("plus_one", reply)


def find_praise_only(reply: Prepared, asked: JudgedQuestion) -> Iterator[Reason]:
    """Thanks and greetings; praise and laughter too, unless they may be the answer: nobody knows without a question."""
    judging = not asked.text.strip() or asks_for_judgement(asked)
    core = THANKING if judging else POLITE
    exclaimed = len(reply.words) <= MAX_BARE_WORDS and EXCLAMATIONS.fullmatch(" ".join(reply.words))
    if _is_polite(reply.words, core) or (not judging and (exclaimed or _is_piecewise(reply, PIECES))):
        yield _reason("praise_only", reply)


def find_link_only(reply: Prepared, asked: JudgedQuestion) -> Iterator[Reason]:
    """No word of its own beside the links: "see here"; where an address is asked for it is the answer."""
    bare = len(reply.words) <= MAX_BARE_WORDS and LINK_AROUND.issuperset(reply.words)
    if bare and reply.links and not asks_for_address(asked):
        yield _reason("link_only", reply)


def _is_polite(words: list[str], core: frozenset[str]) -> bool:
    if not 0 < len(words) <= MAX_BARE_WORDS:
        return False
    plain = [_relax(word, core) for word in words]
    if not all(word in core or word in AROUND_PRAISE for word in plain):
        return False
    praising = core.intersection(plain)
    return not praising <= AMBIGUOUS or (bool(praising) and not NAMING.isdisjoint(plain))


def _relax(word: str, core: frozenset[str]) -> str:
    """A word as it stands in the lists: laughter as "lol", stretched letters once or twice."""
    if word in core or word in AROUND_PRAISE:
        return word
    if LAUGHING.fullmatch(word):
        return "lol"
    for times in ("\\1", "\\1\\1"):
        shorter = STRETCHED.sub(times, word)
        if shorter in core or shorter in AROUND_PRAISE:
            return shorter
    return word


def _is_made_of(words: list[str], core: frozenset[str], around: frozenset[str]) -> bool:
    if not 0 < len(words) <= MAX_BARE_WORDS:
        return False
    return not core.isdisjoint(words) and all(word in core or word in around for word in words)


def _is_piecewise(reply: Prepared, pieces: re.Pattern[str]) -> bool:
    """For scripts that part no words: nothing but these pieces, a letter among them."""
    text = reply.bare.strip()
    if not text or len(text) > MAX_BARE_CHARACTERS or text.isascii() or not WORD.search(text):
        return False
    return _is_row_of(pieces, text)


def _is_row_of(pieces: re.Pattern[str], text: str) -> bool:
    """Whether a text can be cut into pieces. Each place is looked at once: as one expression, a row that fits in many
    ways but for its last letter is tried in all of them, for longer than anybody lives.
    """
    ends = {0}
    for start in range(len(text)):
        if start in ends and pieces.match(text, start):
            further = range(start + 1, min(start + LONGEST_PIECE, len(text)) + 1)
            ends.update(end for end in further if pieces.fullmatch(text, start, end))
    return len(text) in ends


def _reason(rule: str, reply: Prepared) -> Reason:
    return Reason(rule, PROOFS[rule].weight, reply.whole(), excerpt(reply.text))
