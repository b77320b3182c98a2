"""The features of one reply: some hundred numbers, the same for the same reply and question."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.filter.rank.tokens import AskedTokens, count_links, read_question, tokenise
from bot.filter.rank.vocabulary import CATEGORIES, COMMON, NO_DEEDS, PAST, is_english, load_starters, load_words
from bot.filter.rules.text import Prepared
from bot.filter.values import JudgedQuestion

LONGEST_PHRASE = 3
DOERS = frozenset(("i", "we", "i've", "we've", "ive"))
REACH = 4  # words from who did it to what
LONG_TALK = 20  # words
PARTICULAR = frozenset(("witness", "outcome", "reason", "example", "money", "place", "law", "time"))
MARKS = frozenset("?!？！؟")
KINDS: dict[str, tuple[str, ...]] = {
    "where": ("where", "location", "located", "address", "place"),
    "who": ("who", "whom", "anyone", "anybody", "someone"),
    "how": ("how",),
    "amount": ("much", "many", "cost", "price", "salary", "long", "far"),
    "why": ("why", "reason"),
    "which": ("which", "best", "recommend", "better"),
    "yes_no": ("is", "are", "do", "does", "can", "will", "should", "has", "have", "did"),
    "what": ("what",),
    "when": ("when", "time", "date"),
    "opinion": ("think", "opinion", "opinions", "advice", "advise", "suggest", "suggestions", "views"),
}


@dataclass(frozen=True, slots=True)
class Features:
    """values: by name. words: of each category or kind of evidence, the first word that stands for it."""

    values: dict[str, float]
    words: dict[str, tuple[str, ...]]
    size: float  # columns
    stems: frozenset[str]


ENDINGS = ("ing", "ed", "es", "s", "ly")


def stem(word: str) -> str:
    """Cut the commonest endings of English; others lose an s."""
    if not word.endswith(ENDINGS):
        return word
    ending = next(ending for ending in ENDINGS if word.endswith(ending))
    return word[: -len(ending)] if len(word) > len(ending) + 2 else word


@dataclass(frozen=True, slots=True)
class AskedTraits:
    """What overlaps are measured against."""

    tokens: AskedTokens
    stems: frozenset[str]
    title: frozenset[str]
    options: frozenset[str]
    kinds: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@lru_cache(maxsize=8)
def study_question(asked: JudgedQuestion) -> AskedTraits:
    tokens = read_question(asked)
    first, _, _ = asked.text.partition("\n")
    title = read_question(JudgedQuestion(first))
    options = read_question(JudgedQuestion("\n".join(asked.options)))
    kinds = frozenset(kind for kind, signs in KINDS.items() if not tokens.known.isdisjoint(signs))
    stems = _stem_all(tokens.tokens)
    return AskedTraits(
        tokens, frozenset(stems), frozenset(_stem_all(title.tokens)), frozenset(_stem_all(options.tokens)), kinds,
        frozenset(pairwise(stems)),
    )  # fmt: skip


def _stem_all(tokens: tuple[str, ...] | list[str]) -> list[str]:
    return [stem(token) for token in tokens if token[0].isalpha() and token not in COMMON]


def measure(reply: Prepared, asked: JudgedQuestion, language: str) -> Features:
    """Read a reply, once for all who ask; vocabulary is read only where it is English."""
    known = reply.measured.get((asked, language))
    if not isinstance(known, Features):
        known = reply.measured[asked, language] = _measure(reply, asked, language)
    return known


def _measure(reply: Prepared, asked: JudgedQuestion, language: str) -> Features:
    traits = study_question(asked)
    tokens = tokenise(reply, traits.tokens)
    words = [token for token in tokens if token[0].isalpha()]
    values: dict[str, float] = {}
    evidence: dict[str, tuple[str, ...]] = {}
    size = float(sum(len(word) if word.isascii() else _columns(word) for word in words))
    values.update(_measure_surface(tokens, words, size, count_links(reply)))
    values["pictures"] = float("[img" in reply.lowered or "<img" in reply.lowered)
    stems = _stem_all(words)
    values.update(_measure_overlap(stems, traits, evidence))
    numbers = tuple(dict.fromkeys(token for token in tokens if token[0].isdigit()))
    evidence["numbers"] = numbers
    evidence["marks"] = ("?",) if values["asks"] else ()
    evidence["links"] = ("link",) if values["links"] else ()
    if is_english(words, language):
        values.update(_measure_vocabulary(words, len(numbers), evidence))
        fits = dict(_measure_fit(values, traits.kinds, len(numbers)))
        values.update(fits)
        evidence["wanted"] = tuple(kind for kind in KINDS if fits[f"fits_{kind}"])
    return Features(values, evidence, size, frozenset(stems))


def _columns(word: str) -> int:
    return 2 * len(word) if "\u2e80" <= word[0] <= "\ud7ff" else len(word)


def _measure_surface(tokens: list[str], words: list[str], size: float, links: int) -> Iterator[tuple[str, float]]:
    count = len(words)
    distinct = set(words)
    content = distinct - COMMON
    numbers = {token for token in tokens if token[0].isdigit()}
    marks = [token for token in tokens if not token[0].isalnum()]
    asking = [token for token in marks if token[0] in "?？؟"]
    sentences = 1 + sum(token[0] in ".!?。！？؟" and len(token) < 3 for token in tokens[:-1])
    some = max(1, count)
    yield "size", math.log1p(size)
    yield "size_2", max(0.0, math.log1p(size) - 3.5)
    yield "size_3", max(0.0, math.log1p(size) - 5.0)
    yield "words", math.log1p(count)
    yield "few_words", float(count < 4)
    yield "distinct", len(distinct) / some
    yield "mean_length", min(10.0, sum(map(len, words)) / some)
    yield "content_share", len(content) / max(1, len(distinct))
    yield "content", math.log1p(len(content))
    yield "long_words", sum(len(word) > 7 for word in distinct) / max(1, len(distinct))
    yield "stretched", float(any(word[0] * 3 in word or word[-1] * 3 == word[-3:] for word in words if len(word) > 2))
    yield "short_words", sum(len(word) < 3 for word in words) / some
    yield "asking", min(3.0, float(len(asking))) / sentences
    yield "asks", float(bool(asking))
    yield "ends_asking", float(bool(tokens) and tokens[-1][0] in "?？؟")
    yield "shouts", math.log1p(sum(token[0] in "!！" for token in marks))
    yield "runs", float(any(token[0] in MARKS and len(token) > 1 for token in marks))
    yield "ellipses", math.log1p(sum(token[:2] == ".." for token in marks))
    yield "smileys", float(any(token[0] in ":;=" and len(token) > 1 for token in marks))
    yield "commas", marks.count(",") / (some + 5)
    yield "stops", tokens[:-1].count(".") / (some + 5)
    yield "brackets", float("(" in marks)
    yield "numbers", math.log1p(len(numbers))
    yield "long_numbers", float(any(len(number) > 5 for number in numbers))
    yield "amounts", float(not {"%", "$", "€", "£"}.isdisjoint(marks))
    yield "links", float(min(2, links))
    yield "sentence_length", min(3.8, math.log1p(count / sentences))
    yield "sentences", math.log(sentences)


def _measure_overlap(
    stems: list[str], traits: AskedTraits, evidence: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, float]]:
    own = dict.fromkeys(stems)
    shared = [each for each in own if each in traits.stems]
    evidence["topic"] = tuple(shared[:3])
    yield "shared", math.log1p(len(shared))
    yield "shared_long", math.log1p(sum(len(each) > 5 for each in shared))
    yield "shared_of_question", len(shared) / (len(traits.stems) + 2)
    yield "shared_of_reply", len(shared) / (len(own) + 2)
    yield "shared_of_title", sum(each in traits.title for each in own) / (len(traits.title) + 1)
    yield "shared_pairs", math.log1p(len(set(pairwise(stems)) & traits.pairs))
    yield "new", math.log1p(len(own) - len(shared))
    yield "options", float(any(each in traits.options for each in own))


def _measure_vocabulary(
    words: list[str], numbers: int, evidence: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, float]]:
    count = len(words)
    entries, known = _look_up(words)
    found: dict[str, int] = {}
    lexicon = load_words()
    for entry in entries:
        for category in lexicon[entry]:
            found[category] = found.get(category, 0) + 1
            evidence.setdefault(category, (entry,))
    deeds = list(_find_deeds(words))
    if deeds:
        evidence["deed"] = deeds[0]
    yield "deed", float(bool(deeds))
    yield "deeds", math.log1p(len(set(deeds)))
    particular = bool(deeds) or not PARTICULAR.isdisjoint(found)
    yield "general", float(count >= LONG_TALK and not particular and not numbers)
    some = count + 4
    yield "known", known / some
    first = words[0] if words else ""
    opening = lexicon.get(first, ())
    yield "opens_affirming", float("affirm" in opening or "negation" in opening)
    yield "opens_greeting", float("greeting" in opening)
    yield "opens_person", float("first" in opening)
    for category in CATEGORIES:
        different = found.get(category, 0)
        yield category, float(different > 0)
        yield f"{category}_share", math.sqrt(different / some)


def _look_up(words: list[str]) -> tuple[dict[str, None], int]:
    """Return the different words and phrases that the vocabulary has, and how many words are known at all."""
    lexicon, starters = load_words(), load_starters()
    entries: dict[str, None] = {}
    known = 0
    for place, word in enumerate(words):
        if word in lexicon:
            entries[word] = None
            known += 1
        elif word in COMMON:
            known += 1
        if word in starters:
            for size in range(2, LONGEST_PHRASE + 1):
                phrase = " ".join(words[place : place + size])
                if phrase in lexicon:
                    entries[phrase] = None
    return entries, known


def _find_deeds(words: list[str]) -> Iterator[tuple[str, ...]]:
    """What the author did: "we stopped", "I never bought", and without saying who at the beginning: "Stopped all"."""
    if words and _is_past(words[0]):
        yield (words[0],)
    for place, word in enumerate(words):
        if word in DOERS:
            past = next((each for each in words[place + 1 : place + REACH] if _is_past(each)), None)
            if past:
                yield (past,)


def _is_past(word: str) -> bool:
    return word in PAST or (len(word) > 4 and word.endswith("ed") and word not in NO_DEEDS)


def _measure_fit(values: dict[str, float], kinds: frozenset[str], numbers: int) -> Iterator[tuple[str, float]]:
    """What the question wants and the reply has."""
    has = {
        "where": values["place"] or values["pointer"],
        "amount": float(numbers > 0) or values["money"],
        "when": values["time"],
        "why": values["reason"],
        "yes_no": values["opens_affirming"],
        "how": values["advice"],
        "which": values["opinion"],
        "opinion": values["hedge"],
        "who": values["pointer"],
        "what": values["law"],
    }
    for kind, answer in has.items():
        yield f"fits_{kind}", float(bool(answer)) if kind in kinds else 0.0
        yield f"misses_{kind}", float(not answer) if kind in kinds else 0.0
