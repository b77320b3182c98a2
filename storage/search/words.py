"""Finding replies by words: those of the newest wording, and the names of who wrote it; the nearest first.

SQLite looks in two FTS5 indexes: words, and trigrams of texts in scripts without spaces. PostgreSQL looks in one of
tsvectors, where each letter of such a script is a word. A SQLite without FTS5 reads through all texts.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Float,
    Integer,
    Select,
    String,
    column,
    func,
    literal,
    select,
    table,
    text,
    true,
    union,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import FromClause

from storage.models import Author, CountedReply, Revision
from storage.search import GRAMS, WORDS
from storage.sql.bulk import is_sqlite
from storage.states import VerdictValue

DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
"""Letters of scripts without spaces, as the indexes know them."""
_HAS_DENSE = re.compile(f"[{DENSE}]")
_PIECE = re.compile(f"[{DENSE}]|(?:(?![{DENSE}])[^\\W_])+")
_HAS_LETTER = re.compile(r"[^\W_]")
_MARKS = re.compile(
    "[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f18-\u0f39\u0f71-\u0fbc"
    "\u102b-\u103e\u1056-\u1060\u17b4-\u17d3\u17dd\u3099\u309a]"
)
GRAM = 3
"""Letters that the trigrams' index needs at least."""
VECTORS = table(WORDS, column("id"), column("words"))
"""PostgreSQL's index."""
_MOST_TERMS = 500
"""Trigrams that begin with one or two letters."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which replies. question_ids: the newest first. barrier: what forbids quoting, "" for nothing; None: whatever."""

    question_ids: Sequence[int]
    words: str = ""
    verdict: VerdictValue | None = None
    unjudged: bool = False
    ranked_out: bool = False
    barrier: str | None = None


async def find_replies(session: AsyncSession, wanted: Wanted, limit: int, offset: int = 0) -> tuple[list[int], int]:
    """Ids of replies, a page of them, and how many there are: with words those that say it best first, else the newest
    question first, best first within it.
    """
    conditions = _list_conditions(wanted)
    if not wanted.words.strip():
        return await _list_best(session, wanted.question_ids, conditions, limit, offset)
    arms = []
    for hits in await _list_hits(session, wanted.words):
        for of_whom, side in ((CountedReply.revision_id, hits.id > 0), (CountedReply.author_id, hits.id < 0)):
            # no plain column: by that SQLite would ask the index once for each row that it is joined to
            found = select(func.abs(hits.id).label("id"), hits.rank.label("rank")).where(hits.where, side).subquery()
            arms.append(
                select(CountedReply.reply_id, found.c.rank).join(found, found.c.id == of_whom).where(*conditions)
            )
    if not arms:
        return [], 0
    all_found = union_all(*arms).subquery()
    ranked = (
        select(all_found.c.reply_id, func.min(all_found.c.rank).label("rank")).group_by(all_found.c.reply_id).subquery()
    )
    page = select(ranked.c.reply_id, func.count().over()).order_by(ranked.c.rank, ranked.c.reply_id)
    rows = (await session.execute(page.limit(limit).offset(offset))).all()
    return [reply_id for reply_id, _ in rows], rows[0][1] if rows else 0


async def select_having(session: AsyncSession, question_id: int, words: str, most: int) -> CompoundSelect[int] | None:
    """Ids of replies to a question whose text or author has the words, of each the newest `most`; None for nothing.

    Nothing is ranked: that takes longer than all else, and a shelf has an order of its own.
    """
    arms = []
    for hits in await _list_hits(session, words):
        # from what was found, as far as is asked: SQLite would ask the index for each reply
        for is_theirs, side in (
            (CountedReply.revision_id == hits.id + 0, hits.id > 0),
            (CountedReply.author_id == -hits.id, hits.id < 0),
        ):
            newest = (
                select(CountedReply.reply_id)
                .select_from(hits.source)
                .join(CountedReply, is_theirs)
                .where(hits.where, side, CountedReply.question_id + 0 == question_id)
                .order_by(hits.id.desc())
                .limit(most)
                .subquery()
            )
            arms.append(select(newest.c.reply_id))
    return union(*arms) if arms else None


def _list_conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [CountedReply.question_id.in_(wanted.question_ids)]
    if wanted.unjudged:
        conditions.append(CountedReply.verdict.is_(None))
    elif wanted.verdict is not None:
        conditions.append(CountedReply.verdict == wanted.verdict)
    if wanted.ranked_out:
        conditions.append(CountedReply.ranked_out.is_(True))
    if wanted.barrier is not None:
        conditions.append(CountedReply.barrier == wanted.barrier)
    return conditions


async def _list_best(
    session: AsyncSession,
    question_ids: Sequence[int],
    conditions: Sequence[ColumnElement[bool]],
    limit: int,
    offset: int,
) -> tuple[list[int], int]:
    """Question by question along the index, as far as the page goes."""
    counts = await session.execute(
        select(CountedReply.question_id, func.count()).where(*conditions).group_by(CountedReply.question_id)
    )
    numbers = dict(counts.all())
    ids: list[int] = []
    for question_id in question_ids:
        number = numbers.get(question_id, 0)
        if offset >= number:
            offset -= number
            continue
        ids += await session.scalars(
            select(CountedReply.reply_id)
            .where(*conditions, CountedReply.question_id == question_id)
            .order_by(CountedReply.score.desc(), CountedReply.reply_id)
            .limit(limit - len(ids))
            .offset(offset)
        )
        offset = 0
        if len(ids) >= limit:
            break
    return ids, sum(numbers.values())


# ---------------------------------------------------------------- where the words stand


@dataclass(frozen=True, slots=True)
class _Hits:
    """Where `where` holds in `source`: ids of wordings, and of authors below zero; the lower the rank, the nearer."""

    source: FromClause
    id: ColumnElement[int]
    rank: ColumnElement[float]
    where: ColumnElement[bool]


async def _list_hits(session: AsyncSession, words: str) -> list[_Hits]:
    """What the indexes hold; all of it together is what was looked for."""
    terms = [term for term in words.split() if _HAS_LETTER.search(term)]
    if not terms or not await has_index(session):
        scanned = _scan(words)
        return [_Hits(scanned, scanned.c.id, scanned.c.rank, true())]
    if is_sqlite(session):
        return await _match_fts5(session, terms)
    return [_match_tsvector(" & ".join(f"({_write_phrase(term)})" for term in terms))]


async def has_index(session: AsyncSession) -> bool:
    """Whether words are indexed: SQLite can be built without it."""
    if not is_sqlite(session):
        return True
    return bool(await session.scalar(text("SELECT 1 FROM sqlite_master WHERE name = :name"), {"name": WORDS}))


def _scan(words: str) -> FromClause:
    """What has no letter, or no index: all texts are read."""
    of_authors = Author.display_name + " " + Author.handle
    return union_all(
        select(Revision.id.label("id"), literal(0.0).label("rank")).where(
            Revision.text.icontains(words, autoescape=True)
        ),
        select((-Author.id).label("id"), literal(0.0)).where(of_authors.icontains(words, autoescape=True)),
    ).subquery()


def has_dense(words: str) -> bool:
    """Whether any of it is of a script without spaces."""
    return _HAS_DENSE.search(words) is not None


def split_pieces(words: str) -> list[str]:
    """The words of PostgreSQL's index: of a script without spaces each letter is one."""
    return _PIECE.findall(fold_letters(words))


def select_matches(index: str, query: str) -> Select[int, float]:
    """(id, rank) of what an FTS5 index holds; the lower the rank, the nearer.

    Its id is no plain column: by that SQLite would ask the index once for each row that it is joined to.
    """
    hits = _match_index(index, query)
    return select((hits.id + 0).label("id"), hits.rank.label("rank")).where(hits.where)


def _match_index(index: str, query: str) -> _Hits:
    matches = table(index, column("rowid", Integer), column("rank", Float), column(index, String))
    return _Hits(matches, matches.c.rowid, matches.c.rank, matches.c[index].match(query))


def matching(index: str, query: str) -> Select[tuple[int]]:
    """The ids of wordings alone, the lowest first."""
    matches = table(index, column("rowid", Integer), column(index, String))
    return select((matches.c.rowid + 0).label("id")).where(matches.c[index].match(query), matches.c.rowid > 0)


async def _match_fts5(session: AsyncSession, terms: Sequence[str]) -> list[_Hits]:
    matches = []
    if not any(map(has_dense, terms)):
        matches.append(_match_index(WORDS, " AND ".join(f"{quote(term)} *" for term in terms)))
    grams = [await _find_grams(session, term) for term in terms]
    if all(grams):
        matches.append(_match_index(GRAMS, " AND ".join(f"({gram})" for gram in grams)))
    return matches


def quote(term: str) -> str:
    """A string of FTS5's language."""
    return '"' + term.replace('"', '""') + '"'


async def _find_grams(session: AsyncSession, term: str) -> str:
    """What finds a term anywhere in a text: of one or two letters, the trigrams that begin so. "" for nothing."""
    if len(term) >= GRAM:
        return quote(term)
    await session.execute(
        text(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.reply_terms USING fts5vocab(main, {GRAMS}, row)")
    )
    known = await session.scalars(
        text("SELECT term FROM temp.reply_terms WHERE term >= :term AND term < :beyond LIMIT :most"),
        {"term": term.lower(), "beyond": term.lower() + "\U0010fffd", "most": _MOST_TERMS},
    )
    return " OR ".join(map(quote, known))


# ---------------------------------------------------------------- PostgreSQL


def match_tsvector(written: str) -> Select[int, float]:
    """(id, rank) of what PostgreSQL's index holds, as `select_matches`."""
    hits = _match_tsvector(written)
    return select(hits.id.label("id"), hits.rank.label("rank")).where(hits.where)


def _match_tsvector(written: str) -> _Hits:
    query = func.to_tsquery("simple", written)
    return _Hits(VECTORS, VECTORS.c.id, -func.ts_rank(VECTORS.c.words, query), VECTORS.c.words.op("@@")(query))


def _write_phrase(term: str) -> str:
    """The pieces of a term one after the other, the last one as far as it goes."""
    pieces = split_pieces(term)
    last = "" if _HAS_DENSE.match(pieces[-1]) else ":*"
    return " <-> ".join(f"'{piece}'" for piece in pieces) + last


def fold_letters(words: str) -> str:
    """In small letters without accents, as PostgreSQL's index has them."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", words.lower()))
