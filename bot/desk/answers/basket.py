"""The basket: what an editor keeps of a question, in their own order, to be copied into a text with its attribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from bot.context import Context
from bot.desk.answers.listing import OpenedAnswer, read_answer
from bot.desk.errors import Sentence, refuse
from bot.desk.find import find_question
from bot.digest.page.credits import find_gaps
from bot.replies.counting import count_anew
from bot.words import words
from bot.words.cleaning import clean, clean_line, safe_link
from storage.models import Question
from storage.search import shelves

if TYPE_CHECKING:
    from bot.digest.page.document import QuoteEntry

MOST_KEPT = 200
"""Answers that a basket shows."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage for a text, with who said it and where. attribution: "Ada Lovelace, engineer, Acme"."""

    passage: str
    attribution: str
    link: str
    language: str

    @property
    def plain(self) -> str:
        """As text, with the link in brackets."""
        return f"{self.quoted} – {self.attribution}" + (f" ({self.link})" if self.link else "")

    @property
    def quoted(self) -> str:
        """In the quotation marks of its language."""
        begin, end = words(self.language)["page"]["marks"]
        return f"{begin}{self.passage}{end}"

    @property
    def html(self) -> str:
        """For an editor that keeps what is formatted."""
        name = escape(self.attribution)
        said = f'<a href="{escape(self.link)}">{name}</a>' if self.link else name
        lines = "<br>".join(escape(line) for line in self.quoted.splitlines())
        return f"<p>{lines} – {said}</p>"

    @property
    def markdown(self) -> str:
        """CommonMark."""
        from bot.digest.formats.markdown import escape as escape_markdown  # with all of a digest's page

        name = escape_markdown(self.attribution)
        said = f"[{name}](<{self.link}>)" if self.link else name
        lines = "\n".join(f"> {escape_markdown(line)}" for line in self.quoted.splitlines())
        return f"{lines}\n>\n> – {said}"

    def make_entry(self) -> "QuoteEntry":
        """For the writers of a digest's files."""
        from bot.digest.page.document import Link, QuoteEntry

        at_source = words(self.language)["page"]["answers"]["at_source"]
        return QuoteEntry(
            parts=(self.quoted,),
            name=self.attribution,
            handle="",
            profile="",
            context="",
            sources=(Link(at_source, self.link),) if self.link else (),
            language=self.language,
            flags=(),
        )


def write_word_file(question: Question, cited: Sequence[Citation], at: datetime) -> bytes:
    """What is in a basket as DOCX, by what writes a digest's."""
    from bot.digest.formats.docx import write_quotes  # with all of a digest's page

    language = cited[0].language if cited else ""
    return write_quotes(question.slug.replace("-", " "), language, [each.make_entry() for each in cited], at)


@dataclass(frozen=True, slots=True)
class BasketItem:
    """One kept answer. citation: None where it may not be quoted, and `answer.why_not` says why.

    missing: of `name`, `role`, `link` what its attribution lacks: its author is asked when it is read back.
    """

    answer: OpenedAnswer
    citation: Citation | None
    missing: tuple[str, ...]


async def cite(context: Context, workspace: str, reply_id: int) -> Citation:
    """An answer as it is copied. Raises DeskError with the reason where it may not be quoted."""
    answer = await read_answer(context, workspace, reply_id)
    found = _cite(answer)
    if found is None:
        raise refuse("not_quotable", why=answer.told_why_not or Sentence("refused.no_words_here", {}))
    return found


def _cite(answer: OpenedAnswer) -> Citation | None:
    parts = [part for part in answer.parts if part.passages and part.reply.may_be_quoted]
    if not parts:
        return None
    spans = [(part, span) for part in parts for span in part.passages]
    passage = " […] ".join(clean((part.reply.text or "")[start:end]).strip() for part, (start, end) in spans)
    language = answer.language
    credit, unnamed = answer.credit, words(language)["digest"]
    if not credit.name:
        name = unnamed["name_unknown"] if credit.unknown else unnamed["anonymous"]
        return Citation(passage, name, "", language)
    told = (clean_line(each) for each in (credit.name, credit.role, credit.organisation))
    return Citation(passage, ", ".join(each for each in told if each), safe_link(parts[0].reply.link), language)


async def read_basket(context: Context, workspace: str, slug: str | None) -> tuple[Question, list[BasketItem]]:
    """What is kept of a question, in the editor's order. Raises DeskError."""
    await count_anew(context)
    async with context.store.read() as session:
        question = await find_question(session, workspace, slug)
        ids = await shelves.list_kept(session, question.id, MOST_KEPT)
    return question, [_describe(await read_answer(context, workspace, id_)) for id_ in ids]


def _describe(answer: OpenedAnswer) -> BasketItem:
    return BasketItem(answer, _cite(answer), find_gaps(answer.credit, answer.reply.link))


async def move_kept(context: Context, workspace: str, slug: str, reply_id: int, by: int) -> None:
    """Move a kept answer so many places down, up where `by` is below zero. Raises DeskError."""
    await count_anew(context)
    async with context.store.write() as session:
        question = await find_question(session, workspace, slug)
        ids = await shelves.list_kept(session, question.id, MOST_KEPT)
        if reply_id not in ids:
            raise refuse("not_kept")
        place = max(0, min(len(ids) - 1, ids.index(reply_id) + by))
        ids.remove(reply_id)
        ids.insert(place, reply_id)
        await shelves.set_places(session, ids, context.now())
