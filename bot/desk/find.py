"""Finding what an editor names."""

from collections.abc import Sequence
from difflib import get_close_matches

from bot.desk.errors import DeskError
from bot.quotes import group_answers
from storage.engine import Session
from storage.models import Author, Question, Reply, Revision
from storage.questions import questions
from storage.replies import authors, replies

MOST_AUTHORS = 10
"""How many an error lists."""


async def find_question(session: Session, workspace: str, slug: str | None) -> Question:
    """The question `slug`, or with None the newest one. Raises DeskError with what there is."""
    known = [question for question, _ in await questions.list_questions(session, workspace)]
    if not known:
        raise DeskError(
            "there is no question yet: pullquote ask TEXT, pullquote adopt LINK, or [questions.NAME] in the config"
        )
    if slug is None:
        return known[-1]
    found = next((question for question in known if question.slug == slug), None)
    if found is None:
        slugs = [question.slug for question in known]
        near = get_close_matches(slug, slugs, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(slugs[-20:])}"
        raise DeskError(f"there is no question {slug!r}; {hint}")
    return found


async def find_reply(session: Session, reply_id: int, workspace: str | None = None) -> Reply:
    """A reply by its id, in one workspace where it is given. Raises DeskError."""
    reply = await session.get(Reply, reply_id)
    if reply is not None and workspace is not None:
        question = await session.get_one(Question, reply.question_id)
        reply = reply if question.workspace == workspace else None
    if reply is None:
        raise DeskError(f"there is no reply {reply_id}: `pullquote replies` lists them with their ids")
    return reply


async def find_answer(session: Session, reply_id: int, workspace: str | None = None) -> list[tuple[Reply, Revision]]:
    """All parts of the answer that a reply belongs to, each with its newest wording. Raises DeskError."""
    reply = await find_reply(session, reply_id, workspace)
    rows = await replies.load_replies(session, reply.question_id, author_id=reply.author_id)
    by_id = {part.id: (part, revision) for part, _, revision in rows}
    answers = group_answers(part for part, _, _ in rows)
    answer = next(parts for parts in answers if any(part.id == reply_id for part in parts))
    return [by_id[part.id] for part in answer]


async def find_author(session: Session, workspace: str, named: str) -> Author:
    """Whom an editor names: an id, a handle, PLATFORM:HANDLE, or a whole name. Raises DeskError with who there is."""
    found = await authors.find_authors(session, workspace, named)
    if len(found) > 1:
        raise DeskError(f"{named!r} is more than one author: {_list_authors(found)}; name one by its id")
    if not found:
        similar = await authors.find_similar(session, workspace, named.removeprefix("@"), MOST_AUTHORS)
        remedy = f"did you mean {_list_authors(similar)}?" if similar else "name one by handle, PLATFORM:HANDLE or id"
        raise DeskError(f"no author {named!r} has answered: {remedy}")
    return found[0]


def _list_authors(found: Sequence[Author]) -> str:
    return ", ".join(f"{each.id} ({each.platform}:{each.handle or each.display_name})" for each in found[:MOST_AUTHORS])
