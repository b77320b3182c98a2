"""Which answers a digest quotes, and what becomes of the others. Pure: rows as values in, values out."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from adapters.contract.capabilities import Capabilities
from bot.digest.model import Passage
from bot.quotes import (
    SAID_IN_REPLY,
    Barrier,
    Edition,
    QuotingFacts,
    find_barrier,
    find_current_consent,
    find_own_words,
    find_uncounted,
    find_wish,
    gives_away,
    group_answers,
    wants_no_name,
)
from storage.replies.current import ConsentEntry, CurrentReply, CurrentVerdict
from storage.states import UNDECIDED, ConsentState, ReplyState, VerdictValue

_LATEST = 2**63
"""The place in the ledger of what was not entered yet: last."""
_RANK = {VerdictValue.KEEP: 0, VerdictValue.MAYBE: 1}


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One reply of an answer, with what bars it (in the private, in the public edition) and the consent to it.

    wants_no_name: its author is not to be named. was_asked: its author was asked about these words. is_whole: its
    platform allows no part of it. between: (start, end) of its words between the counters of a thread, None for all.
    """

    reply: CurrentReply
    barriers: Mapping[Edition, Barrier | None]
    consent: ConsentEntry | None
    wants_no_name: bool = False
    was_asked: bool = False
    is_whole: bool = False
    between: tuple[int, int] | None = None

    @property
    def told_consent(self) -> str:
        """What stands in the ledger, as people are told it; "" for nothing."""
        if self.wants_no_name and (self.consent is None or self.consent.state is ConsentState.GRANTED):
            return ConsentState.GRANTED_ANONYMOUSLY if self.consent else ConsentState.UNNAMED
        return self.consent.state if self.consent else ""

    @property
    def is_undecided(self) -> bool:
        """Whether its author was not asked, and said nothing but what they wish."""
        return not self.was_asked and (self.consent is None or self.consent.state in UNDECIDED)


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
    """Every answer is in exactly one of these for one edition; the usable ones best first.

    ranked_out: those that might be quoted, and are not worth reading by the estimate.
    """

    usable: tuple[Answer, ...]
    set_aside: tuple[Answer, ...]
    barred: tuple[tuple[Answer, Barrier], ...]
    unjudged: tuple[Answer, ...]
    ranked_out: tuple[Answer, ...]


# ---------------------------------------------------------------- answers


def find_barriers(
    replies: Sequence[CurrentReply],
    ledgers: Mapping[int, Sequence[ConsentEntry]],
    capabilities: Mapping[str, Capabilities],
    quoted_revisions: Mapping[int, int] | None = None,
    noted: Container[int] = (),
) -> list[AnswerPart]:
    """What bars each reply. Give all replies of their authors to the question: a wish can stand in any of them.

    quoted_revisions: by reply id, where consent is wanted for another revision than the newest. noted: revisions whose
    wishes stand in the ledger, so that their words need not be read.
    """
    wanted = {reply.id: reply.revision_id for reply in replies} | dict(quoted_revisions or {})
    spoken = {
        reply.id: ledgers.get(reply.id, ())
        if reply.revision_id in noted
        else _add_wish(reply, ledgers.get(reply.id, ()))
        for reply in replies
    }
    refused = {reply.author_id for reply in replies if _is_refused(_find_consent(spoken[reply.id], wanted[reply.id]))}
    wishes = _list_wishes(replies, spoken)
    parts = []
    for reply in replies:
        ledger = _join_wishes(spoken[reply.id], wishes[reply.author_id])
        consent = _find_consent(ledger, wanted[reply.id])
        unnamed = wants_no_name([(entry.revision_id, entry.state) for entry in ledger])
        facts = _gather_facts(reply, consent, unnamed=unnamed, refused_elsewhere=reply.author_id in refused)
        if quoted_revisions is not None:  # what was compiled once stands until it is known to be gone
            facts = replace(facts, unreached=False)
        barriers = {edition: find_barrier(facts, capabilities.get(reply.platform), edition) for edition in Edition}
        was_asked = any(each.state is ConsentState.ASKED and each.revision_id == wanted[reply.id] for each in ledger)
        known = capabilities.get(reply.platform)
        is_whole = known is not None and known.whole_posts_only
        parts.append(AnswerPart(reply, barriers, consent, unnamed, was_asked, is_whole))
    return parts


def _add_wish(reply: CurrentReply, ledger: Sequence[ConsentEntry]) -> Sequence[ConsentEntry]:
    """A reply's ledger, with what it wishes itself where the filter has not noted that yet."""
    wish = find_wish(reply.text)
    if wish is None or any(
        _is_wish(each) and (each.revision_id, each.state) == (reply.revision_id, wish) for each in ledger
    ):
        return ledger
    return [*ledger, ConsentEntry(reply.revision_id, wish, "", id=_LATEST, proof=SAID_IN_REPLY)]


def _is_wish(entry: ConsentEntry) -> bool:
    return entry.proof == SAID_IN_REPLY


def _list_wishes(
    replies: Iterable[CurrentReply], ledgers: Mapping[int, Sequence[ConsentEntry]]
) -> Mapping[int, Sequence[ConsentEntry]]:
    """By author: what they wish in any of these replies, and what an editor found to be no refusal."""
    wishes: dict[int, list[ConsentEntry]] = defaultdict(list)
    for reply in replies:
        wishes[reply.author_id] += (
            entry for entry in ledgers[reply.id] if _is_wish(entry) or entry.state is ConsentState.CLEARED
        )
    return wishes


def _join_wishes(ledger: Sequence[ConsentEntry], wishes: Sequence[ConsentEntry]) -> Sequence[ConsentEntry]:
    """A reply's ledger with all wishes of its author, in the order in which they were entered."""
    others = [entry for entry in wishes if entry not in ledger]
    return sorted([*ledger, *others], key=lambda entry: entry.id) if others else ledger


def _find_consent(ledger: Sequence[ConsentEntry], revision_id: int) -> ConsentEntry | None:
    current = find_current_consent([(entry.revision_id, entry.state) for entry in ledger], revision_id)
    return None if current is None else ledger[current[0]]


def _is_refused(consent: ConsentEntry | None) -> bool:
    return consent is not None and consent.state is ConsentState.REFUSED


def _gather_facts(
    reply: CurrentReply, consent: ConsentEntry | None, *, unnamed: bool, refused_elsewhere: bool
) -> QuotingFacts:
    return QuotingFacts(
        state=reply.state,
        consent=None if consent is None else consent.state,
        labels=frozenset(reply.labels),
        opted_out=reply.opted_out,
        do_not_quote=reply.do_not_quote,
        asked_out=_is_refused(consent) and consent is not None and _is_wish(consent),
        refused_elsewhere=refused_elsewhere,
        has_foreign_words=bool(reply.foreign),
        unreached=reply.unknown_at is not None,
        is_public=reply.is_public,
        is_under_notice=reply.is_under_notice,
        is_asked=reply.is_asked,
        unnamed=unnamed,
        is_linked=bool(reply.link),
        names_itself=unnamed and _names_author(reply),
    )


def _names_author(reply: CurrentReply) -> bool:
    """Whether what would be quoted of a reply says who wrote it."""
    start, end = reply.chosen or (0, None)
    entered = reply.given.name if reply.given else ""
    return gives_away((reply.text or "")[start:end], (reply.display_name, reply.handle, entered))


def form_answers(parts: Iterable[AnswerPart], verdicts: Mapping[int, CurrentVerdict]) -> list[Answer]:
    """Chained replies as one answer. verdicts: the current one by revision id."""
    by_reply = {part.reply.id: part for part in parts}
    chains = group_answers(part.reply for part in by_reply.values())
    return [
        Answer(_find_words([by_reply[reply.id] for reply in chain]), _choose_verdict(chain, verdicts))
        for chain in chains
    ]


def _find_words(parts: Sequence[AnswerPart]) -> tuple[AnswerPart, ...]:
    """The parts with where their words stand between counters such as `1/3`."""
    if len(parts) == 1:
        return tuple(parts)
    words = find_uncounted([part.reply.text for part in parts])
    return tuple(
        part if part.is_whole or span == (0, len(part.reply.text or "")) else replace(part, between=span)
        for part, span in zip(parts, words, strict=True)
    )


def _choose_verdict(chain: Sequence[CurrentReply], verdicts: Mapping[int, CurrentVerdict]) -> CurrentVerdict | None:
    """An editor's on any part stands (the last one given), else that on the first part that has one."""
    found = [verdicts[reply.revision_id] for reply in chain if reply.revision_id in verdicts]
    by_editor = [verdict for verdict in found if verdict.editor is not None]
    if by_editor:
        return max(by_editor, key=lambda verdict: (verdict.judged_at, verdict.id))
    return found[0] if found else None


def sort_answers(answers: Iterable[Answer], edition: Edition) -> Sorted:
    """What may be quoted in `edition` and is worth reading, best first, and what is not."""
    usable, aside, barred, unjudged, ranked_out = [], [], [], [], []
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
        elif not answer.verdict.quotable:
            ranked_out.append(answer)
        else:
            usable.append(answer)
    return Sorted(
        tuple(sorted(usable, key=rank_answer)), tuple(aside), tuple(barred), tuple(unjudged), tuple(ranked_out)
    )


def _find_common_barrier(answer: Answer, edition: Edition) -> Barrier | None:
    """Why nothing of an answer may be quoted; None where any part may."""
    if quotable_passages(answer, edition):
        return None
    return next((barrier for part in answer.parts if (barrier := part.barriers[edition])), Barrier.PARTLY_FOREIGN)


def rank_answer(answer: Answer) -> tuple[bool, int, float, datetime, str, str]:
    """An editor's keeps first, then by verdict and rank; equals by when and where they were written."""
    verdict, reply = answer.verdict, answer.parts[0].reply
    assert verdict is not None
    return not is_kept(answer), _RANK[verdict.value], -verdict.score, reply.posted_at, reply.platform, reply.remote_id


def is_kept(answer: Answer) -> bool:
    """Whether an editor kept it."""
    return (
        answer.verdict is not None and answer.verdict.editor is not None and answer.verdict.value is VerdictValue.KEEP
    )


# ---------------------------------------------------------------- quotes


def quotable_passages(answer: Answer, edition: Edition) -> tuple[Passage, ...]:
    """The author's own words in every part that may be quoted: whole replies."""
    return tuple(passage for part in answer.parts if part.barriers[edition] is None for passage in read_passages(part))


def read_passages(part: AnswerPart) -> list[Passage]:
    """A reply as spans: all of it but for what its author quoted of others, and the counter of its thread."""
    reply = part.reply
    foreign = [(start, end) for start, end in reply.foreign]
    if part.between is not None:
        foreign += [(0, part.between[0]), (part.between[1], len(reply.text or ""))]
    return [
        Passage(reply.id, span.revision_id, span.start, span.end, reply.link, reply.posted_at, undated=reply.is_undated)
        for span in find_own_words(reply.revision_id, reply.text, foreign)
    ]
