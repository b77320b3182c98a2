"""Pullquote opened for one command."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.app import App, open_app
from bot.cli import Shell
from bot.context import Context
from bot.desk import find_question
from storage.models import CONFIG_WORKSPACE, Question

P = ParamSpec("P")
T = TypeVar("T")
Act = Callable[Concatenate[Context, str, P], Coroutine[Any, Any, T]]


@dataclass(frozen=True, slots=True)
class Opened(App):
    """What is open, and how to await it. Prompts stand between two waits: within one, ctrl-C would not end them."""

    runner: asyncio.Runner

    @property
    def zone(self) -> str:
        """The zone in which times are shown."""
        return self.context.zone

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Do one thing to its end."""
        return self.runner.run(work)

    def do(self, act: Act[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one thing of the desk to its end, in the workspace of the config."""
        return self.wait(act(self.context, CONFIG_WORKSPACE, *args, **kwargs))

    def find_question(self, slug: str | None) -> Question:
        """The question `slug`, or the newest. Raises DeskError with what there is."""
        return self.wait(self._find_question(slug))

    async def _find_question(self, slug: str | None) -> Question:
        async with self.context.store.read() as session:
            return await find_question(session, CONFIG_WORKSPACE, slug)


@contextmanager
def open_pullquote(shell: Shell, level: str = "ERROR") -> Iterator[Opened]:
    """Read the config and open the database; no account is logged in. Closed at the end.

    level: of the logs; a command prints its own result.
    """
    config = shell.load_config(level)
    stack = AsyncExitStack()
    with asyncio.Runner() as runner:
        try:
            app = runner.run(stack.enter_async_context(open_app(config)))
            yield Opened(app.context, app.account_ids, runner)
        finally:
            runner.run(stack.aclose())
