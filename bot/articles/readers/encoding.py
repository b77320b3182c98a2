"""The letters of a file that is text: by its mark, by what it declares, else UTF-8, else the old code of Windows."""

import codecs
import re
from collections.abc import Callable

from bot.articles.paragraphs import UnreadableArticle

Remark = Callable[[str], object]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_LOOKED_AT = 4096
"""Bytes in which a file says what it is written in; browsers read 1,024."""
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})|"""
    rb"""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
# What browsers read these as (WHATWG, Encoding Standard, 4.2).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
          "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "utf-16": "utf-8",
          "utf-16-le": "utf-8", "utf-16-be": "utf-8"}  # fmt: skip
_WINDOWS = "cp1252"
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_RUNS = re.compile(rb"[\x80-\xff]{4,}")  # as in other scripts; Western words have letters of ASCII between
_HIGH = re.compile(rb"[\x80-\xff]")
# Curly marks of old Macs are a capital O with an accent on Windows, with which no word begins and none ends.
_MAC = (re.compile(rb"(?:\A|[\s(])\xd2[A-Za-z\x80-\x9f]"), re.compile(rb"[\w.,!?]\xd3(?:[\s.,;:)]|\Z)"))


def decode(data: bytes, on_remark: Remark) -> str:
    """The text of a file. on_remark: told where it is no UTF-8, or had letters that could not be read.

    Raises UnreadableArticle for what is no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _replace(data[len(mark) :], name, on_remark)
    wide = _find_wide(data)
    if wide:
        on_remark(f"it does not say in what it is written; read as {wide.upper()}")
        return _replace(data, wide, on_remark)
    if b"\0" in data:
        raise UnreadableArticle("no_text")
    declared = _find_declared(data)
    if declared.startswith("iso2022"):
        return _replace(data, declared, on_remark)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_old(data, declared, error.start, on_remark)
    if declared not in ("", "utf-8") and not text.isascii():
        on_remark(f"it declares {declared} and is UTF-8; read as UTF-8")
    return text


def _decode_old(data: bytes, declared: str, start: int, on_remark: Remark) -> str:
    """What is no UTF-8, from byte `start` on."""
    line = data.count(b"\n", 0, start) + 1
    whole = _LETTER.findall(data)
    broken = len(_HIGH.findall(data)) - sum(map(len, whole))
    if declared not in ("", "utf-8"):
        on_remark(f"it is no UTF-8; read as {_show(declared)}, as it declares")
        return _replace(data, declared, on_remark)
    if len(whole) > broken:
        on_remark(f"a letter in line {line} is no UTF-8; it was read as Windows-1252: look at it, or save it as UTF-8")
        return data.decode("utf-8", errors="pullquote_windows")
    if sum(map(len, _RUNS.findall(data))) > len(_HIGH.findall(data)) / 2:
        raise UnreadableArticle("no_letters", start=start)
    name = "mac_roman" if all(pattern.search(data) for pattern in _MAC) else _WINDOWS
    on_remark(f"it is no UTF-8 (line {line}); read as {_show(name)}: if letters look wrong, save it as UTF-8")
    return _replace(data, name, on_remark)


def _find_declared(data: bytes) -> str:
    """The code that a file of HTML or XML says it is written in, as Python calls it; empty where it says none."""
    found = _DECLARED.search(data[:_LOOKED_AT])
    if not found:
        return ""
    label = (found[1] or found[2]).decode("ascii").casefold()
    try:
        name = codecs.lookup({"x-sjis": "cp932", "x-gbk": "gbk", "macintosh": "mac_roman"}.get(label, label)).name
        b"a".decode(name)
    except (LookupError, ValueError):  # none that anybody knows, or one that does not give letters, as rot13
        return ""
    return "" if name in ("utf-7", "idna", "punycode", "unicode_escape") else _MEANT.get(name, name)


def _find_wide(data: bytes) -> str:
    """UTF-16 without its mark: every other byte is zero."""
    sample = data[:_LOOKED_AT]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.6 and not sample[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if half and sample[::2].count(0) > half * 0.6 and not sample[1::2].count(0) else ""


def _replace(data: bytes, name: str, on_remark: Remark) -> str:
    text = data.decode(name, errors="replace")
    lost = text.count("\ufffd")
    if lost:
        on_remark(f"{lost} of its letters cannot be read as {_show(name)} and stand as \ufffd: save it as UTF-8")
    return text


def _show(name: str) -> str:
    return {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}.get(name, name.upper())


def _read_windows(error: UnicodeError) -> tuple[str, int]:
    """What stands for bytes that are no UTF-8."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode(_WINDOWS, errors="replace"), error.end


codecs.register_error("pullquote_windows", _read_windows)
