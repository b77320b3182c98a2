"""The marks of foot- and endnotes, which are no words."""

import re

_BRACKETED = re.compile(r"\[[^\[\]]{1,12}\]|\((?:\d{1,3}|[a-z*])\)")
_SIGN = re.compile(r"[*†‡§¶#]+|[ivx]{1,4}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*")
_UNIT = re.compile(r"(?<!\w)[^\W\d_]{1,2}\Z|\d\Z")


def is_note_mark(raised: str, before: str, *, is_link: bool) -> bool:
    """Whether raised text is the mark of a note. before: the text before it; after `m` a 2 is no note."""
    mark = raised.strip()
    if not mark:
        return True
    if is_link and len(mark) <= 6:
        return True
    if _BRACKETED.fullmatch(mark) or (_SIGN.fullmatch(mark) and not mark.isalpha()):
        return True
    return _NUMBER.fullmatch(mark) is not None and bool(before.strip()) and not _UNIT.search(before[-4:])
