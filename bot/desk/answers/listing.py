"""The answers to one question on shelves, and one of them with its person: what an editor spends the day with."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.context import Context
from bot.desk.answers.found import FoundReply
from bot.desk.answers.search import explain_parts, find_staying, load_found, withhold
from bot.desk.errors import Sentence
from bot.desk.find import find_answer, find_question
from bot.desk.people.senders import MailPiece, SenderFact, describe_sender, divide_mails
from bot.digest.credit import Credit
from bot.digest.selection.quoting import QuotedQuestion, choose_passages, find_credit
from bot.digest.selection.select import Answer
from bot.questions.content import Content
from bot.quotes import Barrier, Edition
from bot.replies.counting import count_anew
from storage.digests import printed
from storage.models import Printing, SourceCheck
from storage.questions import questions
from storage.replies.credits import load_checks
from storage.search import shelves
from storage.search.shelves import Shelf, ShelfCounts

SHELF_PAGE = 20
"""Answers a page."""


@dataclass(frozen=True, slots=True)
class ShelvedAnswers:
    """A page of a shelf. question, text: its slug and its words. total: on all its pages. counts: of the question."""

    question: str
    text: str
    answers: tuple[FoundReply, ...]
    total: int
    page: int
    counts: ShelfCounts

    @property
    def pages(self) -> int:
        """How many pages the shelf has, one at least."""
        return max(1, -(-self.total // SHELF_PAGE))


@dataclass(frozen=True, slots=True)
class ReadPart:
    """One reply of an answer. passages: spans of its text that would be quoted; empty where its words are not shown."""

    reply: FoundReply
    passages: tuple[tuple[int, int], ...]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut at its passages, and whether each piece would be quoted."""
        text, pieces, at = self.reply.text or "", [], 0
        for start, end in self.passages:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
        return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]


@dataclass(frozen=True, slots=True)
class OpenedAnswer:
    """One answer for a look: its parts, and who gave it.

    why_not: what keeps it from being quoted, "" for nothing, told_why_not the same for any language; can_be_public: an
    editor may quote it as a public post. consent: what stands in the ledger. language: of its words. is_chosen: an
    editor chose the passage. used: where words of its author were printed; checks: how it is known who they are;
    sender: what a mail shows of that; mails: whole, where there is more in them than its author's words.
    """

    id: int
    question: str
    parts: tuple[ReadPart, ...]
    credit: Credit
    why_not: str
    told_why_not: Sentence | None
    can_be_public: bool
    consent: str
    language: str
    is_chosen: bool
    used: tuple[Printing, ...]
    checks: tuple[SourceCheck, ...]
    sender: tuple[SenderFact, ...] = ()
    mails: tuple[tuple[MailPiece, ...], ...] = ()

    @property
    def reply(self) -> FoundReply:
        """Its first reply, with the reasons of the verdict."""
        return self.parts[0].reply


async def list_answers(
    context: Context, workspace: str, slug: str | None, shelf: Shelf, *, words: str = "", page: int = 1
) -> ShelvedAnswers:
    """A page of a shelf, the best first; with words those that have them. Raises DeskError."""
    await count_anew(context)
    async with context.store.read() as session:
        question = await find_question(session, workspace, slug)
        counts = await shelves.count_shelves(session, question.id)
        ids, total = await shelves.find_shelved(
            session, question.id, shelf, counts, words=words, limit=SHELF_PAGE, offset=SHELF_PAGE * (page - 1)
        )
        found = await load_found(context, session, ids, {question.id: question.slug})
        _, version = await questions.load_question(session, question.id)
    text = Content.model_validate(version.content).text
    return ShelvedAnswers(question.slug, text, tuple(found), total, page, counts)


async def read_answer(context: Context, workspace: str, reply_id: int) -> OpenedAnswer:
    """The answer that a reply belongs to. Words that may not leave their network are not in it. Raises DeskError."""
    async with context.store.read() as session:
        answer, judged, question = await find_answer(context, session, [workspace], reply_id)
        described = await explain_parts(context, session, judged, question, answer.parts)
        author_id = answer.parts[0].reply.author_id
        used = [row for row, _ in await printed.load_printings(session, workspace, author_id)]
        checks = await load_checks(session, author_id)
        sender = await describe_sender(session, workspace, answer.id)
        mails = await divide_mails(session, [part.reply.id for part in answer.parts])
    staying = find_staying(context, answer.parts, "")
    barriers = [part.barriers[Edition.PUBLIC] for part in answer.parts]
    barred = None if None in barriers else next(each for each in described if each.why_not)
    return OpenedAnswer(
        id=answer.id,
        question=question.slug,
        parts=tuple(_list_parts(context, answer, described, staying, Content.model_validate(question.content))),
        credit=find_credit(answer.parts),
        why_not=barred.why_not if barred else "",
        told_why_not=barred.told_barrier if barred else None,
        can_be_public=Barrier.NOT_ASKED in barriers,
        consent=next((told for part in answer.parts if (told := part.told_consent)), ""),
        language=answer.parts[0].reply.language or str(question.content.get("language", "")),
        is_chosen=any(part.reply.chosen is not None for part in answer.parts),
        used=tuple(used),
        checks=tuple(checks),
        sender=sender,
        mails=mails,
    )


def _list_parts(
    context: Context, answer: Answer, described: Sequence[FoundReply], staying: set[int], content: Content
) -> list[ReadPart]:
    asked = QuotedQuestion(content.text, content.options, {}, context.capabilities)
    has_chosen = any(part.reply.chosen is not None for part in answer.parts)
    read = []
    for part, shown in zip(answer.parts, described, strict=True):
        if part.reply.id in staying:
            read.append(ReadPart(withhold(shown), ()))
        elif part.reply.text is None or (has_chosen and part.reply.chosen is None):
            read.append(ReadPart(shown, ()))
        else:
            spans = [(each.start, each.end) for each in choose_passages(part, asked)]
            read.append(ReadPart(shown, tuple(sorted(spans))))
    return read


async def note_look(context: Context, workspace: str, reply_id: int) -> None:
    """An editor has read an answer. Raises DeskError."""
    async with context.store.write() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
        await shelves.note_look(session, answer.id, context.now())
