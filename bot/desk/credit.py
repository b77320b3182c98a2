"""Credit that can be completed: who lacks a full name, a role or a link, what to ask them, and what they answered."""

from dataclasses import dataclass

from bot.context import Context
from bot.desk.errors import DeskError
from bot.desk.found import find_reply
from bot.digest.block import list_answers
from bot.digest.cleaning import clean_line, cut_words
from bot.digest.gather import gather_material, gather_rounds
from bot.digest.select import Answer, sort_answers
from bot.questions import Content
from bot.quotes import Edition
from bot.words import words
from storage.credits import load_credits
from storage.models import CreditGiven, Question

LONGEST_START = 80


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
        given = await load_credits(session, [answer.id for answer in answers])
    asked = {answer.parts[0].reply.author_id: answer for answer in reversed(answers)}  # each author once, best answer
    found = []
    for answer in answers:
        missing = _find_missing(answer, given.get(answer.id))
        if missing and asked[answer.parts[0].reply.author_id] is answer:
            found.append(_describe(answer, missing, content))
    return found


def _find_missing(answer: Answer, given: CreditGiven | None) -> tuple[str, ...]:
    """What cannot be printed as it is: a name of one word, no role, no link to the author.

    A role is also what follows a comma, as the notice asks for it ("Say what you do").
    """
    reply = answer.parts[0].reply
    wanted = [part.consent.credit for part in answer.parts if part.consent is not None and part.consent.credit]
    said = clean_line(wanted[0] if wanted else reply.display_name or reply.handle)
    name, _, role = said.partition(",")
    name = (given.name if given else "") or name
    words_of_name = [word for word in name.split() if len(word.strip(".")) > 1]
    has = {
        "name": len(words_of_name) > 1,
        "role": bool((given and (given.role or given.organisation)) or role.strip()),
        "link": bool((given and given.link) or reply.author_link or reply.link),
    }
    return tuple(key for key, there in has.items() if not there)


def _describe(answer: Answer, missing: tuple[str, ...], content: Content) -> Uncredited:
    reply = answer.parts[0].reply
    name = clean_line(reply.display_name or reply.handle)
    options = "".join(f' --{key} "…"' for key in missing)
    return Uncredited(
        reply_id=reply.id,
        name=name,
        handle=clean_line(reply.handle),
        platform=reply.platform,
        link=reply.link,
        missing=missing,
        text=_write_request(answer, missing, content),
        command=f'pullquote credit {reply.id}{options} --said-by "…"',
    )


def _write_request(answer: Answer, missing: tuple[str, ...], content: Content) -> str:
    """In the question's language; without the outlet where it is to stay hidden."""
    reply, language = answer.parts[0].reply, words(content.language)
    said, joined = language["credit"], language["digest"]["and"]
    wanted = [said[key] for key in missing]
    line = clean_line(reply.text or "")
    start = cut_words(line, LONGEST_START)
    text: str = said["ask_hidden" if content.hide_outlet or not content.outlet else "ask"]
    return text.format(
        name=clean_line(reply.display_name or reply.handle),
        question=clean_line(content.text),
        start=start + ("…" if start != line else ""),
        outlet=content.outlet,
        missing=joined.join([", ".join(wanted[:-1]), wanted[-1]] if len(wanted) > 1 else wanted),
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
    said_by: str,
) -> CreditGiven:
    """Enter how the author of a reply is to be credited, and who said so; what is not given stays. Raises DeskError."""
    given = {"name": name, "role": role, "organisation": organisation, "link": link}
    if not any(value.strip() for value in given.values()):
        raise DeskError("say what is to be printed: --name, --role, --organisation or --link")
    if not said_by.strip():
        raise DeskError("say who said so: --said-by")
    async with context.store.write() as session:
        reply = await find_reply(session, reply_id, workspace)
        before = (await load_credits(session, [reply.id])).get(reply.id)
        values = {key: clean_line(value) or (getattr(before, key) if before else "") for key, value in given.items()}
        row = CreditGiven(reply_id=reply.id, said_by=clean_line(said_by), at=context.now(), **values)
        session.add(row)
    return row
