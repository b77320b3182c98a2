"""A question's slug: its identity, and part of file names."""

import re

from bot.desk.errors import DeskError
from bot.questions.content import SLUG
from storage.engine import Session
from storage.questions import questions

LONGEST_SLUG = 40


def slugify(text: str) -> str:
    """A slug from the first words of a text: `[a-z0-9-]`, at most 40 characters."""
    words = re.findall(r"[a-z0-9]+", text.casefold())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug or (words[0][:LONGEST_SLUG] if words else "question")


async def free_slug(session: Session, workspace: str, wanted: str) -> str:
    """`wanted`, or with a number where it is taken."""
    taken = {question.slug for question, _ in await questions.list_questions(session, workspace)}
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


async def check_slug(session: Session, workspace: str, slug: str) -> None:
    """Raise DeskError where a slug that somebody chose is none, or is taken."""
    if not SLUG.fullmatch(slug):
        raise DeskError(f"{slug!r} is no name for a question: use small letters, digits and hyphens, at most 64")
    if await questions.find_question(session, workspace, slug):
        raise DeskError(f"there is a question {slug!r} already: choose another --slug")
