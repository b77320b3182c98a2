"""What people say about being quoted: that they refuse, that they stay unnamed, that they are to be asked first.

Every language is listened for, whatever the question's: an English notice is answered in German too. The words are in
`phrases.toml`; here a text is read clause by clause.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.quotes.refusals.clauses import WITHOUT_ACCENTS, Clause, fold, leave_unseen_out, split
from bot.quotes.refusals.phrases import Language, compile_phrases, find_spoken, list_spoken
from bot.quotes.refusals.shape import may_be_a_wish, measure_shape, tells_of_others


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


_STRICTEST_FIRST = tuple(Refusal)
# Said to a bot, and nothing else.
_STOP = frozenset({"stop", "stopp", "unsubscribe", "opt out", "optout", "leave me alone", "lass mich in ruhe"})
_POLITE = frozenset({"please", "pls", "bitte", "it", "this", "that", "thanks", "danke", "now"})
_LONGEST_STOP = 60
_LIKELY = 0.0  # a shape above it is held
_UNLIKELY = -4.0  # a shape below it is a story, if it is one of others

# Mail programs wrap: a long line that ends without a stop goes on in the next one.
_WRAP = re.compile(r"\n(?<=[^\n]{50}\n)(?<![.!?:;)]\n)(?=[^\n\s])")


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
    seen, places = leave_unseen_out(text)
    folded = fold(seen)
    if len(folded) <= _LONGEST_STOP and _says_stop(folded):
        return FoundRefusal(Refusal.REFUSED, 0, len(text))
    found = _find_strictest(seen, folded)
    if "\n" in seen and (unwrapped := _WRAP.sub(" ", seen)) != seen:
        found = _choose_stricter(found, _find_strictest(unwrapped, fold(unwrapped)))
    found = _choose_stricter(found, _find_denial(seen))
    if found is None or places is None:
        return found
    return replace(found, start=places[found.start], end=places[found.end - 1] + 1)


def _find_denial(seen: str) -> FoundRefusal | None:
    """A question about it or a line of a form, and a no for an answer: "Quote? No." and "Consent: no"."""
    if "?" not in seen and ":" not in seen:
        return None
    denied = compile_phrases("all", "denied").search(seen.lower().translate(WITHOUT_ACCENTS))
    return None if denied is None else FoundRefusal(Refusal.MAYBE, *denied.span())


def _says_stop(folded: str) -> bool:
    return " ".join(word for word in re.findall(r"\w+", folded) if word not in _POLITE) in _STOP


def _find_strictest(seen: str, folded: str) -> FoundRefusal | None:
    found: FoundRefusal | None = None
    end = -1
    for sentence in folded.split("\n"):
        start, end = end + 1, end + 1 + len(sentence)
        if not sentence or sentence.isspace():
            continue
        spoken = find_spoken(sentence)
        if not spoken and not may_be_a_wish(sentence):
            continue
        for clause in split(seen, start, end):
            outcome = _hear(clause, spoken)
            if outcome is not None:
                found = _choose_stricter(found, FoundRefusal(outcome, clause.start, clause.end))
    return found


def _hear(clause: Clause, spoken: int) -> Refusal | None:
    """spoken: the languages of its sentence, as `find_spoken` has them."""
    here = list_spoken(spoken & find_spoken(clause.text)) if spoken else ()
    outcomes = [outcome for each in here if (outcome := _judge(clause, each)) is not None]
    shape = measure_shape(clause.text)
    if outcomes:
        outcome = min(outcomes, key=_STRICTEST_FIRST.index)
        is_story = outcome is not Refusal.REFUSED and shape < _UNLIKELY and tells_of_others(clause.text)
        return None if is_story else outcome
    if shape <= _LIKELY or any(
        each.find(key, clause.text) for each in list_spoken(spoken) for key in ("allowed", "waived")
    ):
        return None
    return Refusal.MAYBE


def _choose_stricter(first: FoundRefusal | None, second: FoundRefusal | None) -> FoundRefusal | None:
    if first is None or second is None:
        return first or second
    return min(first, second, key=lambda found: _STRICTEST_FIRST.index(found.outcome))


def _judge(clause: Clause, language: Language) -> Refusal | None:
    outcome = _read_wish(clause.text, language) or _read_shape(clause, language)
    return None if outcome is None or language.find("waived", clause.text) else outcome


def _read_wish(text: str, language: Language) -> Refusal | None:
    refused = language.find("refused", text)
    if refused is None:
        if language.find("ask_first", text):
            return Refusal.ASK_FIRST
        return Refusal.UNNAMED if language.find("unnamed", text) else None
    if language.find("by_name", text) or _is_about_name(text, refused, language):
        return Refusal.UNNAMED
    return Refusal.ASK_FIRST if language.find("unless", text) else Refusal.REFUSED


def _is_about_name(text: str, refused: re.Match[str], language: Language) -> bool:
    """Whether it is the name that is refused: "my name" stands in it, right before it or right after it."""
    name = language.find("own_name", text)
    return name is not None and name.end() >= refused.start() - 1 and name.start() <= refused.end() + 1


def _read_shape(clause: Clause, language: Language) -> Refusal | None:
    has_shape = language.find("shape", clause.text) or _may_be_a_wish(clause, language)
    return Refusal.MAYBE if has_shape and not language.find("allowed", clause.text) else None


def _may_be_a_wish(clause: Clause, language: Language) -> bool:
    """A short clause that limits something about publishing and tells no story."""
    text = clause.text
    is_about_publishing = (
        text.count(" ") < clause.longest_wish and language.find("topic", text) and language.find("limit", text)
    )
    return bool(is_about_publishing) and language.find("narrated", text) is None
