"""What a network will show of a question: made once, for the preview, the check, the post and the reminder alike."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.contract.sending import Draft
from bot.context import Context
from bot.questions.clock import find_close
from bot.questions.content import Content
from bot.questions.render import DoesNotFit, fits, render, render_reminder, write_notice
from bot.questions.variants import list_all_variants, vary
from storage.models import Account
from storage.questions import posts


async def compose(
    context: Context,
    content: Content,
    account: Account,
    place: str,
    at: datetime,
    *,
    earlier: Collection[str] = (),
    own: Sequence[str] = (),
) -> Draft:
    """The question as it would be posted at `at`. Raises DoesNotFit.

    earlier: texts that its platform gets before. own: its texts, root first, where they are prepared already.
    """
    capabilities = context.accounts.capabilities_of(account.id)
    closes_at = find_close(content, at)
    draft = render(content, capabilities, name=context.name, place=place, closes_at=closes_at, asked_at=at)
    if own:
        return replace(draft, root=own[0], thread=tuple(own[1:]))
    return await _avoid_repeats(context, draft, content, account, at, earlier=earlier)


async def compose_reminder(
    context: Context, content: Content, account: Account, place: str, root: str, *, closes_at: datetime
) -> Draft:
    """The one reminder below a question that stands as `root`, as it would be posted now. Raises DoesNotFit."""
    text = render_reminder(content, context.accounts.capabilities_of(account.id), closes_at)
    varied = await _avoid_repeats(context, Draft(text), content, account, context.now())
    return Draft(root, (varied.root,), language=content.language, place=place)


async def compose_notice(context: Context, content: Content, account: Account) -> Draft:
    """The notice below a post that somebody had published before, as it would be posted now: the last text of the
    draft. Raises DoesNotFit.
    """
    capabilities = context.accounts.capabilities_of(account.id)
    text = write_notice(content, capabilities, context.name)
    if not fits(text, capabilities):
        raise DoesNotFit([f"the notice has no room on {account.name}: give the outlet a shorter name"])
    varied = await _avoid_repeats(context, Draft(text), content, account, context.now())
    return Draft(varied.root, (varied.root,), language=content.language)


async def _avoid_repeats(
    context: Context, draft: Draft, content: Content, account: Account, at: datetime, *, earlier: Collection[str] = ()
) -> Draft:
    """The draft with every text as nobody has posted it yet there, where that would be refused."""
    capabilities = context.accounts.capabilities_of(account.id)
    if not capabilities.refuses_repeats:
        return draft
    async with context.store.read() as session:
        posted = await posts.find_posted_texts(session, account.platform, list_all_variants(draft, content, at))
    return vary(draft, capabilities, posted.union(earlier), content, at)
