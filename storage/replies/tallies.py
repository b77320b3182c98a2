"""Counts: the platform's replies and votes, and the votes that are rows of ours."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.erasing.barred import load_barred
from storage.models import Account, Author, Post, Tally, Target, Vote
from storage.sql.upsert import insert
from storage.states import Bar, TallySource, VoteSource


async def save_count(
    session: AsyncSession, post_id: int, replies: int | None, missing: int | None, now: datetime
) -> None:
    """The platform's own reply count, and how many of those are not stored."""
    await session.execute(
        update(Post).where(Post.id == post_id).values(counted=replies, missing=missing, counted_at=now)
    )


async def save_platform_votes(
    session: AsyncSession, post_id: int, votes: Sequence[int], *, final: bool, now: datetime
) -> None:
    """Votes an option as the platform counts them, in the options' order."""
    for option, count in enumerate(votes):
        await _save(session, post_id, option, TallySource.PLATFORM, count, final=final, now=now)


async def count_rows(session: AsyncSession, post_id: int, now: datetime) -> None:
    """Count the votes that are rows (buttons) into the tally; an option that lost its last vote has none."""
    await session.execute(delete(Tally).where(Tally.post_id == post_id, Tally.source == TallySource.ROWS))
    counts = await session.execute(
        select(Vote.option, func.count())
        .where(Vote.post_id == post_id, Vote.source == VoteSource.BUTTON)
        .group_by(Vote.option)
    )
    for option, count in counts.all():
        await _save(session, post_id, option, TallySource.ROWS, count, final=False, now=now)


async def save_named_votes(
    session: AsyncSession, post_id: int, platform: str, voters: Mapping[str, Sequence[int]], now: datetime
) -> None:
    """Who chose what in a poll of the platform: all of it, so that a vote that was taken back goes.

    The count is the platform's. Who had themselves erased is left out.
    """
    erased = await load_barred(session, Bar.ERASED)
    wanted = {
        (voter, option) for voter, options in voters.items() if not erased.have(platform, voter) for option in options
    }
    held = await session.scalars(select(Vote).where(Vote.post_id == post_id, Vote.source == VoteSource.POLL))
    for vote in held:
        if (vote.voter, vote.option) in wanted:
            wanted.discard((vote.voter, vote.option))
        else:
            await session.delete(vote)
    session.add_all(
        Vote(post_id=post_id, voter=voter, option=option, source=VoteSource.POLL, at=now)
        for voter, option in sorted(wanted)
    )
    await session.flush()


async def read_rows(session: AsyncSession, post_id: int, options: int) -> tuple[int, ...]:
    """The count of our own rows, a number an option."""
    rows = await session.execute(
        select(Tally.option, Tally.votes).where(Tally.post_id == post_id, Tally.source == TallySource.ROWS)
    )
    counts = dict(rows.all())
    return tuple(counts.get(option, 0) for option in range(options))


async def save_vote(session: AsyncSession, post_id: int, voter: str, option: int, now: datetime) -> None:
    """One button vote a voter: a later choice replaces the earlier one."""
    await session.execute(select(Post.id).where(Post.id == post_id).with_for_update())  # one at a time, to count right
    held = await session.scalar(
        select(Vote).where(Vote.post_id == post_id, Vote.voter == voter, Vote.source == VoteSource.BUTTON)
    )
    if held is None:
        session.add(Vote(post_id=post_id, voter=voter, option=option, source=VoteSource.BUTTON, at=now))
    else:
        held.option, held.at = option, now
    await session.flush()
    await count_rows(session, post_id, now)


async def delete_votes(session: AsyncSession, where: ColumnElement[bool], now: datetime) -> None:
    """Delete these votes, and count anew what they were given to."""
    voted = await session.scalars(delete(Vote).where(where).returning(Vote.post_id))
    for post_id in sorted(set(voted)):
        await count_rows(session, post_id, now)


async def _save(
    session: AsyncSession, post_id: int, option: int, source: TallySource, votes: int, *, final: bool, now: datetime
) -> None:
    values = {"votes": votes, "final": final, "at": now}
    await session.execute(
        insert(session, Tally)
        .values(post_id=post_id, option=option, source=source, **values)
        .on_conflict_do_update(index_elements=["post_id", "option", "source"], set_=values)
    )


async def count_votes(session: AsyncSession, post_ids: Sequence[int]) -> list[Tally]:
    """Votes by post, option and source: the platform's tallies, and the count of our rows."""
    counts = list(await session.scalars(select(Tally).where(Tally.post_id.in_(post_ids))))
    told = {(each.post_id, each.source) for each in counts}
    rows = await session.execute(
        select(Vote.post_id, Vote.option, func.count(), func.max(Vote.at))
        .where(Vote.post_id.in_(post_ids), Vote.source == VoteSource.BUTTON)
        .group_by(Vote.post_id, Vote.option)
    )
    counts += [
        Tally(post_id=post_id, option=option, source=TallySource.ROWS, votes=votes, final=False, at=at)
        for post_id, option, votes, at in rows
        if (post_id, TallySource.ROWS) not in told
    ]
    return sorted(counts, key=lambda each: (each.post_id, each.source, each.option))


async def find_choices(session: AsyncSession, post_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """By post id: the option (its index) that an author chose by name, by the author's id; not who chose several."""
    rows = await session.execute(
        select(Vote.post_id, Author.id, Vote.option)
        .join(Post, Post.id == Vote.post_id)
        .join(Target, Target.id == Post.target_id)
        .join(Account, Account.id == Target.account_id)
        .join(Author, (Author.platform == Account.platform) & (Author.remote_id == Vote.voter))
        .where(Vote.post_id.in_(post_ids))
        .order_by(Vote.id)
    )
    chosen: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for post_id, author_id, option in rows:
        chosen[post_id][author_id].append(option)
    return {
        post_id: {author_id: options[0] for author_id, options in by_author.items() if len(options) == 1}
        for post_id, by_author in chosen.items()
    }
