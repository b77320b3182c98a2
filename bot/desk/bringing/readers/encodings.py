"""The letters of a text file: UTF-8 and UTF-16 by their marks, else Windows-1252 where it is no UTF-8."""

import codecs
import io
import re
from typing import TextIO

from bot.desk.answers.import_files import ReadFile
from bot.desk.bringing.held import BroughtFile, open_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4096
"""Bytes, for the zeros that UTF-16 has in every other place."""
_CHUNK = 1 << 20
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


def open_letters(file: BroughtFile, done: ReadFile) -> TextIO:
    """A file as text, its line ends as they are. Bytes that are no letters become half surrogate pairs, by which the
    row is found that holds them.
    """
    encoding = find_encoding(file)
    if encoding not in ("utf-8", "utf-8-sig"):
        done.tell("letters", encoding="Windows-1252" if encoding == "cp1252" else encoding.upper())
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return io.TextIOWrapper(open_bytes(file), encoding=encoding, errors=errors, newline="")


def find_encoding(file: BroughtFile) -> str:
    """As Python calls it."""
    with open_bytes(file) as content:
        start = content.read(_LOOKED_AT)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        even, odd = start[::2].count(0), start[1::2].count(0)
        if len(start) > 3 and max(even, odd) > len(start) // 6 and min(even, odd) * 8 < max(even, odd):
            return "utf-16-le" if odd > even else "utf-16-be"
        good = bad = 0
        while start:
            sequences = _SEQUENCE.findall(start)
            good += len(sequences)
            bad += len(_HIGH.findall(start)) - sum(map(len, sequences))
            start = content.read(_CHUNK)
    # a sequence that a chunk cuts counts as a few bad bytes: less than the good ones of any file so large
    return "cp1252" if bad > good else "utf-8"
