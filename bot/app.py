"""The one place that opens and wires everything."""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from adapters.contract.adapter import Adapter
from adapters.contract.capabilities import Capabilities
from adapters.contract.forms import FormHost
from adapters.contract.optional import HasCommands, HasForms
from adapters.contract.platform import Tariff
from adapters.contract.sending import Reference
from adapters.registry import installed, load_platform
from bot.config import AccountConfig, Config
from bot.config.communities import list_guilds
from bot.config.database import open_store
from bot.context import Context, Judges
from bot.filter import RULES_HASH, hash_settings
from bot.filter.settings import read_settings
from bot.filter.worker import FilterWorker
from bot.questions import clock
from bot.scheduler.sync import record_accounts, sync_config
from bot.steps import report_event
from storage.engine import Store
from storage.erasing.barred import has_unkeyed, knows_key, secure_names
from storage.lock import hold_name
from storage.private import close_folder, close_to_others
from storage.upgrade import upgrade


@dataclass(slots=True)
class OpenAccounts:
    """The enabled accounts of the config. An adapter is connected when it is first asked for and stays open."""

    configured: dict[int, AccountConfig]
    stack: AsyncExitStack
    by_name: dict[str, int]
    opened: dict[int, Adapter] = field(default_factory=dict)
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    context: Context = field(init=False)  # of this pullquote; set once it is made

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(self.configured)

    async def adapter(self, account_id: int) -> Adapter:
        """The open adapter of an account; its SDK is imported here and not before."""
        async with self.opening:
            if account_id not in self.opened:
                self.opened[account_id] = await self._open(account_id)
        return self.opened[account_id]

    async def _open(self, account_id: int) -> Adapter:
        from bot.host.form_content import FormContent
        from bot.host.host import AccountHost

        account, context = self.configured[account_id], self.context
        host = AccountHost(
            store=context.store,
            account_id=account_id,
            folder=context.config.state_folder / account.name,
            holder=context.holder,
            now=context.now,
            hinted=self._note_hint,
            skewed=context.skews.__setitem__,
            tariff=self.tariff_of(account_id),
        )
        # an SDK takes seconds to be imported on a small machine, and others go on meanwhile
        adapter = await asyncio.to_thread(account.platform.connect, account.settings, host)
        forms = FormContent(context.store, account_id, context.now, context.guilds, context.name)
        if isinstance(adapter, HasForms):
            adapter.offer_forms(forms)
        if isinstance(adapter, HasCommands):
            adapter.offer_commands(_bind_commands(context, account_id, forms))
        return await self.stack.enter_async_context(adapter)

    def _note_hint(self, account_id: int, references: Sequence[Reference]) -> None:
        self.context.hints.add(account_id)
        self.context.rereads.update((account_id, each.remote_id) for each in references if each.remote_id)

    def capabilities_of(self, account_id: int) -> Capabilities:
        """What one account can do; no SDK is imported. An open one knows more: the limits of its instance."""
        if account_id in self.opened:
            return self.opened[account_id].capabilities
        account = self.configured[account_id]
        return account.platform.capabilities_with(account.settings)

    def tariff_of(self, account_id: int) -> Tariff | None:
        account = self.configured[account_id]
        return account.platform.tariff_with(account.settings)

    def collect_every(self, account_id: int) -> timedelta:
        return self.configured[account_id].collect_every

    async def reconfigure(self, config: Config) -> None:
        """What is new or changed is opened when it is asked for; what it replaces stays open to the end, as it may be
        in use.
        """
        context = self.context
        by_name = await record_accounts(context.store, config)
        configured = {id_: config.accounts[name] for name, id_ in by_name.items()}
        for id_, before in self.configured.items():
            if configured.get(id_) != before:
                self.opened.pop(id_, None)
        self.configured = configured
        self.by_name.clear()
        self.by_name.update(by_name)
        context.config, context.name, context.zone = config, config.pullquote.name, config.pullquote.zone
        context.capabilities, context.guilds = _list_capabilities(config), list_guilds(config, by_name)
        await sync_config(context, config, by_name)


def _bind_commands(context: Context, account_id: int, forms: FormHost) -> Callable[[Any, Any], Awaitable[None]]:
    """The commands of one account. They need an SDK, which is imported with the first client and not before."""

    async def install(client: Any, tree: Any) -> None:
        commands = await asyncio.to_thread(import_module, "bot.commands")
        await commands.install(client, tree, context=context, account_id=account_id, forms=forms)

    return install


@dataclass(frozen=True, slots=True)
class App:
    """One opened pullquote. account_ids: of the enabled accounts, by name."""

    context: Context
    account_ids: dict[str, int]

    @property
    def posting(self) -> dict[str, int]:
        """The accounts of the config by name; those that only read, as their platform has none, are left out."""
        accounts = self.context.config.accounts
        return {name: id_ for name, id_ in self.account_ids.items() if not accounts[name].implicit}


def _list_capabilities(config: Config) -> dict[str, Capabilities]:
    """By platform: those of its first account in the config, else its defaults."""
    known = {name: load_platform(name).capabilities for name in installed()}
    for account in reversed(list(config.accounts.values())):
        known[account.platform.name] = account.platform.capabilities_with(account.settings)
    return known


def _close_to_others(config: Config, store: Store) -> None:
    """What older versions made readable for everybody is its owner's alone from now on.

    Of folders those that are ours: a config's own, or one elsewhere, may be shared for a reason.
    """
    if store.sqlite_path is not None:
        path = store.sqlite_path
        for file in path.parent.glob(f"{path.name}*"):
            close_to_others(file)
    home = config.folder.resolve()
    for folder in (config.state_folder, config.digest_folder):
        if home in folder.resolve().parents:
            close_folder(folder)


async def _secure_names(store: Store, config: Config, now: datetime) -> None:
    """Give every name of who is barred a key, and tell where the key is another one than it was.

    Nothing is written where all is well: a command that only reads waits for no writer.
    """
    async with store.read() as session:
        is_known, is_unkeyed = await knows_key(session), await has_unkeyed(session)
    if is_unkeyed:
        async with store.write() as session:
            await secure_names(session)
    if not is_known:
        file = config.barred_key
        message = (
            f"the key {file} is lost or another one: who had themselves erased, or is not to be quoted, is not "
            "known any more where a collection brings them again. Restore it from a copy of the state folder, or "
            "enter these people once more"
        )
        async with store.write() as session:
            await report_event(session, "key lost", f"{now:%Y-%m-%d}", message, now=now)


@asynccontextmanager
async def open_app(
    config: Config, *, now: Callable[[], datetime] = clock.now, judges: Judges | None = None
) -> AsyncIterator[App]:
    """Open the database (upgraded where needed), write the config into it, and wire the accounts; log in nowhere.

    judges: where the filter runs; by default in a worker process that starts with the first question to judge.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(config))
        await upgrade(store)
        await asyncio.to_thread(_close_to_others, config, store)
        await _secure_names(store, config, now())
        account_ids = await record_accounts(store, config)
        settings = read_settings(config)
        accounts = OpenAccounts(
            configured={id_: config.accounts[name] for name, id_ in account_ids.items()},
            stack=await stack.enter_async_context(AsyncExitStack()),
            by_name=account_ids,
        )
        holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        stack.enter_context(hold_name(config.holders_folder, holder))
        context = Context(
            store=store,
            config=config,
            accounts=accounts,
            judges=await stack.enter_async_context(FilterWorker(settings)) if judges is None else judges,
            capabilities=_list_capabilities(config),
            now=now,
            rules_hash=hash_settings(RULES_HASH, settings),
            holder=holder,
            name=config.pullquote.name,
            zone=config.pullquote.zone,
            guilds=list_guilds(config, account_ids),
        )
        accounts.context = context
        await sync_config(context, config, account_ids)
        yield App(context, account_ids)
