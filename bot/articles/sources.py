"""Where quotations may come from: a few answers a quotation are looked up by its words and read, not all of them."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from bot.articles.answers import SourceAnswer, read_answers, read_answers_with
from bot.articles.candidates import SHORT, Candidates, choose_sources, list_words
from bot.articles.marks import is_dense
from bot.articles.naming import KnownPeople, Person
from bot.articles.naming.people import LETTERS
from bot.articles.nearest import find_nearest
from bot.articles.paragraphs import Paragraph
from bot.articles.quotation import Quotation
from storage.engine import Session
from storage.search.passages import find_people, find_saying, find_sharing
from storage.search.words import has_index

MOST = 24
"""Replies that are looked up for each quotation."""
_MOST_WORDS = 24
"""Of a run: the first ones."""
_STRETCH = 5
_GAP = re.compile(r"\w*\[[^\[\]]*\]\w*|…|\.(?: ?\.){2,}")
"""What a quotation has in place of the reply's words, and a word that is cut by it."""


async def find_sources(
    session: Session, workspace: str, quotations: Sequence[Quotation], article: Sequence[Paragraph]
) -> tuple[dict[int, SourceAnswer], KnownPeople]:
    """For each quotation, by its number, the answer that says it, or else one that says most of it; and of those who
    answered, all whom the article may name.
    """
    if not await has_index(session):
        return await _read_everything(session, workspace, quotations)
    ids = set()
    for quotation in quotations:
        ids.update(await find_saying(session, workspace, _list_runs(quotation), MOST))
    chosen = await _choose(session, workspace, quotations, ids)
    for list_ in (_list_stretches, _list_pieces):
        open_ = [each for each in quotations if not _is_likely(chosen.get(each.number), each)]
        for quotation in open_:
            ids.update(await find_sharing(session, workspace, list_(quotation), MOST))
        chosen |= await _choose(session, workspace, open_, ids) if open_ else {}
    return chosen, await _load_people(session, workspace, article)


async def _choose(
    session: Session, workspace: str, quotations: Sequence[Quotation], reply_ids: Collection[int]
) -> dict[int, SourceAnswer]:
    candidates = Candidates([list_words(quotation.text) for quotation in quotations])
    async for answer in read_answers_with(session, workspace, reply_ids):
        candidates.read(list_words(answer.text), answer)
    return choose_sources(quotations, candidates)


def _is_likely(answer: SourceAnswer | None, quotation: Quotation) -> bool:
    """Whether it says the quotation, or nearly that."""
    if answer is None:
        return False
    return answer.prove(quotation.readings) is not None or find_nearest(quotation.text, answer.own_text) is not None


async def _read_everything(
    session: Session, workspace: str, quotations: Sequence[Quotation]
) -> tuple[dict[int, SourceAnswer], KnownPeople]:
    candidates, people = Candidates([list_words(quotation.text) for quotation in quotations]), KnownPeople()
    async for answer in read_answers(session, workspace):
        candidates.read(list_words(answer.text), answer)
        people.add(answer.author)
    return choose_sources(quotations, candidates), people


# ---------------------------------------------------------------- what is looked up


def _list_runs(quotation: Quotation) -> list[str]:
    """What must stand in the reply as it is, if it says the quotation."""
    text = min(quotation.readings, key=len)
    runs = (" ".join(run.split()[:_MOST_WORDS]) for run in _GAP.split(text))
    return [run for run in runs if LETTERS.search(run)]


def _list_stretches(quotation: Quotation) -> list[str]:
    """Five words each, side by side: where few words were changed, some of these were not."""
    words = [word for word in list_words(_GAP.sub(" ", quotation.text)) if not is_dense(word)]
    return [" ".join(words[at : at + _STRETCH]) for at in range(0, len(words), _STRETCH) if at + _STRETCH <= len(words)]


def _list_pieces(quotation: Quotation) -> Iterable[str]:
    """Two words each, and three letters of a script without spaces; of what is short, its words too."""
    words = list_words(_GAP.sub(" ", quotation.text))
    pieces = {
        f"{first} {second}": None for first, second in pairwise(words) if not (is_dense(first) or is_dense(second))
    }
    if len(words) < SHORT:
        pieces |= {word: None for word in words if not is_dense(word)}
    dense = "".join(word if is_dense(word) else " " for word in words)
    pieces |= {run[at : at + 3]: None for run in dense.split() for at in range(max(1, len(run) - 2))}
    return pieces


async def _load_people(session: Session, workspace: str, article: Sequence[Paragraph]) -> KnownPeople:
    """Each word of the article may be a name's: whoever has none of them is not named in it."""
    words: set[str] = set()
    for paragraph in article:
        for found in LETTERS.findall(paragraph.text):
            if any(map(is_dense, found)):
                words.update(found[at : at + 2] for at in range(len(found) - 1))
            else:
                words.add(found.casefold())
    return KnownPeople(
        Person(tuple(name for name in (name,) if name.strip()), handle)
        for name, handle in await find_people(session, workspace, words)
    )
