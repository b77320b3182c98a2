"""A text as it is compared: folded, sentence by sentence, clause by clause; each knows where it stood."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.quotes.refusals.phrases import compile_phrases

_POLITE_ROW = re.compile(r"please(?:[ ,-]+please)+")
_BLANKS = re.compile(" {2,}")
_EDGES = " ',-\n"
_SHORT = 4  # words of a first or last clause that may be a wish about the rest of the text
_SHORT_IN_BRACKETS = 8
# One letter for one, so that places in the folded text are places in the text.
WITHOUT_ACCENTS = {number: unicodedata.normalize("NFD", chr(number))[0] for number in range(0xC0, 0x250)}
_EVEN = str.maketrans(
    {chr(number): letter for number, letter in WITHOUT_ACCENTS.items()}
    | dict.fromkeys("’‘ʼ´`′", "'")
    | dict.fromkeys("\t\xa0\u2007\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("‐‑/", "-")
    | dict.fromkeys('\r\x0b\x0c\x85\u2028\u2029.!?;:()[]{}<>…–—|\\"“”„«»*_~•#=+', "\n")
)
_EVEN_ASCII = bytes(range(128)).decode().translate(_EVEN).encode() + bytes(128)
_UNSEEN = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
# Who forgets the full stop still begins the next sentence with a capital.
_NEW_SENTENCE = re.compile(
    r" (?<=[a-zß] )(?=(?:In|We|It|The|Our|My|At|When|There|Wir|Es|Der|Die|Das|Unsere?|Im|Ich|Nous|On|Les?|La|Notre|En|"
    r"El|Nosotros|Abbiamo|Il|Wij|De|Het|O|A) )"
)
_JOINING = "dass|wenn|bevor|ehe|that|before|if|unless|until|que|avant|che|prima|dat|voordat|als|antes"
_COMMA = rf"(?! *(?:{_JOINING})\b)"
_BREAK = re.compile(
    rf"[^\w' ,-]+|,{_COMMA}|(?<!\S)-+(?!\S)|(?<!\w)'|'(?!\w)|"
    r"\b(?:but|aber|mais|pero|maar|mas|however|ma(?= (?:non|senza|solo)\b))\b"
)
_TURNS = ("'", "-", "but", "aber", "mais", "pero", "maar", "mas", "however", "ma non", "ma senza", "ma solo")
# The same in a sentence without any of _TURNS: it is looked for at signs alone.
_SIGN = re.compile(rf"[^\w' -](?:(?<=,){_COMMA}|(?<!,)[^\w' ,-]*)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, or all of a sentence that has several: `start` to `end` of the text that is shown."""

    text: str  # folded, politeness evened out
    start: int
    end: int
    longest_wish: int  # words that may be a wish and no more: some in brackets, few at the edges of a text, else none


def read_clauses(text: str) -> list[str]:
    """The clauses of `text`, and its sentences of several clauses, as they are compared."""
    seen, _ = leave_unseen_out(text)
    clauses, end = [], -1
    for sentence in fold(seen).split("\n"):
        start, end = end + 1, end + 1 + len(sentence)
        clauses += [clause.text for clause in split(seen, start, end)]
    return clauses


def fold(seen: str) -> str:
    """Small letters without accents, and a line for each sentence or bracket."""
    if seen.isascii():
        return seen.lower().encode().translate(_EVEN_ASCII).decode()
    return seen.lower().translate(_EVEN)


def leave_unseen_out(text: str) -> tuple[str, Sequence[int] | None]:
    """The letters that are shown, and where each stood in `text` if any is left out."""
    if text.isascii():
        return text, None
    text = text.replace("İ", "I")  # the one letter whose small form is two
    if _UNSEEN.search(text) is None:
        return text, None
    places = [place for place, letter in enumerate(text) if _UNSEEN.match(letter) is None]
    return "".join(text[place] for place in places), places


def split(seen: str, start: int, end: int) -> Iterator[Clause]:
    """The clauses of the sentence that is `start` to `end` of `seen`, and then all of it if there are several."""
    sentence = fold(_NEW_SENTENCE.sub("\n", seen[start:end]))
    at = 0
    clauses = 0
    breaks = _BREAK if any(turn in sentence for turn in _TURNS) else _SIGN
    for found in (*breaks.finditer(sentence), None):
        until = len(sentence) if found is None else found.start()
        if text := sentence[at:until].strip(_EDGES):
            clauses += 1
            yield _make_clause(seen, start + sentence.index(text, at), text)
        at = until if found is None else found.end()
    if clauses > 1 and (text := sentence.strip(_EDGES)):
        yield replace(_make_clause(seen, start + sentence.index(text), text), longest_wish=0)


def _make_clause(seen: str, start: int, text: str) -> Clause:
    end = start + len(text)
    longest = 0
    if seen.endswith(("(", "["), 0, start):
        longest = _SHORT_IN_BRACKETS
    elif _WORD.search(seen, 0, start) is None or _WORD.search(seen, end) is None:
        longest = _SHORT
    return Clause(_even_politeness(text), start, end, longest)


def _even_politeness(text: str) -> str:
    """The clause without what leads in, and with one word for every politeness, once in a row."""
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    polite = compile_phrases("all", "polite").sub("please", text)
    lead_in = compile_phrases("all", "lead_in").match(polite)
    if lead_in is not None:
        polite = ("please " if "please" in lead_in[0] else "") + polite[lead_in.end() :]
    return _POLITE_ROW.sub("please", polite) if polite.count("please") > 1 else polite
