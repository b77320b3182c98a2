"""The one tokenisation of the rank. Case, spaces, quotation marks and emoji are no tokens.

What a reply repeats or takes over from the question is cut before (`bot/filter/compare/own_words.py`); of what it ends
with, each word of the question is cut here: none can raise a rank.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

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
END = frozenset(".。;:,、")


@dataclass(frozen=True, slots=True)
class AskedTokens:
    """What the question says, once for all its replies."""

    tokens: tuple[str, ...]
    known: frozenset[str]


@lru_cache(maxsize=8)
def read_question(asked: JudgedQuestion) -> AskedTokens:
    """Without the options: naming one is an answer."""
    tokens = tuple(_split(prepare((asked.text,)).bare))
    return AskedTokens(tokens, frozenset(tokens))


def tokenise(reply: Prepared, asked: AskedTokens) -> list[str]:
    """Return the tokens of *reply* that are its own, lowered; a link is none."""
    return _cut_tail(_split(strip_markup(reply.bare)), asked)


def _split(lowered: str) -> list[str]:
    found: list[str] = (PLAIN_TOKEN if lowered.isascii() else TOKEN).findall(lowered)
    return found


def strip_markup(text: str) -> str:
    """Cut tags of forums and pages: `[img_assist|nid=1]`, `[quote=ada]`, `<b>`."""
    return MARKUP.sub(" ", text) if "[" in text or "<" in text else text


def count_links(reply: Prepared) -> int:
    """Different links."""
    return len({reply.lowered[start:end] for start, end in reply.links})


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
