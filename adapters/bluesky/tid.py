"""Record keys that are chosen before anything is sent.

A TID is 53 bits of microseconds and 10 bits that tell clocks apart, in base 32 that sorts like the number
(https://atproto.com/specs/tid).
"""

import hashlib
from datetime import datetime

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_MOST_PARTS = 1000


def derive_tid(key: str, at: datetime, index: int) -> str:
    """The record key of part `index` of the post `key` made at `at` (aware): always the same, rising with `index`.

    Many posts of an account share a second (a schedule's full hour), so the microseconds within it and the
    clock's bits are taken from a hash of `key`: two keys meet once in 2**29 pairs of the same second.
    """
    if not 0 <= index < _MOST_PARTS:
        raise ValueError(f"a post has at most {_MOST_PARTS} parts, not {index + 1}")
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    spread, clock = divmod(digest, 1024)
    microseconds = int(at.timestamp()) * 1_000_000 + spread % (1_000_000 - _MOST_PARTS) + index
    return encode_tid(microseconds << 10 | clock)


def encode_tid(number: int) -> str:
    """63 bits as the 13 characters of a TID."""
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))
