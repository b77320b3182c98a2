"""Quotations for which the writer vouches, as they heard them: by phone, in person. Kept as a keyed hash alone."""

from collections.abc import Sequence
from dataclasses import replace

from bot.articles.quotation import Quotation
from bot.articles.report import CheckedQuotation
from bot.context import Context
from bot.quotes import fold_text
from storage.acts import acts
from storage.articles import vouched
from storage.erasing.barred import name_passage, read_key, take_key


async def mark_vouched(
    context: Context, workspace: str, checked: Sequence[CheckedQuotation]
) -> tuple[CheckedQuotation, ...]:
    """Those for which the writer vouches have no problem, though nothing is proven of them."""
    open_ = [each.quotation for each in checked if each.can_be_vouched_for]
    if not open_:
        return tuple(checked)
    async with context.store.read() as session:
        key = read_key(session)
        names = {each.number: name_quotation(key, workspace, each) for each in open_}
        since = await vouched.find_vouched(session, workspace, set(names.values()))
    marked = []
    for each in checked:
        name = names.get(each.quotation.number, "")
        is_vouched = name in since
        marked.append(
            replace(each, problems=(), vouched_at=since[name], answer=None, near=None) if is_vouched else each
        )
    return tuple(marked)


async def vouch(context: Context, workspace: str, quotation: Quotation, by: str) -> int | None:
    """Remember that the writer answers for these words; the number of the act, None where they did before."""
    now = context.now()
    async with context.store.write() as session:
        name = name_quotation(await take_key(session), workspace, quotation)
        id_ = await vouched.add_vouched(session, workspace, name, by, now)
        if id_ is None:
            return None
        act = await acts.record_act(
            session,
            workspace,
            acts.VOUCHED,
            f"quotation {id_}",
            by=by,
            now=now,
            added={"vouched_quotes": [id_]},
        )
        return act.id


def name_quotation(key: bytes, workspace: str, quotation: Quotation) -> str:
    """The words that are meant, whatever marks and line breaks an article sets around and between them."""
    words = " ".join(fold_text(min(quotation.readings, key=len)).split())
    return name_passage(key, workspace, words)
