"""What an answer argues for where it does not name an option: concluded from its words, and only where they are plain.

A wrong stance puts words into somebody's mouth, an unknown one costs a heading. So only two ways of speaking are
read: somebody who says of themselves that they choose what makes one option different from all others, and a plain
yes or no to a question that can be answered so. Any word of doubt, of condition, of denial or of another option
anywhere in the answer, and nothing is concluded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.quotes.negation import has_negation
from bot.quotes.sentences import find_sentences
from bot.quotes.stance import NO, YES

LONGEST_READ = 1_200
"""Characters of an answer."""
SHORTEST_STEM = 4
"""Letters by which two forms of a word are known to be one: `postmortem` in `postmortems`."""

_WORD = re.compile(r"\w+(?:'\w+)?")
_SMALL_WORD_LINES = (
    "a an the of on in at to for by with and or but as is are be it its that this these those some any all one ones",
    "my our your their own we i you they who what which when where how do does did have has had not no yes only after",
    "before from than then too very more most less still just never always ever else other another something anything",
    "nothing none both",
    "ein eine einen einer eines der die das den dem des und oder aber als ist sind sein es im in am an auf zu für von",
    "mit nicht kein keine ja nein nur nach vor noch immer nie etwas anderes andere alles nichts beides",
)
_SMALL_WORDS = frozenset(word for line in _SMALL_WORD_LINES for word in line.split())
"""They make no option different from another."""

# Conditions, doubts, turns and times gone by: with one of them a sentence may mean the opposite.
_DOUBT = re.compile(
    r"\b(?:but|except|unless|only|if|though|although|however|until|till|despite|instead|rather|than|maybe|perhaps|"
    r"sometimes|depends?|once|formerly|used to|anymore|no longer|wish|almost|nearly|supposed|pretend(?:ed)?|allegedly|"
    r"actually|second thoughts?|changed my mind|regret(?:ted)?|stopped|quit|gave up|tried|wrong(?:ly)?|mistake|joking|"
    r"kidding|sarcasm|irony|said|says|told|tells|claims?|"
    r"aber|außer|ausser|nur|wenn|falls|obwohl|jedoch|bis|statt|lieber|vielleicht|manchmal|kommt darauf an|früher|einst|"
    r"fast|beinahe|eigentlich|bereue|aufgehört|aufgegeben|versucht|falsch|fehler|scherz|sagte|sagt|angeblich|"
    r"mais|sauf|seulement|peut-être|pero|salvo|solo|sólo|quizás?|ma|però|forse|soltanto|maar|behalve|alleen|misschien)\b"
)
# Anywhere in an answer.
_TAKES_BACK = re.compile(
    r"\b(?:actually|second thoughts?|changed my mind|never ?mind|scratch that|strike that|just kidding|joking|kidding|"
    r"sarcas\w*|iron(?:y|ic\w*)|doch nicht|war ein scherz)\b|(?<!\w)/s\b|[.!…] (?:or not|not|nope?|wait|haha|lol)\b"
)
_CHOOSES = (
    r"(?:i|we)(?:'d|'ll|'ve| would| will| have| do)?"
    r"(?: (?:always|still|definitely|certainly|also|happily|gladly|clearly))*"
    r" (?:keep|kept|choose|chose|chosen|pick|picked|take|took|prefer|go with|went with|go for|went for|vote for|"
    r"voted for|opt for|opted for|stick with|stuck with|swear by)"
    r"|(?:my|our) (?:vote|pick|choice|favou?rite|answer)(?: is| was| goes to| went to|:)"
    r"|(?:ich|wir) (?:würden?|möchten?|bin|sind) für"
    r"|(?:ich|wir) (?:nehmen?|behalten?|wählen?|wählte|bevorzugen?)"
    r"|(?:meine|unsere) (?:stimme|wahl|antwort)(?: ist| geht an|:)"
)
_QUALIFIERS = (
    r"(?: (?:the|a|an|my|our|those|these|that|good|old|plain|simple|proper|own|der|die|das|den|dem|unsere?n?|meine?n?|"
    r"eine?n?))*"
)
_CHOICE = re.compile(rf"(?:^|[,;:–—(] ?|\b(?:so|and|und|also) )(?:{_CHOOSES}){_QUALIFIERS} (?P<chosen>[^.,;:!?()–—…]+)")
_AFTER_CHOICE = re.compile(
    r" (?:because|since|as|every time|any day|hands down|all the way|for me|without a doubt|weil|denn|jedes mal)\b"
)

_END = r"(?=[.,!;:–—]| [-–—] |$| because| weil| since|\n)"
_BEGINS_YES_OR_NO = re.compile(rf"(?P<word>\w+){_END}")
_CONCLUDES_YES_OR_NO = re.compile(
    r"\b(?:my|our|meine|unsere) (?:answer|antwort)(?: is| ist|:) (?:a |an |ein )?(?:clear |plain |klares )?"
    rf"(?P<word>\w+){_END}"
)
_OPEN_QUESTION = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|was|welche[rsnm]?|wer|wen|wem|wann|wo|warum|wieso|wie)\b"
)


def infer_option(text: str | None, question: str, options: Sequence[str]) -> int | None:
    """The index of the one option that `text` plainly argues for without naming it; None where that is not plain."""
    spoken = _normalise((text or "")[:LONGEST_READ])
    if not spoken or len(options) < 2:
        return None
    known = _study(tuple(options), question)
    mentioned = {number for number, stems in enumerate(known.stems) if stems & _stems_of(spoken)}
    found = set(_find_choices(spoken, known)) | set(_find_yes_or_no(spoken, known))
    if len(found) != 1 or not mentioned <= found or _TAKES_BACK.search(spoken):
        return None
    return found.pop()


def _normalise(text: str) -> str:
    return re.sub(r"[^\S\n]+", " ", text.casefold().replace("’", "'")).strip(" \"'“”„»«*_\n")


@dataclass(frozen=True, slots=True)
class _Options:
    """stems: of each option, what no other option and not the question says. yes, no: the one option that is a yes or
    a no, where the question can be answered so.
    """

    stems: tuple[frozenset[str], ...]
    yes: int | None
    no: int | None


@lru_cache(maxsize=64)
def _study(options: tuple[str, ...], question: str) -> _Options:
    spoken = [_normalise(option) for option in options]
    every = [_stems_of(option) for option in spoken]
    asked = _stems_of(_normalise(question))
    own = tuple(
        own_stems - asked - frozenset().union(*(stems for other, stems in enumerate(every) if other != number))
        for number, own_stems in enumerate(every)
    )
    yes = [number for number, option in enumerate(spoken) if _first_word(option) in YES]
    no = [number for number, option in enumerate(spoken) if _first_word(option) in NO]
    if len(yes) != 1 or len(no) != 1 or not _takes_yes_or_no(question):
        return _Options(own, None, None)
    # A bare "yes" means an option that says no more than that, or the only one beside the no.
    is_bare = len(_WORD.findall(spoken[yes[0]])) == 1
    return _Options(own, yes[0] if is_bare or len(options) == 2 else None, no[0])


def _first_word(text: str) -> str:
    found = _WORD.search(text)
    return found[0] if found else ""


def _takes_yes_or_no(question: str) -> bool:
    """One question, without a negation, an alternative or a question word."""
    asked = [part for part in re.split(r"(?<=\?)", _normalise(question)) if part.rstrip().endswith("?")]
    if len(asked) != 1:
        return False
    alone = asked[0].rpartition(". ")[2]
    return not (has_negation(alone) or re.search(r"\b(?:or|oder)\b", alone) or _OPEN_QUESTION.search(alone))


def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text) if word not in _SMALL_WORDS and not word.isdigit())


def stem(word: str) -> str:
    """A word without the endings of a plural: crude, and the same for both sides of a comparison."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM and not word.endswith("ss"):
            return word[: len(word) - len(ending)] + instead
    return word


def _find_choices(spoken: str, known: _Options) -> Iterator[int]:
    """Options whose own words follow "I would keep", and nothing else does."""
    for start, end in find_sentences(spoken):
        sentence = spoken[start:end]
        if "?" in sentence or has_negation(sentence) or _DOUBT.search(sentence):
            continue
        for choice in _CHOICE.finditer(sentence):
            chosen = _AFTER_CHOICE.split(f" {choice['chosen']}", maxsplit=1)[0]
            chosen_stems = _stems_of(chosen)
            yield from (number for number, stems in enumerate(known.stems) if chosen_stems and chosen_stems <= stems)


def _find_yes_or_no(spoken: str, known: _Options) -> Iterator[int]:
    """A yes or a no at the start, or as "my answer is no", with nothing beside it in the answer that takes it back."""
    if known.no is None or "?" in spoken:
        return
    sentences = [spoken[start:end] for start, end in find_sentences(spoken)]
    for number, sentence in enumerate(sentences):
        found = _CONCLUDES_YES_OR_NO.search(sentence)
        if found is None and number == 0:
            found = _BEGINS_YES_OR_NO.match(sentence)
        if found is None or found["word"] not in YES | NO:
            continue
        # "No problem", "no, but …": the rest of the sentence and the one behind it must not turn it.
        rest = " ".join([sentence[found.end() :], *sentences[number + 1 : number + 2]])
        option = known.yes if found["word"] in YES else known.no
        if option is not None and not _DOUBT.search(rest) and not _is_taken_back(found["word"], rest):
            yield option


def _is_taken_back(word: str, rest: str) -> bool:
    """Whether a yes is followed by a denial, or a no by a yes."""
    return has_negation(rest) if word in YES else not YES.isdisjoint(_WORD.findall(rest))
