"""What an answer has in common with earlier ones to other questions of the same workspace.

It lowers the rank and sets nothing aside: the same words may answer two questions, and an editor sees where they stood.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.filter.compare.pieces import AT_ONCE, cut, flatten, measure_jaccard
from bot.filter.compare.printed import MIN_GRAMS, Print, PrintIndex, list_prints, sign_prints
from bot.filter.compare.prints import GRAM, hash_text
from bot.filter.compare.statements import find_claim, find_exchanges, say_different_things
from bot.filter.compare.thread import Thread
from bot.filter.hints.elsewhere import find_hint, make_all_prints
from bot.filter.rules.text import Prepared, prepare
from bot.filter.values import Candidate, Elsewhere, JudgedQuestion, Likeness, Nearby, PrintedText, Reason

LONG = 80  # pieces
SIMILAR, SIMILAR_SHORT = 0.6, 0.8  # Jaccard from which texts are the same, of long ones and of short ones

WEIGHTS = {
    "copy_elsewhere": -1.5,
    "copy_elsewhere.own": -0.8,  # the author's own words once more
    "alike_elsewhere": -0.7,
    "alike_gram": -0.3,
}
_RULES = {
    Likeness.COPY: "copy_elsewhere",
    Likeness.FRAME: "alike_elsewhere",
    Likeness.GRAM: "alike_gram",
}


@dataclass(frozen=True, slots=True)
class AskedThread:
    """One of several questions whose answers are given together. name: as reasons name it."""

    name: str
    asked: JudgedQuestion
    candidates: Sequence[Candidate]


def compare_threads(threads: Sequence[AskedThread]) -> list[list[Candidate]]:
    """The candidates of each thread with what they share with earlier ones of the others, in the same order."""
    if len({thread.name for thread in threads}) < 2:
        return [list(thread.candidates) for thread in threads]
    printed = [list(_print(thread)) for thread in threads]
    holders: dict[Print, list[PrintedText]] = defaultdict(list)
    for one in printed:
        for text, prints in one:
            for each in prints:
                holders[each].append(text)
    index = PrintIndex({each: texts for each, texts in holders.items() if len({text.question for text in texts}) > 1})
    return [
        [
            replace(candidate, elsewhere=confirm(thread.asked, text.text, candidate.author, index.find(text, prints)))
            for candidate, (text, prints) in zip(thread.candidates, one, strict=True)
        ]
        for thread, one in zip(threads, printed, strict=True)
    ]


def _print(thread: AskedThread) -> Iterator[tuple[PrintedText, list[Print]]]:
    for start in range(0, len(thread.candidates), AT_ONCE):
        some = thread.candidates[start : start + AT_ONCE]
        for each, prints in zip(some, make_all_prints([prepare(each.texts) for each in some]), strict=True):
            text = "\n".join(each.texts)
            signed = sign_prints(list_prints(prints), each.author, imported=each.profile.imported)
            yield PrintedText(thread.name, each.id, each.id, each.author, each.at, text), signed


def confirm(asked: JudgedQuestion, text: str, author: str | None, near: Iterable[Nearby]) -> tuple[Elsewhere, ...]:
    """What is near a text indeed, the most that two share alone: a copy has the same frame and runs of words."""
    near = tuple(near)
    if not near:
        return ()
    found: list[Elsewhere] = []
    reply = prepare((text,))
    for each in near:
        own = author is not None and author == each.source.author
        source = each.source
        one = Elsewhere(each.kind, source.question, source.reply, own, source.at, each.authors, author=source.author)
        if each.kind not in _RULES:
            found += find_hint(one, reply, source)
        elif each.kind not in {other.kind for other in found} and _holds(asked, reply, each):
            found.append(one)
    return pick_heaviest(found)


def pick_heaviest(found: Iterable[Elsewhere]) -> tuple[Elsewhere, ...]:
    """The most that any part of an answer shares, of equals the first; and all that hints."""
    ordered = sorted(found, key=lambda each: list(Likeness).index(each.kind))
    heaviest = [each for each in ordered if each.kind in _RULES][:1]
    return (*heaviest, *(each for each in ordered if each.kind not in _RULES))


def _holds(asked: JudgedQuestion, reply: Prepared, near: Nearby) -> bool:
    if near.kind is Likeness.COPY:
        return _are_same(reply, prepare((near.source.text,)))
    if near.kind is Likeness.GRAM:  # what repeats the question is everybody's
        words = prepare((asked.text, *asked.options)).words
        asked_too = {hash_text(" ".join(words[start : start + GRAM])) for start in range(len(words) - GRAM + 1)}
        return len(set(near.grams) - asked_too) >= MIN_GRAMS
    return True


def _are_same(one: Prepared, other: Prepared) -> bool:
    here, there = cut((flatten(one.words),)).numbers, cut((flatten(other.words),)).numbers
    limit = SIMILAR if min(len(here), len(there)) >= LONG else SIMILAR_SHORT
    return measure_jaccard(here, there) >= limit and not _say_different_things(one, other)


def _say_different_things(one: Prepared, other: Prepared) -> bool:
    """As within a question; the options of another question say nothing here."""
    here, there = (find_claim(reply, JudgedQuestion("")) for reply in (one, other))
    return say_different_things(here, there, find_exchanges(here, there))


def compare_elsewhere(thread: Thread) -> Sequence[Sequence[Reason]]:
    """Terms for what an answer shares with earlier ones to other questions."""
    return [
        [describe_elsewhere(each, reply) for each in candidate.elsewhere if each.kind in _RULES]
        for candidate, reply in zip(thread.candidates, thread.replies, strict=True)
    ]


def describe_elsewhere(found: Elsewhere, reply: Prepared) -> Reason:
    """A reason that names the other question and the other reply."""
    rule = _RULES[found.kind]
    weight = WEIGHTS[f"{rule}.own" if found.own and f"{rule}.own" in WEIGHTS else rule]
    return Reason(rule, weight, reply.whole(), f"{found.question} #{found.reply}")
