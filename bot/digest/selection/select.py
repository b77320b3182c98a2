"""Which answers a digest quotes, and what becomes of the others. Pure: rows as values in, values out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from adapters.contract.capabilities import Capabilities
from bot.digest.model import NotQuoted, Passage, SetAside
from bot.quotes import (
    Barrier,
    Edition,
    QuotingFacts,
    asks_not_to_be_quoted,
    find_barrier,
    find_current_consent,
    find_own_words,
    group_answers,
)
from storage.replies.current import ConsentEntry, CurrentReply, CurrentVerdict
from storage.states import ConsentState, ReplyState, VerdictValue

EXAMPLES = 3
_RANK = {VerdictValue.KEEP: 0, VerdictValue.MAYBE: 1}


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One reply of an answer, with what bars it (in the private, in the public edition) and the consent to it."""

    reply: CurrentReply
    barriers: Mapping[Edition, Barrier | None]
    consent: ConsentEntry | None

    @property
    def wants_no_name(self) -> bool:
        """Whether its author agreed to be quoted without one."""
        return self.consent is not None and self.consent.state is ConsentState.GRANTED_ANONYMOUSLY


@dataclass(frozen=True, slots=True)
class Answer:
    """The parts that one author chained, and the verdict on them: None where it was not judged yet."""

    parts: tuple[AnswerPart, ...]
    verdict: CurrentVerdict | None

    @property
    def id(self) -> int:
        """The id of its first reply."""
        return self.parts[0].reply.id


@dataclass(frozen=True, slots=True)
class Sorted:
    """Every answer is in exactly one of these for one edition; the usable ones best first."""

    usable: tuple[Answer, ...]
    set_aside: tuple[Answer, ...]
    barred: tuple[tuple[Answer, Barrier], ...]
    unjudged: tuple[Answer, ...]


# ---------------------------------------------------------------- answers


def find_barriers(
    replies: Sequence[CurrentReply],
    ledgers: Mapping[int, Sequence[ConsentEntry]],
    capabilities: Mapping[str, Capabilities],
    quoted_revisions: Mapping[int, int] | None = None,
) -> list[AnswerPart]:
    """What bars each reply. Give all replies of their authors to the question: `no quote` can stand in any of them.

    quoted_revisions: by reply id, where consent is wanted for another revision than the newest.
    """
    wanted = {reply.id: reply.revision_id for reply in replies} | dict(quoted_revisions or {})
    consents = {reply.id: _find_consent(ledgers.get(reply.id, ()), wanted[reply.id]) for reply in replies}
    asked_out = {reply.author_id for reply in replies if asks_not_to_be_quoted(reply.text)}
    refused = {reply.author_id for reply in replies if _is_refused(consents[reply.id])}
    parts = []
    for reply in replies:
        consent = consents[reply.id]
        facts = _gather_facts(reply, consent, asked_out, refused)
        if quoted_revisions is not None:  # what was compiled once stands until it is known to be gone
            facts = replace(facts, unreached=False)
        barriers = {edition: find_barrier(facts, capabilities.get(reply.platform), edition) for edition in Edition}
        parts.append(AnswerPart(reply, barriers, consent))
    return parts


def _find_consent(ledger: Sequence[ConsentEntry], revision_id: int) -> ConsentEntry | None:
    current = find_current_consent([(entry.revision_id, entry.state) for entry in ledger], revision_id)
    return None if current is None else ledger[current[0]]


def _is_refused(consent: ConsentEntry | None) -> bool:
    return consent is not None and consent.state is ConsentState.REFUSED


def _gather_facts(
    reply: CurrentReply, consent: ConsentEntry | None, asked_out: set[int], refused: set[int]
) -> QuotingFacts:
    return QuotingFacts(
        state=reply.state,
        consent=None if consent is None else consent.state,
        labels=frozenset(reply.labels),
        opted_out=reply.opted_out,
        do_not_quote=reply.do_not_quote,
        asked_out=reply.author_id in asked_out,
        refused_elsewhere=reply.author_id in refused,
        has_foreign_words=bool(reply.foreign),
        unreached=reply.unknown_at is not None,
        is_public=reply.is_public,
        is_under_notice=reply.is_under_notice,
        is_asked=reply.is_asked,
    )


def form_answers(parts: Iterable[AnswerPart], verdicts: Mapping[int, CurrentVerdict]) -> list[Answer]:
    """Chained replies as one answer. verdicts: the current one by revision id."""
    by_reply = {part.reply.id: part for part in parts}
    chains = group_answers(part.reply for part in by_reply.values())
    return [Answer(tuple(by_reply[reply.id] for reply in chain), _choose_verdict(chain, verdicts)) for chain in chains]


def _choose_verdict(chain: Sequence[CurrentReply], verdicts: Mapping[int, CurrentVerdict]) -> CurrentVerdict | None:
    """An editor's on any part stands (the last one given), else that on the first part that has one."""
    found = [verdicts[reply.revision_id] for reply in chain if reply.revision_id in verdicts]
    by_editor = [verdict for verdict in found if verdict.editor is not None]
    if by_editor:
        return max(by_editor, key=lambda verdict: (verdict.judged_at, verdict.id))
    return found[0] if found else None


def sort_answers(answers: Iterable[Answer], edition: Edition) -> Sorted:
    """What may be quoted in `edition`, best first, and what may not."""
    usable, aside, barred, unjudged = [], [], [], []
    for answer in answers:
        barrier = _find_common_barrier(answer, edition)
        if all(part.reply.state is ReplyState.DELETED for part in answer.parts):
            barred.append((answer, Barrier.DELETED))
        elif answer.verdict is not None and answer.verdict.value is VerdictValue.ASIDE:
            aside.append(answer)
        elif barrier is not None:
            barred.append((answer, barrier))
        elif answer.verdict is None:
            unjudged.append(answer)
        else:
            usable.append(answer)
    return Sorted(tuple(sorted(usable, key=_rank)), tuple(aside), tuple(barred), tuple(unjudged))


def _find_common_barrier(answer: Answer, edition: Edition) -> Barrier | None:
    """Why nothing of an answer may be quoted; None where any part may."""
    if quotable_passages(answer, edition):
        return None
    return next((barrier for part in answer.parts if (barrier := part.barriers[edition])), Barrier.PARTLY_FOREIGN)


def _rank(answer: Answer) -> tuple[bool, int, float, datetime, str, str]:
    """An editor's keeps first, then by verdict and score; equals by when and where they were written."""
    verdict, reply = answer.verdict, answer.parts[0].reply
    assert verdict is not None
    kept = verdict.editor is not None and verdict.value is VerdictValue.KEEP
    return not kept, _RANK[verdict.value], -verdict.score, reply.posted_at, reply.platform, reply.remote_id


# ---------------------------------------------------------------- quotes


def quotable_passages(answer: Answer, edition: Edition) -> tuple[Passage, ...]:
    """The author's own words in every part that may be quoted: whole replies."""
    return tuple(
        passage for part in answer.parts if part.barriers[edition] is None for passage in read_passages(part.reply)
    )


def read_passages(reply: CurrentReply) -> list[Passage]:
    """A reply as spans: all of it but for what its author quoted of others."""
    return [
        Passage(reply.id, span.revision_id, span.start, span.end, reply.link, reply.posted_at, undated=reply.is_undated)
        for span in find_own_words(reply.revision_id, reply.text, [(start, end) for start, end in reply.foreign])
    ]


# ---------------------------------------------------------------- the others


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
    """By barrier; with links to those that wait for their author's consent, so that the writer can ask."""
    counts = Counter(barrier for _, barrier in barred)
    links: tuple[str, ...] = ()
    if edition is Edition.PRIVATE:
        waiting = (answer.parts[0].reply.link for answer, barrier in barred if barrier is Barrier.WAITING)
        links = tuple(link for link in waiting if link)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(NotQuoted(barrier, count, links if barrier is Barrier.WAITING else ()) for barrier, count in ordered)
