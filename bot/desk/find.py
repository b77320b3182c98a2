"""Finding what an editor names."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from bot.context import Context
from bot.desk.errors import DeskError
from bot.digest.selection.select import Answer, AnswerPart, find_barriers
from bot.replies.unreviewed import list_judged_answers
from bot.words.cleaning import clean_line
from storage.engine import Session
from storage.models import Author, Question, Reply
from storage.questions import questions
from storage.replies import authors, replies
from storage.replies.current import load_author_replies, load_ledgers
from storage.replies.review import JudgedReplies, ReviewedQuestion, load_judged_replies

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


async def find_reply(session: Session, workspace: str, reply_id: int) -> Reply:
    """A reply of a workspace by its id. Raises DeskError."""
    found = await replies.find_reply(session, [workspace], reply_id)
    if found is None:
        raise _no_reply(reply_id)
    return found[0]


def _no_reply(reply_id: int) -> DeskError:
    return DeskError(f"there is no reply {reply_id}: `pullquote replies` lists them with their ids")


async def find_answer(
    context: Context, session: Session, workspaces: Sequence[str], reply_id: int
) -> tuple[Answer, JudgedReplies, ReviewedQuestion]:
    """The answer that a reply of these workspaces belongs to, all that its author said, and the question.

    Raises DeskError.
    """
    judged = await load_judged_replies(session, workspaces, reply_id)
    if reply_id not in judged.replies:
        raise _no_reply(reply_id)
    question_id = judged.replies[reply_id].question_id
    answers = list_judged_answers(judged, question_id, context.capabilities)
    answer = next(each for each in answers if any(part.reply.id == reply_id for part in each.parts))
    return answer, judged, judged.questions[question_id]


async def load_parts(context: Context, session: Session, reply_ids: Collection[int]) -> list[AnswerPart]:
    """These replies, and whatever else their authors said to the same questions, each with what bars it."""
    heard = await load_author_replies(session, reply_ids)
    return find_barriers(heard, await load_ledgers(session, heard), context.capabilities)


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
    names = (clean_line(f"{each.platform}:{each.handle or each.display_name}") for each in found[:MOST_AUTHORS])
    return ", ".join(f"{each.id} ({name})" for each, name in zip(found, names, strict=False))
