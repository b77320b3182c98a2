"""One source: what they said with leave, where it was quoted, how the editor knows them; and forgetting them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.context import Context
from bot.desk.errors import DeskError
from bot.desk.find import find_author, load_parts
from bot.digest import erase_from_digests, list_quoted, load_selection
from bot.digest.rewrite import empty_log, rewrite_stale
from bot.quotes import Edition
from storage.acts import acts
from storage.digests import printed
from storage.digests.digests import all_digests
from storage.engine import Session
from storage.erasing import people
from storage.models import Author, CreditGiven, Digest, Printing, SourceCheck
from storage.replies import authors
from storage.replies.credits import add_check, load_checks, load_credits
from storage.replies.replies import slugs_of_replies


@dataclass(frozen=True, slots=True)
class SourceReply:
    """One reply. barrier: why it may not be printed, "" where it may. digests: periods of those that quote it."""

    reply_id: int
    question: str
    posted_at: datetime
    link: str
    text: str
    barrier: str
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """All about one author; for the private side alone. replies: first what may be printed, the rest
    without words.
    """

    author: Author
    credit: CreditGiven | None
    replies: tuple[SourceReply, ...]
    printed: tuple[Printing, ...]
    checks: tuple[SourceCheck, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased. printed: where their words stand in print; that record is gone now. told: what is not done."""

    replies: int
    printed: tuple[str, ...]
    rewritten: tuple[Path, ...]
    told: tuple[str, ...] = ()


async def list_people(context: Context, workspace: str, named: str = "", *, most: int) -> list[Author]:
    """At most `most` who answered in a workspace, with `named` in their handle or name: those who came first."""
    async with context.store.read() as session:
        return await authors.find_similar(session, workspace, named.strip().removeprefix("@"), most)


async def read_source(context: Context, workspace: str, named: str) -> SourceReport:
    """Raises DeskError."""
    async with context.store.read() as session:
        author = await find_author(session, workspace, named)
        found = await _list_replies(context, session, workspace, author)
        last = await load_credits(session, [each.reply_id for each in found])
        return SourceReport(
            author=author,
            credit=next(iter(last.values()), None),
            replies=tuple(sorted(found, key=lambda each: (bool(each.barrier), each.posted_at, each.reply_id))),
            printed=tuple(row for row, _ in await printed.load_printings(session, workspace, author.id)),
            checks=tuple(await load_checks(session, author.id)),
        )


async def _list_replies(context: Context, session: Session, workspace: str, author: Author) -> list[SourceReply]:
    slugs = await slugs_of_replies(session, workspace, author.id)
    parts = await load_parts(context, session, slugs)
    quoting = list_quoting(await all_digests(session))
    return [
        SourceReply(
            reply_id=part.reply.id,
            question=slugs[part.reply.id],
            posted_at=part.reply.posted_at,
            link=part.reply.link,
            text=(part.reply.text or "") if part.barriers[Edition.PUBLIC] is None else "",
            barrier=str(part.barriers[Edition.PUBLIC] or ""),
            digests=tuple(sorted(quoting[part.reply.id])),
        )
        for part in parts
        if part.reply.id in slugs
    ]


def list_quoting(digests: Iterable[Digest]) -> defaultdict[int, set[str]]:
    """The periods of the digests that quote a reply, by its id."""
    quoting: defaultdict[int, set[str]] = defaultdict(set)
    for row in digests:
        for reply_id in list_quoted(load_selection(row)):
            quoting[reply_id].add(row.period)
    return quoting


async def check_source(
    context: Context, workspace: str, named: str, *, found_at: str = "", spoken: bool = False, by: str, note: str = ""
) -> Author:
    """Note how an editor knows who an author is: where else they were found, whether they were spoken to."""
    if not (found_at or spoken or note):
        raise DeskError("say what you did: --found-at URL, --spoken, or --note TEXT")
    async with context.store.write() as session:
        author = await find_author(session, workspace, named)
        check = SourceCheck(author_id=author.id, found_at=found_at, spoken=spoken, by=by, note=note, at=context.now())
        await add_check(session, check)
        subject, entered = f"author {author.id}", {"source_checks": [check.id]}
        await acts.record_act(session, workspace, acts.CHECKED, subject, by=by, now=check.at, added=entered)
    return author


async def forget_author(context: Context, workspace: str, named: str, *, by: str = "") -> Forgotten:
    """Erase an author: words, names, links, votes, notes; out of digests and their files. Raises DeskError."""
    async with context.store.read() as session:
        author = await find_author(session, workspace, named)
        urls = [row.url for row, _ in await printed.load_printings(session, workspace, author.id)]
    async with context.store.write() as session:
        await acts.record_act(session, workspace, acts.FORGOT, f"author {author.id}", by=by, now=context.now())
    return await erase_and_rewrite(context, author.platform, author.remote_id, urls)


async def erase_and_rewrite(context: Context, platform: str, remote_id: str, urls: list[str]) -> Forgotten:
    """Erase a person, out of digests and their files at once too. urls: where words stand in print."""
    async with context.store.write() as session:
        erased = await people.erase_person(session, platform, remote_id, context.now())
        await erase_from_digests(session, erased)
    rewritten = await rewrite_stale(context)
    told = dict.fromkeys((*rewritten.told, *await empty_log(context)))
    return Forgotten(len(erased.reply_ids), tuple(dict.fromkeys(urls)), rewritten.paths, tuple(told))
