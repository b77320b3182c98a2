"""After print: where a quote was used, and what became of its source since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.context import Context
from bot.desk.errors import refuse
from bot.desk.find import find_named, load_parts
from bot.digest import load_selection
from bot.digest.fill import list_revisions
from bot.digest.selection.select import AnswerPart
from bot.questions.content import Content
from bot.quotes import Barrier, Edition, Fidelity, QuoteSource, prove_quote
from bot.words import words
from bot.words.cleaning import clean_line, safe_link
from storage.acts import acts
from storage.digests import outgoings, printed
from storage.digests.digests import all_digests
from storage.engine import Session
from storage.models import Author, Printing
from storage.questions import questions
from storage.replies.current import CurrentReply

WHAT_TO_DO = {
    Barrier.DELETED: "its author deleted it: take it out or say so under the text; you can ask them why",
    Barrier.WITHDRAWN: "its author has withdrawn the leave: take it out, and tell them when it is done",
    Barrier.REFUSED: "its author refused: take it out, and tell them when it is done",
    Barrier.NO_QUOTE: "its author asked not to be quoted: take it out, and tell them when it is done",
    Barrier.OPTED_OUT: "its author's profile asks by now not to be quoted: ask them",
    Barrier.DO_NOT_QUOTE: "its author is on your do-not-quote list: decide whether it can stay",
    Barrier.HIDDEN: "it is hidden where it was written: look why",
    Barrier.BLOCKED: "its author is blocked by now: look why",
    Barrier.LABEL: "its author's profile asks by now not to be shown in public: ask them",
    Barrier.WAITING: "its author has not agreed: ask them",
    Barrier.NOT_ASKED: "its author was not told that it may be quoted: ask them, or quote it as a public post",
    Barrier.PURGED: "its words were purged here: what was printed can no longer be checked",
    Barrier.UNREADABLE: "its words can no longer be read: what was printed can no longer be checked",
    Barrier.HELD: "it may be a refusal: look",
    Barrier.ASK_FIRST: "its author wanted to be asked first: ask them",
    Barrier.FINDABLE: "its author wants no name, and a search finds these words: ask them, or report it in your words",
    Barrier.NAMES_ITSELF: "its author wants no name, and these words give it away: take them out",
    Barrier.UNREACHED: "it could not be read again where it was written: look again later",
    Barrier.PARTLY_FOREIGN: "it quotes somebody else: look again",
}
CARRYING = ("mail", "digest")
"""Kinds of what goes out that carry digests."""
EDITED = "edited"
EDITED_TO_DO = "its author changed the words since: say so under the text, or print them as they read now"


@dataclass(frozen=True, slots=True)
class Used:
    """What was entered. thanks: to be posted under the reply by hand. barrier: what forbids it, "" for nothing."""

    reply_id: int
    link: str
    new: bool
    fidelity: str
    consent: str
    thanks: str
    barrier: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A printed passage. what: how its source is not as it was, a barrier or `edited`; "" where it is."""

    reply_id: int
    author: str
    link: str
    url: str
    title: str
    printed_at: datetime
    passage_hash: str
    what: str
    to_do: str


async def record_use(
    context: Context, workspace: str, named: str, url: str, *, title: str = "", quote: str = "", by: str = ""
) -> Used:
    """Note that a reply was printed at `url`. Raises DeskError.

    named: its id, who said it, its link, or words of it. quote: what was printed of it, where it was not all.
    """
    if not safe_link(url):
        raise refuse("no_address", url=url)
    async with context.store.write() as session:
        reply_id, is_words = await find_named(context, session, workspace, named)
        part = (await _load_parts(context, session, [reply_id]))[reply_id]
        printing = _prove_printing(part, quote or (named if is_words else ""))
        printing.url, printing.title = url, clean_line(title)
        printing.by, printing.at = by, context.now()
        new = await printed.record_printing(session, printing)
        if new is not None:
            subject, entered = f"reply {reply_id}", {"printings": [new]}
            await acts.record_act(session, workspace, acts.USED, subject, by=by, now=printing.at, added=entered)
        _, version = await questions.load_question(session, part.reply.question_id)
    return Used(
        reply_id=part.reply.id,
        link=safe_link(part.reply.link),
        new=new is not None,
        fidelity=printing.fidelity,
        consent=printing.consent,
        thanks=_thank(part.reply, Content.model_validate(version.content), url, title),
        barrier=str(part.barriers[Edition.PUBLIC] or ""),
    )


def _prove_printing(part: AnswerPart, quote: str) -> Printing:
    """What was printed of a reply, all of it without `quote`. Raises DeskError where it does not say that."""
    heard = part.reply
    if heard.text is None:
        raise refuse("words_gone", reply=heard.id, state=heard.state)
    proof = prove_quote(QuoteSource([heard.text], [[(start, end) for start, end in heard.foreign]]), quote)
    if quote and not proof.holds:
        raise refuse("does_not_say", reply=heard.id, quote=quote)
    return Printing(
        reply_id=heard.id,
        revision_id=heard.revision_id,
        start=min((span.start for span in proof.spans), default=0),
        end=max((span.end for span in proof.spans), default=len(heard.text)),
        passage_hash=sha256((quote or heard.text).encode()).hexdigest(),
        link=heard.link,
        fidelity=str(proof.fidelity if quote else Fidelity.VERBATIM),
        consent=_name_consent(part),
    )


def _thank(reply: CurrentReply, content: Content, url: str, title: str) -> str:
    template: str = words(content.language)["printed"]["thanks_titled" if title else "thanks"]
    # pasted under a post or into a mail: a line break in a name would begin a line, or a header, of a stranger's making
    return template.format(name=clean_line(reply.display_name or reply.handle), url=url, title=clean_line(title))


async def _load_parts(context: Context, session: Session, reply_ids: Sequence[int]) -> dict[int, AnswerPart]:
    """These replies as they are now, by id, with what bars them."""
    return {part.reply.id: part for part in await load_parts(context, session, reply_ids)}


def _name_consent(part: AnswerPart) -> str:
    """The leave there is: that of the ledger, the public post under our notice, or none (what bars it)."""
    if part.consent is not None:
        return str(part.consent.state)
    return str(part.barriers[Edition.PUBLIC] or "public_notice")


async def list_withdrawn(context: Context, workspace: str) -> list[Withdrawn]:
    """What was printed and has lost its source or its leave, or reads otherwise by now; oldest first."""
    return [each for each in await list_printed(context, workspace) if each.what]


async def list_printed(context: Context, workspace: str) -> list[Withdrawn]:
    """All that was printed, oldest first."""
    async with context.store.read() as session:
        rows = await printed.load_printings(session, workspace)
        parts = await _load_parts(context, session, sorted({printing.reply_id for printing, _ in rows}))
    return [_describe(printing, author, _find_change(printing, parts[printing.reply_id])) for printing, author in rows]


def _find_change(printing: Printing, part: AnswerPart) -> str:
    barrier = part.barriers[Edition.PUBLIC]
    if barrier not in (None, Barrier.WAITING, Barrier.NOT_ASKED):
        return str(barrier)
    if part.reply.revision_id != printing.revision_id:
        return EDITED
    return str(barrier or "")


def _describe(printing: Printing, author: Author, what: str) -> Withdrawn:
    return Withdrawn(
        reply_id=printing.reply_id,
        author=author.display_name or author.handle,
        link=printing.link,
        url=printing.url,
        title=printing.title,
        printed_at=printing.at,
        passage_hash=printing.passage_hash,
        what=what,
        to_do=EDITED_TO_DO if what == EDITED else WHAT_TO_DO[Barrier(what)] if what else "",
    )


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A mail, or a digest in a channel, with quotes which have lost their source or their leave since."""

    place: str
    digests: tuple[str, ...]
    sent_at: datetime | None
    reply_ids: tuple[int, ...]
    to_do: str


async def list_given_away(context: Context, workspace: str) -> list[GivenAway]:
    """Digests that were mailed or put into a channel and quote what may no longer be quoted, oldest first."""
    async with context.store.read() as session:
        mails = [each for kind in CARRYING for each in await outgoings.list_sent(session, kind)]
        digests = {row.id: row for row in await all_digests(session) if row.workspace == workspace}
        held = {mail.id: [digests[id_] for id_ in mail.payload["digests"] if id_ in digests] for mail in mails}
        quoted = {row.id: list_revisions(load_selection(row)) for rows in held.values() for row in rows}
        parts = await _load_parts(context, session, sorted({id_ for revisions in quoted.values() for id_ in revisions}))
    found = []
    for mail in mails:
        lost = sorted({id_ for row in held[mail.id] for id_ in _find_lost(quoted[row.id], Edition(row.edition), parts)})
        if lost:
            periods = tuple(dict.fromkeys(row.period for row in held[mail.id]))
            ids = ", ".join(map(str, lost))
            to_do = (
                f"the digest of {' and '.join(periods)} quoted replies that were taken back or changed since ({ids}): "
            )
            to_do += "ask the recipient not to use them; the files here are rewritten"
            found.append(GivenAway(mail.place, periods, mail.sent_at or mail.intent_at, tuple(lost), to_do))
    return found


def _find_lost(quoted: Mapping[int, int], edition: Edition, parts: Mapping[int, AnswerPart]) -> list[int]:
    return [
        reply_id
        for reply_id, revision_id in quoted.items()
        if (part := parts.get(reply_id)) is None
        or part.barriers[edition] is not None
        or part.reply.revision_id != revision_id
    ]
