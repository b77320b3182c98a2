"""The language of a reply: by its script, then by the small words that every sentence needs."""

import re
from collections import defaultdict

from bot.filter.rules.phrases import load_phrases
from bot.filter.rules.text import split_words

MAX_CHARACTERS = 300  # a language shows sooner
FEWEST_WORDS = 3  # shorter texts hold too little to tell, but for those of a script that one language has
SURE = 2.0  # points: a small word that only one language has gives one
AHEAD = 1.5  # times as many as the next language
ENOUGH = 3.0  # points from which on close relatives are told apart by less
AHEAD_OF_KIN = 1.15

_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_JOINED_TWICE = re.compile(r"'[a-z]+'")
_PARTED = bytes(code if chr(code).isalpha() or code == ord("'") else ord(" ") for code in range(256))
_BEYOND_LATIN = re.compile(r"[\u0370-\u1cff\u2e80-\uffff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LANGUAGES: dict[str, dict[str, str]] = load_phrases("languages")
_SCRIPTS = tuple((language, re.compile(letters)) for language, letters in _LANGUAGES["scripts"].items())
_MARKS = {mark: tuple(names.split()) for names, marks in _LANGUAGES["letters"].items() for mark in marks}


def _weigh_words() -> dict[str, tuple[tuple[str, float], ...]]:
    """Small word → the languages that have it, each with its share of a point."""
    spoken: dict[str, list[str]] = {}
    for language, words in _LANGUAGES["words"].items():
        for word in dict.fromkeys(words.split()):
            spoken.setdefault(word, []).append(language)
    return {word: tuple((language, 1 / len(languages)) for language in languages) for word, languages in spoken.items()}


_POINTS = _weigh_words()


def find_language(text: str) -> str:
    """ISO 639-1, as `de`; "" where it cannot be told."""
    text = text[:MAX_CHARACTERS].lower()
    if not text.isascii() and (language := _find_by_script(text)):
        return language
    return _find_by_words(text)


def _find_by_script(text: str) -> str:
    """The language of more than half of the letters; Chinese characters beside kana are Japanese."""
    if not _BEYOND_LATIN.search(text):
        return ""
    letters = sum(map(str.isalpha, text))
    kana = len(_KANA.findall(text))
    han = len(_HAN.findall(text))
    if 2 * (kana + han) >= letters:
        return "ja" if 5 * kana >= han and kana else "zh"
    for language, script in _SCRIPTS:
        if 2 * len(script.findall(text)) >= letters:
            return language
    return ""


def _find_by_words(text: str) -> str:
    words = _LETTERS.findall(text) if _JOINED_TWICE.search(text) else split_words(text, _LETTERS, _PARTED)
    if len(words) < FEWEST_WORDS:
        return ""
    points: dict[str, float] = defaultdict(float)
    for word in words:
        if word in _POINTS:
            for language, share in _POINTS[word]:
                points[language] += share
    if not text.isascii():
        for mark in _MARKS.keys() & set(text):
            languages = _MARKS[mark]
            for language in languages:
                points[language] += 1 / len(languages)
    if not points:
        return ""
    best = max(sorted(points), key=points.__getitem__)
    most = points.pop(best)
    next_best = max(points.values(), default=0.0)
    ahead = AHEAD if most < ENOUGH else AHEAD_OF_KIN
    return best if most >= min(SURE, 0.1 * len(words) + 0.5) and most >= ahead * next_best else ""
