"""What a shell completes: commands, options and the names of questions, without opening anything."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from bot.cli import Shell

VARIABLE = "_PULLQUOTE_COMPLETE"
"""Set by the script that `_PULLQUOTE_COMPLETE=bash_source pullquote` prints: to what is to be done, such as
`bash_complete`.
"""


def complete(group: click.Group, shell: Shell) -> int | None:
    """Print what was asked for and answer the exit code; None where nothing was asked."""
    from click.shell_completion import shell_complete

    asked = os.environ.get(VARIABLE)
    return shell_complete(group, {"obj": shell}, "pullquote", VARIABLE, asked) if asked else None


def complete_question(context: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The questions of the config, and those of the database where that is a file: the newest first."""
    path = context.find_root().params.get("config") or Path("config.toml")
    return [CompletionItem(slug) for slug in _list_slugs(Path(path)) if slug.startswith(incomplete)]


def _list_slugs(path: Path) -> list[str]:
    """Whatever cannot be read has none: nobody wants an error while typing."""
    from storage.questions.slugs import list_slugs

    try:
        config: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.exists() else {}
    except (OSError, ValueError):
        return []
    tables = [config[name] if isinstance(config.get(name), dict) else {} for name in ("database", "questions")]
    url = os.environ.get("PULLQUOTE_DATABASE_URL") or tables[0].get("url", "sqlite:///pullquote.db")
    name = str(url).removeprefix("sqlite:///")
    stored = list_slugs(path.parent / name) if name != url else []
    return list(dict.fromkeys([*stored, *tables[1]]))


question_argument = click.argument("question", shell_complete=complete_question)
any_question_argument = click.argument("question", required=False, shell_complete=complete_question)
