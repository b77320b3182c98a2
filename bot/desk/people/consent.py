"""What an author decided, as an editor heard it; and whom the editor never quotes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.context import Context
from bot.desk.errors import DeskError, refuse
from bot.desk.find import find_answer, find_author
from bot.desk.people.decisions import DECISIONS
from bot.digest.rewrite import rewrite_stale
from bot.digest.selection.select import Answer
from bot.quotes import SAID_IN_REPLY, WHY_NOT, Barrier, Edition, explain_barriers, find_wish
from storage.acts import acts
from storage.engine import Session
from storage.read_backs import note_decided
from storage.replies import authors, consents
from storage.replies.current import CurrentReply
from storage.replies.review import JudgedReplies
from storage.states import GRANTS, REFUSALS, ConsentState

_NEEDING_PROOF = (Barrier.NO_QUOTE, Barrier.REFUSED, Barrier.WITHDRAWN, Barrier.HELD)
"""What a yes from hearsay does not lift."""


@dataclass(frozen=True, slots=True)
class RecordedConsent:
    """What was entered. replies: ids of the answer's parts. rewritten: files that had shown it. told: what is not
    done.

    why_not: what still keeps it from being quoted, "" for nothing. unnamed: its author is not named.
    """

    replies: tuple[int, ...]
    state: ConsentState
    rewritten: tuple[Path, ...]
    told: tuple[str, ...]
    why_not: str
    unnamed: bool


@dataclass(frozen=True, slots=True)
class DoNotQuoteMark:
    """Whose mark was set. changed: False where it was so already. rewritten: files that had shown them. told: as
    above.
    """

    author_id: int
    platform: str
    name: str
    changed: bool
    rewritten: tuple[Path, ...]
    told: tuple[str, ...] = ()


async def record_consent(
    context: Context,
    workspace: str,
    reply_id: int,
    decision: str,
    *,
    wording: str = "",
    proof: str = "",
    credit: str = "",
    by: str = "",
) -> RecordedConsent:
    """Enter one of `DECISIONS` for the whole answer that a reply belongs to. Raises DeskError.

    wording: what was asked or agreed; proof: where that can be seen; credit: how they want to be named; by: who looked,
    where it is no refusal. Who wants no name gets one only by their own words for it, with proof.
    """
    state = DECISIONS[decision]
    async with context.store.write() as session:
        answer, judged, _ = await find_answer(context, session, [workspace], reply_id)
        await _note_wishes(context, session, judged)
        if state is ConsentState.CLEARED:
            revisions, proof = _choose_held(reply_id, answer, judged), f"{by or 'an editor'} looked: no refusal"
        else:
            revisions = _choose_wordings(reply_id, state, [part.reply for part in answer.parts])
        if state in GRANTS:
            _check_yes(context, reply_id, answer, proof)
        if state is ConsentState.GRANTED and _is_unnamed(answer) and not (credit and proof):
            state = ConsentState.GRANTED_ANONYMOUSLY
        added = await consents.add_consent(
            session, revisions, state, context.now(), wording=wording, proof=proof, credit=credit
        )
        await note_decided(session, [part.reply.id for part in answer.parts], context.now())
        subject, entered = f"reply {reply_id}", {"consents": added}
        await acts.record_act(session, workspace, acts.DECIDED, subject, by=by, now=context.now(), added=entered)
    done = await rewrite_stale(context)
    async with context.store.read() as session:
        answer, _, _ = await find_answer(context, session, [workspace], reply_id)
    ids = tuple(part.reply.id for part in answer.parts)
    why_not = explain_barriers(answer.parts[0].barriers)
    return RecordedConsent(ids, state, done.paths, done.told, why_not, _is_unnamed(answer))


async def _note_wishes(context: Context, session: Session, judged: JudgedReplies) -> None:
    """What stands in the words comes before what is entered about them now."""
    found = {reply.revision_id: find_wish(reply.text) for reply in judged.replies.values()}
    wishes = {revision_id: wish for revision_id, wish in found.items() if wish is not None}
    await consents.note_wishes(session, wishes, SAID_IN_REPLY, context.now())


def _choose_held(reply_id: int, answer: Answer, judged: JudgedReplies) -> list[int]:
    """What of the same author may be a refusal of this answer too, in whatever reply it stands."""
    if all(part.consent is None or part.consent.state is not ConsentState.HELD for part in answer.parts):
        raise refuse("not_held", reply=reply_id)
    question_id = answer.parts[0].reply.question_id
    ledgers = [judged.ledgers[reply.id] for reply in judged.replies.values() if reply.question_id == question_id]
    noted = {entry.revision_id for ledger in ledgers for entry in ledger if entry.state is ConsentState.HELD}
    return sorted(noted | {part.consent.revision_id for part in answer.parts if part.consent is not None})


def _check_yes(context: Context, reply_id: int, answer: Answer, proof: str) -> None:
    """Raise DeskError where an editor's word for a yes is not enough, with what would be."""
    found = {part.barriers[Edition.PRIVATE] for part in answer.parts}
    barriers = [each for each in _NEEDING_PROOF if each in found]
    if not barriers:
        return
    why = WHY_NOT[barriers[0]]
    reply = answer.parts[0].reply
    known = context.capabilities.get(reply.platform)
    if known is not None and known.consent_first and barriers != [Barrier.HELD]:
        raise DeskError(
            f"nothing is entered for reply {reply_id}: {why}, and on {reply.platform} nobody else takes that back; "
            "they do it by a button, or in their own form"
        )
    if not proof.strip():
        raise DeskError(
            f"nothing is entered for reply {reply_id}: {why}. Only a yes with its proof lifts that: say where "
            "it can be seen (--proof), and in which words (--wording)"
        )


def _is_unnamed(answer: Answer) -> bool:
    return any(part.wants_no_name for part in answer.parts)


def _choose_wordings(reply_id: int, state: ConsentState, parts: Sequence[CurrentReply]) -> list[int]:
    """A yes is for words that are there; a no is for whatever there was."""
    if state in REFUSALS:
        return [part.revision_id for part in parts]
    there = [part.revision_id for part in parts if part.text is not None]
    if not there:
        raise refuse("nothing_to_agree", reply=reply_id)
    return there


async def mark_do_not_quote(
    context: Context, workspace: str, named: str, *, on: bool, reason: str = "", by: str = ""
) -> DoNotQuoteMark:
    """Put an author on the do-not-quote list or take them off; it reaches every digest. Raises DeskError."""
    async with context.store.write() as session:
        author = await find_author(session, workspace, named)
        changed = author.do_not_quote is not on
        if changed:
            now = context.now()
            await authors.set_do_not_quote(session, author, reason, now if on else None)
            await acts.record_act(session, workspace, acts.LISTED, f"author {author.id}", by=by, now=now)
    done = await rewrite_stale(context)
    name = author.display_name or author.handle
    return DoNotQuoteMark(author.id, author.platform, name, changed, done.paths, done.told)
