"""Pullquote opened for one command. What it is made of is imported when it is opened: no help needs it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from storage.states import CONFIG_WORKSPACE

if TYPE_CHECKING:
    import asyncio

    from bot.app import App
    from bot.cli import Shell
    from bot.config import Config
    from bot.context import Context
    from storage.models import Question

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """What is open, and how to await it. Prompts stand between two waits: within one, ctrl-C would not end them."""

    app: App
    runner: asyncio.Runner

    @property
    def context(self) -> Context:
        """What every step is given."""
        return self.app.context

    @property
    def account_ids(self) -> dict[str, int]:
        """Those of the enabled accounts, by name."""
        return self.app.account_ids

    @property
    def posting(self) -> dict[str, int]:
        """The same without those that only read."""
        return self.app.posting

    @property
    def zone(self) -> str:
        """The zone in which times are shown."""
        return self.context.zone

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Do one thing to its end."""
        return self.runner.run(work)

    def do(
        self, act: Callable[Concatenate[Context, str, P], Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do one thing of the desk to its end, in the workspace of the config."""
        return self.wait(act(self.context, CONFIG_WORKSPACE, *args, **kwargs))

    def find_question(self, slug: str | None) -> Question:
        """The question `slug`, or the newest. Raises DeskError with what there is."""
        from bot.desk import pick_question

        return self.do(pick_question, slug)


class _CountingCounter:
    """Says what takes so long: after an upgrade that may be a minute before the first answer."""

    def __init__(self) -> None:
        self._is_told = False

    def __call__(self, counted: int) -> None:
        from bot.cli.parts.terminal import show, show_counter

        if not self._is_told:
            self._is_told = True
            show(
                "counting all answers anew, once after an upgrade or a large import; if you stop it, it goes on there",
                err=True,
            )
        show_counter(f"{counted:,} counted")


def _check_folder(config: Config) -> None:
    from pathlib import Path

    from bot.desk import DeskError
    from storage.engine import resolve_url

    path = resolve_url(config.database.url, config.folder).database
    is_named = config.source.path is not None or ("database", "url") in config.source.variables
    if is_named or path is None or Path(path).exists():
        return
    raise DeskError(
        f"there is no pullquote in {config.folder}: no config.toml and no database. Go to its folder, or name its "
        "config (pullquote --config FILE COMMAND); `pullquote init` sets one up here, `pullquote adopt LINK` begins "
        "with a post that is out"
    )


@contextmanager
def open_pullquote(shell: Shell, level: str = "ERROR", *, begins: bool = False) -> Iterator[Opened]:
    """Read the config and open the database; no account is logged in. Closed at the end.

    level: of the logs; a command prints its own result. begins: it works in a folder where there is nothing yet;
    elsewhere that is the wrong folder, and DeskError is raised before anything is made in it.
    """
    import asyncio

    from bot.app import open_app

    config = shell.load_config(level)
    if not begins:
        _check_folder(config)
    stack = AsyncExitStack()
    with asyncio.Runner() as runner:
        try:
            app = runner.run(stack.enter_async_context(open_app(config)))
            app.context.counting = _CountingCounter()
            yield Opened(app, runner)
        finally:
            runner.run(stack.aclose())
