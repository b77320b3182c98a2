"""Drafts: sources for one check, words that the writer vouches for, and watching until they are printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.articles.drafts import vouched, watch
from bot.articles.drafts.given import GivenSource
from bot.articles.report import ArticleReport
from bot.context import Context
from bot.desk.asking.adopt import sight
from bot.desk.errors import refuse
from storage.accounts.accounts import load_account
from storage.articles import watched
from storage.models import WatchedDraft, WatchedQuote
from storage.states import WatchedState

LONGEST_SOURCE = 1_000_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class SeenDraft:
    """A watched draft. changed: by its number in the draft, what became of a quote, and when that was seen."""

    id: int
    quotes: int
    until: datetime
    by: str
    changed: tuple[tuple[int, WatchedState, datetime], ...]


async def read_given(context: Context, words: str, name: str = "", link: str = "") -> GivenSource:
    """A source for one check: words that somebody pasted, or without any those of the post behind the link; nothing is
    stored. Raises DeskError, and the adapter's errors.
    """
    if len(words) > LONGEST_SOURCE:
        raise refuse("source_too_long")
    if words.strip():
        return GivenSource(words, name.strip(), link=link.strip())
    if not link.strip():
        raise refuse("empty_source")
    seen = await sight(context, link.strip())
    async with context.store.read() as session:
        platform = (await load_account(session, seen.account_id)).platform
    author = seen.found.author
    return GivenSource(
        seen.found.text,
        name.strip() or author.display_name,
        author.handle,
        seen.found.reference.link or link.strip(),
        platform,
    )


async def vouch_for(context: Context, workspace: str, report: ArticleReport, number: int, by: str) -> int | None:
    """The writer answers for a quotation of a checked draft; the number of the act, None where they did before.

    Raises DeskError where its words are somebody's who may not be quoted, and where they are proven.
    """
    checked = next((each for each in report.checked if each.quotation.number == number), None)
    if checked is None:
        raise refuse("no_quotation", number=number)
    if not checked.can_be_vouched_for:
        raise refuse("not_yours", number=number)
    return await vouched.vouch(context, workspace, checked.quotation, by)


async def watch_draft(
    context: Context, workspace: str, report: ArticleReport, *, until: datetime | None = None, by: str = ""
) -> SeenDraft:
    """Watch the quotes of a checked draft that stand, until it is printed, at most 14 days. Raises DeskError."""
    now = context.now()
    if until is not None and until <= now:
        raise refuse("watch_over")
    id_ = await watch.watch(context, workspace, report, until or now + watch.LONGEST, by)
    if id_ is None:
        raise refuse("nothing_to_watch")
    return next(draft for draft in await list_watched(context, workspace) if draft.id == id_)


async def list_watched(context: Context, workspace: str) -> list[SeenDraft]:
    """The drafts that are watched, the newest first."""
    async with context.store.read() as session:
        drafts = await watched.list_drafts(session, [workspace], context.now())
        quotes = await watched.list_quotes(session, [draft.id for draft in drafts])
    return [_describe(draft, [quote for quote in quotes if quote.draft_id == draft.id]) for draft in drafts]


async def stop_watching(context: Context, workspace: str, draft_id: int) -> None:
    """Watch a draft no longer. Raises DeskError where there is none."""
    async with context.store.write() as session:
        if not await watched.drop_draft(session, workspace, draft_id):
            raise refuse("not_watched")


def _describe(draft: WatchedDraft, quotes: Sequence[WatchedQuote]) -> SeenDraft:
    changed = {quote.number: (quote.number, quote.state, quote.changed_at) for quote in quotes if quote.changed_at}
    told = tuple((number, state, at) for number, state, at in changed.values() if at is not None)
    return SeenDraft(draft.id, draft.quotes, draft.until, draft.by, told)
