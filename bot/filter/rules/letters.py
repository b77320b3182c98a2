"""How word-like a row of letters is, by three letters at a time, in the language that it suits best."""

import base64
import json
import unicodedata
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ALPHABETS = {
    "cyrillic": "абвгдежзиклмнопрстуфхцчшщъыьэюяієґђљњћџјѕ",
    "latin": "abcdefghijklmnopqrstuvwxyz",
}
LEVELS = 15  # half a byte for each triple
FLOOR = -7.0  # natural logarithm of the likelihood of a triple that no language has

_OWN_LETTERS = {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_UNMARKED = str.maketrans(_OWN_LETTERS)
_HIGH = bytes(both >> 4 for both in range(256))
_LOW = bytes(both & 15 for both in range(256))
_WEIGHTS = Path(__file__).parent / "weights" / "letters.json"


def measure_word(word: str) -> float | None:
    """Mean logarithm of the likelihood of its triples, FLOOR to 0; None for letters of which nothing is known.

    Words in dictionaries of twenty languages are above -3.2, but one in 2,000.
    """
    for name, table in _load().items():
        places = list(place_triples(word, name))
        if places:
            return sum(FLOOR + table[place] * -FLOOR / LEVELS for place in places) / len(places)
    return None


def place_triples(word: str, alphabet: str) -> Iterator[int]:
    """Where each three letters stand in the table, its edges being letters too; nothing if one is strange."""
    letters = _number(alphabet)
    size = len(letters) + 1
    numbers = [letters.get(letter, -1) for letter in _fold(word)]
    if not numbers or -1 in numbers:
        return
    framed = [0, *numbers, 0]
    for one, two, three in zip(framed, framed[1:], framed[2:], strict=False):
        yield (one * size + two) * size + three


def pack(table: list[int]) -> str:
    """Levels as text, two to a byte."""
    even = [*table, 0] if len(table) % 2 else table
    halves = bytes(high * 16 + low for high, low in zip(even[::2], even[1::2], strict=True))
    return base64.b64encode(zlib.compress(halves, 9)).decode("ascii")


def unpack(text: str) -> bytes:
    """The levels, one to a byte."""
    halves = zlib.decompress(base64.b64decode(text))
    levels = bytearray(2 * len(halves))
    levels[::2], levels[1::2] = halves.translate(_HIGH), halves.translate(_LOW)
    return bytes(levels)


@lru_cache(maxsize=1)
def _load() -> dict[str, bytes]:
    return {name: unpack(text) for name, text in json.loads(_WEIGHTS.read_text(encoding="utf-8")).items()}


@lru_cache(maxsize=4)
def _number(alphabet: str) -> dict[str, int]:
    return {letter: number for number, letter in enumerate(ALPHABETS[alphabet], 1)}


def _fold(word: str) -> str:
    """Lower case, without accents."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.lower().translate(_UNMARKED))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
