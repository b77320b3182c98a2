"""The one tokenisation of the rank, and what is cut from a reply before anything is counted.

What a reply repeats, and what it takes over from the question, adds nothing: neither can raise a rank. Case, spaces,
quotation marks and emoji are no tokens.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.filter.rules.text import Prepared, prepare
from bot.filter.values import JudgedQuestion

# Scripts without spaces are cut into pieces about as long as a word; those with vowel signs are kept together.
TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{1,2}|[\u0900-\u0dff]+|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{1,5}"
    r"|[^\W\d_\u0900-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
    r"(?:'[^\W\d_\u3040-\u9fff]+)*"
    r"|\d+(?:[.,:]\d+)*|[:;=]-?[)(dp](?!\w)|[?!？！؟]+|\.\.+|[.,;:()%$€£。、؛]"
)
# The same where every letter is of ASCII, in some half of the time.
PLAIN_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:[.,:]\d+)*|[:;=]-?[)(dp](?!\w)|[?!]+|\.\.+|[.,;:()%$]", re.ASCII)
MARKUP = re.compile(r"\[/?[a-z_]+[|=:][^\[\]\n]{0,400}\]|</?[a-z]{1,10}(?: [^<>\n]{0,400})?>")
REPEATED = 4  # tokens in a row that stood in the reply before
TAKEN_OVER = 5  # tokens in a row that stand in the question
END = frozenset(".。;:,、")


@dataclass(frozen=True, slots=True)
class AskedTokens:
    """What the question says, once for all its replies."""

    tokens: tuple[str, ...]
    known: frozenset[str]
    rows: frozenset[tuple[str, ...]]


@lru_cache(maxsize=8)
def read_question(asked: JudgedQuestion) -> AskedTokens:
    """The options are part of what is asked, but naming one is an answer: they stand in no row."""
    tokens = tuple(_split(prepare((asked.text,)).bare))
    return AskedTokens(tokens, frozenset(tokens), frozenset(_rows(tokens, TAKEN_OVER)))


def tokenise(reply: Prepared, asked: AskedTokens) -> list[str]:
    """Return the tokens of *reply* that are its own, lowered; a link is none."""
    tokens = _split(strip_markup(reply.bare))
    return _cut_tail(_cut_taken_over(_cut_repeated(tokens), asked), asked)


def _split(lowered: str) -> list[str]:
    found: list[str] = (PLAIN_TOKEN if lowered.isascii() else TOKEN).findall(lowered)
    return found


def strip_markup(text: str) -> str:
    """Cut tags of forums and pages: `[img_assist|nid=1]`, `[quote=ada]`, `<b>`."""
    return MARKUP.sub(" ", text) if "[" in text or "<" in text else text


def count_links(reply: Prepared) -> int:
    """Different links."""
    return len({reply.lowered[start:end] for start, end in reply.links})


def _rows(tokens: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(tokens[start:] for start in range(size)), strict=False)


def _cut_repeated(tokens: list[str]) -> list[str]:
    """A row that is said again holds at least REPEATED - 1 pairs that are: most replies have fewer."""
    tokens = _reduce_to_unit(tokens)
    if len(tokens) - 1 - len(set(pairwise(tokens))) < REPEATED - 1:
        return tokens
    seen: set[tuple[str, ...]] = set()
    gone: set[int] = set()
    for start, row in enumerate(_rows(tokens, REPEATED)):
        if row in seen:
            gone.update(range(start, start + REPEATED))
        seen.add(row)
    return [token for place, token in enumerate(tokens) if place not in gone] if gone else tokens


def _reduce_to_unit(tokens: list[str]) -> list[str]:
    """A few tokens said again and again are said once."""
    for size in range(1, REPEATED):
        if len(tokens) > size and tokens[size:] == tokens[:-size]:
            return tokens[:size]
    return tokens


def _cut_taken_over(tokens: list[str], asked: AskedTokens) -> list[str]:
    known, taken = asked.known, asked.rows
    starts = [start for start, token in enumerate(tokens) if token in known] if taken else ()
    rows = [start for start in starts if tuple(tokens[start : start + TAKEN_OVER]) in taken]
    if not rows:
        return tokens
    gone = {place for start in rows for place in range(start, start + TAKEN_OVER)}
    return [token for place, token in enumerate(tokens) if place not in gone]


def _cut_tail(tokens: list[str], asked: AskedTokens) -> list[str]:
    """Cut what follows the last word that the question does not have, but for marks right behind that word."""
    last = len(tokens) - 1
    while last >= 0 and (tokens[last] in asked.known or not _is_word(tokens[last])):
        last -= 1
    if last < 0:
        return tokens
    end = last + 1
    while end < len(tokens) and not _is_word(tokens[end]) and not _is_stop(tokens[end]):
        end += 1
    return tokens[:end]


def _is_stop(token: str) -> bool:
    return token in END or token.startswith("..")


def _is_word(token: str) -> bool:
    return token[0].isalnum() or token[-1].isalnum()
