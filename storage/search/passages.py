"""Finding replies that may be the source of a quotation, and the people whom an article may name.

Nothing is proven here: what is found says the words, or most of them, by an index that knows no marks and no accents.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Author, CountedReply, Question, Reply
from storage.replies.current import CurrentReply
from storage.search import GRAMS, WORDS
from storage.search.words import GRAM, VECTORS, has_dense, match_tsvector, matching, quote, select_matches, split_pieces
from storage.sql.bulk import is_sqlite
from storage.sql.chunks import chunked

MOST_HITS = 20_000
"""Wordings that are counted for one piece: what more have says little."""
MOST_PEOPLE = 2_000
"""A statement: those whose names have most of the words, and the rarest."""
_TERMS = 900
"""Words a statement."""


async def find_saying(session: AsyncSession, workspace: str, runs: Sequence[str], most: int) -> list[int]:
    """Ids of up to `most` replies that say all of these runs of words, the first ones."""
    found = _match(session, [_write_run(session, run) for run in runs])
    if found is None:
        return []
    return await _keep_current(session, workspace, found, most)


async def find_sharing(session: AsyncSession, workspace: str, pieces: Iterable[str], most: int) -> list[int]:
    """Ids of up to `most` replies that say most of these pieces, the nearest first."""
    counts: Counter[int] = Counter()
    for piece in pieces:
        found = _match(session, [_write_run(session, piece)])
        if found is not None:
            counts.update(await session.scalars(found.limit(MOST_HITS)))
    best = [id_ for id_, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: 4 * most]]
    kept: dict[int, int] = {}
    for chunk in chunked(best):
        rows = await session.execute(
            select(CountedReply.revision_id, CountedReply.reply_id)
            .join(Question, Question.id == CountedReply.question_id)
            .where(CountedReply.revision_id.in_(chunk), Question.workspace == workspace)
        )
        kept |= dict(rows.all())
    return [kept[id_] for id_ in best if id_ in kept][:most]


async def _keep_current(session: AsyncSession, workspace: str, found: Select[tuple[int]], most: int) -> list[int]:
    """Those that are the newest wordings of replies of a workspace."""
    hits = found.subquery()
    query = (
        select(CountedReply.reply_id)
        .join(hits, hits.c.id == CountedReply.revision_id)
        .join(Question, Question.id == CountedReply.question_id)
        .where(Question.workspace == workspace)
        .order_by(CountedReply.reply_id)
        .limit(most)
    )
    return list(await session.scalars(query))


async def load_parents(session: AsyncSession, question_id: int, replies: Iterable[CurrentReply]) -> dict[str, int]:
    """By remote id, who wrote what these replies to a question answer."""
    replies = list(replies)
    platforms = {reply.platform for reply in replies}
    names = sorted({reply.parent_remote_id for reply in replies if reply.parent_remote_id})
    authors: dict[str, int] = {}
    for chunk in chunked(names):
        rows = await session.execute(
            select(Reply.remote_id, Reply.author_id).where(
                Reply.question_id == question_id, Reply.platform.in_(platforms), Reply.remote_id.in_(chunk)
            )
        )
        authors |= dict(rows.all())
    return authors


# ---------------------------------------------------------------- each database's language


def _write_run(session: AsyncSession, run: str) -> str:
    """What finds exactly these words one after the other; "" where the index cannot."""
    if is_sqlite(session):
        run = run.strip()
        return quote(run) if len(run) >= GRAM or not has_dense(run) else ""
    return " <-> ".join(f"'{piece}'" for piece in split_pieces(run))


def _match(session: AsyncSession, written: Iterable[str]) -> Select[tuple[int]] | None:
    """Ids of wordings that have all of this; None where nothing can be asked for."""
    wanted = [f"({each})" for each in written if each]
    if not wanted:
        return None
    if is_sqlite(session):
        text = " AND ".join(wanted)
        return matching(GRAMS if has_dense(text) else WORDS, text)
    query = func.to_tsquery("simple", " & ".join(wanted))
    return select(VECTORS.c.id.label("id")).where(VECTORS.c.words.op("@@")(query), VECTORS.c.id > 0)


# ---------------------------------------------------------------- people


async def find_people(session: AsyncSession, workspace: str, words: Collection[str]) -> list[tuple[str, str]]:
    """(Name, handle) of everybody who answered in a workspace and whose name or handle has one of these words.

    Of a script without spaces a word is two letters.
    """
    ids: set[int] = set()
    for chunk in chunked(sorted(words), _TERMS):
        for named in _match_names(session, chunk):
            hits = named.subquery()
            best = select(hits.c.id).where(hits.c.id < 0).order_by(hits.c.rank, hits.c.id.desc()).limit(MOST_PEOPLE)
            ids.update(await session.scalars(best))
    people: list[tuple[str, str]] = []
    answered = exists().where(
        Reply.author_id == Author.id, Reply.question_id == Question.id, Question.workspace == workspace
    )
    for some in chunked(sorted(-id_ for id_ in ids)):
        rows = await session.execute(
            select(Author.display_name, Author.handle).where(Author.id.in_(some), answered).order_by(Author.id)
        )
        people += [(name, handle) for name, handle in rows]
    return people


def _match_names(session: AsyncSession, words: Sequence[str]) -> Iterable[Select[int, float]]:
    """(id, rank) of names that have any of the words."""
    if not is_sqlite(session):
        yield match_tsvector(" | ".join(" <-> ".join(f"'{p}'" for p in split_pieces(word)) for word in words))
        return
    dense = [word for word in words if has_dense(word)]
    spaced = [quote(word) for word in words if not has_dense(word)]
    if spaced:
        yield select_matches(WORDS, " OR ".join(spaced))
    if dense:  # a name of two letters ends with a space, a longer one goes on
        yield select_matches(GRAMS, " OR ".join(quote(word + " ") for word in dense))
        longer = sorted({word + other[-1] for word in dense for other in dense if other[0] == word[-1]})
        for some in chunked(longer, _TERMS):
            yield select_matches(GRAMS, " OR ".join(map(quote, some)))
