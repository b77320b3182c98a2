"""Finding what an editor names."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from bot.context import Context
from bot.desk.errors import DeskError, Sentence, refuse
from bot.digest.selection.select import Answer, AnswerPart, find_barriers
from bot.replies.unreviewed import list_judged_answers
from bot.words.cleaning import clean_line, shorten
from storage.digests import printed
from storage.engine import Session
from storage.models import Author, Question, Reply
from storage.questions import questions
from storage.replies import authors, replies
from storage.replies.current import load_author_replies, load_ledgers
from storage.replies.review import JudgedReplies, ReviewedQuestion, load_judged_replies
from storage.states import TOMBSTONES

MOST_AUTHORS = 10
MOST_CHOICES = 10
"""How many an error lists."""
LONGEST_START = 50
"""Characters of an answer by which an error lets it be known."""
LONGEST_NUMBER = 18
"""Digits of an id: the database holds 64 bits."""


async def find_question(session: Session, workspace: str, slug: str | None) -> Question:
    """The question `slug`, or with None the newest one. Raises DeskError with what there is."""
    known = [question for question, _ in await questions.list_questions(session, workspace)]
    if not known:
        raise refuse("no_question_yet")
    if slug is None:
        return known[-1]
    found = next((question for question in known if question.slug == slug), None)
    if found is None:
        slugs = [question.slug for question in known]
        near = get_close_matches(slug, slugs, n=1)
        meant = Sentence("refused.meant", {"name": near[0] if near else ""})
        hint = meant if near else Sentence("refused.there_are", {"names": ", ".join(slugs[-20:])})
        raise refuse("no_question", slug=slug, hint=hint)
    return found


async def pick_question(context: Context, workspace: str, slug: str | None) -> Question:
    """The same for a face, which has no session."""
    async with context.store.read() as session:
        return await find_question(session, workspace, slug)


async def find_reply(session: Session, workspace: str, reply_id: int) -> Reply:
    """A reply of a workspace by its id. Raises DeskError."""
    found = await replies.find_reply(session, [workspace], reply_id)
    if found is None:
        raise _no_reply(reply_id)
    return found[0]


def _no_reply(named: object) -> DeskError:
    return refuse("no_reply", reply=shorten(str(named), 40))


async def name_reply(context: Context, workspace: str, named: str) -> int:
    """The id of the reply that an editor means: by its number, who said it, its link, or words of it.

    Raises DeskError, with the choices where it is several.
    """
    async with context.store.read() as session:
        return (await find_named(context, session, workspace, named))[0]


async def find_named(context: Context, session: Session, workspace: str, named: str) -> tuple[int, bool]:
    """The same, and whether `named` is words of it."""
    number = named.strip().removeprefix("#")
    if number.isdecimal():
        if len(number.lstrip("0")) > LONGEST_NUMBER:
            raise _no_reply(number)
        return (await find_reply(session, workspace, int(number))).id, False
    name = named.strip().removeprefix("@")
    people = await authors.find_authors(session, workspace, name) if name else []
    said = [] if people else await printed.find_replies(session, workspace, named)
    is_link = any(reply.link == named for reply in said)
    if name and not people and not is_link:
        people = await authors.find_similar(session, workspace, name, MOST_AUTHORS)
    if people or not said:
        return await _find_answer_of(context, session, workspace, people, named), False
    if len(said) > 1:
        there = ", ".join(str(reply.id) for reply in said)
        raise refuse("many_replies", named=named, numbers=there)
    return said[0].id, not is_link


async def _find_answer_of(
    context: Context, session: Session, workspace: str, people: Sequence[Author], named: str
) -> int:
    """The first part of the only answer that these people gave. Raises DeskError with the choices."""
    found = {
        reply_id: (slug, author)
        for author in people
        for reply_id, slug in (await replies.slugs_of_replies(session, workspace, author.id)).items()
    }
    left = dict(found)
    choices: list[tuple[int, str]] = []
    while left and len(choices) < MOST_CHOICES:
        first = min(left)
        slug, author = left[first]
        answer, _, _ = await find_answer(context, session, [workspace], first)
        for part in answer.parts:
            left.pop(part.reply.id, None)
        left.pop(first, None)
        if all(part.reply.state in TOMBSTONES for part in answer.parts):
            continue
        text = shorten(answer.parts[0].reply.text or "", LONGEST_START)
        choices.append(
            (answer.parts[0].reply.id, f"{clean_line(author.display_name or author.handle)} to {slug}: “{text}”")
        )
    if not choices:
        raise refuse("nobody_said", named=named)
    if len(choices) > 1:
        listed = "; ".join(f"{number} ({what})" for number, what in choices)
        number = len({author.id for _, author in found.values()})
        what = _count_people(number, named) if number > 1 else f"{named!r} is more than one answer"
        raise refuse("name_by_number", what=what, listed=listed)
    return choices[0][0]


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
        raise refuse("name_person_by_number", what=_count_people(len(found), named), listed=_list_authors(found))
    if not found:
        similar = await authors.find_similar(session, workspace, named.removeprefix("@"), MOST_AUTHORS)
        remedy = f"did you mean {_list_authors(similar)}?" if similar else "name one by handle, PLATFORM:HANDLE or id"
        raise refuse("no_author", named=named, remedy=remedy)
    return found[0]


def _count_people(number: int, named: str) -> str:
    """`two people are called Hanna`."""
    words = {2: "two", 3: "three", 4: "four", 5: "five"}
    return f"{words.get(number, number)} people are called {shorten(named.strip(), 40)}"


def _list_authors(found: Sequence[Author]) -> str:
    names = (clean_line(f"{each.platform}:{each.handle or each.display_name}") for each in found[:MOST_AUTHORS])
    return ", ".join(f"{each.id} ({name})" for each, name in zip(found, names, strict=False))
