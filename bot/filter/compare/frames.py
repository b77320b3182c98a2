"""The frame of a text: what stays of it when names, numbers, addresses and capitalised words are blanked."""

import re
from typing import NamedTuple

from bot.filter.rank.vocabulary import COMMON
from bot.filter.remembered import Remembered
from bot.filter.rules.text import EMOJI_CODE, LINK, MENTION, WORD, Prepared, may_hold_code, split_words
from bot.filter.rules.vocabulary import NUMBER_WORDS

MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
BLANK = "_"
INNER_DOT = re.compile(r"\w\.\w")
DIGITS = frozenset("0123456789")
SELF = frozenset(("i", "i'm", "i've", "i'd", "i'll"))  # written with a capital, and no name
SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？\n]")


class SentenceFrame(NamedTuple):
    """A sentence whose runs of names and numbers are one blank each."""

    words: tuple[str, ...]
    kept: int  # words that are no blank


def find_frames(reply: Prepared) -> list[SentenceFrame]:
    """Return the frame of each sentence that keeps any word."""
    frames = [_frame(_blank(sentence)) for sentence in SENTENCE_END.split(_blank_addresses(reply))]
    return [frame for frame in frames if frame.kept]


def find_names(text: str) -> set[str]:
    """Return in lower case what has a capital inside a sentence."""
    inside = (word for sentence in SENTENCE_END.split(text) for word in WORD.findall(sentence)[1:])
    return {word.lower() for word in inside if word != word.lower()} - SELF


def _blank_addresses(reply: Prepared) -> str:
    """Links, mentions, emoji codes and mail addresses become a number; most texts hold nothing that looks like one."""
    text = reply.text
    if ("@" in text or reply.links) and INNER_DOT.search(text):
        text = LINK.sub(" 0 ", MAIL.sub(" 0 ", text) if "@" in text else text)
    if "@" in text:
        text = MENTION.sub(" 0 ", text)
    return EMOJI_CODE.sub(" 0 ", text) if may_hold_code(text) else text


def _blank(sentence: str) -> list[str]:
    """Each word in lower case or a blank; the capital of a first word says nothing when the word is a common one."""
    words = split_words(sentence)
    if not words:
        return []
    if words[0].lower() in COMMON:
        words[0] = words[0].lower()
    return list(map(_BLANKED.__getitem__, words))


def _blank_word(word: str) -> str:
    lowered = word.lower()
    blank = word[0] in DIGITS or word != lowered or lowered in NUMBER_WORDS
    return BLANK if blank and lowered not in SELF else lowered


_BLANKED = Remembered(_blank_word)


def _frame(words: list[str]) -> SentenceFrame:
    kept = len(words) - words.count(BLANK)
    if len(words) - kept > 1:
        words = [word for word, before in zip(words, ["", *words], strict=False) if word != BLANK or before != BLANK]
    return SentenceFrame(tuple(words), kept)
