"""`pullquote demo`: one simulated week on a network in this process."""

from __future__ import annotations

import shlex
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import Shell
from bot.cli.parts.page import count, heading, show_path, wrap
from bot.cli.parts.terminal import Laid, show

if TYPE_CHECKING:
    from bot.demo.run import Summary
    from bot.digest.page.phrases import Phrases


@click.command()
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=Path("pullquote-demo"), show_default=True,
    help="Where its database and digests go.",
)  # fmt: skip
@click.pass_obj
def demo(shell: Shell, *, folder: Path) -> None:
    """Play one week of two questions and 160 replies, without an account or a network; the same every time."""
    import asyncio

    from bot.demo.folder import NotTheDemos
    from bot.demo.run import run_demo
    from bot.log import configure_logging

    configure_logging(level="INFO" if shell.verbose else "ERROR")
    show("One week on a simulated network: two questions, a poll among them, and people who answer.")
    show()

    def show_day(moment: datetime, summary: Summary) -> None:
        day = f"{moment:%A}"
        show(f"  {day:<10} {count(summary.published, 'question')} out, {summary.collected:>3} replies collected")

    try:
        summary = asyncio.run(run_demo(folder.resolve(), show_day))
    except NotTheDemos as error:
        raise click.ClickException(str(error)) from None
    _print_summary(summary)
    _print_files(summary.files)
    show("to go on with it, on a network of its own (nothing leaves this machine):", gap=True)
    show(Laid(f"  cd {shlex.quote(show_path(folder))}\n  pullquote open"))


def _print_summary(summary: Summary) -> None:
    from bot.digest.page.phrases import load_phrases

    phrases = load_phrases("en", "UTC")
    heading("What came of it")
    lines = [
        f"{count(summary.asked, 'question')} asked, {count(summary.published, 'post')} published",
        f"{count(summary.collected, 'reply', 'replies')} collected, {summary.edited} edited, {summary.gone} deleted",
        f"{count(summary.answers, 'answer')}, chained replies taken together",
        f"{summary.kept} may be quoted, {summary.quoted} of them stand in the digests",
    ]
    if summary.common:
        answers = count(summary.common, "answer")
        like = f"much like the {summary.decoys} of a chat model that were given as decoys: common, not wrong"
        lines.append(f"{answers} {like}; {summary.common_quoted} of them in the digests")
    for line in lines:
        show(wrap(line, "  "))
    _print_counts("set aside", "aside", summary.set_aside, phrases)
    _print_counts("not quoted", "barred", summary.not_quoted, phrases)


def _print_counts(title: str, table: str, counts: Counter[str], phrases: Phrases) -> None:
    show(f"  {counts.total()} {title}")
    for name, number in counts.most_common():
        key = f"{table}.{name}" if phrases.has(f"{table}.{name}") else "aside.other"
        show(f"    {phrases.say(key, number, rule=name.replace('_', ' '))}")


def _print_files(files: list[Path]) -> None:
    heading("Digests")
    for path in files:
        show(f"  {show_path(path)}")
    for_you = next(path for path in files if path.name.startswith("Week") and path.suffix == ".html")
    show(f"open {show_path(for_you)} in a browser", gap=True)
