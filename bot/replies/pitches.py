"""How many mails a person may answer a question with: of one, the newest counts, and is another wording of the first.

More than were asked for are kept as replies of their own, and told. A mail is known by its id, whichever reply its
words stand in: `Revision.version` has it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.questions.content import Content
from bot.steps import report_question
from storage.engine import Session
from storage.models import PUBLIC
from storage.questions.questions import load_question
from storage.replies import ingest
from storage.replies.senders import StoredMail, find_mails, list_mails_of, note_newer_mail
from storage.replies.storable import ReplyRow

MAIL = "mail"
"""The network of mails, by mailbox or by file."""
REVISED = "revised_at"
"""In `Reply.extra`: when the mail was written that has the newest words."""
MOST_WORDINGS = 20
"""Newer mails of one person that become wordings in one go; those of a flood stay replies of their own."""


@dataclass(slots=True)
class FoldedMails:
    """Rows that answer one question. rows: to be stored; newer: to be stored behind them, in this order, each as the
    next wording of the reply that it names; known: mails that were taken before and have newer words by now; over: the
    ids of those mails that are more of a person than were asked for, which stand in `rows` too. allowed: how many were.
    """

    rows: list[ReplyRow] = field(default_factory=list)
    newer: list[ReplyRow] = field(default_factory=list)
    known: list[ReplyRow] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    allowed: int = 1

    @property
    def rounds(self) -> list[list[ReplyRow]]:
        """The newer ones, of each reply one a round: what is stored at once is one wording of each."""
        done: list[list[ReplyRow]] = []
        counts: Counter[str] = Counter()
        for row in self.newer:
            place = counts[row.remote_id]
            done.extend([] for _ in range(place + 1 - len(done)))
            done[place].append(row)
            counts[row.remote_id] += 1
        return done


async def store_replies(session: Session, rows: Sequence[ReplyRow], now: datetime) -> ingest.Ingested:
    """Store what came. Of who may send one mail the newer ones are wordings of the first; more than that are told."""
    folded = {
        question_id: await fold_mails(session, question_id, [row for row in rows if row.question_id == question_id])
        for question_id in dict.fromkeys(row.question_id for row in rows)
    }
    done = await ingest.upsert_replies(session, [row for each in folded.values() for row in each.rows], now)
    for question_id, each in folded.items():
        done.edited += await store_newer(session, question_id, each, now)
        if each.over:
            await _tell_over(session, question_id, each, now)
    return done


async def _tell_over(session: Session, question_id: int, folded: FoldedMails, now: datetime) -> None:
    question, _ = await load_question(session, question_id)
    message = (
        f"{len(folded.over)} mails to {question.slug} are more of one sender than the {folded.allowed} a person that "
        "were asked for: they are kept, each as an answer of its own"
    )
    await report_question(session, question, "pitches", f"{question_id} {folded.over[-1]}", message, now=now)


async def fold_mails(session: Session, question_id: int, rows: Sequence[ReplyRow]) -> FoldedMails:
    """What becomes of rows of one question, of which some are mails, in the order in which they were written."""
    mails = [row for row in rows if _is_mail(row)]
    done = FoldedMails([row for row in rows if not _is_mail(row)])
    if not mails:
        return done
    _, version = await load_question(session, question_id)
    done.allowed = Content.model_validate(version.content).pitches
    known = await find_mails(session, question_id, MAIL, [row.remote_id for row in mails])
    people: defaultdict[str, list[StoredMail]] = defaultdict(list)
    for held in await list_mails_of(session, question_id, MAIL, sorted({row.author.remote_id for row in mails})):
        people[held.address].append(held)
    for row in sorted(mails, key=lambda row: row.posted_at):
        if row.remote_id in known:
            _fold_known(done, row, known[row.remote_id])
        else:
            _fold_new(done, row, people[row.author.remote_id])
    return done


def _is_mail(row: ReplyRow) -> bool:
    """A mail with words; of a table that came by mail each row is what it is."""
    return row.platform == MAIL and row.audience != PUBLIC and row.text is not None


def _fold_known(done: FoldedMails, row: ReplyRow, name: str | None) -> None:
    """A mail that comes again, as where a server numbered its mails anew."""
    if name is None:
        done.known.append(row)
    elif name == row.remote_id:
        done.rows.append(row)
    else:
        done.newer.append(replace(row, remote_id=name, version=row.remote_id))


def _fold_new(done: FoldedMails, row: ReplyRow, before: list[StoredMail]) -> None:
    """before: the mails of that address until here."""
    same = [held for held in before if is_same_person(held, row)]
    first = _find_first(same, row) if done.allowed == 1 else None
    if first is not None and sum(each.remote_id == first.remote_id for each in done.newer) < MOST_WORDINGS:
        told = {**row.extra, REVISED: row.posted_at.isoformat()}
        done.newer.append(replace(row, remote_id=first.remote_id, version=row.remote_id, extra=told))
        before.remove(first)
        before.append(replace(first, told=told))
        return
    if len(before) >= done.allowed:
        done.over.append(row.remote_id)
    done.rows.append(row)
    before.append(StoredMail(row.remote_id, row.author.remote_id, row.posted_at, row.extra))


async def store_newer(session: Session, question_id: int, folded: FoldedMails, now: datetime) -> list[int]:
    """Add the next wordings, where what they are wordings of is stored; answers the ids of the replies, each time.

    What headers and signature of the newest mail say stands beside its words from now on.
    """
    edited: list[int] = []
    for some in folded.rounds:
        edited += (await ingest.upsert_replies(session, some, now)).edited
    for remote_id, told in {row.remote_id: row.extra for row in folded.newer if REVISED in row.extra}.items():
        await note_newer_mail(session, question_id, MAIL, remote_id, told)
    return edited


def is_same_person(held: StoredMail, row: ReplyRow) -> bool:
    """Whether a mail is of who wrote an earlier one from the same address: one sender can write for several people.

    What it is signed with must not be another name, and it must be proven as well: anybody can write an address into
    a mail, and would change what somebody said.
    """
    names = [set(each.get("signed_name", "").casefold().split()) for each in (held.told, row.extra)]
    is_proven = set(held.told.get("dkim", "").split()) <= set(row.extra.get("dkim", "").split())
    return is_proven and (names[0] <= names[1] or names[1] <= names[0])


def _find_first(same: Sequence[StoredMail], row: ReplyRow) -> StoredMail | None:
    """The latest of them, where it is no later than this one."""
    latest = max(same, key=_find_moment, default=None)
    return latest if latest is not None and _find_moment(latest) <= row.posted_at else None


def _find_moment(held: StoredMail) -> datetime:
    return datetime.fromisoformat(held.told[REVISED]) if REVISED in held.told else held.posted_at
