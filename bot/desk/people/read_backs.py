"""Reading back: the exact passage, its credit and perhaps one question more, shown once to who said it.

By mail it is sent, where the config has a server and an editor the address; else the editor sends what is shown.
"""

from dataclasses import dataclass, replace

from bot.config.sections import check_address
from bot.context import Context
from bot.delivery.read_backs import can_mail, find_answering, send_due_read_backs
from bot.desk.answers.search import find_staying
from bot.desk.errors import DeskError, Sentence, refuse
from bot.desk.find import find_answer
from bot.digest.page.credits import find_gaps, write_follow_up
from bot.digest.page.phrases import load_phrases
from bot.digest.selection.quoting import QuotedQuestion, choose_passages, find_credit
from bot.digest.selection.select import Answer, AnswerPart
from bot.questions.content import Content
from bot.quotes import ASKABLE, Edition
from bot.quotes.read_back.joining import hash_token, make_token, name_message
from bot.quotes.read_back.letter import LEAVE, ReadBackLetter
from bot.replies.read_backs import compose_letter
from bot.words import FALLBACK, words
from bot.words.cleaning import clean_line
from storage.acts import acts
from storage.engine import Session
from storage.models import Author, ChosenPassage, ReadBack
from storage.read_backs import KnownReadBack, add_read_back, drop_void, list_read_backs, load_subject
from storage.replies import requests
from storage.replies.current import CurrentReply
from storage.replies.review import add_passage
from storage.states import OutgoingState

LONGEST_FOLLOW_UP = 400
"""Characters: one question, not a second interview."""


@dataclass(frozen=True, slots=True)
class ReadBackCard:
    """A read-back as it is sent. reply_id: the part that has the passage. address: "" where an editor sends it by hand;
    is_own: the one that the answer came from, else one that its author publishes. suggested: a question about what the
    credit lacks, "" for nothing. told: what became of it, "" before it is sent.
    """

    reply_id: int
    letter: ReadBackLetter
    address: str
    is_own: bool
    suggested: str
    told: str = ""


class AskedOnce(DeskError):
    """There is a read-back of these words already; what became of it is told with the days of each language."""

    def __init__(self, context: Context, standing: KnownReadBack) -> None:
        # now: its row is read no more once the session is over
        self.became = {language: _tell(context, standing, language) for language in (FALLBACK, "de")}
        super().__init__(self.tell(FALLBACK))

    def tell(self, language: str) -> str:
        """The same in a language that has words for it."""
        return refuse("asked_once", told=self.became.get(language, self.became[FALLBACK])).tell(language)


@dataclass(frozen=True, slots=True)
class ToldReadBack:
    """A read-back for an editor's eyes. sentence: how it stands; said: the answer, where they have to read it.
    can_be_shown: it never went out, or an editor sends it by hand and waits yet.
    """

    sentence: str
    said: str
    address: str
    is_own: bool
    can_be_shown: bool


async def prepare_read_back(
    context: Context, workspace: str, reply_id: int, *, follow_up: str = "", to: str = ""
) -> ReadBackCard:
    """What would be sent, and where; nothing is. Raises DeskError where its author cannot be asked, and says why."""
    async with context.store.read() as session:
        return (await _prepare(context, session, workspace, reply_id, follow_up=follow_up, to=to)).card


async def ask_read_back(
    context: Context, workspace: str, reply_id: int, *, follow_up: str = "", to: str = "", by: str
) -> ReadBackCard:
    """Send it, once; or note that the editor does, who gets it to be sent. Raises DeskError as above."""
    async with context.store.write() as session:
        ready = await _prepare(context, session, workspace, reply_id, follow_up=follow_up, to=to)
        card = ready.card
        if ready.standing is not None:  # sent by hand: shown once more
            return replace(card, told=_tell(context, ready.standing, "en"))
        for void in ready.void:
            await drop_void(session, void)
        if ready.passage is not None:
            await add_passage(session, ready.passage)
        token, now = make_token() if card.address else "", context.now()
        values = ready.values | {"by": by, "made_at": now, "asked_at": None if card.address else now}
        if token:
            domain = ready.answering.rpartition("@")[2]
            values |= {"token_hash": hash_token(token), "message_id": name_message(token, domain)}
        if await add_read_back(session, values, token, context.name) is None:
            raise refuse("asked_already")
        await acts.record_act(session, workspace, acts.READ_BACK, f"reply {card.reply_id}", by=by, now=now)
    if card.address:
        await send_due_read_backs(context)
    async with context.store.read() as session:
        known = (await list_read_backs(session, [card.reply_id]))[0]
    return replace(card, told=_tell(context, known, "en"))


async def tell_read_backs(context: Context, workspace: str, reply_id: int, language: str = "en") -> list[ToldReadBack]:
    """The read-backs of the answer that a reply belongs to, the newest first. Raises DeskError."""
    async with context.store.read() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
        known = await list_read_backs(session, [part.reply.id for part in answer.parts])
    return [
        ToldReadBack(
            sentence=_tell(context, each, language),
            said=each.row.said,
            address=each.row.address,
            is_own=each.row.is_own,
            can_be_shown=each.is_void or not (each.row.address or each.row.answered_at),
        )
        for each in known
    ]


def _tell(context: Context, known: KnownReadBack, language: str) -> str:
    """`asked 3 Dec 2026, not heard yet`: for an editor alone; it ranks nothing and is printed nowhere."""
    labels, row = words(language)["read_back"], known.row
    write_day = load_phrases(language, context.zone).write_day
    if row.answered_at is not None:
        return str(labels["answers"][row.answer].format(date=write_day(row.answered_at)))
    if known.sending is OutgoingState.FAILED:
        return str(labels["not_sent"].format(reason=known.reason))
    if known.sending is OutgoingState.UNCERTAIN:
        return str(labels["unclear_sent"])
    return str(labels["to_ask"] if row.asked_at is None else labels["asked"].format(date=write_day(row.asked_at)))


# ---------------------------------------------------------------- whether, what, and where


@dataclass(frozen=True, slots=True)
class _Ready:
    """values: the columns of `ReadBack`. passage: to be chosen with it, None where an editor chose it. standing: the
    one about this wording that an editor sends by hand; void: those that never went out. answering: the address at
    which answers arrive.
    """

    card: ReadBackCard
    values: dict[str, object]
    passage: ChosenPassage | None
    standing: KnownReadBack | None
    void: list[KnownReadBack]
    answering: str


async def _prepare(
    context: Context, session: Session, workspace: str, reply_id: int, *, follow_up: str, to: str
) -> _Ready:
    answer, _, question = await find_answer(context, session, [workspace], reply_id)
    content = Content.model_validate(question.content)
    part, start, end = _find_passage(context, answer, content)
    reply, barrier = part.reply, part.barriers[Edition.PUBLIC]
    if barrier is not None and barrier not in ASKABLE:
        raise refuse("not_asked", why=Sentence(f"face.review.barriers.{barrier}", {}))
    known = [each for each in await list_read_backs(session, [reply.id]) if each.row.revision_id == reply.revision_id]
    standing = next((each for each in known if not each.is_void), None)
    await _check_asked(context, session, reply, standing)
    subject = await load_subject(session, reply.revision_id)
    author = subject.author
    address, is_own = _choose_address(context, author, to)
    if find_staying(context, [part], "") and not find_own_address(author):
        raise refuse("words_stay")
    values: dict[str, object] = {
        "reply_id": reply.id,
        "revision_id": reply.revision_id,
        "start": start,
        "end": end,
        "wants": LEAVE if barrier is not None else content.read_back,
        "credit": _write_credit(answer),
        "follow_up": _read_follow_up(follow_up),
        "address": address,
        "is_own": is_own,
    }
    row = ReadBack(**values) if standing is None else standing.row
    letter = compose_letter(row, subject, context.name)
    suggested = write_follow_up(find_gaps(find_credit(answer.parts), reply.link), letter.language)
    card = ReadBackCard(reply.id, letter, address, is_own, suggested)
    is_chosen = reply.chosen is not None
    chosen = {"revision_id": reply.revision_id, "start": start, "end": end, "by": "", "at": context.now()}
    void = [each for each in known if each.is_void]
    answering = find_answering(context, content.accounts)
    return _Ready(card, values, None if is_chosen else ChosenPassage(**chosen), standing, void, answering)


def _find_passage(context: Context, answer: Answer, content: Content) -> tuple[AnswerPart, int, int]:
    """The words that an editor chose, else those that the digest would, in one go."""
    asked = QuotedQuestion(content.text, content.options, {}, context.capabilities)
    parts = [part for part in answer.parts if part.reply.chosen] or list(answer.parts)
    for part in parts:
        spans = [(each.start, each.end) for each in choose_passages(part, asked)] if part.reply.text else []
        if spans:
            return part, min(start for start, _ in spans), max(end for _, end in spans)
    raise refuse("nothing_to_read_back")


async def _check_asked(context: Context, session: Session, reply: CurrentReply, standing: KnownReadBack | None) -> None:
    """Raise DeskError where its author was asked, or is not to be."""
    if standing is not None and (standing.row.address or standing.row.answered_at is not None):
        raise AskedOnce(context, standing)
    if any(each.state is not OutgoingState.FAILED for each in await requests.list_requests(session, [reply.id])):
        raise refuse("asked_under")


def find_own_address(author: Author) -> str:
    """The address that a mail came from, which is its author's only name; "" where they wrote elsewhere."""
    try:
        return "" if author.handle else check_address(author.remote_id)
    except ValueError:
        return ""


def _choose_address(context: Context, author: Author, to: str) -> tuple[str, bool]:
    """Where it goes, "" for by hand; and whether that is the address that the answer came from."""
    own = find_own_address(author)
    if not to:
        return (own if can_mail(context) else ""), True
    try:
        address = check_address(to)
    except ValueError as error:
        raise refuse("bad_address", written=to, why=error) from None
    if not can_mail(context):
        raise refuse("no_sending_server")
    return address, address.casefold() == own.casefold()


def _read_follow_up(follow_up: str) -> str:
    line = clean_line(follow_up)
    if len(line) > LONGEST_FOLLOW_UP:
        raise refuse("follow_up_long", number=len(line), most=LONGEST_FOLLOW_UP)
    return line


def _write_credit(answer: Answer) -> str:
    """As it would be printed; "" for who is not named."""
    credit = find_credit(answer.parts)
    told = (clean_line(each) for each in (credit.name, credit.role, credit.organisation))
    return ", ".join(each for each in told if each) if credit.name else ""
