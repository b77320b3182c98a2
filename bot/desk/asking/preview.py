"""A question as each network will show it, before anything is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from adapters.contract.capabilities import Capabilities
from adapters.contract.sending import Draft
from bot.context import Context
from bot.desk.asking.call_out import find_question_address
from bot.desk.asking.slugs import slugify
from bot.desk.errors import refuse
from bot.posts.compose import compose
from bot.posts.send import ADDED
from bot.questions.clock import find_close, next_due
from bot.questions.content import Content, split_account
from bot.questions.render import DoesNotFit, Length, measure
from bot.quotes.read_back.joining import find_address_fault
from storage.accounts import accounts
from storage.engine import Session
from storage.models import Account, Question
from storage.questions import posts, questions
from storage.questions.open_posts import name_question


@dataclass(frozen=True, slots=True)
class Preview:
    """A question as one account will post it. lengths: of each text. problems: why it would not be taken;
    beside: those of them that the lengths do not say.

    address: where it is answered, of a mailbox whose question has a name. units: what posting takes, by unit, and cost:
    its price in millionths of a dollar; none where nothing costs.
    """

    account: str
    texts: tuple[str, ...]
    options: tuple[str, ...]
    lengths: tuple[tuple[Length, ...], ...]
    closes_at: datetime
    problems: tuple[str, ...] = ()
    units: Mapping[str, int] = field(default_factory=dict)
    cost: int | None = None
    beside: tuple[str, ...] = ()
    address: str = ""


async def preview(  # noqa: PLR0917  # what, where, when, and which one
    context: Context,
    content: Content,
    account_ids: Mapping[str, int],
    at: datetime,
    question: Question | None = None,
    slug: str = "",
) -> list[Preview]:
    """One preview an account entry, as it will be posted: at `at`, or when its own time comes; nothing is sent.

    question: where it was asked already: then a post that stands, or waits for its next try, is shown as it is.
    slug: what it is to be called, "" where that is made of its text. Raises DeskError where an account is unknown.
    """
    name = slug if question is None else name_question(question.workspace, question.slug)
    due = next_due(content, at, 1)
    at = due[0].due_at if due else at
    usual_close = find_close(content, at)
    async with context.store.read() as session:
        known = await accounts.load_accounts(session)
        prepared = {} if question is None else await _load_prepared(session, question, is_due_again=bool(due))
    entries = {entry: (_find_account(known, account_ids, entry), split_account(entry)[1]) for entry in content.accounts}
    shown: dict[str, Preview] = {}
    earlier: dict[str, list[str]] = {}
    for entry, (account, place) in sorted(entries.items(), key=lambda each: (each[1][0].id, each[1][1])):
        # in the order in which they are posted: what one account says may be refused from the next of its platform
        taken = earlier.setdefault(account.platform, [])
        closes_at, own = prepared.get((account.id, place), (None, ()))
        try:
            draft = await compose(context, content, account, place, at, earlier=taken, own=own)
            shown[entry] = _show(context, account.id, entry, draft, closes_at or usual_close)
        except DoesNotFit as error:
            lengths = _measure(error.texts, context.accounts.capabilities_of(account.id))
            problems = tuple(error.problems)
            shown[entry] = Preview(
                entry, error.texts, content.options, lengths, usual_close, problems, beside=error.beside
            )
        taken += shown[entry].texts
        shown[entry] = _add_address(context, content, shown[entry], name)
    return [shown[entry] for entry in content.accounts]


def _add_address(context: Context, content: Content, shown: Preview, name: str) -> Preview:
    """With the address at which a mailbox is written to, and what is wrong with it."""
    address = find_question_address(context, [shown.account], name or slugify(content.text, content.language))
    fault = find_address_fault(address)
    faults = (fault,) if fault else ()
    return replace(
        shown,
        address=address if name else "",
        problems=(*shown.problems, *faults),
        beside=(*shown.beside, *faults),
    )


def _find_account(known: Mapping[str, Account], account_ids: Mapping[str, int], entry: str) -> Account:
    name = split_account(entry)[0]
    if name not in account_ids:
        raise refuse("no_account", name=name, known=", ".join(sorted(account_ids)) or "–")
    return known[name]


async def _load_prepared(
    session: Session, question: Question, *, is_due_again: bool
) -> dict[tuple[int, str], tuple[datetime | None, list[str]]]:
    """By account and place: when its newest post closes and what it says, where no other one comes after it."""
    places = {target.id: target.place for target in await questions.load_targets(session, question.id)}
    return {
        (account.id, places[post.target_id]): (post.closes_at, texts)
        for post, account, parts in await posts.posts_of_question(session, question.id)
        if (texts := [part.text for part in parts if part.text and part.role not in ADDED])
        and not (is_due_again and post.published_at)
    }


def _show(context: Context, account_id: int, entry: str, draft: Draft, closes_at: datetime) -> Preview:
    capabilities, tariff = context.accounts.capabilities_of(account_id), context.accounts.tariff_of(account_id)
    texts = (draft.root, *draft.thread)
    lengths = _measure(texts, capabilities)
    units = {} if tariff is None else tariff.bill_draft(draft)
    cost = None if tariff is None else tariff.price(units)
    return Preview(entry, texts, draft.poll.options if draft.poll else (), lengths, closes_at, units=units, cost=cost)


def _measure(texts: Iterable[str], capabilities: Capabilities) -> tuple[tuple[Length, ...], ...]:
    return tuple(tuple(measure(text, capabilities)) for text in texts)
