"""The commands: listed here, imported when used; and how an error is shown to a person.

Exit codes: 0 done, 1 failed, 2 wrong use.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from bot.cli import Shell
from bot.cli.parts.completion import complete
from bot.cli.parts.terminal import show, show_refusal, show_traceback, silence

COMMANDS: dict[str, dict[str, tuple[str, str]]] = {  # section, command: where it is in bot.cli, one line of help
    "Asking": {
        "ask": ("ask:ask", "Show a question as each network will show it, and post it"),
        "adopt": ("adopt:adopt", "Take a post that is already published as a question"),
        "questions": ("questions:questions", "List the questions"),
        "extend": ("questions:extend", "Let a question run longer"),
        "remind": ("questions:remind", "Post one reminder under a question"),
        "decoys": ("decoys:decoys", "What a chat model answers to a question: show, add, take away"),
        "take-back": ("questions:take_back", "Remove the posts of a question everywhere"),
    },
    "Answers": {
        "open": ("open:open_command", "The page in the browser: from a link to checked quotes"),
        "replies": ("replies:replies", "List and search replies, and say why one was judged so"),
        "keep": ("verdicts:keep", "Keep a reply, whatever the rules say"),
        "maybe": ("verdicts:maybe", "Mark a reply as maybe"),
        "aside": ("verdicts:aside", "Set a reply aside, with a reason"),
        "restore": ("verdicts:restore", "Let the rules judge a reply again; or put a backup in place"),
        "import": ("imports:import_file", "Read replies from a CSV or JSON lines file"),
        "add": ("add:add", "Add one reply by hand"),
    },
    "People": {
        "consent": ("consent:consent", "Enter what an author decided about being quoted"),
        "quote-public": ("quote_public:quote_public", "Quote a public post whose author was not asked"),
        "do-not-quote": ("consent:do_not_quote", "Never quote an author"),
        "credit": ("credit:credit", "Whose name, role or link is missing, and what they answered"),
        "about": ("export:about", "All that is held on one person"),
        "forget": ("source:forget", "Erase what an author said, and who they are"),
    },
    "Print": {
        "digest": ("digest:digest", "Compile the digest of a question or of a week"),
        "check-draft": ("check_draft:check_draft", "Check the quotations of an article against what was said"),
        "used": ("used:used", "Note where a quote was printed; says what to post under the reply"),
        "withdrawn": ("used:withdrawn", "Printed quotes whose source is gone, changed or taken back"),
        "source": ("source:source", "What an author said with consent, and where it was quoted"),
        "check-source": ("source:check_source", "Note how you know who an author is"),
    },
    "Operating": {
        "run": ("run:run", "Run the bot until it is stopped"),
        "status": ("status:status", "Accounts, what is due, what failed, how complete the collection is"),
        "pause": ("operating:pause", "Stop all posting at once"),
        "resume": ("operating:resume", "Post again"),
        "collect": ("operating:collect", "Collect replies once, now"),
        "publish": ("operating:publish", "Publish what is due, now"),
        "history": ("history:history", "What editors did, the newest first"),
        "undo": ("history:undo", "Take back what an editor entered"),
        "backup": ("backups:backup", "Write a copy of everything to a file, while the bot runs"),
        "export": ("export:export", "Write everything into a folder as CSV and JSON"),
        "db": ("db:db", "Look after the database"),
    },
    "Setting up": {
        "demo": ("demo:demo", "One simulated week on a network in this process"),
        "init": ("init:init", "Write a config, keep the secrets, log in"),
        "check": ("check:check", "Say what is wrong or missing in the config, and what is due next"),
        "filter": ("filtering:filter_group", "How the filter stands beside editors; other weights"),
        "config": ("config:config_group", "The keys of the config, for editors of text"),
        "help": ("explain:help_command", "What there is, or how a command is used"),
        "assess": ("assess:assess_lines", "Judge replies from JSON lines, without a database"),
    },
}
NEW_OBJECTS = 50_000
"""After so many Python looks for cycles: walking over what imports make, and keep, took a fifth of a short command."""
EXPECTED = {  # errors whose text is for a person; they are looked up only where their module was loaded
    "adapters.contract.errors": "AdapterError",
    "bot.config.file": "ConfigError",
    "bot.desk.errors": "DeskError",
    "storage.engine": "StoreError",
}


class LazyGroup(click.Group):
    """Knows its commands by name, and imports the module of one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for section in COMMANDS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        found = next((section[cmd_name] for section in COMMANDS.values() if cmd_name in section), None)
        if found is None:
            return None
        module, _, function = found[0].partition(":")
        command: click.Command = getattr(import_module(f"bot.cli.{module}"), function)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=self.list_commands(ctx), ctx=ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands with their line of help; none of them is imported for it."""
        named = {name: help_ for section in COMMANDS.values() for name, (_, help_) in section.items()}
        found = [CompletionItem(name, help=help_) for name, help_ in named.items() if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for title, section in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, help_) for name, (_, help_) in section.items()], col_max=12)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--config",
    envvar="PULLQUOTE_CONFIG",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The config file; by default config.toml of this folder.",
)
@click.option("-v", "--verbose", is_flag=True, help="Log what is done.")
@click.version_option(
    None, "-V", "--version", package_name="pullquote", prog_name="pullquote", message="%(prog)s %(version)s"
)
@click.pass_context
def cli(ctx: click.Context, config: Path | None, *, verbose: bool) -> None:
    """Ask people who know, gather what they answer, and hand over quotes that can be printed."""
    ctx.obj.config_path, ctx.obj.verbose = config, verbose
    if "NO_COLOR" in os.environ:
        ctx.color = False


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit."""
    gc.set_threshold(NEW_OBJECTS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would ask every installed package for some
    shell = Shell()
    try:
        if (code := complete(cli, shell)) is not None:
            sys.exit(code)
        with cli.make_context(
            "pullquote", list(sys.argv[1:] if arguments is None else arguments), obj=shell
        ) as context:
            cli.invoke(context)
        code = 0
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        show_refusal(error)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        show("stopped", err=True)
        code = 1
    except BrokenPipeError:
        silence()
        code = 1
    except Exception as error:  # noqa: BLE001  # printed, and the process ends
        print_error(error, shell)
        code = 1
    sys.exit(code)


def print_error(error: BaseException, shell: Shell) -> None:
    """Print what went wrong and what to do; a traceback only where the error is a mistake in pullquote."""
    shell.hide_secrets()
    for each in _flatten(error):
        if is_expected(each):
            for text in getattr(each, "problems", (str(each) or type(each).__name__,)):
                show(str(text), err=True, fg="red")
        elif isinstance(each, OSError):
            show(f"{each.filename}: {each.strerror}" if each.filename else str(each), err=True, fg="red")
        else:
            import traceback

            from bot.scheduler.failures import FULL, cannot_write

            if cannot_write(each):
                show(FULL, err=True, fg="red")
                continue
            show_traceback(traceback.format_exception(each))
            show("this is a mistake in pullquote; please report it with the lines above", err=True, fg="red")


def is_expected(error: BaseException) -> bool:
    """Whether the text of this error is written for a person."""
    loaded = ((sys.modules.get(module), name) for module, name in EXPECTED.items())
    return any(module and isinstance(error, getattr(module, name)) for module, name in loaded)


def _flatten(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for each in error.exceptions for leaf in _flatten(each)]
    return [error]
