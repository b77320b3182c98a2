"""What a text is found again by, in other questions and at other times: numbers, the same in every process."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate

from bot.filter.compare.frames import find_frames
from bot.filter.compare.pieces import MIN_PIECES, band, cut, flatten, sign
from bot.filter.rank.vocabulary import COMMON
from bot.filter.remembered import Remembered
from bot.filter.rules.text import Prepared

FRAME_WORDS = 12  # that a frame must keep: "I moved from _ to _ in _" is everybody's
GRAM = 5  # words
MAX_GRAMS = 5
MAX_RARITY = 12  # letters of a word that count


@dataclass(frozen=True, slots=True)
class Prints:
    """Signed numbers of 64 bits; a short text has none of a kind."""

    bands: tuple[int, ...]  # texts that are copies share one at least
    frames: tuple[int, ...]  # texts that are the same but for names and numbers share one
    grams: tuple[int, ...]  # of the rarest runs of five words, in rising order
    senders: tuple[int, ...] = ()  # addresses and organisations
    claims: tuple[int, ...] = ()  # what its sentences are about


def make_prints(reply: Prepared) -> Prints:
    return make_all_prints((reply,))[0]


def make_all_prints(replies: Sequence[Prepared]) -> list[Prints]:
    """The prints of each text: a third of the time that they take one by one."""
    if not replies:
        return []
    return [
        Prints(tuple(bands), tuple(_make_frames(reply)), tuple(_make_grams(reply.words)))
        for reply, bands in zip(replies, _make_bands(replies), strict=True)
    ]


def _make_bands(replies: Sequence[Prepared]) -> list[list[int]]:
    """BANDS hashes a text, or none of one of fewer than MIN_PIECES pieces."""
    pieces = cut([flatten(reply.words) for reply in replies])
    bands: list[list[int]] = band(sign(pieces)).view("int64").tolist()
    ends = (0, *pieces.ends)
    return [each if ends[text + 1] - ends[text] >= MIN_PIECES else [] for text, each in enumerate(bands)]


def _make_frames(reply: Prepared) -> Iterator[int]:
    """The whole text; without its first sentence, without its last: greetings and signatures are what changes first."""
    frames = find_frames(reply)
    cuttings = (frames, frames[1:], frames[:-1]) if len(frames) > 1 else (frames,)
    made: set[int] = set()
    for part in cuttings:
        if sum(frame.kept for frame in part) >= FRAME_WORDS:
            made.add(hash_text("\n".join(" ".join(frame.words) for frame in part)))
    yield from sorted(made)


def _make_grams(words: list[str]) -> list[int]:
    """The rarest runs of GRAM words that do not overlap; how rare a word is, its length tells, for want of a corpus."""
    sums = [0, *accumulate([_RARITY[word] for word in words])]
    common = [before - after for before, after in zip(sums, sums[GRAM:], strict=False)]
    starts = sorted(range(len(common)), key=common.__getitem__)  # of equals the first stays first
    chosen: list[int] = []
    taken: set[int] = set()
    for start in starts:
        if len(chosen) == MAX_GRAMS:
            break
        if taken.isdisjoint((start, start + GRAM - 1)):
            chosen.append(start)
            taken.update(range(start, start + GRAM))
    return sorted({hash_text(" ".join(words[start : start + GRAM])) for start in chosen})


def _rate(word: str) -> int:
    return 0 if word in COMMON else min(len(word), MAX_RARITY)


_RARITY = Remembered(_rate)


def hash_text(text: str) -> int:
    """Return a signed number of 64 bits, the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
