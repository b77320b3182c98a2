"""Who somebody says they are in the signature of their mail: name, role, firm and page, as written, never checked."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_PAGE = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>|,;]*)?", re.IGNORECASE)
_MAIL = re.compile(r"[^\s<>@]+@[^\s<>@|,;]+\.[a-z]{2,}", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d[\d\s()./-]{6,}")
_DIVIDER = re.compile(r"\s+[|·•–—]\s+|\s*\|\s*|,\s+|\s+at\s+|\s+bei\s+|\s+chez\s+|\s+@\s+")
_LONGEST = 120
_MOST = 2_000
"""Characters of a signature that are looked at."""


def read_signature(text: str, sender: str = "") -> Mapping[str, str]:
    """`name`, `role`, `firm`, `page`, those that are there. text: the passages that are a signature."""
    text = text[:_MOST]
    pieces = [piece.strip(" \t*_<>()[]") for line in text.splitlines() for piece in _DIVIDER.split(line)]
    pieces = [piece for piece in pieces if piece and len(piece) <= _LONGEST]
    words = [piece for piece in pieces if not _NUMBER.search(piece) and not _PAGE.search(piece) and "@" not in piece]
    words = [piece for piece in words if re.search(r"[^\W\d_]{2}", piece)]
    found: dict[str, str] = {}
    if words and (words[0].casefold() == sender.casefold() or _is_name(words[0])):
        found["name"] = words.pop(0)
    place = next((place for place, piece in enumerate(words) if _load().search(piece)), None)
    if place is not None:
        found["role"] = words.pop(place)
        words = words[place:]
    if words and ("name" in found or "role" in found):
        found["firm"] = words[0]
    if page := _find_page(text):
        found["page"] = page
    return found


def _is_name(piece: str) -> bool:
    return 2 <= len(piece.split()) <= 5 and piece[0].isupper() and not _load().search(piece)


def _find_page(text: str) -> str:
    """The first one that is no part of an address; "" for none."""
    page = _PAGE.search(_MAIL.sub(" ", text))
    return page[0][:_LONGEST] if page else ""


@cache
def _load() -> re.Pattern[str]:
    table = tomllib.loads(files(__package__).joinpath("roles.toml").read_text(encoding="utf-8"))
    return re.compile(rf"\b(?:{'|'.join(table['roles'])})\b", re.IGNORECASE)
