"""What becomes of the answers that a digest does not quote: counted by rule, and by what bars them. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.digest.model import NotQuoted, Passage, SetAside
from bot.digest.selection.select import Answer, quotable_passages
from bot.quotes import Barrier, Edition

EXAMPLES = 3
LOOK_AT_EACH = (Barrier.HELD, Barrier.FINDABLE, Barrier.NAMES_ITSELF)
"""What somebody has to look at, answer by answer."""
_ASK_THERE = (Barrier.WAITING, Barrier.ASK_FIRST)


def count_set_aside(answers: Sequence[Answer], edition: Edition) -> tuple[SetAside, ...]:
    """By the rule that weighed most, the most frequent first; examples for the private edition alone."""
    by_rule: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_rule[_name_rule(answer)].append(answer)
    ordered = sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(SetAside(rule, len(found), _find_examples(found, edition)) for rule, found in ordered)


def _name_rule(answer: Answer) -> str:
    verdict = answer.verdict
    assert verdict is not None
    if verdict.editor is not None:
        return "editor"
    against = [reason for reason in verdict.reasons if reason.get("weight", 0) < 0]
    return str(min(against, key=lambda reason: reason["weight"])["rule"]) if against else "low_score"


def _find_examples(answers: Sequence[Answer], edition: Edition) -> tuple[Passage, ...]:
    """The first passage of the first answers that may be shown to the writer."""
    if edition is Edition.PUBLIC:
        return ()
    shown: dict[str, Passage] = {}  # by their words: three copies are one example
    for answer in answers:
        passages = quotable_passages(answer, edition)
        if passages and len(shown) < EXAMPLES:
            words = next(part.reply.text or "" for part in answer.parts if part.reply.id == passages[0].reply_id)
            shown.setdefault(words[passages[0].start : passages[0].end], passages[0])
    return tuple(shown.values())


def count_barred(barred: Sequence[tuple[Answer, Barrier]], edition: Edition) -> tuple[NotQuoted, ...]:
    """By barrier; for the writer with links to those whose authors can be asked, unless they want no name, and with the
    ids of those that need a look.
    """
    by_barrier: dict[Barrier, list[Answer]] = defaultdict(list)
    for answer, barrier in barred:
        by_barrier[barrier].append(answer)
    ordered = sorted(by_barrier.items(), key=lambda item: (-len(item[1]), item[0]))
    if edition is Edition.PUBLIC:
        return tuple(NotQuoted(barrier, len(answers)) for barrier, answers in ordered)
    return tuple(
        NotQuoted(
            barrier,
            len(answers),
            links=tuple(_list_links(answers)) if barrier in _ASK_THERE else (),
            ids=tuple(answer.id for answer in answers) if barrier in LOOK_AT_EACH else (),
        )
        for barrier, answers in ordered
    )


def _list_links(answers: Iterable[Answer]) -> Iterator[str]:
    for answer in answers:
        link = answer.parts[0].reply.link
        if link and not any(part.wants_no_name for part in answer.parts):
            yield link
