"""What people say about being quoted: that they refuse, that they stay unnamed, that they are to be asked first.

Every language is listened for, whatever the question's: an English notice is answered in German too. The words are in
`refusals.toml`; here a text is read clause by clause.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Refusal(StrEnum):
    """What a text asks for; the first is the strictest."""

    REFUSED = "refused"
    ASK_FIRST = "ask_first"
    UNNAMED = "unnamed"
    MAYBE = "maybe"  # has the shape of a refusal and is not understood: an editor looks first


@dataclass(frozen=True, slots=True)
class FoundRefusal:
    """The outcome, and the characters `start` to `end` of the text that show it."""

    outcome: Refusal
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str  # folded, politeness evened out
    start: int
    end: int
    longest_wish: int  # words that may be a wish and no more: some in brackets, few at the edges of a text, else none


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of a language; of `labels`, `topics` and `limits` the first letters."""

    name: str
    labels: frozenset[str]
    topics: frozenset[str]
    limits: frozenset[str]

    def find(self, phrases: str, text: str) -> re.Match[str] | None:
        return _compile(self.name, phrases).search(text)


_STRICTEST_FIRST = tuple(Refusal)
# Said to a bot, and nothing else.
_STOP = frozenset({"stop", "stopp", "unsubscribe", "opt out", "optout", "leave me alone", "lass mich in ruhe"})
_POLITE = frozenset({"please", "pls", "bitte", "it", "this", "that", "thanks", "danke", "now"})
_LONGEST_STOP = 60
_POLITE_ROW = re.compile(r"please(?:[ ,-]+please)+")
_EDGES = " ',-\n"
_BEGINNING = 5  # letters of a word that the cheap test looks at
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"\{([a-z_]+)\}")
_SHORT = 4  # words of a first or last clause that may be a wish about the rest of the text
_SHORT_IN_BRACKETS = 8

# One letter for one, so that places in the folded text are places in the text.
_EVEN = str.maketrans(
    {chr(number): unicodedata.normalize("NFD", chr(number))[0] for number in range(0xC0, 0x250)}
    | dict.fromkeys("’‘ʼ´`′", "'")
    | dict.fromkeys("\t\xa0\u2007\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("‐‑/", "-")
    | dict.fromkeys('\r\x0b\x0c\x85\u2028\u2029.!?;:()[]{}<>…–—|\\"“”„«»*_~•#=+', "\n")
)
_BETWEEN_WORDS = str.maketrans(",'-", "   ")
_UNSEEN = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
# Mail programs wrap: a long line that ends without a stop goes on in the next one.
_WRAP = re.compile(r"(?<=[^\n]{50})(?<![.!?:;)])\n(?=[^\n\s])")
# Who forgets the full stop still begins the next sentence with a capital.
_NEW_SENTENCE = re.compile(
    r"(?<=[a-zß]) (?=(?:In|We|It|The|Our|My|At|When|There|Wir|Es|Der|Die|Das|Unsere?|Im|Ich|Nous|On|Les?|La|Notre|En|"
    r"El|Nosotros|Abbiamo|Il|Wij|De|Het|O|A) )"
)
_JOINING = "dass|wenn|bevor|ehe|that|before|if|unless|until|que|avant|che|prima|dat|voordat|als|antes"
_BREAK = re.compile(
    rf"[^\w' ,-]+|,(?! *(?:{_JOINING})\b)|(?<!\S)-+(?!\S)|(?<!\w)'|'(?!\w)|"
    r"\b(?:but|aber|mais|pero|maar|mas|however|ma(?= (?:non|senza|solo)\b))\b"
)


def asks_not_to_be_quoted(text: str | None) -> bool:
    """Whether `text` asks to stay out, in any language we know."""
    found = find_refusal(text)
    return found is not None and found.outcome is Refusal.REFUSED


def find_refusal(text: str | None) -> FoundRefusal | None:
    """What `text` asks for, and where; the strictest if it asks for several things, None if for nothing.

    `stop`, as people answer bots, counts where it is all of the text.
    """
    if not text:
        return None
    seen, places = _leave_unseen_out(text)
    folded = _fold(seen)
    if len(folded) <= _LONGEST_STOP and _says_stop(folded):
        return FoundRefusal(Refusal.REFUSED, 0, len(text))
    found = _find_strictest(seen, folded)
    if "\n" in seen and (unwrapped := _WRAP.sub(" ", seen)) != seen:
        found = _choose_stricter(found, _find_strictest(unwrapped, _fold(unwrapped)))
    if found is None or places is None:
        return found
    return replace(found, start=places[found.start], end=places[found.end - 1] + 1)


def _fold(seen: str) -> str:
    """Small letters without accents, and a line for each sentence or bracket."""
    return seen.lower().translate(_EVEN)


def _leave_unseen_out(text: str) -> tuple[str, Sequence[int] | None]:
    """The letters that are shown, and where each stood in `text` if any is left out."""
    if text.isascii():
        return text, None
    text = text.replace("İ", "I")  # the one letter whose small form is two
    if _UNSEEN.search(text) is None:
        return text, None
    places = [place for place, letter in enumerate(text) if _UNSEEN.match(letter) is None]
    return "".join(text[place] for place in places), places


def _says_stop(folded: str) -> bool:
    return " ".join(word for word in re.findall(r"\w+", folded) if word not in _POLITE) in _STOP


def _read_beginnings(folded: str) -> frozenset[str]:
    return frozenset([word[:_BEGINNING] for word in folded.translate(_BETWEEN_WORDS).split()])


def _find_strictest(seen: str, folded: str) -> FoundRefusal | None:
    found: FoundRefusal | None = None
    end = -1
    for sentence in folded.split("\n"):
        start, end = end + 1, end + 1 + len(sentence)
        if sentence and (spoken := _find_spoken(sentence, _load_languages())):
            for clause in _split(seen, start, end):
                for language in _find_spoken(clause.text, spoken):
                    outcome = _judge(clause, language)
                    if outcome is not None:
                        found = _choose_stricter(found, FoundRefusal(outcome, clause.start, clause.end))
    return found


def _find_spoken(folded: str, languages: Sequence[_Language]) -> list[_Language]:
    """Of `languages` those in which something might be said: a cheap test, as no phrase is without these words."""
    beginnings = _read_beginnings(folded)
    if _load_subjects().isdisjoint(beginnings):
        return []
    return [
        each
        for each in languages
        if not each.labels.isdisjoint(beginnings)
        or not (each.topics.isdisjoint(beginnings) or each.limits.isdisjoint(beginnings))
    ]


def _choose_stricter(first: FoundRefusal | None, second: FoundRefusal | None) -> FoundRefusal | None:
    if first is None or second is None:
        return first or second
    return min(first, second, key=lambda found: _STRICTEST_FIRST.index(found.outcome))


def _split(seen: str, start: int, end: int) -> Iterator[_Clause]:
    """The clauses of the sentence that is `start` to `end` of `seen`, and then all of it if there are several."""
    sentence = _fold(_NEW_SENTENCE.sub("\n", seen[start:end]))
    at = 0
    clauses = 0
    for found in (*_BREAK.finditer(sentence), None):
        until = len(sentence) if found is None else found.start()
        if text := sentence[at:until].strip(_EDGES):
            clauses += 1
            yield _make_clause(seen, start + sentence.index(text, at), text)
        at = until if found is None else found.end()
    if clauses > 1 and (text := sentence.strip(_EDGES)):
        yield replace(_make_clause(seen, start + sentence.index(text), text), longest_wish=0)


def _make_clause(seen: str, start: int, text: str) -> _Clause:
    end = start + len(text)
    longest = 0
    if seen[:start].endswith(("(", "[")):
        longest = _SHORT_IN_BRACKETS
    elif _WORD.search(seen, 0, start) is None or _WORD.search(seen, end) is None:
        longest = _SHORT
    return _Clause(_even_politeness(text), start, end, longest)


def _even_politeness(text: str) -> str:
    """The clause without what leads in, and with one word for every politeness, once in a row."""
    polite = _compile("all", "polite").sub("please", text)
    lead_in = _compile("all", "lead_in").match(polite)
    if lead_in is not None:
        polite = ("please " if "please" in lead_in[0] else "") + polite[lead_in.end() :]
    return _POLITE_ROW.sub("please", polite)


def _judge(clause: _Clause, language: _Language) -> Refusal | None:
    outcome = _read_wish(clause.text, language) or _read_shape(clause, language)
    return None if outcome is None or language.find("waived", clause.text) else outcome


def _read_wish(text: str, language: _Language) -> Refusal | None:
    refused = language.find("refused", text)
    if refused is None:
        if language.find("ask_first", text):
            return Refusal.ASK_FIRST
        return Refusal.UNNAMED if language.find("unnamed", text) else None
    if language.find("by_name", text) or _is_about_name(text, refused, language):
        return Refusal.UNNAMED
    return Refusal.ASK_FIRST if language.find("unless", text) else Refusal.REFUSED


def _is_about_name(text: str, refused: re.Match[str], language: _Language) -> bool:
    """Whether it is the name that is refused: "my name" stands in it, right before it or right after it."""
    name = language.find("own_name", text)
    return name is not None and name.end() >= refused.start() - 1 and name.start() <= refused.end() + 1


def _read_shape(clause: _Clause, language: _Language) -> Refusal | None:
    has_shape = language.find("shape", clause.text) or _may_be_a_wish(clause, language)
    return Refusal.MAYBE if has_shape and not language.find("allowed", clause.text) else None


def _may_be_a_wish(clause: _Clause, language: _Language) -> bool:
    """A short clause that limits something about publishing and tells no story."""
    text = clause.text
    is_about_publishing = (
        text.count(" ") < clause.longest_wish and language.find("topic", text) and language.find("limit", text)
    )
    return bool(is_about_publishing) and language.find("narrated", text) is None


# ---------------------------------------------------------------- the words


@cache
def _load_languages() -> tuple[_Language, ...]:
    return tuple(
        _Language(name, *(_begin(words[key]) for key in ("labels", "topics", "limits")))
        for name, words in _load_words().items()
        if name != "all"
    )


@cache
def _load_subjects() -> frozenset[str]:
    return frozenset().union(*(each.labels | each.topics for each in _load_languages()))


def _begin(words: str) -> frozenset[str]:
    return frozenset(word[:_BEGINNING] for word in words.split())


@cache
def _load_words() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("refusals.toml").read_text(encoding="utf-8"))


@cache
def _compile(language: str, phrases: str) -> re.Pattern[str]:
    """All phrases of that name as one expression; compiled when the language is first met, as that takes a while."""
    words = _load_words()
    joined = _expand("|".join(words[language][phrases]), {**words["all"], **words[language]})
    joined = re.sub(" (?![*?+])", "[ ,-]+", joined).replace(" ?", "[ ,-]?")
    return re.compile(rf"(?<![\w'])(?:{joined})(?!\w)")


def _expand(phrase: str, words: Mapping[str, Any]) -> str:
    return _NAME.sub(lambda name: f"(?:{_expand('|'.join(words[name[1]]), words)})", phrase)
