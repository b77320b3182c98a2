"""A whole pullquote in a test: the real wiring and store, sandbox networks in this process, a clock to set."""

import os
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from adapters import registry
from adapters.registry import load_platform
from adapters.sandbox.conduct import NO_ANSWER, Failure
from adapters.sandbox.network import SandboxNetwork
from adapters.sandbox.network import SandboxPost as Written
from adapters.sandbox.service import SandboxService
from adapters.sandbox.settings import SandboxSettings
from bot.app import App, open_app
from bot.config import AccountConfig, Config
from bot.config.filtering import Filter
from bot.config.sections import Collect, Database, Digests, General, GuildKeys, Mail, Notices, Retention
from bot.context import Context
from bot.digest.selection import variety
from bot.filter.settings import read_settings
from bot.filter.values import FilterSettings, JudgedQuestion, JudgedWording, ReadWordings, StoredThread
from bot.filter.wordings import ThreadJob, print_texts
from bot.questions.content import Content
from bot.scheduler.tick import Ticked, tick
from storage.models import Account, Base, Event, Post

START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
"""A Monday morning."""

ANSWERS = {
    "ada": "We dropped AMP last March because nobody used it. Traffic stayed flat, revenue rose 12%.",
    "grace": "I stopped disavowing links in 2019 after a test on forty sites; nothing moved at all.",
    "alan": "Guest posts. We stopped in 2021 because nobody read them, and saved two days a month.",
}
"""One for each of the cast that every rule keeps."""

Row = TypeVar("Row", bound=Base)


@dataclass
class Clock:
    """Stands still until it is moved."""

    moment: datetime = START

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **parts: float) -> None:
        """Let time pass: `hours=1`, `minutes=5`; backwards where negative."""
        self.moment += timedelta(**parts)


@contextmanager
def quoting_what_is_alike() -> Iterator[None]:
    """Digests that quote all that they may, also what says the same as something else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(variety, "ALIKE", 2.0)
        yield


@contextmanager
def diary_installed(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder to work in, without a variable of ours, and Diary installed, a platform that needs a password."""
    for name in [name for name in os.environ if name.startswith("PULLQUOTE_")]:
        patch.delenv(name)
    patch.chdir(folder)
    patch.syspath_prepend(Path(__file__).parent / "bot" / "cli" / "diary")
    for each in (registry._offered, registry.load_platform):
        each.cache_clear()
    yield
    for each in (registry._offered, registry.load_platform):
        each.cache_clear()


class InProcess:
    """The filter without its worker process."""

    def __init__(self, settings: FilterSettings | None = None) -> None:
        self.settings = settings or FilterSettings()

    async def judge(
        self, asked: JudgedQuestion, read: ReadWordings, stored: StoredThread
    ) -> AsyncGenerator[list[JudgedWording], None]:
        job = ThreadJob(asked, self.settings)
        job.new = [wording async for batch in read() for wording in batch]
        job.outlines = {head: outline async for batch in stored.outlines() for head, outline in batch}
        for needed in job.plan():
            job.words = [wording async for batch in stored.words(needed) for wording in batch]
            yield job.judge()

    async def make_prints(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return print_texts(texts)


@dataclass
class Bot:
    """One pullquote and the networks of its accounts. `app` is set while it is open; it can be opened again."""

    folder: Path
    database: str
    clock: Clock
    services: dict[str, SandboxService]
    config: Config
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    app: App | None = None

    @property
    def context(self) -> Context:
        assert self.app is not None
        return self.app.context

    async def open(self) -> None:
        """Start it."""
        judges = InProcess(read_settings(self.config))
        self.app = await self.stack.enter_async_context(open_app(self.config, now=self.clock, judges=judges))

    async def close(self) -> None:
        """Stop it."""
        self.app = None
        await self.stack.aclose()

    async def restart(self, **changes: Any) -> None:
        """Stop it and start it again, with a changed config where given (see `configure`)."""
        await self.close()
        self.config = configure(self.folder, self.database, self.services, changes, before=self.config)
        await self.open()

    async def tick(self, **later: float) -> Ticked:
        """One tick, after the clock was moved."""
        self.clock.advance(**later)
        return await tick(self.context)

    # ------------------------------------------------------------ people

    def network(self, account: str = "square"):
        return self.services[account].network

    def visible(self, account: str = "square") -> list[str]:
        """What stands of the account on its network, oldest first."""
        return [post.text for post in self.network(account).by_author("pullquote")]

    def root(self, account: str = "square") -> Written:
        """The newest post of the account that is no reply."""
        return [post for post in self.network(account).by_author("pullquote") if post.parent is None][-1]

    def reply(self, who: str, text: str = "", to: Written | None = None, account: str = "square") -> Written:
        """Somebody answers the newest question, or `to`; without a text with an answer that is always kept."""
        parent = to or self.root(account)
        return self.network(account).post(who, text or ANSWERS[who], self.clock(), parent=parent.id)

    def edit(self, reply: Written, text: str, account: str = "square") -> None:
        self.network(account).edit(reply.id, text, self.clock())

    def delete(self, post: Written, account: str = "square") -> None:
        self.network(account).delete(post.id, self.clock())

    def hide(self, reply: Written, account: str = "square") -> None:
        self.network(account).hide(reply.id, self.clock())

    # ------------------------------------------------------------ faults

    def fail(
        self,
        operation: str,
        *,
        account: str = "square",
        status: int = NO_ANSWER,
        nth: int = 1,
        times: int = 1,
        after_effect: bool = False,
        retry_at: datetime | None = None,
    ) -> None:
        """Let calls to a network fail; by default the next one gets no answer and has no effect."""
        failure = Failure(operation, nth, times, status, after_effect, retry_at)
        self.services[account].conduct.failures.append(failure)

    def mend(self, account: str = "square") -> None:
        """Nothing fails any more."""
        self.services[account].conduct.failures.clear()

    def calls(self, account: str = "square") -> list[str]:
        """What was asked of a network."""
        return self.services[account].conduct.calls

    # ------------------------------------------------------------ rows

    async def rows(self, table: type[Row]) -> list[Row]:
        """All rows of a table, in the order of their keys."""
        async with self.context.store.read() as session:
            return list(await session.scalars(select(table).order_by(*table.__mapper__.primary_key)))

    async def row(self, table: type[Row]) -> Row:
        """The only row of a table."""
        (row,) = await self.rows(table)
        return row

    async def states(self) -> list[str]:
        """The states of all posts."""
        return [post.state.value for post in await self.rows(Post)]

    async def account(self, name: str = "square") -> Account:
        return next(account for account in await self.rows(Account) if account.name == name)

    async def told(self, kind: str) -> list[str]:
        """What was told of a kind."""
        return [event.message for event in await self.rows(Event) if event.kind == kind]


def configure(
    folder: Path,
    database: str,
    services: Mapping[str, SandboxService],
    changes: Mapping[str, Any],
    before: Config | None = None,
) -> Config:
    """A config. `changes`: questions (slug: keys of Content), accounts (name: keys of SandboxSettings), zone,
    after_close, retention, weekly, formats, public (formats of the edition to share), mail (keys of
    [mail]; None for none), notices (keys of [notices]), filter (keys of [filter]), guilds (id: keys of [guilds.ID], served by square); what is missing stays as it
    was `before`.
    """
    changes = dict(changes)
    accounts = changes.pop("accounts", None)
    questions = changes.pop("questions", None)
    known = before or Config(
        folder=folder,
        pullquote=General(name="The Example Review", zone="UTC"),
        database=Database(url=database),
        collect=Collect(),
        retention=Retention(),
        digest=Digests(private=("json",), public=(), weekly=""),
        accounts={},
        questions={},
    )
    mail = Mail(**changes.pop("mail")) if "mail" in changes else known.mail
    parts: dict[str, Any] = {
        "folder": folder,
        "pullquote": General(name="The Example Review", zone=changes.pop("zone", known.pullquote.zone)),
        "database": known.database,
        "collect": Collect(after_close=changes.pop("after_close", known.collect.after_close)),
        "retention": Retention(after_close=changes.pop("retention", known.retention.after_close)),
        "digest": Digests(
            private=changes.pop("formats", known.digest.private),
            public=changes.pop("public", known.digest.public),
            weekly=changes.pop("weekly", known.digest.weekly),
            deliver=("folder", "mail") if mail.host else ("folder",),
        ),
        "mail": mail,
        "notices": Notices(**changes.pop("notices")) if "notices" in changes else known.notices,
        "filter": Filter(**changes.pop("filter")) if "filter" in changes else known.filter,
        "guilds": known.guilds if "guilds" not in changes else _configure_guilds(changes.pop("guilds")),
        "accounts": known.accounts if accounts is None else _configure_accounts(accounts, services),
        "questions": known.questions if questions is None else _configure_questions(questions),
    }
    assert not changes, f"no keys of configure: {sorted(changes)}"
    return Config(**parts)


def _configure_accounts(
    accounts: Mapping[str, Mapping[str, Any]] | Sequence[str], services: Mapping[str, SandboxService]
) -> dict[str, AccountConfig]:
    settings = accounts if isinstance(accounts, Mapping) else {name: {} for name in accounts}
    return {
        name: AccountConfig(
            name,
            load_platform("sandbox"),
            SandboxSettings(service=services[name], **keys),
            collect_every=timedelta(minutes=5),
        )
        for name, keys in settings.items()
    }


def _configure_guilds(guilds: Mapping[str, Mapping[str, Any]]) -> dict[str, GuildKeys]:
    usual = {"account": "square", "accounts": ("square",), "language": "en", "sees_config": len(guilds) == 1}
    return {id_: GuildKeys.model_validate(usual | dict(keys)) for id_, keys in guilds.items()}


def _configure_questions(questions: Mapping[str, Mapping[str, Any]]) -> dict[str, Content]:
    usual = {"text": "What did you stop doing, and what happened?", "accounts": ("square",)}
    return {slug: Content.model_validate(usual | dict(keys)) for slug, keys in questions.items()}


class Services(dict[str, SandboxService]):
    """A network of its own for each account, made at the first mention."""

    def __missing__(self, name: str) -> SandboxService:
        self[name] = SandboxService(SandboxNetwork(name))
        return self[name]
