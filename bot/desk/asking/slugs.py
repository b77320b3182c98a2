"""A question's slug: its identity, and part of file names."""

import re
import unicodedata

from bot.desk.errors import refuse
from bot.questions.content import SLUG
from storage.engine import Session
from storage.questions import questions

LONGEST_SLUG = 40
_NORTHERN = str.maketrans({"å": "aa", "ø": "oe"})
_SPELLINGS = {
    "de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"}),
    **dict.fromkeys(("da", "nb", "nn", "no"), _NORTHERN),
}
"""What a language writes for its letters where it has only ASCII, unless that is the bare letter."""


def slugify(text: str, language: str) -> str:
    """A slug from the first words of a text in any script: `[a-z0-9-]`, at most 40 characters."""
    spelling = _SPELLINGS.get(re.split("[-_]", language.casefold())[0], {})
    letters = unicodedata.normalize("NFC", text.casefold()).translate(spelling)
    words = re.findall(r"[a-z0-9]+", "".join(map(_romanise, letters)))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug or (words[0][:LONGEST_SLUG] if words else "question")


def _romanise(character: str) -> str:
    """A character in small ASCII; of a letter no more than letters, so that it parts no word (ь is `'`)."""
    from anyascii import anyascii

    roman = anyascii(character).casefold()
    return re.sub(r"[^a-z0-9]", "", roman) if character.isalpha() else roman


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
        raise refuse("no_slug", slug=slug)
    if await questions.find_question(session, workspace, slug):
        raise refuse("slug_taken", slug=slug)
