"""The features of one reply: some hundred numbers, the same for the same reply and question."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.filter.rank.names import find_names
from bot.filter.rank.stems import stem_all
from bot.filter.rank.tokens import AskedTokens, count_links, read_question, tokenise
from bot.filter.rank.vocabulary import (
    CATEGORIES,
    COMMON,
    NO_DEEDS,
    PAST,
    is_english,
    load_known,
    load_openings,
    load_words,
)
from bot.filter.remembered import Remembered
from bot.filter.rules.text import Prepared
from bot.filter.values import JudgedQuestion

LONGEST_PHRASE = 3
DOERS = frozenset(("i", "we", "i've", "we've", "ive"))
REACH = 4  # words from who did it to what
LONG_TALK = 20  # words
PARTICULAR = frozenset(("witness", "outcome", "reason", "example", "money", "place", "law", "time"))
MARKS = frozenset("?!？！؟")
AMOUNTS = frozenset("%$€£")
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
    tokens: tuple[str, ...] = ()


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
    stems = stem_all(tokens.tokens)
    return AskedTraits(
        tokens, frozenset(stems), frozenset(stem_all(title.tokens)), frozenset(stem_all(options.tokens)), kinds,
        frozenset(pairwise(stems)),
    )  # fmt: skip


def measure(reply: Prepared, asked: JudgedQuestion, language: str) -> Features:
    """Read a reply, once for all who ask; vocabulary is read only where it is English."""
    known = reply.measured.get((asked, language))
    if not isinstance(known, Features):
        known = reply.measured[asked, language] = _measure(reply, asked, language)
    return known


def _measure(reply: Prepared, asked: JudgedQuestion, language: str) -> Features:
    traits = study_question(asked)
    tokens = tokenise(reply, traits.tokens)
    words: list[str] = []
    others: list[str] = []
    for token in tokens:
        (words if token[0].isalpha() else others).append(token)
    english = is_english(words, language)
    values: dict[str, float] = dict(_NOTHING_SAID) if english else {}
    evidence: dict[str, tuple[str, ...]] = {}
    joined = "".join(words)
    size = float(len(joined) if joined.isascii() else sum(map(_count_columns, words)))
    numbers = tuple(dict.fromkeys([token for token in others if token[0].isdigit()]))
    inner = others[:-1] if others and tokens[-1] is others[-1] else others
    sentences = 1 + len([1 for token in inner if token[0] in ".!?。！？؟" and len(token) < 3])
    _measure_length(values, size, len(words), sentences)
    _measure_words(values, words, len(joined))
    _measure_marks(values, others, inner, len(words), sentences)
    values["numbers"] = math.log1p(len(numbers))
    values["long_numbers"] = float(any(len(number) > 5 for number in numbers))
    values["links"] = float(min(2, count_links(reply)))
    values["pictures"] = float("[img" in reply.lowered or "<img" in reply.lowered)
    stems = stem_all(words)
    own = frozenset(stems)
    evidence["topic"] = _measure_overlap(values, stems, own, traits)[:3]
    evidence["numbers"] = numbers
    evidence["marks"] = ("?",) if values["asks"] else ()
    evidence["links"] = ("link",) if values["links"] else ()
    if english:
        evidence["names"] = find_names(reply, set(words), traits.tokens.known)
        values["names"] = float(len(evidence["names"]))
        _measure_vocabulary(values, words, len(numbers), evidence)
        _measure_fit(values, traits.kinds, len(numbers))
    return Features(values, evidence, size, own, tuple(tokens))


def _count_columns(word: str) -> int:
    return 2 * len(word) if "\u2e80" <= word[0] <= "\ud7ff" else len(word)


def _measure_length(values: dict[str, float], size: float, count: int, sentences: int) -> None:
    """size: columns. count: words."""
    values["size"] = long = math.log1p(size)
    values["size_2"] = max(0.0, long - 3.5)
    values["size_3"] = max(0.0, long - 5.0)
    values["words"] = math.log1p(count)
    values["few_words"] = float(count < 4)
    values["sentence_length"] = min(3.8, math.log1p(count / sentences))
    values["sentences"] = math.log(sentences)


def _measure_words(values: dict[str, float], words: list[str], letters: int) -> None:
    """letters: of all words together."""
    some = max(1, len(words))
    distinct = set(words)
    different = max(1, len(distinct))
    content = len(distinct - COMMON)
    values["distinct"] = len(distinct) / some
    values["mean_length"] = min(10.0, letters / some)
    values["content_share"] = content / different
    values["content"] = math.log1p(content)
    values["long_words"] = len([1 for word in distinct if len(word) > 7]) / different
    values["short_words"] = len([1 for size in map(len, words) if size < 3]) / some
    values["stretched"] = float(any(map(_STRETCHED.__getitem__, distinct)))


def _is_stretched(word: str) -> bool:
    return len(word) > 2 and (word[0] * 3 in word or word[-1] * 3 == word[-3:])


_STRETCHED = Remembered(_is_stretched)


def _measure_marks(values: dict[str, float], others: list[str], inner: list[str], count: int, sentences: int) -> None:
    """others: tokens that are no words; inner: those of them before the last token. count: words."""
    marks = [token for token in others if not token[0].isalnum()]
    asking = len([1 for mark in marks if mark[0] in "?？؟"])
    longer = [mark for mark in marks if len(mark) > 1]
    some = max(1, count) + 5
    values["asking"] = min(3.0, float(asking)) / sentences
    values["asks"] = float(asking > 0)
    values["ends_asking"] = float(len(inner) < len(others) and others[-1][0] in "?？؟")
    values["shouts"] = math.log1p(len([1 for mark in marks if mark[0] in "!！"]))
    values["runs"] = float(any(mark[0] in MARKS for mark in longer))
    values["ellipses"] = math.log1p(len([1 for mark in longer if mark[:2] == ".."]))
    values["smileys"] = float(any(mark[0] in ":;=" for mark in longer))
    values["commas"] = marks.count(",") / some
    values["stops"] = inner.count(".") / some
    values["brackets"] = float("(" in marks)
    values["amounts"] = float(not AMOUNTS.isdisjoint(marks))


def _measure_overlap(
    values: dict[str, float], stems: list[str], own: frozenset[str], traits: AskedTraits
) -> tuple[str, ...]:
    """own: the different stems. Returns those that the question has, in the order of the reply."""
    shared = tuple(dict.fromkeys([each for each in stems if each in traits.stems]))
    values["shared"] = math.log1p(len(shared))
    values["shared_long"] = math.log1p(len([1 for each in shared if len(each) > 5]))
    values["shared_of_question"] = len(shared) / (len(traits.stems) + 2)
    values["shared_of_reply"] = len(shared) / (len(own) + 2)
    values["shared_of_title"] = len(own & traits.title) / (len(traits.title) + 1)
    pairs = traits.pairs.intersection(pairwise(stems)) if shared else ()
    values["shared_pairs"] = math.log1p(len(pairs))
    values["new"] = math.log1p(len(own) - len(shared))
    values["options"] = float(not traits.options.isdisjoint(own))
    return shared


def _measure_vocabulary(
    values: dict[str, float], words: list[str], numbers: int, evidence: dict[str, tuple[str, ...]]
) -> None:
    entries, known = _look_up(words)
    found: dict[str, int] = {}
    lexicon = load_words()
    for entry in entries:
        for category in lexicon[entry]:
            if category in found:
                found[category] += 1
            else:
                found[category] = 1
                evidence.setdefault(category, (entry,))
    deeds = list(_find_deeds(words))
    if deeds:
        evidence["deed"] = deeds[0]
    values["deed"] = float(bool(deeds))
    values["deeds"] = math.log1p(len(set(deeds)))
    particular = bool(deeds) or not PARTICULAR.isdisjoint(found)
    values["general"] = float(len(words) >= LONG_TALK and not particular and not numbers)
    some = len(words) + 4
    values["known"] = known / some
    opening = lexicon.get(words[0], ()) if words else ()
    values["opens_affirming"] = float("affirm" in opening or "negation" in opening)
    values["opens_greeting"] = float("greeting" in opening)
    values["opens_person"] = float("first" in opening)
    for category, different in found.items():
        values[category] = 1.0
        values[_SHARES[category]] = math.sqrt(different / some)


def _look_up(words: list[str]) -> tuple[dict[str, None], int]:
    """Return the different words and phrases that the vocabulary has, and how many words are known at all."""
    lexicon, openings, known = load_words(), load_openings(), load_known()
    following = [*words[1:], ""]
    entries: dict[str, None] = {}
    for place in [place for place, word in enumerate(words) if word in openings]:
        word = words[place]
        if word in lexicon:
            entries[word] = None
        if following[place] in openings[word]:
            for size in range(2, LONGEST_PHRASE + 1):
                phrase = " ".join(words[place : place + size])
                if phrase in lexicon:
                    entries[phrase] = None
    return entries, len([1 for word in words if word in known])


def _find_deeds(words: list[str]) -> Iterator[tuple[str, ...]]:
    """What the author did: "we stopped", "I never bought", and without saying who at the beginning: "Stopped all"."""
    if words and _is_past(words[0]):
        yield (words[0],)
    for place in [place for place, word in enumerate(words) if word in DOERS]:
        past = next((each for each in words[place + 1 : place + REACH] if _is_past(each)), None)
        if past:
            yield (past,)


def _is_past(word: str) -> bool:
    return word in PAST or (len(word) > 4 and word.endswith("ed") and word not in NO_DEEDS)


def _measure_fit(values: dict[str, float], kinds: frozenset[str], numbers: int) -> None:
    """What the question wants: 1 where the reply has it, -1 where it has not, 0 where the question does not ask."""
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
    for kind in kinds:
        values[f"asks_{kind}"] = 1.0
        values[f"fits_{kind}"] = 1.0 if has[kind] else -1.0


_SHARES = {category: f"{category}_share" for category in CATEGORIES}
_NOTHING_SAID: dict[str, float] = dict.fromkeys(
    (*CATEGORIES, *_SHARES.values(), *(f"{sign}_{kind}" for kind in KINDS for sign in ("asks", "fits"))), 0.0
)
"""What the vocabulary and the question find in a reply of no word."""
