"""Where the sentences of a text begin and end, in running prose as people type it online."""

import re
from bisect import bisect_right
from collections.abc import Iterator

_BEFORE_NAME = frozenset({
    "dr", "mr", "mrs", "ms", "prof", "st", "sen", "gov", "capt", "lt", "dipl", "e.g", "i.e", "cf", "vs", "viz", "d.h",
    "evtl", "ggf", "inkl", "insb", "sog", "u.a", "v.a", "vgl", "z.b", "z.t", "zzgl", "zb", "geb",
})  # fmt: skip
"""A sentence goes on after these."""
_MAY_END = frozenset({
    "etc", "usw", "u.s.w", "a.m", "p.m", "u.s", "u.k", "u.s.a", "inc", "ltd", "co", "corp", "jr", "sr", "dept", "bros",
    "gmbh", "mio", "mrd",
})  # fmt: skip
"""A sentence ends after these where the next word has no small letter."""
_BEFORE_NUMBER = frozenset({
    "no", "nr", "fig", "figs", "vol", "pp", "p", "art", "abs", "abb", "bd", "max", "min", "std", "str", "tel",
    "approx", "ca",
})  # fmt: skip
"""A sentence goes on after these where a number follows; "no" and "art" are words too."""
_MONTHS = re.compile(r"\s*(?:jan|feb|märz|maerz|apr|mai|jun|jul|aug|sept?|okt|nov|dez)", re.IGNORECASE)

_STOP = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++)(?P<closing>[\"'”’“»)\]*_]*+)(?=\s|\Z)"
    r"|(?P<wide>[。！？]++[」』”）]*+)"
    r"|(?P<blank>\n\s*+)"
)
_LAST_WORD = re.compile(r"[\w.]*\Z")
_HELD = re.compile(r"\"[^\"\n]{1,400}\"|“[^“”\n]{1,400}”|„[^„“”\n]{1,400}[“”]|«[^«»\n]{1,400}»|\([^()\n]{1,400}\)")
_NEXT = re.compile(r"\s*[\"'“‘„«(\[*_]*")
_NUMBER = re.compile(r"\s*\d")
# Signs that stand alone behind a sentence belong to it, but not a dash, a bracket, a mark that opens.
_EMOJI = re.compile(r"(?:[^\S\n]+[^\w\s\"'“”‘’„«»()\[\]{}*_@#<>~$€£+/\\|=.,;:!?&%–—―•·-]+(?=\s|\Z))+")
_ORDINAL = re.compile(r"\b(?:der|die|das|dem|den|des|am|im|vom|zum|zur|beim|jede[rnms]?)\s\Z", re.IGNORECASE)
_LETTER = re.compile(r"\s*[A-Za-z]\.")
_HAS_WORD = re.compile(r"\w")


def find_sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, in order and without the white space between; what has no word (an emoji)
    belongs to the sentence before it.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*_find_ends(text), len(text)]:
        sentence = text[start:end]
        begin, stop = start + len(sentence) - len(sentence.lstrip()), start + len(sentence.rstrip())
        start = end
        if begin >= stop:
            continue
        if found and _HAS_WORD.search(text, begin, stop) is None:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((begin, stop))
    return found


def find_sentence_at(sentences: list[tuple[int, int]], position: int) -> tuple[int, int]:
    """The sentence that the character at `position` belongs to. There must be one."""
    return sentences[max(0, bisect_right(sentences, (position, 1 << 60)) - 1)]


def _find_ends(text: str) -> Iterator[int]:
    held = [span.span() for span in _HELD.finditer(text)]
    beginnings = [begin for begin, _ in held]
    for stop in _STOP.finditer(text):
        index = bisect_right(beginnings, stop.start()) - 1
        # Within quotation marks or brackets a sentence of somebody else ends, not this one.
        if index >= 0 and stop.end() < held[index][1]:
            continue
        if stop["blank"] is not None:
            if stop["blank"].count("\n") > 1 or not _goes_on(text, stop.end()):
                yield stop.end()
        elif stop["wide"] is not None or _ends_sentence(text, stop):
            emoji = _EMOJI.match(text, stop.end())
            yield emoji.end() if emoji else stop.end()


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    mark, goes_on = stop["mark"], _goes_on(text, stop.end())
    if stop["closing"] and goes_on:
        return False  # "Why?" she asked
    if "!" in mark or "?" in mark:
        return True
    if mark != ".":
        return not goes_on  # an ellipsis
    return _ends_at_full_stop(text, stop, goes_on=goes_on)


def _ends_at_full_stop(text: str, stop: re.Match[str], *, goes_on: bool) -> bool:
    word = _word_before(text, stop.start())
    lowered = word.casefold()
    if lowered in _BEFORE_NAME or (lowered in _BEFORE_NUMBER and _NUMBER.match(text, stop.end())):
        return False
    if lowered in _MAY_END:
        return not goes_on
    if word.isdigit() and len(word) <= 2:
        return not (goes_on or _is_ordinal(text, stop, word))
    if len(word) == 1 and word.isalpha():  # an initial, or half of "z. B."
        return word == "I" or (word.islower() and not _LETTER.match(text, stop.end()))
    return True


def _is_ordinal(text: str, stop: re.Match[str], number: str) -> bool:
    """Whether a number with a full stop is one of a list, of a date, or German for a rank."""
    before = text[max(0, stop.start() - len(number) - 20) : stop.start() - len(number)]
    is_item = not before.rpartition("\n")[2].strip() and len(before) < 20
    is_item = is_item or before.rstrip().endswith((":", ";", ".", "!", "?"))
    return bool(is_item or _MONTHS.match(text, stop.end()) or _ORDINAL.search(before))


def _word_before(text: str, end: int) -> str:
    found = _LAST_WORD.search(text[max(0, end - 20) : end])
    return found[0].lstrip(".") if found else ""


def _goes_on(text: str, position: int) -> bool:
    """Whether the next word begins with a small letter."""
    beginning = _NEXT.match(text, position)
    at = beginning.end() if beginning else position
    return text[at : at + 1].islower()
