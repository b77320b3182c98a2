"""The outline of an answer: all that decides with which siblings it is compared. Some 280 bytes: numbers, and its name.

With the outlines of a whole thread at hand, only the words of those are read that are judged, or compared with them.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.filter.compare.frames import find_frames
from bot.filter.compare.introductions import find_introduction
from bot.filter.compare.pieces import AT_ONCE, MIN_PIECES, PLACES, cut, flatten, sign
from bot.filter.compare.prints import hash_text
from bot.filter.hints.marks import hash_senders
from bot.filter.rules.text import Prepared
from bot.filter.values import Candidate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]
    Places = NDArray[np.int64]

SENTENCE_WORDS = 5  # that a sentence must keep to be looked for
SHARED_WORDS = 12  # that two texts must keep in common: "I moved from _ to _ in _" is everybody's
LONG_WORD = 6  # letters
FEWEST_WORDS = 12  # shorter replies may well be worded alike by chance
MASK = (1 << 64) - 1
READ_AT_ONCE = 5_000
_SENTENCE = struct.Struct("<QI")
_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Outlines:
    """Of each answer, in the order of their age: a row of each array; owners say of which answer something is.

    texts: a hash of the words alone, 0 of none. introductions: of a sentence that introduces its author, 0 where there
    is none. authors: of who wrote it, 0 where nobody knows. selves: of all that others read of it. known: what it was
    judged from, 0 where it was not. senders: of each mark that tells for whom its author writes.
    """

    signatures: "NDArray[np.uint8]"
    has_signature: "NDArray[np.bool_]"
    texts: "Numbers"
    introductions: "Numbers"
    authors: "Numbers"
    selves: "Numbers"
    known: "Numbers"
    kept: "Places"
    sentences: "Numbers"
    sentence_words: "Places"
    sentence_owners: "Places"
    senders: "Numbers"
    sender_owners: "Places"
    words: "NDArray[np.uint32]"
    word_owners: "NDArray[np.uint32]"


@cache
def _describe_head() -> Any:
    import numpy as np

    return np.dtype(
        [
            ("signature", "u1", (PLACES,)), ("at", "<i8"), ("text", "<u8"), ("introduction", "<u8"),
            ("author", "<u8"), ("self", "<u8"), ("known", "<u8"), ("kept", "<u4"), ("sentences", "<u2"),
            ("senders", "<u2"), ("name", "<u2"), ("has_signature", "u1"),
        ]
    )  # fmt: skip


def make_outlines(
    replies: Sequence[Prepared], wholes: Sequence[Prepared], candidates: Sequence[Candidate]
) -> list[bytes]:
    """The outline of each answer. replies: what each says once and by itself. wholes: all that it says."""
    made: list[bytes] = []
    for start in range(0, len(replies), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        made += _make_some(replies[some], wholes[some], candidates[some])
    return made


def _make_some(replies: Sequence[Prepared], wholes: Sequence[Prepared], candidates: Sequence[Candidate]) -> list[bytes]:
    import numpy as np

    texts = [flatten(reply.words) for reply in replies]
    pieces = cut(texts)
    heads = np.zeros(len(texts), dtype=_describe_head())
    heads["has_signature"] = np.diff(np.array((0, *pieces.ends))) >= MIN_PIECES
    heads["signature"] = np.where(heads["has_signature"][:, None], sign(pieces) & 0xFF, 0)
    heads["text"] = [hash_text(text) & MASK if text else 0 for text in texts]
    heads["introduction"] = [_hash_introduction(reply) for reply in replies]
    heads["author"] = [0 if each.author is None else hash_text(each.author) & MASK for each in candidates]
    heads["self"] = [hash_self(candidate) for candidate in candidates]
    heads["at"] = [(each.at - _EPOCH) // _TICK if each.at else 0 for each in candidates]
    names = [candidate.id.encode("utf-8", "surrogatepass") for candidate in candidates]
    heads["name"] = [len(name) for name in names]
    sentences = [_list_sentences(reply) for reply in replies]
    heads["kept"] = [kept for kept, _ in sentences]
    heads["sentences"] = [len(packed) // _SENTENCE.size for _, packed in sentences]
    senders = [hash_senders(whole)[: (1 << 16) - 1] for whole in wholes]
    heads["senders"] = [len(marks) for marks in senders]
    return [
        head.tobytes() + packed + struct.pack(f"<{len(marks)}q", *marks) + _list_words(reply) + name
        for head, (_, packed), marks, reply, name in zip(heads, sentences, senders, replies, names, strict=True)
    ]


def _hash_introduction(reply: Prepared) -> int:
    found = find_introduction(reply)
    return hash_text(found.skeleton) & MASK if found else 0


def hash_self(candidate: Candidate) -> int:
    """All that others read of an answer."""
    author = (repr(candidate.author), candidate.profile.name)
    said = (candidate.id, *author, repr(candidate.at and candidate.at.timestamp()), *candidate.texts)
    return hash_text("\0".join(said)) & MASK


def _list_sentences(reply: Prepared) -> tuple[int, bytes]:
    """How many words its sentences keep, and the hash and the words of each that is long enough."""
    if len(reply.words) < SHARED_WORDS:
        return 0, b""
    frames = find_frames(reply)
    kept = sum(frame.kept for frame in frames)
    if kept < SHARED_WORDS:
        return 0, b""
    counted = {frame.words: frame.kept for frame in frames if frame.kept >= SENTENCE_WORDS}
    packed = [_SENTENCE.pack(hash_text(" ".join(words)) & MASK, count) for words, count in counted.items()]
    return kept, b"".join(packed[: (1 << 16) - 1])


def _list_words(reply: Prepared) -> bytes:
    words = reply.words
    if len(words) < FEWEST_WORDS:
        return b""
    long = sorted({zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words if len(word) >= LONG_WORD})
    return struct.pack(f"<{len(long)}I", *long)


def sort_outlines(packed: Sequence[bytes]) -> list[int]:
    """The numbers of outlines in the order of `compare.thread.sort_by_age`: by moment, then by name."""
    heads = _read_heads(packed)
    moments, lengths = heads["at"].tolist(), heads["name"].tolist()
    ages = [(at, each[len(each) - name :]) for at, name, each in zip(moments, lengths, packed, strict=True)]
    return sorted(range(len(packed)), key=ages.__getitem__)


def _read_heads(packed: Sequence[bytes]) -> Any:
    import numpy as np

    size = _describe_head().itemsize
    return np.frombuffer(b"".join([each[:size] for each in packed]), dtype=_describe_head())


def read_outlines(packed: Sequence[bytes]) -> Outlines:
    """Side by side, in the order given. Some are read after the others: in between each takes three times its room."""
    import numpy as np

    parts = [_read_some(packed[at : at + READ_AT_ONCE], at) for at in range(0, max(1, len(packed)), READ_AT_ONCE)]
    if len(parts) == 1:
        return parts[0]
    return Outlines(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Outlines)))


def _read_some(packed: Sequence[bytes], first: int) -> Outlines:
    """first: the number of the first of these."""
    import numpy as np

    size = _describe_head().itemsize
    heads = _read_heads(packed)
    names = heads["name"].tolist()
    rest = np.frombuffer(
        b"".join([each[size : len(each) - name] for each, name in zip(packed, names, strict=True)]), dtype="<u4"
    )
    lengths = (np.array([len(each) for each in packed], dtype=np.int64) - size - heads["name"]) // 4
    sentences, senders = heads["sentences"].astype(np.int64), heads["senders"].astype(np.int64)
    begins = np.cumsum(lengths) - lengths
    owners, nth = _count_off(sentences)
    at = begins[owners] + 3 * nth
    sender_owners, nth = _count_off(senders)
    sent_at = begins[sender_owners] + 3 * sentences[sender_owners] + 2 * nth
    before_words = 3 * sentences + 2 * senders
    words = lengths - before_words
    is_word = np.arange(len(rest)) - np.repeat(begins, lengths) >= np.repeat(before_words, lengths)
    return Outlines(
        np.ascontiguousarray(heads["signature"]),
        heads["has_signature"].astype(bool),
        heads["text"].copy(),
        heads["introduction"].copy(),
        heads["author"].copy(),
        heads["self"].copy(),
        heads["known"].copy(),
        heads["kept"].astype(np.int64),
        _join_halves(rest, at),
        rest[at + 2].astype(np.int64),
        owners + first,
        _join_halves(rest, sent_at),
        sender_owners + first,
        rest[is_word],
        np.repeat(np.arange(first, first + len(packed), dtype=np.uint32), words),
    )


def _count_off(counts: "Places") -> "tuple[Places, Places]":
    """Return of each of so many things of each owner: the owner, and the how many-th of its it is."""
    import numpy as np

    owners = np.repeat(np.arange(len(counts)), counts)
    return owners, np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)


def _join_halves(rest: Any, at: "Places") -> "Numbers":
    import numpy as np

    joined: Numbers = rest[at].astype(np.uint64) | (rest[at + 1].astype(np.uint64) << np.uint64(32))
    return joined


def note_known(outlines: Iterable[bytes], known: Iterable[int]) -> list[bytes]:
    """The same outlines, which say from what they were judged."""
    at = _describe_head().fields["known"][1]
    return [
        b"".join((outline[:at], struct.pack("<Q", number), outline[at + 8 :]))
        for outline, number in zip(outlines, known, strict=True)
    ]
