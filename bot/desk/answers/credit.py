"""Credit that can be completed: who lacks a full name, a role or a link, what to ask them, and what they answered."""

from dataclasses import dataclass

from bot.context import Context
from bot.desk.errors import refuse
from bot.desk.find import find_reply
from bot.digest.page.credits import find_gaps, write_command, write_request
from bot.digest.selection.block import list_answers
from bot.digest.selection.gather import gather_material, gather_rounds
from bot.digest.selection.quoting import find_credit
from bot.digest.selection.select import Answer, sort_answers
from bot.questions.content import Content
from bot.quotes import Edition
from bot.words.cleaning import clean_line
from storage.acts import acts
from storage.models import CreditGiven, Question
from storage.replies.credits import add_credit, load_credits


@dataclass(frozen=True, slots=True)
class Uncredited:
    """An answer whose attribution has gaps. missing: of `name`, `role`, `link`. text: to be sent to its author by hand.

    command: enters the answer.
    """

    reply_id: int
    name: str
    handle: str
    platform: str
    link: str
    missing: tuple[str, ...]
    text: str
    command: str


async def list_uncredited(context: Context, question: Question) -> list[Uncredited]:
    """Answers to a question that may be quoted, best first, and lack something; not who wants no name."""
    async with context.store.read() as session:
        slug, content, rounds = await gather_rounds(session, question.id)
        materials = await gather_material(session, question.id, slug, content, rounds)
        answers = [
            answer
            for material in materials
            for answer in sort_answers(list_answers(material, context.capabilities), Edition.PRIVATE).usable
            if not any(part.wants_no_name for part in answer.parts)
        ]
    asked = {answer.parts[0].reply.author_id: answer for answer in reversed(answers)}  # each author once, best answer
    found = []
    for answer in answers:
        described = _describe(answer, content) if asked[answer.parts[0].reply.author_id] is answer else None
        if described is not None:
            found.append(described)
    return found


def _describe(answer: Answer, content: Content) -> Uncredited | None:
    """None where nothing is missing."""
    reply, credit = answer.parts[0].reply, find_credit(answer.parts)
    gaps = find_gaps(credit, reply.link)
    if not gaps:
        return None
    name = clean_line(credit.name)
    return Uncredited(
        reply_id=reply.id,
        name=name,
        handle=clean_line(reply.handle),
        platform=reply.platform,
        link=reply.link,
        missing=gaps,
        text=write_request(
            name,
            reply.text or "",
            gaps,
            question=content.text,
            outlet="" if content.hide_outlet else content.outlet,
            language=content.language,
        ),
        command=write_command(reply.id, gaps),
    )


async def record_credit(
    context: Context,
    workspace: str,
    reply_id: int,
    *,
    name: str = "",
    role: str = "",
    organisation: str = "",
    link: str = "",
    rel_me: bool = False,
    said_by: str,
    by: str = "",
) -> CreditGiven:
    """Enter how the author of a reply is to be credited, and who said so; what is not given stays. Raises DeskError.

    rel_me: the page at `link` links back to the profile with rel="me", as an editor saw: evidence with today's date.
    """
    given = {"name": name, "role": role, "organisation": organisation, "link": link}
    if rel_me and not link.strip():
        raise refuse("no_rel_me")
    if not any(value.strip() for value in given.values()):
        raise refuse("no_credit")
    if not said_by.strip():
        raise refuse("no_said_by")
    async with context.store.write() as session:
        reply = await find_reply(session, workspace, reply_id)
        before = (await load_credits(session, [reply.id])).get(reply.id)
        values = {key: clean_line(value) or (getattr(before, key) if before else "") for key, value in given.items()}
        is_same_page = before is not None and before.rel_me and values["link"] == before.link
        row = CreditGiven(
            reply_id=reply.id,
            said_by=clean_line(said_by),
            at=context.now(),
            rel_me=rel_me or is_same_page,
            **values,
        )
        await add_credit(session, row)
        subject, entered = f"reply {reply.id}", {"credits_given": [row.id]}
        await acts.record_act(session, workspace, acts.CREDITED, subject, by=by, now=row.at, added=entered)
    return row
