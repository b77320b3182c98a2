"""What the files of digests are called: words that a writer reads and every file system takes. Pure."""

import unicodedata
from datetime import date

import regex

from bot.digest.model import DigestModel, Kind
from bot.digest.page.phrases import Phrases, load_phrases
from bot.quotes import Edition
from bot.words.cleaning import clean_line, cut_words

LONGEST_TITLE = 60  # characters
LARGEST_TITLE = 120
"""Bytes: with date, edition and folder a path stays within the 260 characters of Windows."""

# Letters, marks and digits of every script; Windows forbids <>:"/\\|?*, macOS the colon, and nobody misses the rest.
_UNSAFE = regex.compile(r"[^\p{L}\p{M}\p{N} ’-]+")
_EDGES = " -’"


def name_digest(model: DigestModel, *, apart: bool = False) -> str:
    """`Which CDN would you keep - 23 November 2026 - for you`, without the ending.

    apart: with its slug, for digests of one day that would be called the same.
    """
    phrases = load_phrases(model.selection.language, model.zone)
    state = () if model.final else (phrases.say("file.preview"),)
    edition = phrases.say("file.for_you" if model.edition is Edition.PRIVATE else "file.to_share")
    return " - ".join([*_name_subject(model, phrases, apart=apart), *state, edition])


def _name_subject(model: DigestModel, phrases: Phrases, *, apart: bool) -> tuple[str, ...]:
    if model.kind is Kind.WEEK:
        return (make_safe(phrases.write_week(date.fromisoformat(model.period))),)
    slug = make_safe(model.period.replace("@", " "))
    title = make_safe(model.selection.blocks[0].text) or slug or "digest"
    day = make_safe(phrases.write_day(model.as_of))
    return (title, slug, day) if apart and slug else (title, day)


def make_safe(text: str) -> str:
    """`text` as words that every file system takes; empty where nothing is left."""
    text = unicodedata.normalize("NFC", clean_line(text)).replace("'", "’")
    words = " ".join(_UNSAFE.sub(" ", text).split())
    short = cut_words(words, LONGEST_TITLE)
    while len(short.encode()) > LARGEST_TITLE:
        short = cut_words(short, len(short) - 1)
    return short.strip(_EDGES)


def is_same_name(one: str, other: str) -> bool:
    """Whether some file system takes two names for one: Windows and macOS ignore case, macOS the way of accents."""
    return _fold(one) == _fold(other)


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
