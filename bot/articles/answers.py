"""The answers of a workspace as sources of quotations."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from adapters.contract.capabilities import Capabilities
from bot.articles.naming import Person
from bot.digest.selection.select import AnswerPart, find_barriers
from bot.questions.content import Content
from bot.quotes import Fidelity, Proof, QuoteSource, SourceSpan, find_own_words, group_answers, prove_quote
from storage.digests.digests import question_ids
from storage.engine import Session
from storage.questions.questions import load_question
from storage.replies.current import CurrentReply, load_author_replies, load_current_replies, load_ledgers
from storage.search.counted import list_authors, load_said, load_verdicts
from storage.search.passages import load_parents


@dataclass(frozen=True)
class SourceAnswer:
    """One author's answer, as a source of quotations. question_text: its answers may repeat these words.
    parents: by remote id, who wrote what the parts reply to. is_given: it was brought for one check, and is stored
    nowhere.
    """

    replies: tuple[CurrentReply, ...]
    question_text: str
    parents: Mapping[str, int] = field(default_factory=dict)
    is_given: bool = False

    @property
    def id(self) -> int:
        """The id of its first reply."""
        return self.replies[0].id

    @property
    def text(self) -> str:
        """All its parts, a paragraph each."""
        return "\n\n".join(reply.text or "" for reply in self.replies)

    @property
    def own_text(self) -> str:
        """The same without what is not the author's own."""
        texts = (
            (reply.text or "")[span.start : span.end]
            for reply in self.replies
            for span in find_own_words(reply.revision_id, reply.text, self._find_foreign(reply))
        )
        return "\n\n".join(texts)

    @cached_property
    def source(self) -> QuoteSource:
        """The author's own words, for proofs."""
        return QuoteSource([reply.text or "" for reply in self.replies], [*map(self._find_foreign, self.replies)])

    def _find_foreign(self, reply: CurrentReply) -> list[tuple[int, int]]:
        """What its author quoted of others, and of the question."""
        quoted = [(int(start), int(end)) for start, end in reply.foreign]
        return [*quoted, *_find_all(self.question_text, reply.text or "")]

    def prove(self, readings: Iterable[str]) -> Proof | None:
        """That it says one of these readings, verbatim if it does; None where it says none."""
        proofs = (prove_quote(self.source, reading) for reading in readings)
        holding = [proof for proof in proofs if proof.holds]
        verbatim = (proof for proof in holding if proof.fidelity is Fidelity.VERBATIM)
        return next(verbatim, None) or next(iter(holding), None)

    def quoted(self, spans: Iterable[SourceSpan]) -> list[CurrentReply]:
        """The parts in which these spans lie."""
        return [self.replies[part] for part in sorted({span.part for span in spans})]

    def is_to_other(self, reply: CurrentReply) -> bool:
        """Whether a part replies to another participant."""
        parent = self.parents.get(reply.parent_remote_id or "")
        return parent is not None and parent != reply.author_id

    @property
    def author(self) -> Person:
        """Who said it, as the profile says."""
        reply = self.replies[0]
        return Person(tuple(name for name in (reply.display_name,) if name.strip()), reply.handle)


def _find_all(wanted: str, text: str) -> list[tuple[int, int]]:
    spans, at = [], text.find(wanted) if wanted.strip() else -1
    while at >= 0:
        spans.append((at, at + len(wanted)))
        at = text.find(wanted, at + len(wanted))
    return spans


async def read_answers(session: Session, workspace: str) -> AsyncIterator[SourceAnswer]:
    """Every answer to every question of a workspace, question by question."""
    for question_id in await question_ids(session, workspace):
        question_text = await _read_question(session, question_id)
        for answer in form_answers(await load_current_replies(session, question_id), question_text):
            yield answer


async def read_answers_with(
    session: Session, workspace: str, reply_ids: Collection[int]
) -> AsyncIterator[SourceAnswer]:
    """The answers of a workspace that these replies are parts of, in the same order."""
    authors = await list_authors(session, reply_ids)
    for question_id in await question_ids(session, workspace):
        if question_id in authors:
            said = await load_said(session, question_id, authors[question_id])
            parents = await load_parents(session, question_id, said)
            for answer in form_answers(said, await _read_question(session, question_id), parents):
                if any(reply.id in reply_ids for reply in answer.replies):
                    yield answer


async def reread_answers(session: Session, answers: Collection[SourceAnswer]) -> dict[int, SourceAnswer]:
    """These answers as they are stored now, by id."""
    stored = await load_author_replies(session, [reply.id for answer in answers for reply in answer.replies])
    by_question: dict[int, list[CurrentReply]] = {}
    for reply in stored:
        by_question.setdefault(reply.question_id, []).append(reply)
    parents = {answer.replies[0].question_id: answer.parents for answer in answers}
    question_text = {answer.replies[0].question_id: answer.question_text for answer in answers}
    return {
        answer.id: answer
        for question_id, replies in by_question.items()
        for answer in form_answers(replies, question_text[question_id], parents[question_id])
    }


def form_answers(
    replies: Collection[CurrentReply], question_text: str, parents: Mapping[str, int] | None = None
) -> list[SourceAnswer]:
    """Replies to one question as answers."""
    known = {reply.remote_id: reply.author_id for reply in replies} if parents is None else parents
    return [SourceAnswer(parts, question_text, known) for parts in group_answers(replies)]


async def _read_question(session: Session, question_id: int) -> str:
    _, version = await load_question(session, question_id)
    return Content.model_validate(version.content).text


async def load_permissions(
    session: Session, answers: Collection[SourceAnswer], capabilities: Mapping[str, Capabilities], rules_hash: str
) -> dict[int, AnswerPart]:
    """What bars each reply of these answers, and the consent to it, by reply id."""
    stored = await load_author_replies(session, [reply.id for answer in answers for reply in answer.replies])
    _, noted, _ = await load_verdicts(session, [reply.revision_id for reply in stored], rules_hash)
    # whether it could be read again is asked apart
    ledgers = await load_ledgers(session, stored)
    parts = find_barriers(stored, ledgers, capabilities, quoted_revisions={}, noted=noted)
    return {part.reply.id: part for part in parts}
