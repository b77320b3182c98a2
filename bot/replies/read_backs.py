"""What the authors of read-backs answer: it becomes leave, words that may be printed instead, a no, or an editor's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from adapters.contract.reading import Audience, Reply
from adapters.mail.signature import read_signature
from bot.context import Context
from bot.questions.content import Content
from bot.quotes.read_back.answer import AnsweringText, HeardAnswer, ReadBackAnswer, read_answer, read_own_lines
from bot.quotes.read_back.joining import find_token, hash_token
from bot.quotes.read_back.letter import CHECK, LEAVE, ReadBackLetter, Wants
from bot.steps import report_question
from bot.words import find_language
from storage.engine import Session
from storage.models import Question, ReadBack, Revision
from storage.read_backs import SOURCE, ReadBackSubject, find_by_message, find_by_token, load_subject
from storage.replies import consents, ingest, replies, requests
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import GRANTS, REFUSALS, ConsentState, Origin

_MOST_OF_A_CREDIT, _MOST_OF_A_PIECE = 16, 5
"""Words."""
_BETWEEN = re.compile(r"\b(?:at|bei|chez|of|and|und|et|y)\b", re.IGNORECASE)
"""What stands between a role and a firm."""


@dataclass(frozen=True, slots=True)
class HeardReadBack:
    """What was heard. read_back_id, reply_id: about which; answer: one of `ReadBackAnswer`. added: the reply that
    became of an answer to the follow-up, or of changed words; None for none. is_credit: that answer is who they are,
    which an editor enters.
    """

    read_back_id: int
    reply_id: int
    answer: str
    added: int | None = None
    is_credit: bool = False


def compose_letter(row: ReadBack, subject: ReadBackSubject, name: str) -> ReadBackLetter:
    """The letter of a read-back, in the language of the answer where that is spoken here. name: our outlet's."""
    content, revision = Content.model_validate(subject.content), subject.revision
    is_spoken = revision.language and find_language(revision.language) == revision.language[:2].lower()
    return ReadBackLetter(
        wants=_read_wants(row.wants),
        name=subject.author.display_name if row.credit else "",
        question=content.text,
        outlet="" if content.hide_outlet else content.outlet or name,
        passage=(revision.text or "")[row.start : row.end],
        credit=row.credit,
        follow_up=row.follow_up,
        language=revision.language if is_spoken else content.language,
        no_link=content.link == "none",
    )


def _read_wants(stored: str) -> Wants:
    return CHECK if stored == CHECK else LEAVE


# ---------------------------------------------------------------- hearing


async def hear_read_backs(context: Context, session: Session, came: Sequence[Reply]) -> list[Reply]:
    """Take those of what came that answer a read-back; answers the others."""
    return [each for each in came if await hear_read_back(context, session, each) is None]


async def hear_read_back(context: Context, session: Session, mail: Reply | ReplyRow) -> HeardReadBack | None:
    """Take a mail that answers a read-back, once; None where it answers none, and is what it seems.

    From another address than was asked, an editor reads it: a letter can be passed on.
    """
    row = await find_read_back(session, mail)
    if row is None:
        return None
    key = sha256(str(mail.extra.get("message_id") or mail.remote_id).encode()).hexdigest()[:16]
    if key in row.heard:
        return HeardReadBack(row.id, row.reply_id, row.answer)
    row.heard = [*row.heard, key]
    subject = await load_subject(session, row.revision_id)
    heard = await _hear(context, session, row, subject, mail)
    await _tell(context, session, subject.question, heard, key)
    return heard


async def find_read_back(session: Session, mail: Reply | ReplyRow) -> ReadBack | None:
    """Which one a mail answers: by the token of the address that it went to, then by the mails that it answers, then by
    the token of its subject. Its `extra` has them as `token`, `answered` and `subject`.
    """
    token = str(mail.extra.get("token", ""))
    if token and (found := await find_by_token(session, hash_token(token))) is not None:
        return found
    answered = str(mail.extra.get("answered", "")).split()
    if answered and (found := await find_by_message(session, answered)) is not None:
        return found
    marked = find_token(str(mail.extra.get("subject", "")))
    return await find_by_token(session, hash_token(marked)) if marked else None


async def _hear(
    context: Context, session: Session, row: ReadBack, subject: ReadBackSubject, mail: Reply | ReplyRow
) -> HeardReadBack:
    letter, now = compose_letter(row, subject, context.name).text, context.now()
    heard = _read(row, letter, f"{subject.author.display_name} {mail.author.display_name}", mail)
    proof = f"read-back {row.id}, mail {mail.extra.get('message_id') or mail.remote_id}"
    before = [state for _, state in await requests.load_ledger(session, row.reply_id)]
    for state in _list_states(row, heard, before):
        await consents.add_consent(session, [row.revision_id], state, now, wording=letter, proof=proof)
    is_credit = bool(heard.follow_up) and is_only_credit(heard.follow_up, subject.author.display_name)
    words = heard.changed or ("" if is_credit else heard.follow_up)
    added = await _add_reply(session, row.id, subject, words, at=mail.posted_at, now=now) if words else None
    if added is not None:
        state = ConsentState.GRANTED if row.credit else ConsentState.GRANTED_ANONYMOUSLY
        await consents.add_consent(session, [added.id], state, now, wording=letter, proof=proof)
    row.answered_at, row.answer = now, heard.answer.value
    said = heard.follow_up if is_credit else "" if heard.answer is ReadBackAnswer.YES else heard.own
    row.said = "\n\n".join(dict.fromkeys(filter(None, (row.said, said))))  # a second mail does not hide the first
    return HeardReadBack(row.id, row.reply_id, row.answer, added.reply_id if added else None, is_credit=is_credit)


def _read(row: ReadBack, letter: str, name: str, mail: Reply | ReplyRow) -> HeardAnswer:
    came = AnsweringText(mail.text or "", mail.foreign, mail.original or "")
    if mail.author.remote_id.casefold() != row.address.casefold():
        return HeardAnswer(ReadBackAnswer.UNCLEAR, "\n".join(read_own_lines(came, letter)).strip())
    return read_answer(came, letter, _read_wants(row.wants), name=name, asks_more=bool(row.follow_up))


def is_only_credit(said: str, name: str) -> bool:
    """Whether an answer is nothing but name, role and firm: that is printed beside words, and is no words to print.

    name: of its author. Every piece between commas, lines and the like is one of them, as in the signature of a mail;
    of what could be a sentence nothing is.
    """
    words = said.strip().rstrip(".")
    if len(words.split()) > _MOST_OF_A_CREDIT or re.search(r"[.!?…;:]\s", words):
        return False
    found = read_signature(words, name)
    named = set(found.get("name", "").casefold().split())
    if named and not named & set(name.casefold().split()):
        return False
    known = [each for key, each in found.items() if key != "page"]
    left = words
    for each in sorted(known, key=len, reverse=True):
        left = left.replace(each, "", 1)
    firm = found.get("firm", "")
    is_short = all(len(each.split()) <= _MOST_OF_A_PIECE for each in known) and firm[:1] == firm[:1].upper()
    return bool(known) and is_short and not any(letter.isalnum() for letter in _BETWEEN.sub(" ", left))


def _list_states(row: ReadBack, heard: HeardAnswer, before: Sequence[ConsentState]) -> list[ConsentState]:
    """What the ledger of the passage is to say. What is no plain answer holds it until an editor has looked."""
    if heard.wish in REFUSALS or (heard.answer is ReadBackAnswer.NO and row.wants == LEAVE):
        last = next((state for state in reversed(before) if state in (*GRANTS, *REFUSALS)), None)
        return [ConsentState.WITHDRAWN if last in GRANTS else ConsentState.REFUSED]
    wishes = [] if heard.wish is None else [heard.wish]
    if heard.answer is ReadBackAnswer.YES:
        return [ConsentState.GRANTED if row.credit else ConsentState.GRANTED_ANONYMOUSLY]
    if heard.answer is ReadBackAnswer.CHANGED:
        return [*wishes, ConsentState.GRANTED_WITH_CHANGES]
    return [*wishes, ConsentState.HELD]


async def _add_reply(
    session: Session, id_: int, subject: ReadBackSubject, words: str, *, at: datetime, now: datetime
) -> Revision | None:
    """The wording of a reply of its own of that author; None for who had themselves erased."""
    reply, author, remote_id = subject.reply, subject.author, f"{SOURCE}-{id_}"
    added = ReplyRow(
        question_id=reply.question_id,
        platform=reply.platform,
        remote_id=remote_id,
        author=AuthorRow(
            author.remote_id,
            author.handle,
            author.display_name,
            author.link,
            tuple(author.labels),
            author.opted_out,
            tuple((kind, detail) for kind, detail in author.evidence),
            author.made_at,
        ),
        text=words,
        posted_at=at,
        origin=Origin.IMPORTED,
        audience=Audience.PRIVATE.value,
        source=SOURCE,
        source_id=str(id_),
    )
    await ingest.upsert_replies(session, [added], now)
    ids = (await replies.find_reply_ids(session, reply.platform, [remote_id])).get(remote_id, [])
    return next((revision for _, revision in await replies.load_known(session, ids)), None)


_TOLD = {
    "yes": "its author said yes to the read-back",
    "changed": "its author gave other words, which may be printed instead",
    "no": "its author said no to the read-back",
    "unclear": "an answer to its read-back has to be read by you, and it is not quoted until then",
}


async def _tell(context: Context, session: Session, question: Question, heard: HeardReadBack, key: str) -> None:
    more = f"; reply {heard.added} is what they added" if heard.added else ""
    if heard.is_credit:
        more = f"; how they are to be credited stands beside it: enter it (pullquote credit {heard.reply_id} --role …)"
    message = f"reply {heard.reply_id} of {question.slug}: {_TOLD[heard.answer]}{more}"
    await report_question(session, question, SOURCE, f"{heard.read_back_id} {key}", message, now=context.now())
