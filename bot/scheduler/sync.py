"""Write the accounts and questions of the config into the database, at every start."""

from collections.abc import Mapping
from datetime import datetime

from bot.config import Config
from bot.context import Context
from bot.questions.content import Content, split_account
from bot.scheduler.plan import miss_before_change
from bot.steps import report_question
from storage.accounts import accounts
from storage.engine import Session, Store
from storage.models import Question, QuestionVersion
from storage.questions import questions
from storage.questions.questions import RecordedQuestion
from storage.states import CONFIG_WORKSPACE, RUNNING, QuestionState, Source


async def sync_config(context: Context, config: Config, account_ids: dict[str, int]) -> None:
    """Questions new in the config are added, changed ones get a version, those gone from it are paused and reported.

    Where nothing changed nothing is written: a command that only reads waits for no writer and works on a full disk.
    """
    async with context.store.read() as session:
        if await _is_synced(session, config, account_ids):
            return
    async with context.store.write() as session:
        for slug, content in config.questions.items():
            await _sync_question(session, slug, content, account_ids, context.now())
        await _pause_gone(session, context, set(config.questions))


async def _is_synced(session: Session, config: Config, account_ids: dict[str, int]) -> bool:
    known = {question.slug: (question, version) for question, version in await _list_configured(session)}
    if {slug for slug, (question, _) in known.items() if question.state is not QuestionState.GONE} != set(
        config.questions
    ):
        return False
    for slug, content in config.questions.items():
        question, version = known[slug]
        active = [
            (each.account_id, each.place) for each in await questions.load_targets(session, question.id) if each.active
        ]
        if version.content_hash != content.hash or set(active) != set(list_targets(content, account_ids)):
            return False
        if version.content.get("decoys", []) != list(content.decoys):
            return False
    return True


async def _list_configured(session: Session) -> list[tuple[Question, QuestionVersion]]:
    known = await questions.list_questions(session, CONFIG_WORKSPACE)
    return [(question, version) for question, version in known if question.source is Source.CONFIG]


async def _sync_question(
    session: Session, slug: str, content: Content, account_ids: dict[str, int], now: datetime
) -> None:
    await miss_before_change(session, CONFIG_WORKSPACE, slug, content, now)
    question = (await record_content(session, CONFIG_WORKSPACE, slug, content, Source.CONFIG, now)).question
    returns = question.state is QuestionState.GONE
    asleep = {each.id for each in await questions.load_targets(session, question.id) if returns or not each.active}
    for target in await questions.set_targets(session, question.id, list_targets(content, account_ids)):
        if target.id in asleep:  # nothing of the time between goes out
            await questions.set_planned_until(session, target.id, now)
    if returns:
        await questions.return_to_config(session, question)


async def record_content(  # noqa: PLR0917  # which question, what it says, and who says so
    session: Session, workspace: str, slug: str, content: Content, source: Source, now: datetime
) -> RecordedQuestion:
    """A question with this content; its version is new where it said something else before."""
    return await questions.record_question(
        session,
        workspace=workspace,
        slug=slug,
        content=content.model_dump(mode="json"),
        content_hash=content.hash,
        source=source,
        now=now,
    )


async def record_accounts(store: Store, config: Config) -> dict[str, int]:
    """The row id of each enabled account of the config, by name; written where one is new or on another platform."""
    wanted = {account.name: account.platform.name for account in config.accounts.values() if account.enabled}
    async with store.read() as session:
        known = await accounts.load_accounts(session)
    if any(name not in known or known[name].platform != platform for name, platform in wanted.items()):
        async with store.write() as session:
            return {name: (await accounts.record_account(session, name, to)).id for name, to in wanted.items()}
    return {name: known[name].id for name in wanted}


def list_targets(content: Content, account_ids: Mapping[str, int]) -> list[tuple[int, str]]:
    """A question's targets as (account id, place); accounts that are not enabled are left out."""
    named = (split_account(entry) for entry in content.accounts)
    return [(account_ids[name], place) for name, place in named if name in account_ids]


async def _pause_gone(session: Session, context: Context, configured: set[str]) -> None:
    for question, _ in await _list_configured(session):
        if question.slug not in configured and question.state in RUNNING:
            reason = "it is no longer in the config: put it back, or leave it paused"
            await questions.drop_from_config(session, question, reason)
            await _report_gone(session, context, question)


async def _report_gone(session: Session, context: Context, question: Question) -> None:
    message = f"{question.slug} is no longer in the config and will not be posted; its replies are still collected"
    subject = f"{question.slug}-{context.now():%Y-%m-%dT%H:%M}"
    await report_question(session, question, "gone", subject, message, now=context.now())
