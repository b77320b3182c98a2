"""`pullquote backup FILE`, and `restore FILE`: a copy of everything, and one put in place of the database."""

from pathlib import Path

import click

from bot import desk
from bot.cli import Shell, prints_json, warn
from bot.cli.consent import print_rewritten
from bot.cli.parts.opened import open_pullquote
from bot.cli.parts.options import confirm
from bot.cli.parts.page import count, show_moment, wrap
from bot.cli.parts.terminal import show, show_json

_UNKNOWN = (
    "neither the database that is replaced nor the notes beside it can be read: who had themselves erased, refused, or "
    "is not to be quoted since the copy was made, is not known, and would be shown again"
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@prints_json
def backup(shell: Shell, *, file: Path, as_json: bool) -> None:
    """Write a copy of everything to FILE, also while the bot runs. It holds no secret; keep `state/barred.key` too."""
    with open_pullquote(shell) as pullquote:
        size = pullquote.wait(desk.back_up(pullquote.context, file))
    if as_json:
        show_json({"file": str(file), "bytes": size})
    else:
        show(wrap(f"copied to {file} ({size:,} bytes); put it in place with: pullquote restore {file}"))


def restore_copy(shell: Shell, file: Path, *, yes: bool, as_json: bool) -> None:
    """Put a copy in place of the database, after a yes."""
    import asyncio
    from contextlib import AsyncExitStack

    from bot.questions import clock

    config, stack = shell.load_config("ERROR"), AsyncExitStack()
    with asyncio.Runner() as runner:
        try:
            prepared = runner.run(stack.enter_async_context(desk.prepare_restore(config, file, clock.now())))
            since = show_moment(prepared.copied_at, config.pullquote.zone)
            if not prepared.knows:
                warn(_UNKNOWN)
            if not as_json:
                show(wrap(f"{file} was copied {since}: what was written since then is lost with the database"))
            confirm("Put it in place of the database?", yes=yes)
            runner.run(desk.put_back(config, prepared))
        finally:
            runner.run(stack.aclose())
    with open_pullquote(shell) as pullquote:
        rewritten = pullquote.wait(desk.finish_restore(pullquote.context))
    if as_json:
        done = {"copied_at": prepared.copied_at, "knows": prepared.knows, "erased": prepared.erased}
        show_json({**done, "refused": prepared.refused, "rewritten": rewritten.paths, "told": rewritten.told})
        return
    show(wrap(f"restored as of {since}; what was due since is looked for on its network before anything is sent"))
    for source in prepared.knows:
        show(wrap(f"asked who left since: {source}", "  "))
    people, replies = count(prepared.erased, "person", "people"), count(prepared.refused, "reply", "replies")
    show(wrap(f"erased again: {people}; refused again: {replies}", "  "))
    show(wrap("questions that were asked by a command since are not known: take their posts with pullquote adopt"))
    print_rewritten(rewritten.paths, rewritten.told)
