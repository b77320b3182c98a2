"""Two texts side by side: an answer and what a chat model answers, or two answers; what they share is marked."""

import re
from dataclasses import dataclass

from bot.context import Context
from bot.desk.answers.listing import read_answer
from bot.desk.asking.decoys import list_decoys
from bot.desk.errors import refuse
from bot.desk.find import pick_question
from bot.filter.rank.stems import stem_all
from bot.quotes import find_sentences

FEWEST_SHARED = 3
"""Words of its subject that a sentence shares before it is marked: two are in any two sentences about one thing."""
SHARED = 0.4
"""... and this share of the words of the shorter sentence."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the texts. author: "" for what a chat model answers. pieces: in order, and whether the other shares it."""

    reply: int
    author: str
    pieces: tuple[tuple[str, bool], ...]


async def lay_beside(context: Context, workspace: str, reply_id: int, other: int = 0) -> tuple[Side, Side]:
    """An answer beside another one, or beside the decoy that shares most with it. Raises DeskError."""
    author, text, slug = await _read(context, workspace, reply_id)
    if other:
        beside = await _read(context, workspace, other)
        return _compare((reply_id, author, text), (other, beside[0], beside[1]))
    question = await pick_question(context, workspace, slug)
    pairs = [_compare((reply_id, author, text), (0, "", decoy.text)) for decoy in await list_decoys(context, question)]
    if not pairs:
        raise refuse("no_decoys")
    return max(pairs, key=lambda pair: sum(is_shared for _, is_shared in pair[0].pieces))


async def _read(context: Context, workspace: str, reply_id: int) -> tuple[str, str, str]:
    """Author, text and question."""
    answer = await read_answer(context, workspace, reply_id)
    texts = [part.reply.text for part in answer.parts if part.reply.text]
    if not texts:
        raise refuse("no_words_here")
    return answer.reply.author, "\n\n".join(texts), answer.question


def _compare(left: tuple[int, str, str], right: tuple[int, str, str]) -> tuple[Side, Side]:
    here, there = _list_sentences(left[2]), _list_sentences(right[2])
    return Side(left[0], left[1], _mark(here, there)), Side(right[0], right[1], _mark(there, here))


def _list_sentences(text: str) -> list[tuple[str, frozenset[str]]]:
    """The sentences, with what stands behind them up to the next one, and the words of their subject."""
    starts = [start for start, _ in find_sentences(text)] or [0]
    pieces = [text[begin:end] for begin, end in zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True)]
    return [(piece, frozenset(stem_all(_WORD.findall(piece.lower())))) for piece in pieces]


def _mark(
    sentences: list[tuple[str, frozenset[str]]], others: list[tuple[str, frozenset[str]]]
) -> tuple[tuple[str, bool], ...]:
    return tuple((piece, any(_share_thought(said, other) for _, other in others)) for piece, said in sentences)


def _share_thought(said: frozenset[str], other: frozenset[str]) -> bool:
    common = len(said & other)
    return common >= FEWEST_SHARED and common >= SHARED * min(len(said), len(other))
